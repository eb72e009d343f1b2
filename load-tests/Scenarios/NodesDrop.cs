using System.Diagnostics;
using System.Globalization;
using SessionRoom.LoadTests.Fleet;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Scenarios;

/// <param name="PerMille">Of a thousand publications, how many each node passes over.</param>
/// <param name="Rounds">How often the load stops, so that what was dropped last has nothing after it that would show the hole.</param>
/// <param name="RoundMs">How long the load lasts each time, in milliseconds.</param>
/// <param name="People">Clients, all in one room on two nodes.</param>
/// <param name="Seed">Seeds what everybody does; not what is dropped.</param>
public sealed record NodesDropSettings(int PerMille = 10, int Rounds = 20, int RoundMs = 1_500, int People = 20, int? Seed = null);

/// <param name="ConvergedMs">Of each round: from the last answer until all clients have the same state and the same board.</param>
/// <param name="Late">Rounds in which they did not have it within the time allowed.</param>
public sealed record NodesDropResult(Verdict Verdict, IReadOnlyList<double> ConvergedMs, int Late, int PerMille, int Seed) : IFigure
{
    public const double AllowedMs = 5_000;

    public bool Holds => Verdict.IsWhole && Late == 0;

    public override string ToString()
    {
        double[] sorted = [.. ConvergedMs.Order()];
        return Verdict.AddTo(new Table($"2 nodes, {PerMille / 10.0:0.#} % of publications dropped", "figure").Row("rounds", sorted.Length).Row("all the same after the last answer, median ms", sorted.At(0.5))
            .Row("worst ms", sorted.At(1)).Row("rounds beyond what is allowed", Late)).Row("seed", Seed) + Verdict.Lines;
    }
}

/// <summary>Two nodes whose Redis loses some of what it publishes.</summary>
public static class NodesDrop
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<NodesDropResult> RunAsync(NodesDropSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var seed = settings.Seed ?? Random.Shared.Next();
        await using var redis = await RedisProcess.StartAsync();
        await using var nodes = await Nodes.StartAsync(redis, 2, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SESSIONROOM_TEST_DROP"] = (settings.PerMille / 1000.0).ToString(CultureInfo.InvariantCulture),
        });
        await using var crew = await Crew.GatherAsync(nodes, CrewSettings.Of(settings.People), new(seed));
        Console.WriteLine($"seed {seed}: {settings.People} people on 2 nodes");
        var (converged, late) = (new List<double>(), 0);
        for (var round = 0; round < settings.Rounds; round++)
        {
            crew.Start();
            await Task.Delay(settings.RoundMs);
            await crew.StopAsync();
            var stopped = Stopwatch.GetTimestamp();
            var same = await crew.ConvergeAsync(Patience);
            converged.Add(Stopwatch.GetElapsedTime(stopped).TotalMilliseconds);
            if (!same || converged[^1] > NodesDropResult.AllowedMs) late++;
            Console.WriteLine($"round {round + 1} of {settings.Rounds}: the same after {converged[^1]:0} ms; {crew.Answered} commands and {crew.Edits} edits answered");
        }
        return new(await crew.JudgeAsync(), converged, late, settings.PerMille, seed);
    }
}
