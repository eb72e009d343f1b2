using System.Diagnostics;

namespace SessionRoom.Crdt.Benchmarks;

/// <summary>One measured run. Times in milliseconds per operation, bytes per document.</summary>
/// <param name="Proof">SHA-256 of the bytes that the run made; equal to Yjs' or the row does not count.</param>
internal sealed record Sample(double Wall, double Cpu, double P99, double Bytes, string Proof, long Size);

/// <summary>Measures as tests/peers/crdt/bench/measure.mjs does.</summary>
internal static class Clock
{
    /// <summary>Wall and process CPU milliseconds of <paramref name="body"/>.</summary>
    public static (double Wall, double Cpu) Time(Action body)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        body();
        var wall = Stopwatch.GetElapsedTime(start);
        return (wall.TotalMilliseconds, (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds);
    }

    /// <summary>Bytes that stay in use for what <paramref name="body"/> returns.</summary>
    public static long Kept<T>(Func<T> body, out T held)
    {
        var before = Settled();
        held = body();
        var after = Settled();
        return after - before;
    }

    private static long Settled()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
