using System.Diagnostics;
using SessionRoom.LoadTests.Peers;

namespace SessionRoom.LoadTests.Measuring;

/// <summary>Shares of a core since it was made: the server's, this program's, and everything else's on the machine.</summary>
internal sealed class Usage(Func<double> server)
{
    private readonly double _server = server(), _own = ProcessFigures.Cpu(Environment.ProcessId), _busy = Machine.BusySeconds();
    private readonly long _from = Stopwatch.GetTimestamp();

    public Usage(RoomPeer peer) : this(() => peer.Cpu)
    {
    }

    public (double Seconds, double Server, double Generator, double Foreign) Read()
    {
        var seconds = Stopwatch.GetElapsedTime(_from).TotalSeconds;
        var (theirs, own, busy) = (server() - _server, ProcessFigures.Cpu(Environment.ProcessId) - _own, Machine.BusySeconds() - _busy);
        return (seconds, theirs / seconds, own / seconds, Math.Max(0, busy - theirs - own) / seconds);
    }
}
