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

    [LoggerMessage(20, LogLevel.Warning, "The receiver of key {Key} did not take an event at try {Try}: {Why}; the next in {WaitMs} ms")]
    public static partial void WebhookFailed(ILogger logger, string key, int @try, string why, long waitMs);

    [LoggerMessage(21, LogLevel.Error, "The receiver of key {Key} is told nothing more until its events are replayed: {Why} at try {Try}")]
    public static partial void WebhookStopped(ILogger logger, string key, int @try, string why);

    [LoggerMessage(22, LogLevel.Information, "The receiver of key {Key} is told again of up to {Count} events")]
    public static partial void WebhookRewound(ILogger logger, string key, long count);

    [LoggerMessage(23, LogLevel.Warning, "The events of key {Key} cannot be delivered now; it is tried again")]
    public static partial void FeedFailed(ILogger logger, string key, Exception problem);

    [LoggerMessage(25, LogLevel.Error, "Events of key {Key} went by before its receiver took them: no more are kept, or none so old")]
    public static partial void EventsWentBy(ILogger logger, string key);

    [LoggerMessage(26, LogLevel.Warning, "What is kept for keys that have no receiver any more cannot be looked after now; it is tried again")]
    public static partial void NotTrimmed(ILogger logger, Exception problem);

    [LoggerMessage(24, LogLevel.Warning, "Room {RoomId}: what became of its actions cannot be told now; it is tried again")]
    public static partial void NotReported(ILogger logger, string roomId, Exception problem);

    [LoggerMessage(15, LogLevel.Warning, "A page of origin {Origin} was refused: the key that made room {RoomId} does not list it")]
    public static partial void WrongOriginOfRoom(ILogger logger, string origin, string roomId);

    [LoggerMessage(10, LogLevel.Information, "Rehearsed {Joins} joins in {ElapsedMs} ms")]
    public static partial void Rehearsed(ILogger logger, int joins, long elapsedMs);

    [LoggerMessage(11, LogLevel.Warning, "The rehearsal ended early: the first joins will take longer")]
    public static partial void NotRehearsed(ILogger logger, Exception failure);
}
