using System.Globalization;
using Microsoft.Extensions.Logging;
using SessionRoom.Rooms;
using StackExchange.Redis;

namespace SessionRoom.Redis;

// Feeds of events. An event is appended to its room's outbox, sr:{room}:outbox, by the script that appends what it follows from: they are on one shard. A feed is on another,
// sr:feed:{feed}:head (a hash), :events (a stream), :moved (of each room the newest entry that was moved), :of:room (the room's numbers) and :gone:room (for a day after its deletion).
// The set sr:feeds names them: noted when they are gathered, which is before anything is told and again and again.
public sealed partial class RedisRoomLog
{
    private const int MostMoved = 100, MostAtOnce = 50;
    private const string AllFeeds = "sr:feeds";

    /// <summary>Longer than any feed keeps an event.</summary>
    private static readonly TimeSpan NumbersAreKnownFor = TimeSpan.FromDays(400);

    public async Task<IReadOnlyCollection<string>> AllAsync(CancellationToken cancel) => [.. ((RedisResult[])(await link.RunAsync(Script.Noted, [AllFeeds], [], cancel))!).Select(feed => (string)feed!)];

    public async Task<FeedState> StateAsync(string feed, CancellationToken cancel) => (await ReadFeedAsync(feed, 0, 0, cancel)).State;

    public async Task<IReadOnlyList<FeedEvent>> ReadAsync(string feed, long after, int most, CancellationToken cancel) => (await ReadFeedAsync(feed, after, most, cancel)).Events;

    public async Task<bool> AdvanceAsync(string feed, FeedState seen, long to, CancellationToken cancel) => await SetAsync(feed, "to", to, seen, cancel);

    public Task StopAsync(string feed, FeedState seen, CancellationToken cancel) => SetAsync(feed, "stop", 0, seen, cancel);

    public Task RewindAsync(string feed, long to, CancellationToken cancel) => SetAsync(feed, "rewind", to, default, cancel);

    public async Task TrimAsync(string feed, long before, int most, CancellationToken cancel)
    {
        while ((long)await link.RunAsync(Script.TrimFeed, FeedKeys(feed, "head", "events"), [before, most], cancel) == 1_000)
        {
            // There may be more.
        }
    }

    public Task<IDisposable> WatchAsync(string feed, Action hear) => link.SubscribeAsync(FeedChannel(feed), _ => hear());

    public async Task<bool> HoldAsync(string feed, TimeSpan lasts, CancellationToken cancel) =>
        (long)await link.RunAsync(Script.Hold, FeedKeys(feed, "holder"), [node, (long)lasts.TotalMilliseconds], cancel) == 1;

    public Task ReleaseAsync(string feed, CancellationToken cancel) => link.RunAsync(Script.Hold, FeedKeys(feed, "holder"), [node, 0], cancel);

    public async Task<IReadOnlyList<string>> GatherAsync(string feed, IReadOnlyCollection<string> rooms, CancellationToken cancel)
    {
        await link.RunAsync(Script.Note, [AllFeeds], [feed, int.MaxValue], cancel);
        var told = (RedisResult[])(await link.RunAsync(Script.Told, FeedKeys(feed, "moved"), [], cancel))!;
        var behind = new List<string>();
        foreach (var some in rooms.Union(told.Select(room => (string)room!), StringComparer.Ordinal).Chunk(MostAtOnce))
            behind.AddRange((await Task.WhenAll(some.Select(room => MoveAsync(feed, room, cancel)))).OfType<string>());
        return behind;
    }

    public async Task<StoredReport> LoadReportAsync(string room, CancellationToken cancel)
    {
        var report = (RedisResult[])(await link.RunAsync(Script.LoadReport, Keys(room, "report"), [], cancel))!;
        return report[0].IsNull ? StoredReport.None : new((long)report[0], (string)report[1]!, (long)report[2], (byte[])report[3]!);
    }

    public async Task<bool> ReportAsync(string room, StoredReport report, Outgoing outgoing, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(outgoing);
        var stored = await link.RunAsync(Script.Report, Keys(room, "head", "report", "outbox"),
            [report.Epoch, report.Version, report.N, Bytes(report.Bytes), outgoing.Feed, .. Events(outgoing)], cancel);
        if (!stored.IsNull && outgoing.Events.Count > 0) MoveSoon(outgoing.Feed, room);
        return !stored.IsNull;
    }

