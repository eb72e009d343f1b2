using System.Diagnostics;
using SessionRoom.Client;
using SessionRoom.LoadTests.Crowd;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Scenarios;

/// <param name="Members">Everybody who listens.</param>
/// <param name="Stalled">How many of them stop reading in the runs that have such.</param>
/// <param name="PerSecond">Patches that the room makes in a second.</param>
/// <param name="Seconds">How long each run lasts.</param>
/// <param name="Pairs">Runs without and with stalled members, one after the other.</param>
/// <param name="Text">Characters of text in each patch: so much that the kernel's buffers cannot hold what is not read.</param>
public sealed record SlowSettings(int Members = 200, int Stalled = 1, int PerSecond = 50, int Seconds = 30, int Pairs = 3, int Text = 1_500);

/// <summary>One run.</summary>
/// <param name="Stalled">Members that stopped reading.</param>
/// <param name="Delivered">Frames that the others got, of <paramref name="Expected"/>.</param>
/// <param name="PeakMiB">The server's largest resident memory during the run.</param>
/// <param name="Ended">What became of the stalled: how many were closed by the server, how many were sent a resync.</param>
public sealed record SlowRun(int Stalled, long Delivered, long Expected, double MedianMs, double P99Ms, double PeakMiB, int Ended, int Resynced, double GeneratorCpu, double ServerCpu);

/// <param name="Ratio">p99 with a stalled member against p99 without, the median of the pairs.</param>
public sealed record SlowResult(IReadOnlyList<SlowRun> Runs, double Ratio) : IFigure
{
    public const double AllowedRatio = 1.1;

    public bool Holds => Ratio <= AllowedRatio && Runs.All(run => run.Delivered == run.Expected && run.Ended + run.Resynced >= run.Stalled);

    public override string ToString()
    {
        var table = new Table("stalled", "delivered to the others", "median ms", "p99 ms", "server peak MiB", "stalled: closed", "stalled: resynced", "generator cores", "server cores");
        foreach (var run in Runs)
            table.Row(run.Stalled, $"{run.Delivered} of {run.Expected}", run.MedianMs, run.P99Ms, run.PeakMiB, run.Ended, run.Resynced, run.GeneratorCpu, run.ServerCpu);
        return $"{table}\n\np99 with / without, median of the pairs: {Ratio:0.00}";
    }
}

/// <summary>One of many stops reading its socket: the others must not notice.</summary>
public static class SlowReader
{
    private const string Stamp = "stamp-";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<SlowResult> RunAsync(SlowSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        await using var server = await ServerProcess.StartAsync();
        // Compiled code, grown pools and a first collection are not what is compared.
        await RunAsync(server, settings with { Seconds = Math.Min(5, settings.Seconds) }, stalled: 0);
        var (runs, ratios) = (new List<SlowRun>(), new List<double>());
        for (var pair = 0; pair < settings.Pairs; pair++)
        {
            // In turn first and second, so that whatever drifts weighs on both.
            var first = await RunAsync(server, settings, pair % 2 == 0 ? 0 : settings.Stalled);
            var second = await RunAsync(server, settings, pair % 2 == 0 ? settings.Stalled : 0);
            runs.AddRange([first, second]);
            var (with, without) = first.Stalled > 0 ? (first, second) : (second, first);
            ratios.Add(with.P99Ms / without.P99Ms);
        }
        return new(runs, ratios.Order().ElementAt(ratios.Count / 2));
    }

    private static async Task<SlowRun> RunAsync(ServerProcess server, SlowSettings settings, int stalled)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var room = await new RoomApi(http).CreateAsync("Slow");
        var (hosts, tokens) = (await Gathering.TokensAsync(http, room, "facilitator", 2), await Gathering.TokensAsync(http, room, "member", settings.Members));
        var count = settings.PerSecond * settings.Seconds;
        var latencies = new Latencies(count * settings.Members);

        await using var gathering = new Gathering();
        await gathering.ComeAsync(server.Address, tokens, i => i < settings.Stalled
            ? new RawMember { ReceiveBuffer = 4096 }
            : new RawMember { OnPatch = (frame, now) => Take(frame, now, latencies) });
        await using var senders = new Gathering();
        await senders.ComeAsync(server.Address, hosts, _ => new RawMember());
        var readers = gathering.Members.Where(member => member.OnPatch is not null).ToList();
        var slow = gathering.Members.Where(member => member.OnPatch is null).ToList();
        foreach (var member in slow.Take(stalled)) member.StopReading();

        using var over = new CancellationTokenSource();
        var peak = PeakAsync(server, over.Token);
        var cpu = new CpuShare(server);
        await SendAsync(senders.Members, count, settings);
        var last = (await new RoomApi(http).ReadAsync(room.Id, hosts[0])).Seq;
        await Task.WhenAll(readers.Select(member => member.ReachAsync(last))).WaitAsync(Patience);
        var (generator, load) = cpu.Read();
        await over.CancelAsync();

        foreach (var member in slow) member.ReadOn();
        await Task.WhenAll(slow.Take(stalled).Select(member => Task.WhenAny(member.Ended, member.ReachAsync(last)))).WaitAsync(Patience);
        return new(stalled, latencies.Count, (long)count * readers.Count, latencies.Percentile(0.5), latencies.Percentile(0.99), await peak / 1048576.0,
            slow.Take(stalled).Count(member => member.Ended.IsCompleted), slow.Take(stalled).Count(member => !member.Ended.IsCompleted && member.Resyncs > 0), generator, load);
    }

    /// <summary>Keeps to the clock: a patch that is late does not push back the next.</summary>
    private static async Task SendAsync(IReadOnlyList<RawMember> senders, int count, SlowSettings settings)
    {
        var text = new string('.', 180);
        var items = string.Concat(Enumerable.Range(1, Math.Max(0, settings.Text / 2 / 220)).Select(i => $$""",{"id":"i{{i}}","title":"{{text}}","durationMs":60000}"""));
        var from = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / settings.PerSecond) - Stopwatch.GetElapsedTime(from);
            if (due > TimeSpan.FromMilliseconds(1)) await Task.Delay(due);
            var command = $$$"""{"id":"c{{{i}}}","type":"agenda.set","items":[{"id":"i0","title":"{{{Stamp}}}{{{Stopwatch.GetTimestamp()}}}.","durationMs":60000}{{{items}}}]}""";
            await senders[i % senders.Count].SendAsync($$$"""{"type":1,"invocationId":"{{{i}}}","target":"Do","arguments":[{{{command}}}]}""", CancellationToken.None);
        }
    }

    private static void Take(ReadOnlySpan<byte> frame, long now, Latencies latencies)
    {
        var at = frame.IndexOf("stamp-"u8);
        if (at >= 0 && System.Buffers.Text.Utf8Parser.TryParse(frame[(at + Stamp.Length)..], out long sent, out _)) latencies.Add(now - sent);
    }

    private static async Task<long> PeakAsync(ServerProcess server, CancellationToken over)
    {
        var peak = 0L;
        while (!over.IsCancellationRequested)
        {
            peak = Math.Max(peak, server.Memory);
            await Task.Delay(100, over).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        return peak;
    }
}
