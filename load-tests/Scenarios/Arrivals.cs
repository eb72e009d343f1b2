using SessionRoom.LoadTests.Generator;
using SessionRoom.LoadTests.Measuring;
using SessionRoom.LoadTests.Peers;

namespace SessionRoom.LoadTests.Scenarios;

/// <param name="Over">Seconds over which they open their connections, evenly and without waiting for each other.</param>
internal sealed record ArrivalsSettings(ContestSettings Contest, int Members = 1_000, double Over = 5);

/// <summary>Everybody comes to one room at once: to a server that has just started, and to one that has had as many before.</summary>
/// <remarks>Our server also tells everybody who is there. Of the others some do and some do not, and they say so; those that do the same work are judged.</remarks>
internal static class Arrivals
{
    private const string Cold = "on a cold server", Warm = "on a warm server", Theirs = "Socket.IO, telling who came";

    public static async Task<Comparison> RunAsync(ArrivalsSettings settings)
    {
        var (runs, thrown, skipped) = await Contest.RunAsync(Contest.Known, settings.Contest, peer => MeasureAsync(peer, settings));
        Target[] targets = [Of(Warm, 0.6), Of(Cold, 2)];
        return new($"join: {settings.Members} in {settings.Over} s, from opening the connection to having the state (a delivery is a join)", runs, settings.Members == 1_000 ? targets : [], thrown, skipped);

        static Target Of(string load, double bound) => new(load, "SessionRoom", Theirs, "p99 to the state", run => run.P99Ms, AtLeast: false, bound);
    }

    private static async Task<IReadOnlyList<Run>> MeasureAsync(RoomPeer peer, ArrivalsSettings settings)
    {
        var runs = new List<Run>();
        foreach (var (load, room) in (IReadOnlyList<(string, string)>)[(Cold, "cold"), (Warm, "warm")])
        {
            var joins = new Latencies(settings.Members);
            var usage = new Usage(peer);
            using var house = await House.RushAsync(peer, room, settings.Members, TimeSpan.FromSeconds(settings.Over), joins);
            var (seconds, server, generator, foreign) = usage.Read();
            runs.Add(new(peer.Name, load, seconds, joins.Count, joins.Count, joins.Percentile(0.5), joins.Percentile(0.99), joins.Percentile(1), server, generator, foreign, settings.Members - joins.Count, house.Tally.Resyncs, 0, false));
        }
        return runs;
    }
}
