using SessionRoom.LoadTests.Generator;
using SessionRoom.LoadTests.Peers;

namespace SessionRoom.LoadTests.Measuring;

/// <summary>Private resident memory that a server holds more by, when nothing happens.</summary>
/// <param name="PerConnection">Bytes for each further member of a room.</param>
/// <param name="PerRoom">Bytes for each room, without its connections.</param>
internal sealed record Holding(string Peer, double PerConnection, double PerRoom)
{
    // Long enough for a collector that waits until nothing happens.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    /// <summary>First one member comes to each room, then all others: the second step is connections alone.</summary>
    /// <remarks>On a fresh server: what others left behind would be used again, and not be counted.</remarks>
    public static async Task<Holding> MeasureAsync(RoomPeer peer, int rooms, int each)
    {
        var (empty, first) = (peer.PrivateBytes, 0L);
        using var house = await House.OpenAsync(peer, rooms, each, afterFirst: house =>
        {
            house.Reactor.RunFor(Settling);
            first = peer.PrivateBytes;
        });
        house.Reactor.RunFor(Settling);
        var all = peer.PrivateBytes;
        var connection = (double)(all - first) / (rooms * (each - 1));
        return new(peer.Name, connection, ((double)(first - empty) / rooms) - connection);
    }

    public static Table TableOf(IEnumerable<Holding> holdings)
    {
        var table = new Table("private memory, median", "kB a connection", "kB a room");
        foreach (var peer in holdings.GroupBy(holding => holding.Peer, StringComparer.Ordinal))
            table.Row(peer.Key, Median(peer, holding => holding.PerConnection) / 1e3, Median(peer, holding => holding.PerRoom) / 1e3);
        return table;
    }

    private static double Median(IEnumerable<Holding> holdings, Func<Holding, double> figure) => holdings.Select(figure).Order().ToList().At(0.5);

    /// <summary>The most that ours may be of theirs.</summary>
    internal sealed record Bound(string Ours, string Theirs, double Most)
    {
        /// <summary>Null where one of the two did not take part.</summary>
        public double? Ratio(IReadOnlyList<Holding> holdings) =>
            Of(Ours, holdings) is { } ours && Of(Theirs, holdings) is { } theirs ? ours / theirs : null;

        public bool IsMet(IReadOnlyList<Holding> holdings) => Ratio(holdings) is not { } ratio || ratio <= Most;

        public string Verdict(IReadOnlyList<Holding> holdings) => Ratio(holdings) is { } ratio ? $"a connection, {Ours} / {Theirs}: {ratio:0.00}, asked for ≤ {Most:0.0#}: {(ratio <= Most ? "met" : "NOT MET")}" : "";

        private static double? Of(string peer, IReadOnlyList<Holding> holdings) => holdings.Any(holding => holding.Peer == peer) ? Median(holdings.Where(holding => holding.Peer == peer), holding => holding.PerConnection) : null;
    }
}
