using SessionRoom.LoadTests.Generator;

namespace SessionRoom.LoadTests.Peers;

/// <summary>Socket.IO as npm has it.</summary>
internal sealed class SocketIoRooms(Child child, bool tell) : RoomPeer
{
    public override string Name => tell ? "Socket.IO, telling who came" : "Socket.IO";
    public override IReadOnlyList<int> Pids => [child.Pid];

    public static async Task<RoomPeer> StartAsync(int? core, bool tell = false, string? redis = null) =>
        new SocketIoRooms(await NodePackages.StartAsync(core, "socket-io.mjs", [tell ? "tell" : "silent", .. redis is null ? (string[])[] : [redis]]), tell);

    public override Visitor Come(Reactor reactor, string room, int number, Audience audience, Tally tally) => new SocketIoVisitor(reactor, At(child.Address), room, NameOf(number), audience, tally);

    public override ValueTask DisposeAsync() => child.DisposeAsync();
}
