using System.Diagnostics;
using SessionRoom.LoadTests.Checker;
using SessionRoom.LoadTests.Circle;
using SessionRoom.LoadTests.Fleet;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Scenarios;

/// <param name="Rooms">Circles at once, over all nodes.</param>
/// <param name="Seconds">How long faults go on; circle follows circle so long.</param>
/// <param name="Circle">How many seconds ninety minutes take.</param>
/// <param name="Every">Seconds between two faults.</param>
public sealed record ChaosSettings(int Nodes = 3, int Rooms = 4, int Seconds = 600, double Circle = 60, double Every = 8, int? Seed = null, string? Histories = null);

/// <param name="Faults">How often each thing was done.</param>
public sealed record ChaosResult(double Seconds, int Circles, IReadOnlyDictionary<string, int> Faults, int Connections, int Unanswered, Judgement Judgement, int Seed) : IFigure
{
    public bool Holds => Judgement.Holds && Unanswered == 0;

    public override string ToString()
    {
        var table = new Table("nodes and Redis killed and paused while circles go on", "figure").Row("seconds", Seconds).Row("circles", Circles).Row("connections", Connections);
        foreach (var (fault, times) in Faults) table.Row(fault, times);
        return Judgement.AddTo(table.Row("never answered", Unanswered)).Row("seed", Seed) + string.Concat(Judgement.Wrong.Select(line => "\n" + line));
    }
}

/// <summary>Everything that can die or hang does, again and again, while people work over three nodes; then their histories are judged.</summary>
public static class Chaos
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<ChaosResult> RunAsync(ChaosSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var seed = settings.Seed ?? Random.Shared.Next();
        var (from, judgements) = (Stopwatch.GetTimestamp(), new List<Judgement>());
        // What was answered must survive the kill of Redis: then it is on disk before it is answered.
        await using var redis = await RedisProcess.StartAsync("always");
        await using var nodes = await Fleet.Nodes.StartAsync(redis, settings.Nodes, new Dictionary<string, string>(StringComparer.Ordinal) { ["SessionRoom__Durability"] = "disk" });
        using var folder = new HistoryFolder(settings.Histories);
        var (circles, connections, unanswered, faults) = (0, 0, 0, new Dictionary<string, int>(StringComparer.Ordinal));
        Progress.Say(from, $"seed {seed}");
        do
        {
            var script = Script.Read();
            var casts = new List<Cast>();
            try
            {
                for (var room = 0; room < settings.Rooms; room++)
                    casts.Add(await Cast.GatherAsync(nodes.Apis[room % nodes.Count], nodes.Addresses[0], async (hub, token, cancel) => (await nodes.OpenAsync(hub, token, null, cancel)).Socket, script, Path.Combine(folder.Path, $"circle-{circles + room}"), seed + circles + room));
                using var over = new CancellationTokenSource();
                var breaking = BreakAsync(nodes, redis, settings, new Random(seed + circles), faults, from, over.Token);
                var playing = Task.WhenAll(casts.Select(cast => cast.PlayAsync(TimeSpan.FromSeconds(settings.Circle / script.Minutes))));
                // Nothing is broken any more when the last words are said, so that they can be.
                await Task.WhenAny(playing, Task.Delay(TimeSpan.FromSeconds(settings.Circle * 0.95), CancellationToken.None));
                await over.CancelAsync();
                await breaking;
                await playing;
                await Task.WhenAll(casts.Select(cast => cast.EndAsync()));
            }
            finally
            {
                foreach (var cast in casts) await cast.DisposeAsync();
            }
            circles += casts.Count;
            (connections, unanswered) = (connections + casts.Sum(cast => cast.Connections), unanswered + casts.Sum(cast => cast.Unanswered));
            foreach (var cast in casts) judgements.Add(HistoryChecker.Check(cast.Folder));
            var so = Judgement.Of(judgements);
            Progress.Say(from, $"{circles} circles: {so.Answered} commands and {so.Marks} edits answered, lost {so.Lost}, twice {so.Twice}, diverged {so.Diverged}");
        }
        while (Stopwatch.GetElapsedTime(from).TotalSeconds < settings.Seconds);
        return new(Stopwatch.GetElapsedTime(from).TotalSeconds, circles, faults, connections, unanswered, Judgement.Of(judgements), seed);
    }

    private static async Task BreakAsync(Nodes nodes, RedisProcess redis, ChaosSettings settings, Random random, Dictionary<string, int> faults, long from, CancellationToken over)
    {
        var starts = new List<Task>();
        while (await WaitAsync(TimeSpan.FromSeconds(settings.Every * (0.5 + random.NextDouble())), over))
        {
            var living = nodes.Living;
            var (node, pause) = (living[random.Next(living.Count)], TimeSpan.FromSeconds(0.5 + (random.NextDouble() * 3)));
            switch (random.Next(6))
            {
                case < 3 when living.Count > 1:
                    Count($"kill -9 of a node");
                    await nodes[node].KillAsync();
                    starts.Add(StartAgainAsync(nodes[node], pause / 2));
                    break;
                case 3:
                    Count("a node paused");
                    await SignalAsync("STOP", nodes[node].Id);
                    await Task.Delay(pause, CancellationToken.None);
                    await SignalAsync("CONT", nodes[node].Id);
                    break;
                case 4:
                    Count("kill -9 of Redis");
                    await redis.KillAsync();
                    await Task.Delay(pause / 2, CancellationToken.None);
                    await redis.StartAgainAsync();
                    break;
                default:
                    Count("Redis paused");
                    await redis.StopAsync();
                    await Task.Delay(pause, CancellationToken.None);
                    await redis.GoOnAsync();
                    break;
            }
        }
        await Task.WhenAll(starts).WaitAsync(Patience, CancellationToken.None);

        void Count(string fault)
        {
            faults[fault] = faults.GetValueOrDefault(fault) + 1;
            Progress.Say(from, fault);
        }
    }

    private static async Task StartAgainAsync(ServerProcess node, TimeSpan later)
    {
        await Task.Delay(later);
        await node.StartAgainAsync();
    }

    private static async Task<bool> WaitAsync(TimeSpan time, CancellationToken over)
    {
        await Task.Delay(time, over).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return !over.IsCancellationRequested;
    }

    private static async Task SignalAsync(string signal, int pid)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{pid}"]);
        await kill.WaitForExitAsync().WaitAsync(Patience);
    }
}
