using System.Diagnostics;

namespace SessionRoom.LoadTests.Measuring;

/// <summary>How much of one core this program and others took since the start; the generator must not be what is measured.</summary>
/// <param name="theirs">The processor time of each other process.</param>
internal sealed class CpuShare(params Func<TimeSpan>[] theirs)
{
    private readonly TimeSpan _ours = Ours();
    private readonly TimeSpan[] _theirs = [.. theirs.Select(read => read())];
    private readonly long _from = Stopwatch.GetTimestamp();

    public (double Generator, double[] Others) Read()
    {
        var elapsed = Stopwatch.GetElapsedTime(_from);
        return ((Ours() - _ours) / elapsed, [.. theirs.Select((read, i) => (read() - _theirs[i]) / elapsed)]);
    }

    private static TimeSpan Ours()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }
}
