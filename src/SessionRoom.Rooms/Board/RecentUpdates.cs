using SessionRoom.Crdt;

namespace SessionRoom.Rooms;

/// <summary>The newest updates of a board, for those who missed only these. Belongs to the mailbox's reader.</summary>
/// <remarks>A board that is not open keeps none. Bytes are shared with whoever was sent them.</remarks>
internal sealed class RecentUpdates
{
    /// <summary>Bytes that are kept: at two small edits a second from each of twenty people, half a minute.</summary>
    private const int Most = 64 * 1024;

    private readonly Queue<(long Step, long N, ReadOnlyMemory<byte> Update)> updates = [];
    private long bytes, lastStep, lastN;

    /// <summary>Forgets all: who has everything up to here lacks nothing.</summary>
    public void Begin(long step, long n)
    {
        updates.Clear();
        (bytes, lastStep, lastN) = (0, step, n);
    }

    public void Add(long step, long n, ReadOnlyMemory<byte> update)
    {
        updates.Enqueue((step, n, update));
        bytes += update.Length;
        while (bytes > Most)
        {
            var (goneStep, goneN, gone) = updates.Dequeue();
            bytes -= gone.Length;
            (lastStep, lastN) = (goneStep, goneN);
        }
    }

    /// <summary>What came after this step of the process; null where that is not known any more.</summary>
    public byte[]? SinceStep(long step) => step < lastStep ? null : Merge(updates.Where(update => update.Step > step));

    /// <summary>What was stored after record <paramref name="n"/>; null where that is not known any more.</summary>
    public byte[]? SinceN(long n) => n < lastN ? null : Merge(updates.Where(update => update.N > n));

    private static byte[] Merge(IEnumerable<(long, long, ReadOnlyMemory<byte> Update)> some) => Updates.Merge([.. some.Select(update => update.Update)]);
}
