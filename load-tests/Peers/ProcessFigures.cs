using System.Globalization;

namespace SessionRoom.LoadTests.Peers;

/// <summary>What the kernel says of a process: the same of a .NET and of a Node one.</summary>
internal static class ProcessFigures
{
    private const double TicksPerSecond = 100;

    /// <summary>Seconds of a processor that it took since it began, its own and the kernel's for it (utime + stime of <c>/proc/PID/stat</c>).</summary>
    public static double Cpu(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        // The name in parentheses may hold spaces; utime and stime are the 12th and 13th field behind it.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    /// <summary>Bytes of memory that are its own and resident (RssAnon of <c>/proc/PID/status</c>).</summary>
    public static long PrivateBytes(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1_024;
    }

    /// <summary>All threads of this process on one core.</summary>
    public static async Task PinAsync(int core)
    {
        using var pinning = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("taskset", ["-a", "-p", "-c", $"{core}", $"{Environment.ProcessId}"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        await pinning.WaitForExitAsync();
        if (pinning.ExitCode != 0) throw new InvalidOperationException("taskset does not work here");
    }
}
