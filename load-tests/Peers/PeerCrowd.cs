using System.Diagnostics;
using SessionRoom.Crdt;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Peers;

/// <summary>Rooms full of members who each make small edits at an even pace.</summary>
internal sealed class PeerCrowd : IAsyncDisposable
{
    public const int EditsPerSecond = 2;

    private readonly List<Writer> _writers = [];
    private readonly Random _random = new(1);

    public long Heard => _writers.Sum(writer => writer.Member.Heard);
    public long Frames => _writers.Sum(writer => writer.Member.Frames);

    /// <summary>How many edits were sent.</summary>
    public long Sent { get; private set; }

    public static async Task<PeerCrowd> ComeAsync(BoardPeer peer, int rooms, int each)
    {
        string[] names = [.. Enumerable.Range(0, rooms).Select(room => $"room-{room:000}")];
        await peer.PrepareAsync(names);
        var crowd = new PeerCrowd();
        foreach (var name in names)
            for (var number = 0; number < each; number++) crowd._writers.Add(new(peer.Member(name, (char)('A' + number)), (ulong)crowd._writers.Count + 1));
        await Parallel.ForEachAsync(crowd._writers, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (writer, _) => await writer.Member.ComeAsync());
        return crowd;
    }

    /// <summary>Everybody edits for so long, one after the other, in another order every time.</summary>
    public async Task EditAsync(TimeSpan span)
    {
        var (order, from, sent) = (_writers.ToArray(), Stopwatch.GetTimestamp(), 0L);
        for (var elapsed = TimeSpan.Zero; elapsed < span; elapsed = Stopwatch.GetElapsedTime(from))
        {
            for (var due = (long)(elapsed.TotalSeconds * EditsPerSecond * order.Length); sent < due; sent++)
            {
                if (sent % order.Length == 0) _random.Shuffle(order);
                await order[sent % order.Length].EditAsync();
            }
            await Task.Delay(1);
        }
        Sent += sent;
    }

    /// <summary>Waits until everything has come, or nothing comes any more.</summary>
    public async Task DrainAsync(long expected)
    {
        for (long before = -1, now = Heard; now < expected && now != before; now = Heard)
        {
            before = now;
            await Task.Delay(TimeSpan.FromSeconds(2));
        }
    }

    public void Measure(Latencies delays)
    {
        foreach (var writer in _writers) writer.Member.Delays = delays;
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_writers.Select(writer => writer.Member.DisposeAsync().AsTask()));

    /// <summary>A member and the replica that their own edits are made on; what others write does not matter to it.</summary>
    private sealed class Writer
    {
        private readonly Doc _doc;
        private YText? _title;
        private byte[] _update = [];

        public Writer(PeerMember member, ulong client)
        {
            (Member, _doc) = (member, new Doc(new() { ClientId = client }));
            _doc.UpdateV1 += (_, update, _, _) => _update = update.ToArray();
        }

        public PeerMember Member { get; }

        /// <summary>Types into the title of a card of their own; the first edit makes it.</summary>
        public ValueTask EditAsync()
        {
            _doc.Transact(_ =>
            {
                _title ??= _doc.GetMap("actions").SetMap($"card {Member.Letter}").SetText("title");
                _title.Insert(_title.Length, Member.TextOf());
            });
            return Member.PushAsync(_update);
        }
    }
}
