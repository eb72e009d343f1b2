using System.Net;
using System.Text.Json.Nodes;
using SessionRoom.Client;
using SessionRoom.LoadTests.Crowd;
using SessionRoom.LoadTests.Generator;

namespace SessionRoom.LoadTests.Peers;

/// <summary>A server of rooms under the generator: ours or another, started for one measurement on a core of its own.</summary>
internal abstract class RoomPeer : IAsyncDisposable
{
    /// <summary>The name in the tables.</summary>
    public abstract string Name { get; }

    /// <summary>The processes whose work is the server's.</summary>
    public abstract IReadOnlyList<int> Pids { get; }

    /// <summary>Makes the rooms, where rooms are made.</summary>
    public virtual Task PrepareAsync(IReadOnlyList<string> rooms) => Task.CompletedTask;

    /// <summary>Opens somebody's connection; they join as soon as it is open.</summary>
    public abstract Visitor Come(Reactor reactor, string room, int number, Audience audience, Tally tally);

    public abstract ValueTask DisposeAsync();

    public double Cpu => Pids.Sum(ProcessFigures.Cpu);

    public long PrivateBytes => Pids.Sum(ProcessFigures.PrivateBytes);

    /// <summary>Beyond a thousand people, the same come again over further connections: what a fan-out costs is decided by those, and the state stays one of a thousand people.</summary>
    protected static string NameOf(int number) => $"member-{number % MostPeople:0000}";

    private const int MostPeople = 1_000;

    protected static IPEndPoint At(Uri address) => new(IPAddress.Loopback, address.Port);
}

/// <summary>This repository's server: it decides each change, stores it durably, and only then tells anybody.</summary>
internal sealed class OwnRooms : RoomPeer
{
    private static readonly IntegratorKey Key = new("load", "a secret of at least thirty-two bytes", "https://load.example");
    private static readonly TimeSpan Hours = TimeSpan.FromHours(3);

    private readonly ServerProcess _server;
    private readonly bool _packed;

    private OwnRooms(ServerProcess server, bool packed) => (_server, _packed) = (server, packed);

    public override string Name => _packed ? "SessionRoom, MessagePack" : "SessionRoom";
    public override IReadOnlyList<int> Pids => [_server.Id];
    public Uri Address => _server.Address;

    public bool Runs => _server.Runs;

    /// <summary>With the limits of one connection and one room out of the way: what they hold back is not what is measured.</summary>
    public static Dictionary<string, string> Settings => new(Key.Settings, StringComparer.Ordinal)
    {
        ["SessionRoom__Limits__CommandsPerSecond"] = "1000000", ["SessionRoom__Limits__CommandBurst"] = "1000000", ["SessionRoom__Limits__ConnectionsPerPerson"] = "100",
        ["SessionRoom__Limits__KeyCallsPerSecond"] = "100000",
    };

    /// <param name="ownLimits">The limits stay as the server has them.</param>
    public static async Task<OwnRooms> StartAsync(int? core, bool packed, IReadOnlyDictionary<string, string>? more = null, bool ownLimits = false) =>
        new(await ServerProcess.StartAsync(new Dictionary<string, string>((ownLimits ? Key.Settings : Settings).Concat(more ?? new Dictionary<string, string>(StringComparer.Ordinal)), StringComparer.Ordinal), core), packed);

    public override async Task PrepareAsync(IReadOnlyList<string> rooms)
    {
        using var http = new HttpClient { BaseAddress = _server.Address };
        var api = new RoomApi(http, Key.Secret);
        await Parallel.ForEachAsync(rooms, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (room, cancel) => await api.CreateAsync(room, new JsonObject { ["id"] = room }, cancel));
    }

    public static string TokenOf(string room, int number, string role = "member") => Key.Sign(room, NameOf(number), role, Hours);

    public override Visitor Come(Reactor reactor, string room, int number, Audience audience, Tally tally) => _packed
        ? new PackedVisitor(reactor, At(_server.Address), TokenOf(room, number), audience, tally)
        : new RoomVisitor(reactor, At(_server.Address), TokenOf(room, number), audience, tally);

    public override ValueTask DisposeAsync() => _server.DisposeAsync();
}

/// <summary>One of the servers of <see cref="PeerRooms"/>.</summary>
internal sealed class DotnetRooms(Child child, bool raw, bool tell) : RoomPeer
{
    public override string Name => raw ? "raw Kestrel" : tell ? "plain SignalR, telling who came" : "plain SignalR";
    public override IReadOnlyList<int> Pids => [child.Pid];

    /// <summary>With the garbage collector that the web SDK chooses for every server.</summary>
    public static async Task<RoomPeer> StartAsync(int? core, bool raw, bool tell = false) => new DotnetRooms(await Child.StartAsync(core, AppContext.BaseDirectory,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_gcServer"] = "1", ["DOTNET_ENVIRONMENT"] = "Production" },
        "dotnet", typeof(DotnetRooms).Assembly.Location, "peer", tell ? "tell" : "silent"), raw, tell);

    public override Visitor Come(Reactor reactor, string room, int number, Audience audience, Tally tally) => raw
        ? new RawVisitor(reactor, At(child.Address), room, NameOf(number), audience, tally)
        : new HubVisitor(reactor, At(child.Address), room, NameOf(number), audience, tally);

    public override ValueTask DisposeAsync() => child.DisposeAsync();
}