    private async Task<LogPosition?> AppendAsync(string room, LogPosition expected, RedisValue[] values, string feed, CancellationToken cancel)
    {
        var seq = await link.RunAsync(Script.Append, Keys(room, "head", "batches", "outbox"), values, cancel);
        if (seq.IsNull) return null;
        MoveSoon(feed, room);
        return expected with { Seq = (long)seq };
    }

    /// <summary>Nobody waits for it; what is left behind is gathered.</summary>
    private void MoveSoon(string feed, string room) => _ = Task.Run(async () =>
    {
        try { await MoveAsync(feed, room, CancellationToken.None); }
        catch (RoomLogException problem) { Log.NotMoved(link.Logger, room, problem); }
    });

    /// <summary>Moves what waits beside a room into the feed; removes what the feed has of a room that is gone.</summary>
    /// <returns>The room, where its board was written since the last report.</returns>
    private async Task<string?> MoveAsync(string feed, string room, CancellationToken cancel)
    {
        while (true)
        {
            var found = (RedisResult[])(await link.RunAsync(Script.Waiting, Keys(room, "head", "report", "outbox"), [MostMoved], cancel))!;
            if ((long)found[0] == 0)
            {
                // After a restart of Redis it may be about to be written back.
                if (link.RunAge > ISharedLog.Lease * 2) await PurgeAsync(feed, room, (long)found[1], cancel);
                return null;
            }
            var waiting = ((RedisResult[])found[2]!).Select(entry => (RedisResult[])entry!).ToList();
            if (waiting.Count > 0)
            {
                // Fields are a and b, in this order.
                var values = waiting.SelectMany(entry => (RedisValue[])[(string)entry[0]!, (byte[])((RedisResult[])entry[1]!)[1]!, (byte[])((RedisResult[])entry[1]!)[3]!]);
                await link.RunAsync(Script.Move, FeedKeys(feed, "head", "events", "moved", $"gone:{room}", $"of:{room}"),
                    [room, FeedChannel(feed), (long)NumbersAreKnownFor.TotalMilliseconds, .. values], cancel);
                await link.RunAsync(Script.Moved, Keys(room, "outbox"), [.. waiting.Select(entry => (RedisValue)(string)entry[0]!)], cancel);
            }
            if (waiting.Count < MostMoved) return (long)found[1] == 1 ? room : null;
        }
    }

    private Task<RedisResult> PurgeAsync(string feed, string room, long at, CancellationToken cancel) =>
        link.RunAsync(Script.Purge, FeedKeys(feed, "events", "moved", $"gone:{room}", $"of:{room}"), [room, at, (long)DeletedIsKnownFor.TotalMilliseconds], cancel);

    private async Task<bool> SetAsync(string feed, string what, long to, FeedState seen, CancellationToken cancel) =>
        (long)await link.RunAsync(Script.SetFeed, FeedKeys(feed, "head"), [what, to, seen.Epoch, seen.Delivered, seen.Rewinds, FeedChannel(feed)], cancel) == 1;

    private async Task<(FeedState State, IReadOnlyList<FeedEvent> Events)> ReadFeedAsync(string feed, long after, int most, CancellationToken cancel)
    {
        var read = (RedisResult[])(await link.RunAsync(Script.ReadFeed, FeedKeys(feed, "head", "events"), [after, most], cancel))!;
        var state = Array.ConvertAll((RedisResult[])read[0]!, number => long.Parse((string)number!, CultureInfo.InvariantCulture));
        var events = ((RedisResult[])read[1]!).Select(entry => (RedisResult[])entry!).Select(entry => (Id: (string)entry[0]!, Fields: (RedisResult[])entry[1]!));
        return (new(state[0], state[1], state[2], state[3], state[4], state[5] != 0),
            [.. events.Select(found => new FeedEvent(SeqOf(found.Id), long.Parse((string)found.Fields[1]!, CultureInfo.InvariantCulture), (byte[])found.Fields[3]!))]);
    }

    private static IEnumerable<RedisValue> Events(Outgoing outgoing) => outgoing.Events.SelectMany(each => (RedisValue[])[each.At, Bytes(each.Bytes)]);

    private static RedisKey[] FeedKeys(string feed, params ReadOnlySpan<string> parts)
    {
        var keys = new RedisKey[parts.Length];
        for (var index = 0; index < keys.Length; index++) keys[index] = $"sr:feed:{{{feed}}}:{parts[index]}";
        return keys;
    }

    private static string FeedChannel(string feed) => $"sr:feed:{{{feed}}}";
}
