using System.Diagnostics;
using SessionRoom.Client;
using SessionRoom.LoadTests.Fleet;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Scenarios;

/// <param name="Nodes">One is without Redis, and its clients wait for it to come back.</param>
/// <param name="People">Clients, all in one room.</param>
/// <param name="Kills">How often a node is killed; one always lives, where there are several.</param>
/// <param name="Seconds">Over which the kills are spread.</param>
/// <param name="Seed">Seeds who is killed when and what everybody does.</param>
public sealed record NodesKillSettings(int Nodes = 3, int People = 50, int Kills = 20, int Seconds = 60, int? Seed = null);

/// <param name="Back">How often a client was cut off by a kill and came back.</param>
/// <param name="P99Ms">From the kill until a client that was on that node is live on another, sees its own place in the queue, its hand or the floor, and has an answer to everything that it had asked.</param>
/// <param name="Lost">Clients that did not see their place after coming back.</param>
public sealed record NodesKillResult(Verdict Verdict, int Nodes, int Kills, int Back, double MedianMs, double P99Ms, double WorstMs, int Lost, double Seconds, int Seed) : IFigure
{
    public const double AllowedMs = 3_000;

    /// <summary>Without how fast.</summary>
    public bool IsCorrect => Verdict.IsWhole && Lost == 0;

    public bool Holds => IsCorrect && P99Ms <= AllowedMs;

    public override string ToString() => Verdict.AddTo(new Table($"{Nodes} nodes, kill -9 under load", "figure").Row("kills", Kills).Row("seconds under load", Seconds))
        .Row("clients cut off and back", Back).Row("back with place and answers after the kill, median ms", MedianMs).Row("p99 ms", P99Ms).Row("worst ms", WorstMs)
        .Row("back without their place", Lost).Row("seed", Seed) + Verdict.Lines;
}

/// <summary>Nodes die at random while fifty people work over all of them.</summary>
public static class NodesKill
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<NodesKillResult> RunAsync(NodesKillSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var seed = settings.Seed ?? Random.Shared.Next();
        var random = new Random(seed);
        await using var redis = settings.Nodes > 1 ? await RedisProcess.StartAsync() : null;
        await using var nodes = await Fleet.Nodes.StartAsync(redis, settings.Nodes);
        await using var crew = await Crew.GatherAsync(nodes, CrewSettings.Of(settings.People), random);
        Console.WriteLine($"seed {seed}: {settings.People} people on {settings.Nodes} nodes");
        crew.Start();

        var from = Stopwatch.GetTimestamp();
        var (backs, starts) = (new List<Task<Return[]>>(), new List<Task>());
        for (var kill = 0; kill < settings.Kills; kill++)
        {
            var due = TimeSpan.FromSeconds(settings.Seconds * (kill + random.NextDouble()) / settings.Kills) - Stopwatch.GetElapsedTime(from);
            if (due > TimeSpan.Zero) await Task.Delay(due);
            while (nodes.Living.Count < Math.Min(2, settings.Nodes)) await Task.WhenAny(starts.Where(start => !start.IsCompleted)).WaitAsync(Patience);
            var living = nodes.Living;
            // Where nobody is, nobody is cut off.
            var used = living.Where(one => crew.Hands.Any(hand => hand.Line.Node == one)).DefaultIfEmpty(living[0]).ToList();
            var node = used[random.Next(used.Count)];
            var cutOff = crew.Hands.Where(hand => hand.Line.Node == node && hand.Client.Status == RoomStatus.Live).ToList();
            var killed = Stopwatch.GetTimestamp();
            var returns = Task.WhenAll(cutOff.Select(hand => BackAsync(hand, killed)));
            await nodes[node].KillAsync();
            backs.Add(TellAsync(kill + 1, returns));
            starts.Add(StartAgainAsync(nodes[node], TimeSpan.FromMilliseconds(random.Next(1_000))));
            Console.WriteLine($"{Stopwatch.GetElapsedTime(from).TotalSeconds,5:0.0} s  kill {kill + 1} of {settings.Kills}: node {node} with {cutOff.Count} clients, {living.Count - 1} left; {crew.Answered} commands and {crew.Edits} edits answered");
        }
        await Task.WhenAll(starts);
        var rest = TimeSpan.FromSeconds(settings.Seconds) - Stopwatch.GetElapsedTime(from);
        if (rest > TimeSpan.Zero) await Task.Delay(rest);
        var seconds = Stopwatch.GetElapsedTime(from).TotalSeconds;
        var back = (await Task.WhenAll(backs)).SelectMany(returns => returns).ToList();
        await crew.StopAsync();
        var (ms, verdict) = (back.Select(one => one.Ms).Order().ToList(), await crew.JudgeAsync());
        return new(verdict, settings.Nodes, settings.Kills, back.Count, ms.At(0.5), ms.At(0.99), ms.At(1), back.Count(one => !one.Placed), seconds, seed);
    }

    private readonly record struct Return(double OpenMs, double JoinedMs, double LiveMs, double Ms, bool Placed);

    private static async Task<Return[]> TellAsync(int kill, Task<Return[]> returning)
    {
        var returns = await returning;
        if (returns.Length > 0) Console.WriteLine($"         kill {kill}: all {returns.Length} connected after {returns.Max(back => back.OpenMs):0} ms, joined {returns.Max(back => back.JoinedMs):0}, live {returns.Max(back => back.LiveMs):0}, answered {returns.Max(back => back.Ms):0}");
        return returns;
    }

    private static async Task<Return> BackAsync(Hand hand, long killed)
    {
        var life = hand.Worker.Lives.NextAsync(Patience);
        var answers = hand.Worker.AnswerAllAsync();
        var (placed, live) = (true, double.NaN);
        try
        {
            await life;
            live = Stopwatch.GetElapsedTime(killed).TotalMilliseconds;
            using var limit = new CancellationTokenSource(Patience);
            placed = hand.HasPlace(await hand.Client.WaitForAsync(hand.HasPlace, limit.Token));
            await answers.WaitAsync(Patience);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            placed = false;
        }
        return new(Ms(hand.Line.Since.Opened), Ms(hand.Line.Since.Joined), live, Stopwatch.GetElapsedTime(killed).TotalMilliseconds, placed);

        double Ms(long at) => Stopwatch.GetElapsedTime(killed, at).TotalMilliseconds;
    }

    private static async Task StartAgainAsync(ServerProcess node, TimeSpan later)
    {
        await Task.Delay(later);
        await node.StartAgainAsync();
    }
}
