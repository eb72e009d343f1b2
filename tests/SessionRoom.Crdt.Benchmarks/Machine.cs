namespace SessionRoom.Crdt.Benchmarks;

/// <summary>What else the machine was doing.</summary>
internal static class Machine
{
    /// <summary>Runnable processes, averaged over the last minute; unknown where there is no /proc.</summary>
    public static string Load => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
