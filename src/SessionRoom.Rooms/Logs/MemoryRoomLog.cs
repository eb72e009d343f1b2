using System.Security.Cryptography;

namespace SessionRoom.Rooms;

/// <summary>A log that lives as long as the process: for tests and demonstrations.</summary>
public sealed class MemoryRoomLog : IRoomLog, IEventFeeds
{
    private sealed class Kept(string epoch)
    {
        public string Epoch { get; } = epoch;
        public StoredRecord? Snapshot { get; set; }
        public List<StoredRecord> Tail { get; } = [];
        public long Seq { get; set; }
        public StoredRecord? Board { get; set; }
        public List<StoredRecord> BoardTail { get; } = [];
        public long N { get; set; }
    }

    private readonly Lock gate = new();
    private readonly Dictionary<string, Kept> rooms = new(StringComparer.Ordinal);
    private readonly MemoryFeeds feeds = new(() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
    private readonly FeedWatchers watchers = new();

    public Task<LogPosition?> CreateAsync(string room, ReadOnlyMemory<byte> first, CancellationToken cancel)
    {
        lock (gate)
        {
            var made = new Kept(NewEpoch()) { Seq = 1 };
            if (!rooms.TryAdd(room, made)) return Task.FromResult<LogPosition?>(null);
            made.Tail.Add(new(1, first.ToArray()));
            return Task.FromResult<LogPosition?>(new(made.Epoch, 1));
        }
    }

    public Task<StoredRoom?> LoadAsync(string room, CancellationToken cancel)
    {
        lock (gate) return Task.FromResult(rooms.TryGetValue(room, out var kept) ? new StoredRoom(kept.Epoch, kept.Snapshot, [.. kept.Tail]) : null);
    }

    public Task<LogPosition?> AppendAsync(string room, LogPosition expected, ReadOnlyMemory<byte> batch, Outgoing? outgoing, CancellationToken cancel)
    {
        LogPosition reached;
        lock (gate)
        {
            if (!rooms.TryGetValue(room, out var kept) || kept.Epoch != expected.Epoch || kept.Seq != expected.Seq) return Task.FromResult<LogPosition?>(null);
            kept.Tail.Add(new(++kept.Seq, batch.ToArray()));
            feeds.Add(room, outgoing);
            reached = new(kept.Epoch, kept.Seq);
        }
        watchers.Tell(outgoing?.Feed);
        return Task.FromResult<LogPosition?>(reached);
    }

    public Task<bool> SaveSnapshotAsync(string room, LogPosition at, ReadOnlyMemory<byte> state, CancellationToken cancel)
    {
        lock (gate)
        {
            if (!rooms.TryGetValue(room, out var kept) || kept.Epoch != at.Epoch || at.Seq > kept.Seq || kept.Snapshot?.Seq >= at.Seq) return Task.FromResult(false);
            kept.Snapshot = new(at.Seq, state.ToArray());
            kept.Tail.RemoveAll(record => record.Seq <= at.Seq);
            return Task.FromResult(true);
        }
    }

    public Task<long?> AppendBoardAsync(string room, string epoch, ReadOnlyMemory<byte> record, CancellationToken cancel)
    {
        lock (gate)
        {
            if (!rooms.TryGetValue(room, out var kept) || kept.Epoch != epoch) return Task.FromResult<long?>(null);
            kept.BoardTail.Add(new(++kept.N, record.ToArray()));
            return Task.FromResult<long?>(kept.N);
        }
    }

    public Task<StoredBoard?> LoadBoardAsync(string room, CancellationToken cancel)
    {
        lock (gate) return Task.FromResult(rooms.TryGetValue(room, out var kept) ? new StoredBoard(kept.Epoch, kept.Board, [.. kept.BoardTail]) : null);
    }

    public Task<bool> SaveBoardAsync(string room, string epoch, long n, ReadOnlyMemory<byte> board, CancellationToken cancel)
    {
        lock (gate)
        {
            if (!rooms.TryGetValue(room, out var kept) || kept.Epoch != epoch || n > kept.N || kept.Board?.Seq >= n) return Task.FromResult(false);
            kept.Board = new(n, board.ToArray());
            kept.BoardTail.RemoveAll(record => record.Seq <= n);
            return Task.FromResult(true);
        }
    }

    public Task<bool> DeleteAsync(string room, CancellationToken cancel)
    {
        lock (gate)
        {
            feeds.Forget(room);
            return Task.FromResult(rooms.Remove(room));
        }
    }

    public Task<IReadOnlyCollection<string>> AllAsync(CancellationToken cancel) => Locked(() => feeds.All);

    public Task<FeedState> StateAsync(string feed, CancellationToken cancel) => Locked(() => feeds.State(feed));

    public Task<IReadOnlyList<FeedEvent>> ReadAsync(string feed, long after, int most, CancellationToken cancel) => Locked(() => feeds.Read(feed, after, most));

    public Task<bool> AdvanceAsync(string feed, FeedState seen, long to, CancellationToken cancel) => Locked(() => feeds.Change(feed, seen, state => state with { Delivered = to }));

    public async Task RewindAsync(string feed, long to, CancellationToken cancel)
    {
        await Locked(() => feeds.Change(feed, null, state => state with { Delivered = to, Rewinds = state.Rewinds + 1, IsStopped = false }));
        watchers.Tell(feed);
    }

    public Task StopAsync(string feed, FeedState seen, CancellationToken cancel) => Locked(() => feeds.Change(feed, seen, state => state with { IsStopped = true }));

    public Task TrimAsync(string feed, long before, int most, CancellationToken cancel) => Locked(() => { feeds.Trim(feed, before, most); return true; });

    public Task<IDisposable> WatchAsync(string feed, Action hear) => Task.FromResult(watchers.Add(feed, hear));

    public Task<bool> HoldAsync(string feed, TimeSpan lasts, CancellationToken cancel) => Task.FromResult(true);

    public Task ReleaseAsync(string feed, CancellationToken cancel) => Task.CompletedTask;

    public Task<IReadOnlyList<string>> GatherAsync(string feed, IReadOnlyCollection<string> rooms, CancellationToken cancel) =>
        Locked<IReadOnlyList<string>>(() => [.. rooms.Where(room => this.rooms.TryGetValue(room, out var kept) && kept.N > feeds.Report(room).N)]);

    public Task<StoredReport> LoadReportAsync(string room, CancellationToken cancel) => Locked(() => feeds.Report(room));

    public async Task<bool> ReportAsync(string room, StoredReport report, Outgoing outgoing, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(outgoing);
        var stored = await Locked(() =>
        {
            if (!rooms.TryGetValue(room, out var kept) || kept.Epoch != report.Epoch || !feeds.Report(room, report)) return false;
            feeds.Add(room, outgoing);
            return true;
        });
        if (stored && outgoing.Events.Count > 0) watchers.Tell(outgoing.Feed);
        return stored;
    }

    private Task<T> Locked<T>(Func<T> work)
    {
        lock (gate) return Task.FromResult(work());
    }

    public Task ProbeAsync(CancellationToken cancel) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>128 random bits, lower-case hex.</summary>
    internal static string NewEpoch() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
