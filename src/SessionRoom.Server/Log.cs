namespace SessionRoom.Server;

/// <summary>What the server logs. Never a token, an invite, a secret, or what people wrote.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Serving rooms from {DataDirectory}; keys: {Keys}; anyone may create rooms: {OpenCreation}")]
    public static partial void Serving(ILogger logger, string dataDirectory, int keys, bool openCreation);

    [LoggerMessage(2, LogLevel.Error, "The log of room {RoomId} cannot be used")]
    public static partial void LogFailed(ILogger logger, string roomId, Exception failure);

    [LoggerMessage(3, LogLevel.Warning, "Connection {ConnectionId} of room {RoomId} takes nothing any more and is closed")]
    public static partial void TooSlow(ILogger logger, string connectionId, string roomId);

    [LoggerMessage(4, LogLevel.Information, "Stopping: said good-bye to {Connections} connections")]
    public static partial void Stopping(ILogger logger, int connections);

    [LoggerMessage(5, LogLevel.Information, "Room {RoomId} made by {MadeBy}")]
    public static partial void RoomMade(ILogger logger, string roomId, string madeBy);

    [LoggerMessage(6, LogLevel.Information, "Room {RoomId} deleted by {By}")]
    public static partial void RoomDeleted(ILogger logger, string roomId, string by);

    [LoggerMessage(8, LogLevel.Information, "The pages are not built: {Hint}")]
    public static partial void NoPages(ILogger logger, string hint);

    [LoggerMessage(9, LogLevel.Warning, "A request from origin {Origin} was refused")]
    public static partial void WrongOrigin(ILogger logger, string origin);

    [LoggerMessage(10, LogLevel.Information, "Rehearsed {Joins} joins in {ElapsedMs} ms")]
    public static partial void Rehearsed(ILogger logger, int joins, long elapsedMs);

    [LoggerMessage(11, LogLevel.Warning, "The rehearsal ended early: the first joins will take longer")]
    public static partial void NotRehearsed(ILogger logger, Exception failure);
}
