using System.Buffers;

namespace SessionRoom.Server;

/// <summary>What takes the bytes of one connection.</summary>
internal interface IWire
{
    /// <summary>Takes as much as goes at once; never waits.</summary>
    /// <exception cref="IOException">The connection is down.</exception>
    int TrySend(ReadOnlySpan<byte> bytes);

    /// <summary>Takes at least a byte, and waits for that.</summary>
    /// <exception cref="IOException">The connection is down.</exception>
    ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes);
}

/// <summary>What goes out of one connection: whole frames, in the order in which they were added. What waits together goes in one send.</summary>
/// <remarks>A frame of a room is the same array for everybody, and is not copied. Nobody waits in <see cref="Add(byte[])"/> or <see cref="Send"/>: what the
/// connection does not take at once follows by itself. Whoever adds looks at <see cref="HasRoom"/>, which bounds what waits. Safe from any thread.</remarks>
internal sealed class Outlet(IWire wire, TimeProvider time)
{
    /// <summary>What may wait, in bytes, besides the frame that goes beyond it.</summary>
    public const int Most = 64 * 1024;

    // Frames up to this size in all are put together for one send; of a large one that waits, so much is sent at a time.
    private const int Together = 16 * 1024;

    [ThreadStatic]
    private static byte[]? scratch;

    private readonly Lock gate = new();
    private Chunk[] queue = [];
    private int first, count, waiting;
    private long sendingSince;
    private bool sending, closed;
    private TaskCompletionSource? room, empty;

    /// <summary>Called once when the connection turns out to be down; on the thread that finds out.</summary>
    public Action? Broken { get; set; }

    /// <summary>Whether more may be added. True for a connection that is down: it takes everything, and keeps nothing.</summary>
    public bool HasRoom => Volatile.Read(ref waiting) <= Most;

    public bool IsClosed => closed;

    /// <summary>Whether the same bytes have waited for this long.</summary>
    public bool HasStalledFor(TimeSpan span) => Volatile.Read(ref sendingSince) is var since and not 0 && time.GetElapsedTime(since) > span;

    /// <summary>Sends a frame that many may share, behind what waits.</summary>
    /// <remarks>A frame that goes at once never stands in the queue: each reference from an old object to a young one is work for every collection of garbage.</remarks>
    public void Put(byte[] frame)
    {
        bool alone;
        lock (gate)
        {
            alone = !sending && !closed && count == 0;
            if (alone) (sending, waiting) = (true, frame.Length);
            else Add(frame);
        }
        if (!alone)
        {
            Send();
            return;
        }
        try
        {
            if (!SendNow(frame)) _ = SendRestAsync();
        }
        catch (IOException)
        {
            Break();
        }
    }

    /// <summary>Adds a frame that many may share. It goes out with the next <see cref="Send"/>.</summary>
    public void Add(byte[] frame) => Add(new Chunk(frame, 0, frame.Length, IsRented: false));

    /// <summary>Adds a frame in an array of the shared pool, which gets it back.</summary>
    public void AddRented(byte[] array, int offset, int length) => Add(new Chunk(array, offset, length, IsRented: true));

    /// <summary>Adds a frame of which a part is shared: that stands between what the pool's array holds from <paramref name="offset"/> and from <paramref name="middle"/> on.</summary>
    public void AddRented(byte[] array, int offset, int middle, byte[] shared, int end)
    {
        var (before, between) = (new Chunk(array, offset, middle - offset, IsRented: end == middle), new Chunk(shared, 0, shared.Length, IsRented: false));
        if (end == middle) Add(before, between);
        else Add(before, between, new Chunk(array, middle, end - middle, IsRented: true));
    }

    // In one go: nothing may come between the parts of a frame. The last of an array returns it.
    private void Add(params ReadOnlySpan<Chunk> chunks)
    {
        lock (gate)
        {
            if (!closed)
            {
                foreach (ref readonly var chunk in chunks)
                {
                    if (count == queue.Length) Grow_NeedsLock();
                    queue[(first + count++) & (queue.Length - 1)] = chunk;
                    waiting += chunk.Length;
                }
                return;
            }
        }
        foreach (ref readonly var chunk in chunks) chunk.Return();
    }

    /// <summary>Sends what waits, as far as it goes at once; the rest follows.</summary>
    public void Send()
    {
        lock (gate)
        {
            if (sending || count == 0) return;
            sending = true;
        }
        try
        {
            if (!SendNow()) _ = SendRestAsync();
        }
        catch (IOException)
        {
            Break();
        }
    }

