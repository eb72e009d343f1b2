using System.Diagnostics;

namespace SessionRoom.Crdt.Benchmarks;

/// <summary>Runs a row on both sides in turn, so that noise of the machine meets both alike; each side only while the other is at rest.</summary>
internal sealed class Comparison(YjsSide yjs)
{
    private const int Runs = 5, LeastWarmUps = 4;

    // The tiered compiler promotes a method some 100 ms after its thirtieth call.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1.5);

    public Result Measure(Row row)
    {
        var made = yjs.Prepare(row);
        var engine = row.Engine([.. row.Inputs, .. made]);
        Warm(yjs.Run);
        Warm(engine);
        var theirs = new Sample[Runs];
        var ours = new Sample[Runs];
        for (var i = 0; i < Runs; i++)
        {
            Quiet.Await(() => Environment.CpuUsage.TotalTime);
            theirs[i] = yjs.Run();
            Quiet.Await(() => yjs.ProcessorTime);
            ours[i] = Settled(engine);
        }

        return new Result(row, Median(theirs), Median(ours));
    }

    private static void Warm(Func<Sample> run)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < LeastWarmUps || (i < 60 && Stopwatch.GetElapsedTime(start) < WarmUp); i++)
        {
            run();
        }
    }

    /// <summary>Node collects before every run too.</summary>
    private static Sample Settled(Func<Sample> run)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return run();
    }

    /// <summary>Each figure's own median. The bytes are the same in every run, or the proof says so.</summary>
    private static Sample Median(Sample[] samples)
    {
        double Middle(Func<Sample, double> figure) => samples.Select(figure).Order().ElementAt(samples.Length / 2);
        var proofs = samples.Select(s => s.Proof).Distinct(StringComparer.Ordinal).ToArray();
        var proof = proofs.Length == 1 ? proofs[0] : "differs between runs";
        return new Sample(Middle(s => s.Wall), Middle(s => s.Cpu), Middle(s => s.P99), Middle(s => s.Bytes), proof, samples[0].Size);
    }
}
