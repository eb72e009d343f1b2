using SessionRoom.LoadTests.Generator;
using SessionRoom.LoadTests.Measuring;
using SessionRoom.LoadTests.Peers;

namespace SessionRoom.LoadTests.Scenarios;

/// <param name="Members">Everybody in the room; the changes are theirs in turn.</param>
/// <param name="InFlight">Loads in which so many changes are always under way.</param>
/// <param name="Rates">Loads of so many changes a second.</param>
/// <param name="TwoNodes">The room is on two nodes over one Redis.</param>
internal sealed record FanoutSettings(ContestSettings Contest, int Members = 1_000, IReadOnlyList<int>? InFlight = null, IReadOnlyList<int>? Rates = null, bool TwoNodes = false);

/// <summary>One room, in which somebody changes something and everybody hears it.</summary>
internal static class Fanout
{
    public static async Task<Comparison> RunAsync(FanoutSettings settings)
    {
        var (runs, thrown, skipped) = await Contest.RunAsync(settings.TwoNodes ? Contest.TwoNodes : Contest.Known, settings.Contest, peer => MeasureAsync(peer, settings));
        var targets = settings.Members != 1_000 ? [] : settings.TwoNodes ? NodeTargets(settings.InFlight ?? []) : Targets;
        return new($"{(settings.TwoNodes ? "nodes-fanout: one room on two nodes" : "fanout: one room")}, {settings.Members} members", runs, targets, thrown, skipped);
    }

    private static async Task<IReadOnlyList<Run>> MeasureAsync(RoomPeer peer, FanoutSettings settings)
    {
        var (contest, runs) = (settings.Contest, new List<Run>());
        using var house = await House.OpenAsync(peer, 1, settings.Members);
        house.Saturate((settings.InFlight ?? []).DefaultIfEmpty(4).Max(), contest.WarmTime);
        house.Drain();
        foreach (var inFlight in settings.InFlight ?? []) runs.Add(Run.Measure(peer, house, InFlight(inFlight), () => house.Saturate(inFlight, contest.Time)));
        foreach (var rate in settings.Rates ?? [])
        {
            runs.Add(Run.Measure(peer, house, Rate(rate), () => house.Beat(rate, contest.Time)));
            // It has no more to give: what a higher rate shows is only how long the queue grows.
            if (house.IsOverrun) break;
        }
        return runs;
    }

    private static string InFlight(int changes) => $"{changes} in flight";

    private static string Rate(int changes) => $"{changes} a second";

    private static IEnumerable<Target> Targets =>
    [
        AtLeast(1, "raw Kestrel", 0.8), AtLeast(1, "plain SignalR", 1.35), AtLeast(1, "Socket.IO", 1.35),
        AtLeast(16, "raw Kestrel", 0.8), AtLeast(16, "plain SignalR", 2.3), AtLeast(16, "Socket.IO", 11),
        AtMost(100, "raw Kestrel", 1.3), AtMost(100, "plain SignalR", 0.7),
    ];

    private static IEnumerable<Target> NodeTargets(IEnumerable<int> loads) => loads.Select(inFlight => AtLeast(inFlight, "Socket.IO with its Redis adapter", 2));

    private static Target AtLeast(int inFlight, string theirs, double bound) => new(InFlight(inFlight), "SessionRoom", theirs, "deliveries a second", run => run.PerSecond, AtLeast: true, bound);

    private static Target AtMost(int rate, string theirs, double bound) => new(Rate(rate), "SessionRoom", theirs, "p99", run => run.P99Ms, AtLeast: false, bound);
}
