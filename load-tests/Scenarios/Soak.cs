using System.Diagnostics;
using SessionRoom.LoadTests.Checker;
using SessionRoom.LoadTests.Measuring;
using SessionRoom.LoadTests.Peers;

namespace SessionRoom.LoadTests.Scenarios;

/// <param name="Minutes">Measured, after the warm-up.</param>
/// <param name="Warm">Minutes before that: pools grow, code is compiled.</param>
/// <param name="Circle">How many seconds ninety minutes take.</param>
public sealed record SoakSettings(double Minutes = 30, double Warm = 5, int Rooms = 4, double Circle = 30, int? Seed = null);

/// <param name="Samples">Seconds, private bytes, file handles, threads.</param>
public sealed record SoakResult(int Circles, Slope MiBPerHour, Slope HandlesPerHour, Slope ThreadsPerHour, int Unanswered, Judgement Judgement, IReadOnlyList<SoakSample> Samples, int Seed) : IFigure, ICharted
{
    /// <summary>Without what grows.</summary>
    public bool IsCorrect => Judgement.Holds && Unanswered == 0;

    public bool Holds => IsCorrect && MiBPerHour.IsFlat && HandlesPerHour.IsFlat && ThreadsPerHour.IsFlat;

    Chart ICharted.Chart => Chart.Lines("soak: private memory", "seconds", "MiB", [("memory", [.. Samples.Select(sample => (Math.Max(1, sample.Seconds), sample.Bytes / 1048576.0))])]);

    public override string ToString()
    {
        var table = new Table("after the warm-up", "first", "last", "slope an hour", "95 % from", "to", "not distinguishable from zero");
        Add("private memory, MiB", MiBPerHour, sample => sample.Bytes / 1048576.0);
        Add("file handles", HandlesPerHour, sample => sample.Handles);
        Add("threads", ThreadsPerHour, sample => sample.Threads);
        return $"{table}\n\n{Judgement.AddTo(new Table("soak", "figure").Row("circles", Circles).Row("never answered", Unanswered)).Row("seed", Seed)}{string.Concat(Judgement.Wrong.Select(line => "\n" + line))}";

        void Add(string what, Slope slope, Func<SoakSample, double> figure) =>
            table.Row(what, Samples.Count == 0 ? double.NaN : figure(Samples[0]), Samples.Count == 0 ? double.NaN : figure(Samples[^1]), slope.PerHour, slope.Low, slope.High, slope.IsFlat ? "yes" : "NO");
    }
}

public sealed record SoakSample(double Seconds, long Bytes, int Handles, int Threads);

/// <summary>Circle after circle on one server, each in new rooms: what a server holds must not grow with what it has served.</summary>
public static class Soak
{
    private const int Blocks = 12;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    public static async Task<SoakResult> RunAsync(SoakSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var seed = settings.Seed ?? Random.Shared.Next();
        await using var server = await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["SessionRoom__Limits__OpenRoomsPerMinute"] = "100000", ["SessionRoom__Limits__NewPeoplePerMinute"] = "1000000" });
        using var http = new HttpClient { BaseAddress = server.Address };
        var (from, samples, judgements, circles, unanswered) = (Stopwatch.GetTimestamp(), new List<SoakSample>(), new List<Judgement>(), 0, 0);
        var whole = TimeSpan.FromMinutes(settings.Warm + settings.Minutes);
        using var over = new CancellationTokenSource();
        var sampling = SampleAsync(server.Id, from, samples, over.Token);
        while (Stopwatch.GetElapsedTime(from) < whole)
        {
            using var folder = new HistoryFolder(null);
            var casts = await Session.PlayAsync(new(http), server.Address, settings.Rooms, settings.Circle, folder.Path, seed + circles, Session.OpenAsync);
            foreach (var cast in casts) judgements.Add(HistoryChecker.Check(cast.Folder));
            (circles, unanswered) = (circles + casts.Count, unanswered + casts.Sum(cast => cast.Unanswered));
            lock (samples) Progress.Say(from, $"{circles} circles; {samples[^1].Bytes / 1048576} MiB, {samples[^1].Handles} handles, {samples[^1].Threads} threads");
        }
        await over.CancelAsync();
        await sampling;
        var measured = samples.Where(sample => sample.Seconds >= settings.Warm * 60).ToList();
        return new(circles, Of(sample => sample.Bytes / 1048576.0), Of(sample => sample.Handles), Of(sample => sample.Threads), unanswered, Judgement.Of(judgements), measured, seed);

        Slope Of(Func<SoakSample, double> figure) => Slope.Of([.. measured.Select(sample => (sample.Seconds / 3600, figure(sample)))], Blocks);
    }

    private static async Task SampleAsync(int pid, long from, List<SoakSample> samples, CancellationToken over)
    {
        using var timer = new PeriodicTimer(Every);
        try
        {
            do
            {
                var sample = new SoakSample(Stopwatch.GetElapsedTime(from).TotalSeconds, ProcessFigures.PrivateBytes(pid), Directory.EnumerateFileSystemEntries($"/proc/{pid}/fd").Count(), Directory.EnumerateDirectories($"/proc/{pid}/task").Count());
                lock (samples) samples.Add(sample);
            }
            while (await timer.WaitForNextTickAsync(over));
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }
}
