using SessionRoom.LoadTests.Generator;
using SessionRoom.LoadTests.Measuring;
using SessionRoom.LoadTests.Peers;

namespace SessionRoom.LoadTests.Scenarios;

/// <param name="InFlight">Saturated loads, in which so many changes of each room are always under way.</param>
/// <param name="Rate">Changes a second, over all rooms.</param>
/// <param name="WithMemory">Whether memory is measured too, on a server of its own in each turn.</param>
internal sealed record SmallRoomsSettings(ContestSettings Contest, int Rooms = 500, int Members = 10, IReadOnlyList<int>? InFlight = null, int Rate = 500, bool WithMemory = true);

/// <summary>Many small rooms at once.</summary>
internal static class SmallRooms
{
    public static async Task<Comparison> RunAsync(SmallRoomsSettings settings)
    {
        var memory = new List<Holding>();
        var (runs, thrown, skipped) = await Contest.RunAsync(Contest.Known, settings.Contest, peer => MeasureAsync(peer, settings));
        if (settings.WithMemory)
            for (var round = 0; round < settings.Contest.Rounds; round++)
                foreach (var contender in Contest.Known.Where(contender => settings.Contest.Peers.Contains(contender.Key, StringComparer.Ordinal) && (skipped.Count == 0 || !NodePackages.Serve(contender.Key))))
                {
                    await using var peer = await contender.Start();
                    memory.Add(await Holding.MeasureAsync(peer, settings.Rooms, settings.Members));
                }
        var judged = settings is { Rooms: 500, Members: 10 };
        return new($"rooms: {settings.Rooms} × {settings.Members}", runs, judged ? Targets(settings) : [], thrown, skipped) { Memory = memory, MemoryBound = judged ? new("SessionRoom", "Socket.IO", 1) : null };
    }

    private static async Task<IReadOnlyList<Run>> MeasureAsync(RoomPeer peer, SmallRoomsSettings settings)
    {
        var (contest, loads) = (settings.Contest, settings.InFlight ?? [1]);
        using var house = await House.OpenAsync(peer, settings.Rooms, settings.Members);
        house.Saturate(loads.Max(), contest.WarmTime);
        house.Drain();
        var runs = loads.Select(inFlight => Run.Measure(peer, house, Saturated(inFlight), () => house.Saturate(inFlight, contest.Time))).ToList();
        return [.. runs, Run.Measure(peer, house, Steady(settings), () => house.Beat(settings.Rate, contest.Time))];
    }

    private static string Saturated(int inFlight) => $"saturated, {inFlight} in flight in each";

    private static string Steady(SmallRoomsSettings settings) => $"{settings.Rate} a second";

    private static Target[] Targets(SmallRoomsSettings settings) =>
    [
        new(Saturated(1), "SessionRoom", "raw Kestrel", "deliveries a second", run => run.PerSecond, AtLeast: true, 0.9),
        new(Saturated(1), "SessionRoom", "Socket.IO", "deliveries a second", run => run.PerSecond, AtLeast: true, 1.8),
        new(Steady(settings), "SessionRoom", "Socket.IO", "p99", run => run.P99Ms, AtLeast: false, 2),
        new(Steady(settings), "SessionRoom", "Socket.IO", "CPU for each delivery", run => run.CpuPerDelivery, AtLeast: false, 1),
    ];
}
