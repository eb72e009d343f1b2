namespace SessionRoom.Crdt;

/// <summary>A place in a <see cref="ClientLog"/>.</summary>
internal readonly record struct Spot(int Chunk, int Index);

/// <summary>All structs of one client by clock, without gaps. Handles sit in chunks, so that a split far from the end moves few of them.</summary>
internal sealed class ClientLog(ulong id)
{
    private const int ChunkSize = 128;

    private struct Chunk
    {
        public long First;
        public int Count;
        public int[] Handles;
    }

    private Chunk[] _chunks = new Chunk[1];
    private int _chunkCount;

    public ulong Id { get; } = id;

    /// <summary>The next clock expected.</summary>
    public long State;

    /// <summary>In which transaction the client advanced last, and from where.</summary>
    public int TouchedIn;
    public long Before;

    /// <summary>All deleted clocks; null until somebody asked for them.</summary>
    public ClockRanges? Deleted;

    public Spot Last => new(_chunkCount - 1, _chunks[_chunkCount - 1].Count - 1);
    public int this[Spot spot] => _chunks[spot.Chunk].Handles[spot.Index];

    /// <summary>The struct that covers a clock below <see cref="State"/>.</summary>
    public Spot Find(Item[] items, long clock)
    {
        var at = _chunkCount - 1;
        if (clock < _chunks[at].First)
        {
            var low = 0;
            for (at--; low < at;)
            {
                var middle = (low + at + 1) >> 1;
                if (_chunks[middle].First <= clock) low = middle;
                else at = middle - 1;
            }
        }
        ref var chunk = ref _chunks[at];
        var handles = chunk.Handles;
        var count = chunk.Count;
        if (items[handles[count - 1]].Clock <= clock) return new Spot(at, count - 1);
        // Halving without a branch: the outcome of each comparison is a mask. Branches cost twice as much here, as none can be predicted.
        var from = 0;
        while (count > 1)
        {
            var half = count >> 1;
            from += half & (int)((items[handles[from + half]].Clock - clock - 1) >> 63);
            count -= half;
        }
        return new Spot(at, from);
    }

    public int Containing(Item[] items, long clock) => this[Find(items, clock)];

    /// <summary>Makes room for so many more structs, before a large update.</summary>
    public void Reserve(int more)
    {
        var chunks = _chunkCount + more / ChunkSize + 1;
        if (_chunks.Length < chunks) Array.Resize(ref _chunks, chunks);
    }

    public void Append(int handle, long clock)
    {
        if (_chunkCount == 0 || _chunks[_chunkCount - 1].Count == ChunkSize)
        {
            if (_chunkCount == _chunks.Length) Array.Resize(ref _chunks, _chunkCount * 2);
            _chunks[_chunkCount] = new Chunk { First = clock, Handles = new int[_chunkCount == 0 ? 2 : 32] };
            _chunkCount++;
        }
        ref var chunk = ref _chunks[_chunkCount - 1];
        if (chunk.Count == chunk.Handles.Length) Array.Resize(ref chunk.Handles, Math.Min(ChunkSize, chunk.Count * 2));
        chunk.Handles[chunk.Count++] = handle;
    }

    public void InsertAfter(Spot spot, int handle, Item[] items)
    {
        var (at, index) = (spot.Chunk, spot.Index + 1);
        if (_chunks[at].Count == ChunkSize)
        {
            if (_chunkCount == _chunks.Length) Array.Resize(ref _chunks, _chunkCount * 2);
            Array.Copy(_chunks, at + 1, _chunks, at + 2, _chunkCount - at - 1);
            _chunkCount++;
            const int half = ChunkSize / 2;
            var upper = new int[ChunkSize];
            Array.Copy(_chunks[at].Handles, half, upper, 0, ChunkSize - half);
            _chunks[at + 1] = new Chunk { First = items[upper[0]].Clock, Count = ChunkSize - half, Handles = upper };
            _chunks[at].Count = half;
            if (index > half) (at, index) = (at + 1, index - half);
        }
        ref var chunk = ref _chunks[at];
        if (chunk.Count == chunk.Handles.Length) Array.Resize(ref chunk.Handles, Math.Min(ChunkSize, Math.Max(4, chunk.Count * 2)));
        Array.Copy(chunk.Handles, index, chunk.Handles, index + 1, chunk.Count - index);
        chunk.Handles[index] = handle;
        chunk.Count++;
    }

    /// <summary>Takes out a struct that has been merged into the one before it, or (the last) one that is being undone.</summary>
    public void Remove(Spot spot, Item[] items)
    {
        ref var chunk = ref _chunks[spot.Chunk];
        chunk.Count--;
        Array.Copy(chunk.Handles, spot.Index + 1, chunk.Handles, spot.Index, chunk.Count - spot.Index);
        if (chunk.Count == 0)
        {
            _chunkCount--;
            Array.Copy(_chunks, spot.Chunk + 1, _chunks, spot.Chunk, _chunkCount - spot.Chunk);
            _chunks[_chunkCount] = default;
        }
        else if (spot.Index == 0)
        {
            chunk.First = items[chunk.Handles[0]].Clock;
        }
    }

    public bool TryPrevious(Spot spot, out Spot previous)
    {
        previous = spot.Index > 0 ? spot with { Index = spot.Index - 1 }
            : spot.Chunk > 0 ? new Spot(spot.Chunk - 1, _chunks[spot.Chunk - 1].Count - 1) : spot;
        return previous != spot;
    }

    public bool TryNext(Spot spot, out Spot next)
    {
        next = spot.Index + 1 < _chunks[spot.Chunk].Count ? spot with { Index = spot.Index + 1 }
            : spot.Chunk + 1 < _chunkCount ? new Spot(spot.Chunk + 1, 0) : spot;
        return next != spot;
    }

    /// <summary>How many structs there are from a place to the end.</summary>
    public int CountFrom(Spot spot)
    {
        var count = -spot.Index;
        for (var i = spot.Chunk; i < _chunkCount; i++) count += _chunks[i].Count;
        return count;
    }
}
