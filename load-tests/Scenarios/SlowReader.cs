using SessionRoom.LoadTests.Crowd;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Scenarios;

/// <param name="Members">Everybody who listens; a tenth of them stalls in the pairs.</param>
/// <param name="PerSecond">Patches that the room makes in a second.</param>
/// <param name="Seconds">How long each run lasts.</param>
/// <param name="Pairs">Runs without and with a stalled member, one after the other.</param>
/// <param name="Text">Characters of text in each patch: so much that the kernel's buffers fill within seconds.</param>
/// <param name="Crowd">How many stall together where the server's memory for each is measured; 0 leaves that out.</param>
public sealed record SlowSettings(int Members = 200, int PerSecond = 50, int Seconds = 30, int Pairs = 3, int Text = 3_000, int Crowd = 100)
{
    internal int Stalled => Math.Max(1, Members / 10);
}

/// <param name="Pairs">Runs without and with stalled members, which are let live: every pair in turn.</param>
/// <param name="Ratio">p99 with against without, the median of the pairs.</param>
/// <param name="Closing">A run with the server's own patience: it closes the stalled member.</param>
/// <param name="KiBPerStalled">The server's resident memory with a crowd of stalled members above that without, for each of them.</param>
public sealed record SlowResult(IReadOnlyList<SlowRun> Pairs, double Ratio, SlowRun Closing, IReadOnlyList<SlowRun> Crowds, double? KiBPerStalled) : IFigure
{
    public const double AllowedRatio = 1.1;

    /// <summary>Everybody who reads got everything; who did not was resynced once, or closed where the server's patience ended.</summary>
    public bool IsCorrect => Pairs.Concat(Crowds).Append(Closing).All(run => run.IsComplete && run.ResyncedOnce + run.Closed == run.Stalled) && Closing.Closed == Closing.Stalled;

    public bool Holds => IsCorrect && Ratio <= AllowedRatio;

    public override string ToString()
    {
        var table = new Table("run", "stalled", "delivered to the others", "holes", "others resynced", "median ms", "p99 ms", "peak MiB", "resynced once", "closed", "KiB a patch", "generator cores", "server cores");
        foreach (var (name, run) in Pairs.Select((run, i) => ($"pair {(i / 2) + 1}", run)).Append(("10 s patience", Closing)).Concat(Crowds.Select(run => ("memory", run))))
            table.Row(name, run.Stalled, $"{run.Delivered} of {run.Expected}", run.Holes, run.OthersResynced, run.MedianMs, run.P99Ms, run.PeakMiB, run.ResyncedOnce, run.Closed, run.PatchKiB, run.GeneratorCpu, run.ServerCpu);
        return $"{table}\n\np99 of the others, with / without, median of the pairs: {Ratio:0.00}" + (KiBPerStalled is { } each ? $"\nserver memory for each stalled member: {each:0} KiB" : "");
    }
}

/// <summary>A tenth of a room stops reading its sockets: the others must not notice, and the server must not keep what it does not read.</summary>
public static class SlowReader
{
    /// <summary>Longer than any run: the stalled member stays, which is harder on the others than closing it.</summary>
    private static readonly Dictionary<string, string> LetsLive = new(StringComparer.Ordinal) { ["SessionRoom__Limits__StalledFor"] = "00:05:00" };

    /// <summary>A small young generation, so that resident memory tells what is held and not when it was last collected.</summary>
    private static readonly Dictionary<string, string> Tight = new(LetsLive, StringComparer.Ordinal)
    {
        ["DOTNET_gcServer"] = "0", ["DOTNET_gcConcurrent"] = "0", ["DOTNET_GCgen0size"] = "400000", ["DOTNET_GCConserveMemory"] = "9",
    };

    public static async Task<SlowResult> RunAsync(SlowSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var (pairs, ratio) = await PairsAsync(settings);
        await using var patient = await ServerProcess.StartAsync();
        var closing = await SlowRun.RunAsync(patient, settings with { Seconds = Math.Max(settings.Seconds, 20) }, 1);
        if (settings.Crowd == 0) return new(pairs, ratio, closing, [], null);

        await using var tight = await ServerProcess.StartAsync(Tight);
        await SlowRun.RunAsync(tight, settings with { Seconds = Math.Min(5, settings.Seconds) }, 0);
        var none = await SlowRun.RunAsync(tight, settings with { Seconds = Math.Min(20, settings.Seconds) }, 0);
        var many = await SlowRun.RunAsync(tight, settings with { Seconds = Math.Min(20, settings.Seconds) }, settings.Crowd);
        return new(pairs, ratio, closing, [none, many], (many.PeakMiB - none.PeakMiB) * 1024 / settings.Crowd);
    }

    private static async Task<(List<SlowRun> Runs, double Ratio)> PairsAsync(SlowSettings settings)
    {
        await using var server = await ServerProcess.StartAsync(LetsLive);
        // Compiled code, grown pools and a first collection are not what is compared.
        await SlowRun.RunAsync(server, settings with { Seconds = Math.Min(5, settings.Seconds) }, 0);
        var (runs, ratios) = (new List<SlowRun>(), new List<double>());
        for (var pair = 0; pair < settings.Pairs; pair++)
        {
            // First and second in turn, so that whatever drifts weighs on both.
            var first = await SlowRun.RunAsync(server, settings, pair % 2 * settings.Stalled);
            var second = await SlowRun.RunAsync(server, settings, (1 - pair % 2) * settings.Stalled);
            var (without, with) = first.Stalled == 0 ? (first, second) : (second, first);
            runs.AddRange([without, with]);
            ratios.Add(with.P99Ms / without.P99Ms);
        }
        return (runs, ratios.Order().ElementAt(ratios.Count / 2));
    }
}
