using System.Diagnostics;
using SessionRoom.LoadTests.Fleet;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Scenarios;

/// <param name="People">Clients, all in one room on two nodes.</param>
/// <param name="Seconds">Of load before Redis is flushed, and again after it.</param>
/// <param name="Seed">Seeds what everybody does.</param>
public sealed record NodesFlushSettings(int People = 20, int Seconds = 10, int? Seed = null);

/// <param name="Resynced">Clients that were sent a resync of another epoch, on the connection that they had.</param>
/// <param name="ResyncedMs">From the flush until the last of them was.</param>
/// <param name="Reconnects">Connections that were lost.</param>
/// <param name="NotGoingOn">Clients whose next command and edit were not taken, or not seen by all, within ten seconds.</param>
public sealed record NodesFlushResult(Verdict Verdict, int People, int Resynced, double ResyncedMs, int Reconnects, int NotGoingOn, int Seed) : IFigure
{
    /// <summary>What was answered before the flush is not counted: Redis was told to forget it.</summary>
    public bool Holds => Verdict is { Differing: 0, Disagreements: 0, Holes: 0, Back: 0 } && Resynced == People && Reconnects == 0 && NotGoingOn == 0;

    public override string ToString() => Verdict.AddTo(new Table("2 nodes, FLUSHALL under load", "figure").Row("clients", People).Row("explicitly resynced to another epoch", Resynced)
        .Row("the last of them after the flush, ms", ResyncedMs).Row("connections lost", Reconnects).Row("whose next command or edit was not taken", NotGoingOn)).Row("seed", Seed) + Verdict.Lines;
}

/// <summary>Somebody empties the Redis that two nodes share, while people work.</summary>
public static class NodesFlush
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30), GoOn = TimeSpan.FromSeconds(10);

    public static async Task<NodesFlushResult> RunAsync(NodesFlushSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var seed = settings.Seed ?? Random.Shared.Next();
        await using var redis = await RedisProcess.StartAsync();
        await using var nodes = await Nodes.StartAsync(redis, 2);
        await using var crew = await Crew.GatherAsync(nodes, CrewSettings.Of(settings.People), new(seed));
        Console.WriteLine($"seed {seed}: {settings.People} people on 2 nodes");
        crew.Start();
        await Task.Delay(TimeSpan.FromSeconds(settings.Seconds));

        var (epoch, connections) = (crew.Hands[0].Client.Current.Epoch, crew.Connections);
        Console.WriteLine($"FLUSHALL after {crew.Answered} commands and {crew.Edits} edits");
        var flushed = Stopwatch.GetTimestamp();
        await redis.FlushAsync();
        while (crew.Hands.Any(hand => !IsResynced(hand)) && Stopwatch.GetElapsedTime(flushed) < Patience) await Task.Delay(5);
        var resyncedMs = Stopwatch.GetElapsedTime(flushed).TotalMilliseconds;
        var resynced = crew.Hands.Count(IsResynced);
        Console.WriteLine($"{resynced} of {settings.People} resynced after {resyncedMs:0} ms");
        await Task.Delay(TimeSpan.FromSeconds(settings.Seconds));
        await crew.StopAsync();
        var notGoingOn = await crew.GoOnAsync(GoOn);
        var reconnects = crew.Connections - connections;
        return new(await crew.JudgeAsync(), settings.People, resynced, resyncedMs, reconnects, notGoingOn, seed);

        bool IsResynced(Hand hand) => hand.Line.ResyncedTo is { } began && began != epoch;
    }
}
