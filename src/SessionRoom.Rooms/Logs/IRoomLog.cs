namespace SessionRoom.Rooms;

/// <summary>A place in a room's log: <paramref name="Epoch"/> names the log, <paramref name="Seq"/> counts its batches from 1.</summary>
/// <remarks>An offset into a log that was lost and has regrown never looks valid, because its epoch differs.</remarks>
public readonly record struct LogPosition(string Epoch, long Seq);

/// <summary>Bytes as they were stored under a sequence number.</summary>
public readonly record struct StoredRecord(long Seq, ReadOnlyMemory<byte> Bytes);

/// <summary>What a log holds of a room: the newest snapshot, and every batch after it in order and without a hole.</summary>
/// <param name="Snapshot">Absent until the first snapshot; then the tail begins right behind it, otherwise right behind <paramref name="After"/>.</param>
/// <param name="After">Where the reader said that it stands; 0 where it has nothing yet.</param>
public sealed record StoredRoom(string Epoch, StoredRecord? Snapshot, IReadOnlyList<StoredRecord> Tail, long After = 0)
{
    public LogPosition Head => new(Epoch, Tail.Count > 0 ? Tail[^1].Seq : Snapshot?.Seq ?? After);
}

/// <summary>What a log holds of a room's board: the newest snapshot, and every record after it in order and without a hole. Records count from 1, apart from batches.</summary>
public sealed record StoredBoard(string Epoch, StoredRecord? Snapshot, IReadOnlyList<StoredRecord> Tail, long After = 0)
{
    /// <summary>The number of the newest record; 0 for a board that nobody wrote on.</summary>
    public long N => Tail.Count > 0 ? Tail[^1].Seq : Snapshot?.Seq ?? After;
}

/// <summary>Keeps the rooms' logs. What it holds is opaque bytes; the rules never reach it.</summary>
/// <remarks>
/// Every call is all or nothing and safe from any thread. Calls about one room take effect in the order in which they complete; a call that has
/// completed is durable to the degree that the log was opened with, and every later call sees it. I/O failures escape as
/// <see cref="RoomLogException"/>: after one, an append may or may not have been stored, and the caller loads the room before it decides again.
/// Cancelling stops the wait, not a write that was handed over.
/// </remarks>
public interface IRoomLog : IAsyncDisposable
{
    /// <summary>Begins a room's log with its first batch, sequence 1, under a new random epoch. Null when the id is taken: nothing is stored.</summary>
    Task<LogPosition?> CreateAsync(string room, ReadOnlyMemory<byte> first, CancellationToken cancel);

    /// <summary>The room as of one moment; null when there is no such room.</summary>
    Task<StoredRoom?> LoadAsync(string room, CancellationToken cancel);

    /// <summary>Stores the batch right behind <paramref name="expected"/>, or stores nothing and returns null when the log's head is elsewhere or the room is gone.</summary>
    /// <param name="room">The room's id.</param>
    /// <param name="expected">Where the log stands.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="outgoing">What others are told of it, stored in the same step: see <see cref="IEventFeeds"/>. Absent where nobody is.</param>
    /// <param name="cancel">Stops the wait.</param>
    Task<LogPosition?> AppendAsync(string room, LogPosition expected, ReadOnlyMemory<byte> batch, Outgoing? outgoing, CancellationToken cancel);

    /// <summary>Keeps a snapshot of the state after <paramref name="at"/>, reads it back, and only then drops the batches up to it and the snapshot before it.</summary>
    /// <returns>False, and nothing changes, when the epoch differs, a newer snapshot exists, or <paramref name="at"/> is ahead of the log.</returns>
    Task<bool> SaveSnapshotAsync(string room, LogPosition at, ReadOnlyMemory<byte> state, CancellationToken cancel);

    /// <summary>Stores a record as the next of the room's board, whatever the newest one is: what is written on a board needs no decision.</summary>
    /// <returns>Its number; null, and nothing is stored, when the room is gone or its epoch differs.</returns>
    Task<long?> AppendBoardAsync(string room, string epoch, ReadOnlyMemory<byte> record, CancellationToken cancel);

    /// <summary>The room's board as of one moment; null when there is no such room.</summary>
    Task<StoredBoard?> LoadBoardAsync(string room, CancellationToken cancel);

    /// <summary>Keeps a snapshot of the board after record <paramref name="n"/>, reads it back, and only then drops the records up to it and the snapshot before it.</summary>
    /// <returns>False, and nothing changes, when the epoch differs, a newer snapshot exists, or <paramref name="n"/> is ahead of the log.</returns>
    Task<bool> SaveBoardAsync(string room, string epoch, long n, ReadOnlyMemory<byte> board, CancellationToken cancel);

    /// <summary>Removes every byte of the room, its board included. False when there is no such room.</summary>
    Task<bool> DeleteAsync(string room, CancellationToken cancel);

    /// <summary>Proves that a write can happen now; throws <see cref="RoomLogException"/> when it cannot.</summary>
    Task ProbeAsync(CancellationToken cancel);
}
