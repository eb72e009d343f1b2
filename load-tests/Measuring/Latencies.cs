using System.Diagnostics;

namespace SessionRoom.LoadTests.Measuring;

/// <summary>Durations, taken from many threads and read once they have stopped.</summary>
internal sealed class Latencies(int most)
{
    private readonly long[] _ticks = new long[most];
    private int _count;

    public int Count => Math.Min(_count, most);

    /// <summary>Takes one in; beyond the most it is not kept.</summary>
    public void Add(long ticks)
    {
        var at = Interlocked.Increment(ref _count) - 1;
        if (at < most) _ticks[at] = ticks;
    }

    /// <summary>The value that this share of all does not exceed, in milliseconds.</summary>
    public double Percentile(double share)
    {
        if (Count == 0) return double.NaN;
        var sorted = _ticks.AsSpan(0, Count).ToArray();
        Array.Sort(sorted);
        return Stopwatch.GetElapsedTime(0, sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)]).TotalMilliseconds;
    }
}
