using System.Globalization;

namespace SessionRoom.LoadTests.Measuring;

/// <summary>What the whole machine does, as the kernel counts it: so that somebody else's work is not taken for the server's.</summary>
internal static class Machine
{
    private const double TicksPerSecond = 100;

    /// <summary>Seconds of all processors that were not idle, since the machine began (<c>/proc/stat</c>: user, nice, system, irq, softirq, steal).</summary>
    public static double BusySeconds()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(field => long.Parse(field, CultureInfo.InvariantCulture)).ToArray();
        return (fields[0] + fields[1] + fields[2] + fields[5] + fields[6] + fields[7]) / TicksPerSecond;
    }

    /// <summary>For the head of a table: what it was measured on, and when.</summary>
    public static string Description
    {
        get
        {
            var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString();
            return $"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} cores of {model}, Linux {Environment.OSVersion.Version}, .NET {Environment.Version}, load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]}";
        }
    }

    /// <summary>Cores: the server's and the generator's; one and the same where there is only one.</summary>
    public static (int Server, int Generator) Cores { get; } = (0, Math.Min(1, Processors - 1));

    private static int Processors => File.ReadLines("/proc/stat").Count(line => line.StartsWith("cpu", StringComparison.Ordinal)) - 1;
}
