using SessionRoom.LoadTests.Generator;
using SessionRoom.LoadTests.Peers;

namespace SessionRoom.LoadTests.Measuring;

/// <summary>One server under one load, once.</summary>
/// <param name="Deliveries">Changes that came to somebody, each to each.</param>
/// <param name="Frames">Frames that brought them.</param>
/// <param name="P50Ms">From when a change was due until a member of the sample had it.</param>
/// <param name="Server">Share of a core that the server's processes took.</param>
/// <param name="Generator">Share of a core that this program took.</param>
/// <param name="Foreign">Cores that neither took: other work on the machine.</param>
/// <param name="Lost">Changes that did not come to somebody.</param>
internal sealed record Run(string Peer, string Load, double Seconds, long Deliveries, long Frames, double P50Ms, double P99Ms, double MaxMs, double Server, double Generator, double Foreign, long Lost, long Resyncs, long Refused, bool Overrun)
{
    public const double MostForeign = 0.1, GeneratorLimit = 0.95;

    public double PerSecond => Deliveries / Seconds;
    public double PerCpuSecond => Deliveries / (Server * Seconds);

    /// <summary>Microseconds of the server's processor for each delivery.</summary>
    public double CpuPerDelivery => Server * Seconds / Deliveries * 1e6;

    /// <summary>Nothing else ran, and the server was asked for as much as it could do.</summary>
    public bool IsClean => Foreign <= MostForeign;

    /// <summary>The generator may have been what was measured.</summary>
    public bool IsGeneratorBound => Generator >= GeneratorLimit;

    /// <summary>Measures what happens while <paramref name="load"/> runs, then waits for what is still under way.</summary>
    public static Run Measure(RoomPeer peer, House house, string name, Action load)
    {
        var (tally, latencies) = (house.Tally, new Latencies(1 << 20));
        tally.Latencies = latencies;
        var (deliveries, frames, resyncs, refused) = (tally.Deliveries, tally.Frames, tally.Resyncs, tally.Refused);
        var usage = new Usage(peer);
        load();
        var (seconds, server, generator, foreign) = usage.Read();
        (deliveries, frames) = (tally.Deliveries - deliveries, tally.Frames - frames);
        var lost = house.Drain();
        tally.Latencies = null;
        if (house.Ended is [var why, ..]) throw new InvalidOperationException($"{peer.Name} ended a connection: {why}");
        return new(peer.Name, name, seconds, deliveries, frames, latencies.Percentile(0.5), latencies.Percentile(0.99), latencies.Percentile(1), server, generator, foreign,
            lost, tally.Resyncs - resyncs, tally.Refused - refused, house.IsOverrun);
    }
}
