using System.Text.Json.Serialization;

namespace SessionRoom.LoadTests.Measuring;

/// <summary>A ratio that is asked for: ours to theirs, under one load.</summary>
/// <param name="Figure">Which figure of a run.</param>
/// <param name="AtLeast">Whether the bound is the least or the most.</param>
internal sealed record Target(string Load, string Ours, string Theirs, string What, [property: JsonIgnore] Func<Run, double> Figure, bool AtLeast, double Bound)
{
    /// <summary>Of each round.</summary>
    public IReadOnlyList<double> Ratios { get; private set; } = [];

    public double Ratio => Ratios.Order().ToList().At(0.5);
    public bool IsMet => AtLeast ? Ratio >= Bound : Ratio <= Bound;

    /// <summary>False where one of the two did not take part.</summary>
    public bool TryJudge(IReadOnlyList<Run> runs)
    {
        Ratios = [.. Of(Ours).Zip(Of(Theirs), (ours, theirs) => ours / theirs)];
        return Ratios.Count > 0;

        IEnumerable<double> Of(string peer) => runs.Where(run => run.Peer == peer && run.Load == Load).Select(Figure);
    }
}

/// <summary>All that a contest measured: what each server did under each load, and the ratios that are asked for.</summary>
internal sealed class Comparison : IFigure, ICharted
{
    public Comparison(string title, IReadOnlyList<Run> runs, IEnumerable<Target> targets, int thrown, IReadOnlyList<string> skipped)
    {
        (Title, Runs, Thrown, Skipped) = (title, runs, thrown, skipped);
        Targets = [.. targets.Where(target => target.TryJudge(runs))];
    }

    public string Title { get; }
    public string On { get; } = Machine.Description;
    public IReadOnlyList<Run> Runs { get; }
    public IReadOnlyList<Target> Targets { get; }

    /// <summary>Runs that were thrown away because something else ran.</summary>
    public int Thrown { get; }

    /// <summary>What a connection and a room hold of a server's memory.</summary>
    public IReadOnlyList<Holding> Memory { get; init; } = [];

    /// <summary>Ours against another for each connection that does nothing, and the most that it may be.</summary>
    public Holding.Bound? MemoryBound { get; init; }

    /// <summary>Servers that could not be had, and why.</summary>
    public IReadOnlyList<string> Skipped { get; }

    /// <summary>Everything that was asked for came to everybody; nobody judged how fast.</summary>
    public bool IsCorrect => Runs.Count > 0 && Runs.All(run => run is { Lost: 0, Refused: 0, Deliveries: > 0 });

    public bool Holds => IsCorrect && Targets.All(target => target.IsMet) && MemoryBound?.IsMet(Memory) is not false;

    [JsonIgnore]
    public Chart Chart => Chart.Bars(Title, "deliveries a second", [.. Runs.GroupBy(run => run.Load, StringComparer.Ordinal).Select(load => (load.Key, load.GroupBy(run => run.Peer, StringComparer.Ordinal).Select(peer => (peer.Key, Median(peer, run => run.PerSecond))).ToList()))]);

    public override string ToString()
    {
        var table = new Table("load", "server", "deliveries a second", "least to most", "p50 ms", "p99 ms", "max ms", "a CPU second", "µs CPU each", "a frame", "server core", "generator core", "resyncs", "lost", "notes");
        foreach (var runs in Runs.GroupBy(run => (run.Load, run.Peer)).OrderBy(group => Runs.ToList().FindIndex(run => run.Load == group.Key.Load)))
        {
            table.Row(runs.Key.Load, runs.Key.Peer, Math.Round(Median(runs, run => run.PerSecond)), $"{runs.Min(run => run.PerSecond):0} to {runs.Max(run => run.PerSecond):0}", Median(runs, run => run.P50Ms), Median(runs, run => run.P99Ms),
                runs.Max(run => run.MaxMs), Math.Round(Median(runs, run => run.PerCpuSecond)), Median(runs, run => run.CpuPerDelivery), Median(runs, run => (double)run.Deliveries / run.Frames),
                Median(runs, run => run.Server), Median(runs, run => run.Generator), runs.Sum(run => run.Resyncs), runs.Sum(run => run.Lost), Notes([.. runs]));
        }
        var text = $"{Title}\n\n{On}\n\n{table}\n\nruns thrown away because something else ran: {Thrown}{string.Concat(Skipped.Select(skipped => $"\nskipped: {skipped}"))}";
        if (Memory.Count > 0) text += $"\n\n{Holding.TableOf(Memory)}{(MemoryBound is { } bound ? $"\n{bound.Verdict(Memory)}" : "")}";
        if (Targets.Count == 0) return text;
        var targets = new Table("load", "figure", "against", "ratio, median", "of each round", "asked for", "met");
        foreach (var target in Targets)
            targets.Row(target.Load, target.What, target.Theirs, target.Ratio, string.Join(", ", target.Ratios.Select(ratio => $"{ratio:0.00}")), $"{(target.AtLeast ? "≥" : "≤")} {target.Bound:0.0#}", target.IsMet ? "yes" : "NO");
        return $"{text}\n\n{targets}";
    }

    private static string Notes(IReadOnlyList<Run> runs)
    {
        var notes = new List<string>();
        if (runs.Any(run => run.IsGeneratorBound)) notes.Add("the generator was the limit");
        if (runs.Count(run => !run.IsClean) is > 0 and var unclean) notes.Add($"{unclean} of {runs.Count} beside other work ({runs.Max(run => run.Foreign):0.00} cores)");
        if (runs.Any(run => run.Overrun)) notes.Add("fell behind");
        if (runs.Sum(run => run.Refused) is > 0 and var refused) notes.Add($"{refused} refused");
        return string.Join("; ", notes);
    }

    private static double Median(IEnumerable<Run> runs, Func<Run, double> figure) => runs.Select(figure).Order().ToList().At(0.5);
}
