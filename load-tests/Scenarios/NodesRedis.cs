using System.Diagnostics;
using SessionRoom.LoadTests.Fleet;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Scenarios;

/// <param name="Always">Redis' <c>appendfsync</c> is <c>always</c>; otherwise <c>everysec</c>.</param>
/// <param name="Kills">How often Redis is killed and, a moment later, started again.</param>
/// <param name="StopSeconds">How long Redis is stopped after that.</param>
/// <param name="Forgets">Each kill costs Redis what it wrote in the half second to three seconds before; the nodes have it still.</param>
/// <param name="People">Clients, all in one room on two nodes.</param>
/// <param name="Seed">Seeds when Redis is killed and what everybody does.</param>
public sealed record NodesRedisSettings(bool Always = true, int Kills = 5, int StopSeconds = 20, bool Forgets = false, int People = 20, int? Seed = null);

/// <summary>A time in which Redis was away.</summary>
/// <param name="Unavailable">Answers of <c>unavailable</c> that clients of each node got in it.</param>
/// <param name="FalselyReady">How often a node said in it that it was ready.</param>
/// <param name="Unready">How often the node that said it least often said that it was not.</param>
/// <param name="Reconnects">Connections that clients lost in it.</param>
/// <param name="ReadyMs">From Redis' return until every node was ready again; not a number where one was not within a minute.</param>
public sealed record Outage(string What, double Seconds, IReadOnlyList<int> Unavailable, int FalselyReady, int Unready, int Reconnects, double ReadyMs);

public sealed record NodesRedisResult(Verdict Verdict, IReadOnlyList<Outage> Outages, bool Always, bool Forgets, int Seed) : IFigure
{
    public const double AllowedWaitMs = 10_000;

    /// <summary>A Redis that was started again is another epoch.</summary>
    private bool IsWhole => Forgets || Always ? Verdict is { IsOne: true, Missing: 0, Refused: 0 } : Verdict.IsOne;

    public bool Holds => IsWhole && Verdict.LongestWaitMs <= AllowedWaitMs
        && Outages.All(outage => outage is { FalselyReady: 0, Reconnects: 0 } && !double.IsNaN(outage.ReadyMs))
        // A short outage may pass between two questions.
        && Outages[^1] is { Unready: > 0 } stop && stop.Unavailable.All(count => count > 0);

    public override string ToString()
    {
        var outages = new Table("Redis", "away, s", "unavailable, by node", "said ready", "said not ready, least", "connections lost", "all ready after its return, ms");
        foreach (var outage in Outages) outages.Row(outage.What, outage.Seconds, string.Join(" + ", outage.Unavailable), outage.FalselyReady, outage.Unready, outage.Reconnects, outage.ReadyMs);
        return $"{outages}\n\n{Verdict.AddTo(new Table("2 nodes, Redis killed and stopped under load", "figure").Row("appendfsync", Always ? "always" : "everysec").Row("Redis forgets with each kill", Forgets)).Row("seed", Seed)}{Verdict.Lines}";
    }
}

/// <summary>The Redis that two nodes share is killed, comes back, and hangs, while people work.</summary>
public static class NodesRedis
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<NodesRedisResult> RunAsync(NodesRedisSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var seed = settings.Seed ?? Random.Shared.Next();
        var random = new Random(seed);
        await using var redis = await RedisProcess.StartAsync(settings.Always ? "always" : "everysec");
        await using var nodes = await Fleet.Nodes.StartAsync(redis, 2);
        await using var crew = await Crew.GatherAsync(nodes, CrewSettings.Of(settings.People), random);
        await using var readiness = new Readiness(nodes);
        Console.WriteLine($"seed {seed}: {settings.People} people on 2 nodes");
        crew.Start();

        var outages = new List<Outage>();
        for (var kill = 0; kill < settings.Kills; kill++)
        {
            redis.Remember();
            await Task.Delay(random.Next(500, 3_000));
            outages.Add(await AwayAsync(crew, readiness, $"kill -9, {kill + 1}", TimeSpan.FromMilliseconds(random.Next(3_000)), GoAsync, redis.StartAgainAsync));
        }
        await Task.Delay(random.Next(500, 3_000));
        outages.Add(await AwayAsync(crew, readiness, "SIGSTOP", TimeSpan.FromSeconds(settings.StopSeconds), redis.StopAsync, redis.GoOnAsync));
        await Task.Delay(1_000);
        await crew.StopAsync();
        return new(await crew.JudgeAsync(), outages, settings.Always, settings.Forgets, seed);

        async Task GoAsync()
        {
            await redis.KillAsync();
            if (settings.Forgets) redis.GoBack();
        }
    }

    private static async Task<Outage> AwayAsync(Crew crew, Readiness readiness, string what, TimeSpan time, Func<Task> go, Func<Task> come)
    {
        var (unavailable, connections) = (crew.Unavailable, crew.Connections);
        await go();
        var from = Stopwatch.GetTimestamp();
        await Task.Delay(time);
        var to = Stopwatch.GetTimestamp();
        await come();
        var back = Stopwatch.GetTimestamp();
        while (readiness.ReadyAfter(back, crew.Nodes) is null && Stopwatch.GetElapsedTime(back) < Patience) await Task.Delay(50);
        var outage = new Outage(what, Stopwatch.GetElapsedTime(from, back).TotalSeconds, [.. crew.Unavailable.Zip(unavailable, (after, before) => after - before)],
            readiness.ReadyBetween(from, to), readiness.UnreadyBetween(from, back, crew.Nodes), crew.Connections - connections,
            readiness.ReadyAfter(back, crew.Nodes) is { } ready ? Stopwatch.GetElapsedTime(back, ready).TotalMilliseconds : double.NaN);
        Console.WriteLine($"{what}: away for {outage.Seconds:0.0} s, {outage.Unavailable.Sum()} times unavailable, ready again after {outage.ReadyMs:0} ms; {crew.Answered} commands and {crew.Edits} edits answered");
        return outage;
    }
}
