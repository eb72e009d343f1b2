using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SessionRoom.Domain;
using SessionRoom.Rooms;
using SessionRoom.Rooms.Tests;

namespace SessionRoom.Redis.Tests;

/// <summary>The rooms of one process, as far as they are not the wire; several of them share a Redis.</summary>
internal sealed class Node : IAsyncDisposable
{
    private Node(RedisRoomLog log, RoomOptions options, ILogger<RoomDirectory>? logger) =>
        (Log, Rooms) = (log, new(log, log, Audience, options, log.Time, logger ?? NullLogger<RoomDirectory>.Instance));

    public RedisRoomLog Log { get; }
    public CollectingAudience Audience { get; } = new();
    public RoomDirectory Rooms { get; }

    public static Task<Node> StartAsync(RedisServer server, RoomOptions? options = null, TimeProvider? clock = null, ILogger<RoomDirectory>? logger = null) =>
        StartAsync(server.Address, options, clock, logger);

    public static async Task<Node> StartAsync(string address, RoomOptions? options = null, TimeProvider? clock = null, ILogger<RoomDirectory>? logger = null) => new(
        await RedisRoomLog.OpenAsync(address, Durability.Process, clock ?? TimeProvider.System, NullLogger<RedisRoomLog>.Instance),
        options ?? new() { LongestBoardDelay = TimeSpan.Zero }, logger);

    /// <summary>A new room with Fay, its facilitator, connected here.</summary>
    public async Task<LiveRoom> MakeAsync(string id)
    {
        Assert.Null(await Rooms.CreateAsync(Some.Room(id), Actor.Key("acme"), default));
        var room = await OpenAsync(id);
        Assert.Null(await room.Arrives("fay", Role.Facilitator));
        return room;
    }

    public async Task<LiveRoom> OpenAsync(string id) => (await Rooms.OpenAsync(id, default).WaitAsync(Some.Patience))!;

    /// <summary>Nothing is closed: as far as the others know, the process was killed.</summary>
    public ValueTask DieAsync() => Log.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await Rooms.DisposeAsync();
        await Log.DisposeAsync();
    }
}

internal static class Following
{
    /// <summary>Waits until the room on this node is there.</summary>
    public static async Task UntilAsync(this LiveRoom room, Func<RoomSnapshot, bool> reached, TimeSpan? within = null)
    {
        using var deadline = new CancellationTokenSource(within ?? Some.Patience);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!reached(room.Current)) await look.WaitForNextTickAsync(deadline.Token);
    }

    public static Task FollowsAsync(this LiveRoom room, LiveRoom other) => room.UntilAsync(now => now.Position == other.Current.Position);

    public static bool IsOnline(this RoomSnapshot room, string pid) => room.State.People.TryGetValue(pid, out var person) && person.Online;
}
