using SessionRoom.LoadTests.Fleet;
using SessionRoom.LoadTests.Generator;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Peers;

/// <summary>Two of our nodes over one Redis; every second visitor is on the other.</summary>
internal sealed class OwnNodes(RedisProcess redis, OwnRooms first, OwnRooms second) : RoomPeer
{
    public override string Name => "SessionRoom";
    public override IReadOnlyList<int> Pids => [.. first.Pids, .. second.Pids, redis.Id];

    public static async Task<RoomPeer> StartAsync()
    {
        var redis = await RedisProcess.StartAsync(core: Machine.Cores.Server);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["SessionRoom__Redis"] = redis.Address, ["SessionRoom__SigningKey"] = new string('5', 64) };
        return new OwnNodes(redis, await OwnRooms.StartAsync(Machine.Cores.Server, packed: false, settings), await OwnRooms.StartAsync(Machine.Cores.Server, packed: false, settings));
    }

    public override Task PrepareAsync(IReadOnlyList<string> rooms) => first.PrepareAsync(rooms);

    public override Visitor Come(Reactor reactor, string room, int number, Audience audience, Tally tally) => (number % 2 == 0 ? first : second).Come(reactor, room, number, audience, tally);

    public override async ValueTask DisposeAsync()
    {
        await first.DisposeAsync();
        await second.DisposeAsync();
        await redis.DisposeAsync();
    }
}

/// <summary>Two Socket.IO servers with its Redis adapter.</summary>
internal sealed class SocketIoNodes(RedisProcess redis, RoomPeer first, RoomPeer second) : RoomPeer
{
    public override string Name => "Socket.IO with its Redis adapter";
    public override IReadOnlyList<int> Pids => [.. first.Pids, .. second.Pids, redis.Id];

    public static async Task<RoomPeer> StartAsync()
    {
        var redis = await RedisProcess.StartAsync(core: Machine.Cores.Server);
        return new SocketIoNodes(redis, await SocketIoRooms.StartAsync(Machine.Cores.Server, redis: redis.Address), await SocketIoRooms.StartAsync(Machine.Cores.Server, redis: redis.Address));
    }

    public override Visitor Come(Reactor reactor, string room, int number, Audience audience, Tally tally) => (number % 2 == 0 ? first : second).Come(reactor, room, number, audience, tally);

    public override async ValueTask DisposeAsync()
    {
        await first.DisposeAsync();
        await second.DisposeAsync();
        await redis.DisposeAsync();
    }
}
