using System.Globalization;
using System.Text;

namespace SessionRoom.Crdt.Benchmarks;

/// <summary>The results as Markdown.</summary>
internal static class Table
{
    public const string Head =
        """
        | workload | Yjs | engine | ratio (wall) | ratio (CPU) | at most | same bytes |
        | --- | ---: | ---: | ---: | ---: | ---: | --- |
        """;

    private const string Measuring =
        """
        Both sides are warmed alike (at least four runs and 1.5 s), then measured five times in turn; the table shows medians. Each collects its
        garbage before a run, and runs only once the other's process has taken no processor time for 100 ms: Node's collector and compiler work
        on after it has answered. Wall time is that of the thread that works, CPU time that of the whole process, garbage collection included.
        """;

    public static IEnumerable<string> Lines(Result result)
    {
        var row = result.Row;
        var (yjs, ours) = row.Measured == Measured.Memory
            ? (Size(result.Yjs.Bytes), Size(result.Engine.Bytes))
            : (Time(result.Yjs.Wall), Time(result.Engine.Wall));
        var cpu = row.Measured == Measured.Memory ? "" : Ratio(result.CpuRatio);
        yield return $"| {row.Name} | {yjs} | {ours} | {Judged(result.Ratio, row.Target)} | {cpu} | {Target(row.Target)} | {(result.SameBytes ? "yes" : "**no**")} |";
        if (row.P99Target > 0)
        {
            yield return $"| {row.Name}, p99 | {Time(result.Yjs.P99)} | {Time(result.Engine.P99)} | {Judged(result.P99Ratio, row.P99Target)} | | {Target(row.P99Target)} | |";
        }
    }

    public static string Page(IEnumerable<Result> results, double allocated, string node, string command, string load)
    {
        var page = new StringBuilder();
        page.AppendLine("# The engine beside Yjs").AppendLine();
        page.AppendLine($"{DateTime.UtcNow:yyyy-MM-dd}, {Environment.ProcessorCount} cores, .NET {Environment.Version}, Node {node}, yjs 13.6.33. A ratio is engine : Yjs; one above its limit is bold.");
        page.AppendLine("\"Same bytes\": the updates and states that both wrote are identical.");
        page.AppendLine().AppendLine(Measuring).AppendLine().AppendLine(load);
        page.AppendLine().AppendLine($"    {command}").AppendLine();
        page.AppendLine(Head);
        foreach (var line in results.SelectMany(Lines))
        {
            page.AppendLine(line);
        }

        page.AppendLine().AppendLine($"Allocated per board update applied: {allocated:F0} bytes (at most 300).");
        return page.ToString();
    }

    private static string Judged(double ratio, double target) => target > 0 && ratio > target ? $"**{Ratio(ratio)}**" : Ratio(ratio);

    private static string Ratio(double ratio) => ratio.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Target(double target) => target > 0 ? target.ToString("0.00", CultureInfo.InvariantCulture) : "";

    private static string Time(double milliseconds) => milliseconds switch
    {
        >= 1000 => $"{milliseconds / 1000:F2} s",
        >= 1 => $"{milliseconds:F1} ms",
        >= 0.001 => $"{milliseconds * 1000:F2} µs",
        _ => $"{milliseconds * 1_000_000:F0} ns",
    };

    private static string Size(double bytes) => bytes >= 1_000_000 ? $"{bytes / 1_000_000:F2} MB" : $"{bytes / 1000:F1} kB";
}
