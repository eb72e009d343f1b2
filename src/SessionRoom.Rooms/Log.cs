using Microsoft.Extensions.Logging;

namespace SessionRoom.Rooms;

/// <summary>What this project logs: ids, counts and times; never names, texts or tokens.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Room {RoomId} replayed {Records} records in {ElapsedMs} ms")]
    public static partial void Replayed(ILogger logger, string roomId, int records, long elapsedMs);

    [LoggerMessage(2, LogLevel.Error, "Room {RoomId}: record {Seq} cannot be read")]
    public static partial void Unreadable(ILogger logger, string roomId, long seq, Exception problem);

    [LoggerMessage(3, LogLevel.Error, "Room {RoomId}: the log failed; {Waiting} callers are answered unavailable")]
    public static partial void LogFailed(ILogger logger, string roomId, int waiting, Exception problem);

    [LoggerMessage(4, LogLevel.Warning, "Room {RoomId}: {Retries} appends in a row were stale; {Waiting} callers are answered unavailable")]
    public static partial void AlwaysStale(ILogger logger, string roomId, int retries, int waiting);

    // A rule's exception may quote the command: only its type and stack are safe to keep.
    [LoggerMessage(5, LogLevel.Error, "Room {RoomId}: deciding {Command} threw {Problem}{Stack}")]
    public static partial void DecisionThrew(ILogger logger, string roomId, string command, string problem, string? stack);

    [LoggerMessage(6, LogLevel.Error, "Room {RoomId}: the audience threw at {Seq}")]
    public static partial void AudienceThrew(ILogger logger, string roomId, long seq, Exception problem);

    [LoggerMessage(7, LogLevel.Debug, "Room {RoomId}: snapshot at {Seq}, {Bytes} bytes, {ElapsedMs} ms")]
    public static partial void SnapshotTaken(ILogger logger, string roomId, long seq, int bytes, long elapsedMs);

    [LoggerMessage(8, LogLevel.Error, "Room {RoomId}: no snapshot at {Seq}; the log stays untrimmed")]
    public static partial void SnapshotFailed(ILogger logger, string roomId, long seq, Exception? problem);

    [LoggerMessage(9, LogLevel.Information, "Room {RoomId} unloaded at {Seq}")]
    public static partial void Unloaded(ILogger logger, string roomId, long seq);

    [LoggerMessage(10, LogLevel.Information, "Room {RoomId} deleted")]
    public static partial void Deleted(ILogger logger, string roomId);

    [LoggerMessage(11, LogLevel.Warning, "Room {RoomId}: the log went from {From} to {To} elsewhere")]
    public static partial void CaughtUp(ILogger logger, string roomId, long from, long to);

    [LoggerMessage(12, LogLevel.Error, "Rolling back a transaction failed")]
    public static partial void RollbackFailed(ILogger logger, Exception problem);

    [LoggerMessage(13, LogLevel.Warning, "Copying back the write-ahead log failed; it is tried again")]
    public static partial void CheckpointFailed(ILogger logger, Exception problem);

    [LoggerMessage(14, LogLevel.Error, "The log cannot be written")]
    public static partial void NotReady(ILogger logger, Exception problem);

    [LoggerMessage(15, LogLevel.Critical, "Room {RoomId}: the mailbox ended unexpectedly")]
    public static partial void MailboxFailed(ILogger logger, string roomId, Exception problem);

    [LoggerMessage(17, LogLevel.Error, "Room {RoomId}: the board cannot be read or stored; it is read again")]
    public static partial void BoardFailed(ILogger logger, string roomId, Exception problem);

    [LoggerMessage(18, LogLevel.Warning, "Room {RoomId}: what other nodes append cannot be read now; it is tried again")]
    public static partial void NotFollowed(ILogger logger, string roomId, Exception problem);

    [LoggerMessage(19, LogLevel.Warning, "Room {RoomId}: the log lacks what this node holds up to {Seq}; it is written back")]
    public static partial void WritesBack(ILogger logger, string roomId, long seq);

    [LoggerMessage(20, LogLevel.Warning, "Room {RoomId}: the log was written back; this node held {From} and goes on from {To}")]
    public static partial void BeganAnew(ILogger logger, string roomId, long from, long to);

    [LoggerMessage(16, LogLevel.Critical, "The log's writer ended unexpectedly")]
    public static partial void WriterFailed(ILogger logger, Exception problem);
}
