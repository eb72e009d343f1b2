using Microsoft.Extensions.Logging;

namespace SessionRoom.Rooms;

/// <summary>What every room of a node shares.</summary>
/// <param name="Shared">The log, where several nodes share it; absent for a node of its own.</param>
/// <param name="OpenAsync">Opens a room that was unloaded.</param>
/// <param name="Closed">Called when a room has ended, before its task is done.</param>
internal sealed record RoomHouse(
    IRoomLog Log, ISharedLog? Shared, IRoomAudience Audience, RoomOptions Options, TimeProvider Time, ILogger Logger, Func<string, Task<LiveRoom?>> OpenAsync, Action<LiveRoom> Closed)
{
    public long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();
}
