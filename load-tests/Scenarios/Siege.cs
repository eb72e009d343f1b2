using System.Diagnostics;
using SessionRoom.LoadTests.Generator;
using SessionRoom.LoadTests.Measuring;
using SessionRoom.LoadTests.Peers;

namespace SessionRoom.LoadTests.Scenarios;

/// <summary>Healthy people beside intruders, and without them.</summary>
/// <param name="Without">Their p99 in milliseconds, of each pair.</param>
/// <param name="With">The same while intruders do everything at once.</param>
/// <param name="Refused">What was refused, and how, how often.</param>
/// <param name="Crashed">Whether the server's process ended.</param>
public sealed record Siege(IReadOnlyList<double> Without, IReadOnlyList<double> With, long Lost, IReadOnlyDictionary<string, int> Refused, bool Crashed)
{
    public const double Allowed = 1.5;

    private const int Members = 100, Rate = 50;
    private const string Attacked = "attacked";

    public double Ratio => With.Zip(Without, (with, without) => with / without).Order().ToList().At(0.5);

    /// <summary>Without how fast.</summary>
    public bool IsCorrect => !Crashed && Lost == 0 && Refused.Count > 0 && !Refused.Keys.Any(how => how.EndsWith("OPENED", StringComparison.Ordinal) || how.EndsWith("LET IN", StringComparison.Ordinal) || how.EndsWith("answered", StringComparison.Ordinal));

    public bool Holds => IsCorrect && Ratio <= Allowed;

    public override string ToString()
    {
        var table = new Table("intruders: how they were refused", "times");
        foreach (var (how, times) in Refused) table.Row(how, times);
        return $"{table}\n\np99 of {Members} healthy members, without: {string.Join(", ", Without.Select(ms => $"{ms:0.00}"))} ms; with: {string.Join(", ", With.Select(ms => $"{ms:0.00}"))} ms; ratio, median of the pairs: {Ratio:0.00} (at most {Allowed}); changes lost: {Lost}; crashed: {Crashed}";
    }

    internal static async Task<Siege> LayAsync(double seconds, int pairs)
    {
        await ProcessFigures.PinAsync(Machine.Cores.Generator);
        // The limits are the server's own: they are what protects the healthy.
        await using var peer = await OwnRooms.StartAsync(Machine.Cores.Server, packed: false, ownLimits: true);
        await peer.PrepareAsync([Attacked]);
        var (without, with, refused, lost, time) = (new List<double>(), new List<double>(), new SortedDictionary<string, int>(StringComparer.Ordinal), 0L, TimeSpan.FromSeconds(seconds));
        using var house = await House.OpenAsync(peer, 1, Members);
        house.Beat(Rate, time / 2);
        house.Drain();
        for (var pair = 0; pair < pairs; pair++)
        {
            Take(without, Run.Measure(peer, house, "without", () => house.Beat(Rate, time)));
            using var intruders = Process.Start(new ProcessStartInfo("nice", ["-n", "10", "dotnet", typeof(Siege).Assembly.Location, "intruders", $"{peer.Address}", Attacked]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
            try
            {
                await intruders.StandardOutput.ReadLineAsync();
                house.Reactor.RunFor(TimeSpan.FromSeconds(1));
                Take(with, Run.Measure(peer, house, "with", () => house.Beat(Rate, time)));
                await intruders.StandardInput.WriteLineAsync();
                var said = intruders.StandardOutput.ReadToEndAsync();
                house.Reactor.RunUntil(() => said.IsCompleted, TimeSpan.FromSeconds(60));
                foreach (var line in (await said).Split('\n').Select(line => line.Split('\t')).Where(line => line is ["refused", _, _])) refused[line[1]] = refused.GetValueOrDefault(line[1]) + int.Parse(line[2]);
            }
            finally
            {
                if (!intruders.HasExited) intruders.Kill();
            }
        }
        return new(without, with, lost, refused, !peer.Runs);

        void Take(List<double> into, Run run)
        {
            into.Add(run.P99Ms);
            lost += run.Lost;
        }
    }
}
