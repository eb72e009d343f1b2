using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SessionRoom.Domain;

namespace SessionRoom.Rooms;

/// <summary>The rooms of this node: opens, creates, deletes, unloads. Does not own the log. Safe from any thread.</summary>
public sealed class RoomDirectory : IAsyncDisposable
{
    private const int LongestId = 64;
    private static readonly Refusal BadId = new(RefusalCode.Invalid, $"a room's id has 1 to {LongestId} characters");
    private static readonly Refusal Taken = new(RefusalCode.Invalid, "a room with this id exists");
    private static readonly Refusal Unavailable = new(RefusalCode.Unavailable, "the log cannot be written now; try again");
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Lazy<Task<LiveRoom?>>> rooms = new(StringComparer.Ordinal);
    private readonly RoomHouse house;
    private volatile bool stopping;

    /// <exception cref="ArgumentOutOfRangeException">An option is below its least value.</exception>
    /// <param name="log">Where rooms are kept.</param>
    /// <param name="shared">The same log, where several nodes share it.</param>
    public RoomDirectory(IRoomLog log, ISharedLog? shared, IRoomAudience audience, RoomOptions options, TimeProvider time, ILogger<RoomDirectory> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options is { SnapshotEvery: < 1 } or { MostWaiting: < 1 } or { MostPerBatch: < 1 } or { MostPerTransaction: < 1 })
            throw new ArgumentOutOfRangeException(nameof(options), "SnapshotEvery, MostWaiting, MostPerBatch and MostPerTransaction are at least 1");
        house = new(log, shared, audience, options, time, logger, id => OpenAsync(id, CancellationToken.None), Forget);
        if (shared is not null) shared.WhenBack = LookEverywhere;
    }

    /// <summary>Rooms that are loaded, or being loaded.</summary>
    public int Loaded => rooms.Count;

    /// <summary>The room, loaded if need be; null when there is no such room.</summary>
    /// <exception cref="RoomLogException">The log cannot be read, holds a record that this version cannot read, or this directory is closed.</exception>
    public async Task<LiveRoom?> OpenAsync(string roomId, CancellationToken cancel)
    {
        if (roomId is not { Length: > 0 and <= LongestId }) return null;
        if (!rooms.TryGetValue(roomId, out var entry))
        {
            if (stopping) throw new RoomLogException("the server is stopping");
            entry = rooms.GetOrAdd(roomId, id => new(() => LoadAsync(id)));
        }
        try
        {
            if (await entry.Value.WaitAsync(cancel) is { } room) return room;
            rooms.TryRemove(new(roomId, entry));
            return null;
        }
        catch when (entry.Value.IsFaulted)
        {
            rooms.TryRemove(new(roomId, entry));
            throw;
        }
    }

    /// <summary>Makes a room. Null on success; <c>invalid</c> when the rules refuse it or the id is taken, <c>unavailable</c> when the log fails.</summary>
    public async Task<Refusal?> CreateAsync(RoomCreated made, Actor by, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(made);
        if (made.Id is not { Length: > 0 and <= LongestId }) return BadId;
        var decision = Room.Create(made, new(by, house.Now, house.Options.Limits));
        if (decision is Decision.Refused refused) return refused.Refusal;
        var first = RoomCodec.Encode(new RoomBatch(((Decision.Accepted)decision).Events, []));
        try
        {
            return await house.Log.CreateAsync(made.Id, first, cancel) is null ? Taken : null;
        }
        catch (RoomLogException problem)
        {
            Log.LogFailed(house.Logger, made.Id, 1, problem);
            return Unavailable;
        }
    }

    /// <summary>Removes the room and every byte of it, then tells the audience. False when there is no such room. A room that cannot be read can be removed.</summary>
    /// <exception cref="RoomLogException">The log cannot be written; the room is as it was.</exception>
    public async Task<bool> DeleteAsync(string roomId, CancellationToken cancel)
    {
        if (roomId is not { Length: > 0 and <= LongestId }) return false;
        try
        {
            return await OpenAsync(roomId, cancel) is { } room && await room.DeleteAsync(cancel);
        }
        catch (UnreadableRecordException)
        {
            var found = await house.Log.DeleteAsync(roomId, cancel);
            if (found) house.Audience.RoomDeleted(roomId);
            return found;
        }
    }

    /// <summary>Whether the log can be written now, and within five seconds.</summary>
    public async ValueTask<bool> IsReadyAsync(CancellationToken cancel)
    {
        if (stopping) return false;
        try
        {
            await house.Log.ProbeAsync(cancel).WaitAsync(ProbePatience, house.Time, cancel);
            return true;
        }
        catch (Exception problem) when (problem is RoomLogException or TimeoutException)
        {
            Log.NotReady(house.Logger, problem);
            return false;
        }
    }

    /// <summary>Closes every room: what waits is still decided and answered, then snapshots are taken. People stay as they are; a restart does not blink them.</summary>
    public async ValueTask DisposeAsync()
    {
        stopping = true;
        if (house.Shared is { } shared) shared.WhenBack = null;
        await Task.WhenAll(rooms.Values.Select(async entry =>
        {
            try { await (await entry.Value is { } room ? room.StopAsync() : Task.CompletedTask); }
            catch (RoomLogException) { } // It could not be loaded: there is nothing to close.
        }));
    }

    private async Task<LiveRoom?> LoadAsync(string roomId)
    {
        var begun = house.Time.GetTimestamp();
        NewsInbox? news = null;
        LiveRoom? room = null;
        try
        {
            // Heard before it is read: nothing falls in between.
            if (house.Shared is { } shared) news = await NewsInbox.FollowAsync(shared, roomId);
            if (await house.Log.LoadAsync(roomId, CancellationToken.None) is not { } stored) return null;
            room = new LiveRoom(roomId, RoomCodec.Replay(roomId, stored), stored, house, news);
            Log.Replayed(house.Logger, roomId, stored.Tail.Count, (long)house.Time.GetElapsedTime(begun).TotalMilliseconds);
            room.Start();
            return room;
        }
        catch (UnreadableRecordException problem)
        {
            Log.Unreadable(house.Logger, roomId, problem.Seq, problem);
            throw;
        }
        catch (RoomLogException problem)
        {
            Log.LogFailed(house.Logger, roomId, 1, problem);
            throw;
        }
        finally
        {
            if (room is null) news?.Dispose();
        }
    }

    private void LookEverywhere()
    {
        foreach (var entry in rooms.Values)
            if (entry is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: { } room } }) room.Hear(new LogNews());
    }

    private void Forget(LiveRoom room)
    {
        if (rooms.TryGetValue(room.Id, out var entry) && entry.Value is { IsCompletedSuccessfully: true } loaded && loaded.Result == room)
            rooms.TryRemove(new(room.Id, entry));
    }
}
