using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SessionRoom.Crdt;

/// <summary>A place in a <see cref="ClientLog"/>.</summary>
internal readonly record struct Spot(int Chunk, int Index);

/// <summary>All structs of one client by clock, without gaps. Handles sit in chunks, so that a split far from the end moves few of them.</summary>
internal sealed class ClientLog(ulong id)
{
    private const int ChunkSize = 128, NearSteps = 2;

    /// <summary>A struct and its clock relative to its chunk: searching then touches no item. Six bytes.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 2)]
    private struct Entry
    {
        public const int Reach = ushort.MaxValue;

        public ushort Offset;
        public int Handle;
    }

    private struct Chunk
    {
        public long Base;
        public int Count;
        public Entry[] Entries;
    }

    /// <summary>The only chunk; once there are several, they are in the array.</summary>
    private Chunk _single;
    private Chunk[] _chunks = [];
    /// <summary>Each chunk's first clock, once there are several. The very first is 0: a log has no gaps.</summary>
    private long[] _firsts = [];
    private int _chunkCount;
    /// <summary>How many more structs a large update brings.</summary>
    private int _coming;
    private Spot _found;

    public ulong Id { get; } = id;

    /// <summary>The next clock expected.</summary>
    public long State;

    /// <summary>In which transaction the client advanced last, and from where.</summary>
    public int TouchedIn;

    /// <summary>Whether a new struct could merge with the one before it when it came. If it could not, only a deletion can change that.</summary>
    public bool MayMerge;
    public long Before;

    /// <summary>All deleted clocks; null until somebody asked for them.</summary>
    public ClockRanges? Deleted;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Chunk At(int chunk)
    {
        if (_chunks.Length == 0) return ref _single;
        return ref _chunks[chunk];
    }

    public Spot Last => new(_chunkCount - 1, At(_chunkCount - 1).Count - 1);
    public int this[Spot spot] => At(spot.Chunk).Entries[spot.Index].Handle;

    /// <summary>The struct that covers a clock below <see cref="State"/>.</summary>
    /// <remarks>Deletions, cuts and merges ask for the same place or the next one again and again: that is tried before searching.</remarks>
    public Spot Find(long clock)
    {
        var (at, from) = (_found.Chunk, _found.Index);
        if (_chunkCount == 1) at = 0;
        else if (at >= _chunkCount || clock < _firsts[at] || at + 1 < _chunkCount && clock >= _firsts[at + 1]) at = ChunkOf(clock);
        ref var chunk = ref At(at);
        var entries = chunk.Entries;
        var count = chunk.Count;
        var offset = clock - chunk.Base;
        if (from >= count) from = count - 1;
        for (var steps = NearSteps; steps > 0 && from + 1 < count && entries[from + 1].Offset <= offset; steps--) from++;
        if (entries[from].Offset > offset || from + 1 < count && entries[from + 1].Offset <= offset)
        {
            from = 0;
            while (count > 1)
            {
                var half = count >> 1;
                from += half & (int)((entries[from + half].Offset - offset - 1) >> 63);
                count -= half;
            }
        }
        return _found = new Spot(at, from);
    }

    /// <summary>As <see cref="Find"/>, for what a transaction added: mostly the last struct, and then the place found before is kept.</summary>
    public Spot FindNew(long clock)
    {
        ref var chunk = ref At(_chunkCount - 1);
        return clock - chunk.Base >= chunk.Entries[chunk.Count - 1].Offset ? Last : Find(clock);
    }

    private int ChunkOf(long clock)
    {
        // Halving without a branch: the outcome of each comparison is a mask. Branches cost twice as much here, as none can be predicted.
        var firsts = _firsts;
        var chunks = _chunkCount - 1;
        if (clock >= firsts[chunks]) return chunks;
        var at = 0;
        while (chunks > 1)
        {
            var half = chunks >> 1;
            at += half & (int)((firsts[at + half] - clock - 1) >> 63);
            chunks -= half;
        }
        return at;
    }

    public int Containing(long clock) => this[Find(clock)];

    /// <summary>Makes room for so many more structs, before a large update.</summary>
    public void Reserve(int more)
    {
        _coming = more;
        var chunks = _chunkCount + (more - 1) / ChunkSize + 1;
        if (_chunks.Length >= chunks || more < ChunkSize) return;
        GrowChunks(chunks);
        Array.Resize(ref _firsts, chunks);
    }

    private void GrowChunks(int capacity)
    {
        var first = _chunks.Length == 0;
        Array.Resize(ref _chunks, capacity);
        if (first) (_chunks[0], _single) = (_single, default);
    }

