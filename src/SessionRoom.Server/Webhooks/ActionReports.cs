using System.Collections.Concurrent;
using SessionRoom.Domain;
using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>Tells receivers what became of actions: a board's updates say nothing that others could read, so what it holds is compared with what was last told of it.</summary>
/// <remarks>Beside the rooms: none waits for it. What was told is stored with the events of it, as the next version, so that of several nodes one tells, and a crash neither loses nor
/// doubles: a board that was written since is found again by <see cref="IEventFeeds.GatherAsync"/>.</remarks>
internal sealed class ActionReports(
    Webhooks hooks, IEventFeeds feeds, RoomDirectory rooms, BoardReader boards, ServerOptions options, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<ActionReports> logger) : IDisposable
{
    private const int MostAtOnce = 200, MostRoomsAtOnce = 8;

    private readonly ConcurrentDictionary<string, Pending> pending = new(StringComparer.Ordinal);

    /// <summary>A key that gets its receiver late, or a Redis that was restarted, has all its rooms behind: they are opened some at a time.</summary>
    private readonly SemaphoreSlim turns = new(MostRoomsAtOnce);

    private sealed class Pending(long first)
    {
        private long last, n;

        public long First => first;
        public long Last => Volatile.Read(ref last);
        public long N => Volatile.Read(ref n);

        public void Note(long now, long reached)
        {
            Volatile.Write(ref last, now);
            if (reached > N) Volatile.Write(ref n, reached);
        }
    }

    /// <summary>A board was written, or what is written is relayed. Called from its room's mailbox.</summary>
    public void Note(LiveRoom room, long n)
    {
        if (hooks.Of(room.Current.State.MadeBy) is { TellsOfActions: true }) Note(room.Id, n);
    }

    /// <summary>A board was written by whoever it was.</summary>
    public void Note(string room) => Note(room, long.MaxValue);

    private void Note(string room, long n)
    {
        var now = time.GetTimestamp();
        Pending? made = null;
        var waiting = pending.GetOrAdd(room, _ => made = new(now));
        waiting.Note(now, n);
        if (waiting == made) _ = Task.Run(() => RunAsync(room, waiting, lifetime.ApplicationStopping));
    }

    private async Task RunAsync(string room, Pending waiting, CancellationToken stop)
    {
        try
        {
            while (DueIn(waiting) is { Ticks: > 0 } left) await Task.Delay(left, time, stop);
            await turns.WaitAsync(stop);
            try
            {
                // What comes from here on is another report's.
                pending.TryRemove(room, out _);
                await ReportAsync(room, waiting.N, stop);
            }
            finally { turns.Release(); }
        }
        catch (OperationCanceledException) { pending.TryRemove(room, out _); }
        catch (Exception problem) { Log.NotReported(logger, room, problem); }
    }

    public void Dispose() => turns.Dispose();

    private TimeSpan DueIn(Pending waiting)
    {
        var (quiet, longest) = (options.Webhooks.Quiet - time.GetElapsedTime(waiting.Last), options.Webhooks.LongestQuiet - time.GetElapsedTime(waiting.First));
        return quiet < longest ? quiet : longest;
    }

    private async Task ReportAsync(string id, long n, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (await rooms.OpenAsync(id, stop) is not { } room || hooks.Of(room.Current.State.MadeBy) is not { TellsOfActions: true } hook) return;
            var known = await feeds.LoadReportAsync(id, stop);
            // Another node was first, or what was written is off the record.
            if (known.Epoch == room.Current.Position.Epoch && known.N >= n) return;
            var board = await boards.ReadAsync(room, stop);
            if (known.Epoch == board.Epoch && known.N >= board.N) return;
            var changes = ActionChanges.Between(ActionChanges.Read(known.Bytes), board.View, room.Current.State, MostAtOnce);
            var report = new StoredReport(known.Version + 1, board.Epoch, changes.IsAll ? board.N : 0, changes.Write());
            var at = time.GetUtcNow().ToUnixTimeMilliseconds();
            var events = changes.Events.Index().Where(each => hook.Types.Contains(each.Item.Type))
                .Select(each => new WebhookEvent($"evt_{board.Epoch}_b{report.Version}_{each.Index}", each.Item.Type, at, id, each.Item.Data).Stored());
            if (!await feeds.ReportAsync(id, report, new(hook.Key, [.. events]), stop))
            {
                // Another node was first; or the room's log is not adopted yet after a restart of Redis, and would be read over and over until it is.
                await Task.Delay(options.Webhooks.Quiet, time, stop);
            }
            else if (changes.IsAll) return;
        }
    }
}
