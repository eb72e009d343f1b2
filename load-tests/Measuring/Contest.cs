using System.Diagnostics;
using SessionRoom.LoadTests.Peers;

namespace SessionRoom.LoadTests.Measuring;

/// <summary>A server that takes part, started anew for each of its turns.</summary>
/// <param name="Key">The name on the command line.</param>
internal sealed record Contender(string Key, Func<Task<RoomPeer>> Start);

/// <summary>What all contests have in common.</summary>
/// <param name="Peers">Keys of those that take part.</param>
/// <param name="Rounds">How often each has its turn: ours, theirs, ours, theirs.</param>
/// <param name="Retries">How often one turn is taken again because something else ran on the machine.</param>
/// <param name="Seconds">How long each load is measured.</param>
/// <param name="Warm">How long the heaviest load runs before, in seconds: the same for each.</param>
internal sealed record ContestSettings(IReadOnlyList<string> Peers, int Rounds = 3, int Retries = 3, double Seconds = 8, double Warm = 8)
{
    public TimeSpan Time => TimeSpan.FromSeconds(Seconds);
    public TimeSpan WarmTime => TimeSpan.FromSeconds(Warm);
}

/// <summary>Takes turns: every server under the same loads from the same generator, pinned to the other core.</summary>
internal static class Contest
{
    /// <summary>Those who take part, by key: ours over both hub protocols, and what people would run instead.</summary>
    public static Contender[] Known =>
    [
        new("own", async () => await OwnRooms.StartAsync(Machine.Cores.Server, packed: false)),
        new("packed", async () => await OwnRooms.StartAsync(Machine.Cores.Server, packed: true)),
        new("raw", () => DotnetRooms.StartAsync(Machine.Cores.Server, raw: true)),
        new("signalr", () => DotnetRooms.StartAsync(Machine.Cores.Server, raw: false)),
        new("socketio", () => SocketIoRooms.StartAsync(Machine.Cores.Server)),
        new("socketio-tell", () => SocketIoRooms.StartAsync(Machine.Cores.Server, tell: true)),
        new("signalr-tell", () => DotnetRooms.StartAsync(Machine.Cores.Server, raw: false, tell: true)),
    ];

    /// <summary>Two nodes over one Redis, everything on the servers' core.</summary>
    public static Contender[] TwoNodes =>
    [
        new("own", OwnNodes.StartAsync),
        new("socketio", SocketIoNodes.StartAsync),
    ];

    /// <param name="measure">All loads on one started server, one run for each.</param>
    public static async Task<(IReadOnlyList<Run> Runs, int Thrown, IReadOnlyList<string> Skipped)> RunAsync(IReadOnlyList<Contender> known, ContestSettings settings, Func<RoomPeer, Task<IReadOnlyList<Run>>> measure)
    {
        var contenders = known.Where(contender => settings.Peers.Contains(contender.Key, StringComparer.Ordinal)).ToList();
        var skipped = new List<string>();
        if (contenders.Exists(contender => NodePackages.Serve(contender.Key)) && await NodePackages.InstallAsync() is { } why)
        {
            contenders.RemoveAll(contender => NodePackages.Serve(contender.Key));
            skipped.Add($"what npm would install: {why}");
        }
        await ProcessFigures.PinAsync(Machine.Cores.Generator);
        var (runs, thrown, from) = (new List<Run>(), 0, Stopwatch.GetTimestamp());
        for (var round = 1; round <= settings.Rounds; round++)
        {
            foreach (var contender in contenders)
            {
                for (var left = settings.Retries; ; left--)
                {
                    GC.Collect();
                    await using var peer = await contender.Start();
                    Progress.Say(from, $"round {round} of {settings.Rounds}: {peer.Name}");
                    var turn = await measure(peer);
                    foreach (var run in turn) Progress.Say(from, $"  {run.Load}: {run.PerSecond:0} deliveries a second, p99 {run.P99Ms:0.00} ms, generator {run.Generator:P0}{(run.IsClean ? "" : $", other work {run.Foreign:0.00} cores")}");
                    if (turn.All(run => run.IsClean) || left == 0)
                    {
                        runs.AddRange(turn);
                        break;
                    }
                    thrown += turn.Count;
                }
            }
        }
        return (runs, thrown, skipped);
    }
}
