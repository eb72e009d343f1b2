using System.CommandLine;
using System.Runtime.InteropServices;
using SessionRoom.LoadTests.Peers;

namespace SessionRoom.LoadTests;

/// <summary>Runs one scenario and prints what it measured; ends with 0 if it holds, 1 if not or if it is not known.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        // Whoever ends this program ends its servers with it: without this, the runtime leaves at once.
        using var ended = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Environment.Exit(143));
        using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => Environment.Exit(129));
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Environment.Exit(130));
        var output = new Output();
        var root = new RootCommand("How much the server holds, what it costs, how it fails, and how that compares with what people would run instead.") { output.AsJson, output.ChartPath };
        foreach (var scenario in Catalogue.Of(output)) root.Add(scenario);
        var tell = new Argument<string>("tell");
        var peer = new Command("peer", "A server to be measured beside ours; started by the scenarios.") { tell };
        peer.Hidden = true;
        peer.SetAction((parsed, _) => PeerRooms.ServeAsync(parsed.GetValue(tell) == "tell"));
        root.Add(peer);
        var (server, room) = (new Argument<string>("server"), new Argument<string>("room"));
        var intruders = new Command("intruders", "Whoever besieges a server; started by the scenario that measures the healthy.") { server, room };
        intruders.Hidden = true;
        intruders.SetAction((parsed, _) => Crowd.Intruders.BesiegeAsync(new(parsed.GetValue(server)!), parsed.GetValue(room)!));
        root.Add(intruders);
        return await root.Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = null });
    }
}