    private int NextCapacity()
    {
        var capacity = _coming > 0 ? Math.Min(_coming, ChunkSize) : _chunkCount == 0 ? 2 : 32;
        _coming = Math.Max(0, _coming - capacity);
        return capacity;
    }

    public void Append(int handle, long clock)
    {
        if (_chunkCount == 0 || At(_chunkCount - 1) is var last && (last.Count == ChunkSize || clock - last.Base > Entry.Reach))
        {
            AddChunk(_chunkCount, clock, NextCapacity());
        }
        ref var chunk = ref At(_chunkCount - 1);
        if (chunk.Count == chunk.Entries.Length) Array.Resize(ref chunk.Entries, Math.Min(ChunkSize, chunk.Count * 2));
        chunk.Entries[chunk.Count++] = new Entry { Handle = handle, Offset = (ushort)(clock - chunk.Base) };
    }

    private void AddChunk(int at, long clock, int capacity)
    {
        if (at > 0)
        {
            if (_chunkCount >= _chunks.Length) GrowChunks(_chunkCount * 2);
            Array.Copy(_chunks, at, _chunks, at + 1, _chunkCount - at);
            if (_firsts.Length <= _chunkCount) Array.Resize(ref _firsts, _chunks.Length);
            Array.Copy(_firsts, at, _firsts, at + 1, _chunkCount - at);
            _firsts[at] = clock;
        }
        At(at) = new Chunk { Base = clock, Entries = new Entry[capacity] };
        _chunkCount++;
    }

    public void InsertAfter(Spot spot, int handle, long clock)
    {
        var (at, index) = (spot.Chunk, spot.Index + 1);
        if (clock - At(at).Base > Entry.Reach)
        {
            // Only behind a chunk's last struct, if that reaches too far.
            AddChunk(++at, clock, 2);
            index = 0;
        }
        else if (At(at).Count == ChunkSize)
        {
            const int half = ChunkSize / 2;
            AddChunk(at + 1, 0, ChunkSize);
            ref var lower = ref At(at);
            ref var upper = ref At(at + 1);
            Array.Copy(lower.Entries, half, upper.Entries, 0, ChunkSize - half);
            (upper.Base, upper.Count, lower.Count) = (lower.Base, ChunkSize - half, half);
            _firsts[at + 1] = upper.Base + upper.Entries[0].Offset;
            if (index > half) (at, index) = (at + 1, index - half);
        }
        ref var chunk = ref At(at);
        if (chunk.Count == chunk.Entries.Length) Array.Resize(ref chunk.Entries, Math.Min(ChunkSize, Math.Max(4, chunk.Count * 2)));
        Array.Copy(chunk.Entries, index, chunk.Entries, index + 1, chunk.Count - index);
        chunk.Entries[index] = new Entry { Handle = handle, Offset = (ushort)(clock - chunk.Base) };
        chunk.Count++;
    }

    /// <summary>Takes out a struct that has been merged into the one before it, or (the last) one that is being undone.</summary>
    public void Remove(Spot spot)
    {
        ref var chunk = ref At(spot.Chunk);
        chunk.Count--;
        Array.Copy(chunk.Entries, spot.Index + 1, chunk.Entries, spot.Index, chunk.Count - spot.Index);
        if (chunk.Count == 0)
        {
            var later = --_chunkCount - spot.Chunk;
            if (later > 0)
            {
                Array.Copy(_chunks, spot.Chunk + 1, _chunks, spot.Chunk, later);
                Array.Copy(_firsts, spot.Chunk + 1, _firsts, spot.Chunk, later);
            }
            At(_chunkCount) = default;
        }
        else if (spot.Index == 0 && spot.Chunk > 0)
        {
            _firsts[spot.Chunk] = chunk.Base + chunk.Entries[0].Offset;
        }
    }

    public bool TryPrevious(Spot spot, out Spot previous)
    {
        previous = spot.Index > 0 ? spot with { Index = spot.Index - 1 }
            : spot.Chunk > 0 ? new Spot(spot.Chunk - 1, At(spot.Chunk - 1).Count - 1) : spot;
        return previous != spot;
    }

    public bool TryNext(Spot spot, out Spot next)
    {
        next = spot.Index + 1 < At(spot.Chunk).Count ? spot with { Index = spot.Index + 1 }
            : spot.Chunk + 1 < _chunkCount ? new Spot(spot.Chunk + 1, 0) : spot;
        return next != spot;
    }

    /// <summary>How many structs there are from a place to the end.</summary>
    public int CountFrom(Spot spot)
    {
        var count = -spot.Index;
        for (var i = spot.Chunk; i < _chunkCount; i++) count += At(i).Count;
        return count;
    }
}
