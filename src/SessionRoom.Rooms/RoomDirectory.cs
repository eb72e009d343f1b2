using Microsoft.Extensions.Logging;
using SessionRoom.Domain;

namespace SessionRoom.Rooms;

/// <summary>The rooms of this node: opens, creates, deletes, unloads. Does not own the log.</summary>
public sealed class RoomDirectory(IRoomLog log, IRoomAudience audience, RoomOptions options, TimeProvider time, ILogger<RoomDirectory> logger) : IAsyncDisposable
{
    /// <summary>The room, loaded if need be; null when there is no such room.</summary>
    /// <exception cref="RoomLogException">The log cannot be read, or holds a record that this version cannot read.</exception>
    public Task<LiveRoom?> OpenAsync(string roomId, CancellationToken cancel) => throw new NotSupportedException("to come");

    /// <summary>Makes a room. Null on success; <c>invalid</c> when the rules refuse it or the id is taken, <c>unavailable</c> when the log fails.</summary>
    public Task<Refusal?> CreateAsync(RoomCreated made, Actor by, CancellationToken cancel) => throw new NotSupportedException("to come");

    /// <summary>Removes the room and every byte of it, then tells the audience. False when there is no such room.</summary>
    /// <exception cref="RoomLogException">The log cannot be written; the room is as it was.</exception>
    public Task<bool> DeleteAsync(string roomId, CancellationToken cancel) => throw new NotSupportedException("to come");

    /// <summary>Whether the log can be written now.</summary>
    public ValueTask<bool> IsReadyAsync(CancellationToken cancel) => throw new NotSupportedException("to come");

    /// <summary>Closes every room: what waits is still decided and answered, then snapshots are taken. People stay as they are; a restart does not blink them.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal (IRoomLog, IRoomAudience, RoomOptions, TimeProvider, ILogger) Parts => (log, audience, options, time, logger);
}
