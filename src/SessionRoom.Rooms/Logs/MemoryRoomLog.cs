using System.Security.Cryptography;

namespace SessionRoom.Rooms;

/// <summary>A log that lives as long as the process: for tests and demonstrations.</summary>
public sealed class MemoryRoomLog : IRoomLog
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

    public Task<LogPosition?> AppendAsync(string room, LogPosition expected, ReadOnlyMemory<byte> batch, CancellationToken cancel)
    {
        lock (gate)
        {
            if (!rooms.TryGetValue(room, out var kept) || kept.Epoch != expected.Epoch || kept.Seq != expected.Seq) return Task.FromResult<LogPosition?>(null);
            kept.Tail.Add(new(++kept.Seq, batch.ToArray()));
            return Task.FromResult<LogPosition?>(new(kept.Epoch, kept.Seq));
        }
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
        lock (gate) return Task.FromResult(rooms.Remove(room));
    }

    public Task ProbeAsync(CancellationToken cancel) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>128 random bits, lower-case hex.</summary>
    internal static string NewEpoch() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
