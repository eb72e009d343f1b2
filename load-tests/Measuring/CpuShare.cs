using System.Diagnostics;

namespace SessionRoom.LoadTests.Measuring;

/// <summary>How much of one core this program and the server took since the start; the generator must not be what is measured.</summary>
internal sealed class CpuShare
{
    private readonly ServerProcess _server;
    private readonly TimeSpan _ours, _theirs;
    private readonly long _from = Stopwatch.GetTimestamp();

    public CpuShare(ServerProcess server)
    {
        _server = server;
        (_ours, _theirs) = (Ours(), server.CpuTime);
    }

    public (double Generator, double Server) Read()
    {
        var elapsed = Stopwatch.GetElapsedTime(_from);
        return ((Ours() - _ours) / elapsed, (_server.CpuTime - _theirs) / elapsed);
    }

    private static TimeSpan Ours()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }
}
