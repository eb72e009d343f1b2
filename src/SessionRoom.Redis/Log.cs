using Microsoft.Extensions.Logging;

namespace SessionRoom.Redis;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Redis is away: {Why}")]
    public static partial void Away(ILogger logger, string why, Exception? problem);

    [LoggerMessage(2, LogLevel.Warning, "A connection to Redis was cut: {Connection}, {Why}")]
    public static partial void Cut(ILogger logger, string connection, string why);

    [LoggerMessage(3, LogLevel.Information, "Redis is back after {ElapsedMs} ms; {Channels} channels are heard again")]
    public static partial void Back(ILogger logger, long elapsedMs, int channels);

    [LoggerMessage(4, LogLevel.Warning, "Redis was restarted: run {Run} follows {Before}")]
    public static partial void Restarted(ILogger logger, string run, string before);

    [LoggerMessage(5, LogLevel.Information, "Redis had forgotten the scripts; they are loaded again")]
    public static partial void ScriptsLoaded(ILogger logger);

    [LoggerMessage(6, LogLevel.Error, "What listens to {Channel} threw")]
    public static partial void HandlerThrew(ILogger logger, string channel, Exception problem);

    [LoggerMessage(7, LogLevel.Warning, "What listens to {Channel} is too slow: messages are dropped")]
    public static partial void Dropping(ILogger logger, string channel);

    [LoggerMessage(8, LogLevel.Error, "Who was told that Redis is back threw")]
    public static partial void RestoredThrew(ILogger logger, Exception problem);

    [LoggerMessage(9, LogLevel.Warning, "Redis does not say how it is set: whether an answer survives the machine depends on appendonly yes and appendfsync always")]
    public static partial void DurabilityUnknown(ILogger logger);

    [LoggerMessage(10, LogLevel.Critical, "The watch over Redis ended unexpectedly")]
    public static partial void WatchEnded(ILogger logger, Exception problem);

    [LoggerMessage(11, LogLevel.Information, "Room {Room}: its events wait to be moved to their feed")]
    public static partial void NotMoved(ILogger logger, string room, Exception problem);
}