    /// <summary>Done when no more than half of what may wait does, or the connection is down.</summary>
    public Task WhenRoomAsync()
    {
        lock (gate)
            return waiting <= Most / 2 ? Task.CompletedTask : (room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    /// <summary>Done when everything is on its way, or the connection is down.</summary>
    public Task WhenEmptyAsync()
    {
        lock (gate) return waiting == 0 ? Task.CompletedTask : (empty ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    /// <summary>Gives back the room for what waits, where nothing does.</summary>
    public void Rest()
    {
        lock (gate)
            if (count == 0 && queue.Length > 0) (queue, first) = ([], 0);
    }

    /// <summary>From here on nothing is kept.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
            // The one that is being sent belongs to whoever sends it.
            if (!sending) Clear_NeedsLock();
        }
    }

    // Sends one that does not stand in the queue. True when nothing waits any more.
    private bool SendNow(byte[] alone)
    {
        var taken = wire.TrySend(alone);
        lock (gate)
        {
            waiting -= taken;
            if (taken < alone.Length)
            {
                // What was added meanwhile comes behind the rest of it.
                if (count == queue.Length) Grow_NeedsLock();
                first = (first - 1) & (queue.Length - 1);
                queue[first] = new(alone, taken, alone.Length - taken, IsRented: false);
                count++;
            }
            if (closed) Clear_NeedsLock();
            Tell_NeedsLock();
        }
        return taken == alone.Length && SendNow();
    }

    // True when nothing waits any more.
    private bool SendNow()
    {
        var taken = 0;
        while (true)
        {
            ReadOnlySpan<byte> next;
            lock (gate)
            {
                Took_NeedsLock(taken);
                if (count == 0)
                {
                    sending = false;
                    return true;
                }
                next = Next_NeedsLock();
            }
            taken = wire.TrySend(next);
            if (taken == next.Length) continue;
            lock (gate) Took_NeedsLock(taken);
            return false;
        }
    }

    private async Task SendRestAsync()
    {
        try
        {
            do
            {
                ReadOnlyMemory<byte> next;
                lock (gate)
                {
                    if (count == 0)
                    {
                        sending = false;
                        return;
                    }
                    next = queue[first].Bytes;
                    if (next.Length > Together) next = next[..Together];
                }
                Volatile.Write(ref sendingSince, time.GetTimestamp());
                var taken = await wire.SendAsync(next);
                Volatile.Write(ref sendingSince, 0);
                lock (gate) Took_NeedsLock(taken);
            }
            while (!SendNow());
        }
        catch (IOException)
        {
            Break();
        }
    }

    private ReadOnlySpan<byte> Next_NeedsLock()
    {
        var chunk = queue[first];
        if (count == 1 || chunk.Length >= Together) return chunk.Bytes.Span;
        var (together, length) = (scratch ??= new byte[Together], 0);
        for (var at = 0; at < count; at++)
        {
            chunk = queue[(first + at) & (queue.Length - 1)];
            if (length + chunk.Length > Together) break;
            chunk.Bytes.Span.CopyTo(together.AsSpan(length));
            length += chunk.Length;
        }
        return together.AsSpan(0, length);
    }

    private void Took_NeedsLock(int bytes)
    {
        waiting -= bytes;
        while (bytes > 0)
        {
            var chunk = queue[first];
            if (bytes < chunk.Length)
            {
                queue[first] = chunk with { Offset = chunk.Offset + bytes, Length = chunk.Length - bytes };
                break;
            }
            bytes -= chunk.Length;
            chunk.Return();
            queue[first] = default;
            (first, count) = ((first + 1) & (queue.Length - 1), count - 1);
        }
        if (closed) Clear_NeedsLock();
        Tell_NeedsLock();
    }

    private void Tell_NeedsLock()
    {
        if (room is not null && waiting <= Most / 2)
        {
            room.TrySetResult();
            room = null;
        }
        if (empty is null || waiting > 0) return;
        empty.TrySetResult();
        empty = null;
    }

    private void Clear_NeedsLock()
    {
        for (; count > 0; count--)
        {
            queue[first].Return();
            first = (first + 1) & (queue.Length - 1);
        }
        (queue, first, waiting) = ([], 0, 0);
        Tell_NeedsLock();
    }

    private void Grow_NeedsLock()
    {
        var wider = new Chunk[Math.Max(2, queue.Length * 2)];
        for (var at = 0; at < count; at++) wider[at] = queue[(first + at) & (queue.Length - 1)];
        (queue, first) = (wider, 0);
    }

    private void Break()
    {
        lock (gate)
        {
            (closed, sending) = (true, false);
            Clear_NeedsLock();
        }
        Volatile.Write(ref sendingSince, 0);
        Broken?.Invoke();
    }

    private readonly record struct Chunk(byte[] Array, int Offset, int Length, bool IsRented)
    {
        public ReadOnlyMemory<byte> Bytes => new(Array, Offset, Length);

        public void Return()
        {
            if (IsRented) ArrayPool<byte>.Shared.Return(Array);
        }
    }
}
