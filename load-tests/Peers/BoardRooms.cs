using SessionRoom.LoadTests.Generator;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Peers;

/// <summary>Boards of this repository's server: each update is decoded, checked, stored durably and merged before it is relayed.</summary>
internal sealed class OwnBoards(OwnRooms server) : RoomPeer
{
    private ulong _clients;

    public override string Name => "SessionRoom";
    public override IReadOnlyList<int> Pids => server.Pids;

    public static async Task<RoomPeer> StartAsync() => new OwnBoards(await OwnRooms.StartAsync(Machine.Cores.Server, packed: true, new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SessionRoom__Limits__BoardUpdatesPerSecond"] = "1000000", ["SessionRoom__Limits__BoardBytesPerSecond"] = "1000000000", ["SessionRoom__Limits__BoardBytes"] = "100000000",
    }));

    public override Task PrepareAsync(IReadOnlyList<string> rooms) => server.PrepareAsync(rooms);

    public override Visitor Come(Reactor reactor, string room, int number, Audience audience, Tally tally) =>
        new OwnBoardVisitor(reactor, At(server.Address), OwnRooms.TokenOf(room, number), new(NameOf(number), number, ++_clients), audience, tally);

    public override ValueTask DisposeAsync() => server.DisposeAsync();
}

/// <summary>Boards of a server that npm has.</summary>
internal sealed class YjsBoards(Child child, bool hocuspocus, DirectoryInfo data) : RoomPeer
{
    private ulong _clients;

    public override string Name => hocuspocus ? "Hocuspocus" : "y-websocket";
    public override IReadOnlyList<int> Pids => [child.Pid];

    public static async Task<RoomPeer> StartAsync(bool hocuspocus)
    {
        var data = Directory.CreateTempSubdirectory("sessionroom-load-");
        return new YjsBoards(hocuspocus ? await NodePackages.StartAsync(Machine.Cores.Server, "hocuspocus.mjs", Path.Combine(data.FullName, "boards.sqlite")) : await NodePackages.StartAsync(Machine.Cores.Server, "y-websocket.mjs"), hocuspocus, data);
    }

    public override Visitor Come(Reactor reactor, string room, int number, Audience audience, Tally tally) =>
        new YjsVisitor(reactor, At(child.Address), room, hocuspocus, new(NameOf(number), number, ++_clients), audience, tally);

    public override async ValueTask DisposeAsync()
    {
        await child.DisposeAsync();
        data.Delete(recursive: true);
    }
}
