namespace SessionRoom.Crdt;

// Which attributes hold at a place: the last format of each key before it. Blocks and groups say formats of which keys they may hold, so
// that a search passes over the others. Lists without formats have nothing of this.
internal sealed partial class PositionIndex
{
    private const int Slots = 32, Whole = -1;
    private const ulong Sets = 1, Ends = 1UL << Slots, Both = Sets | Ends;

    // Bit s: a format that sets a key of slot s; bit s + 32: one that ends it. After deletions they may say too much, never too little; who
    // reads a block in vain puts its marks right.
    private ulong[] _marks = [], _groupMarks = [];

    // Keys are numbered as they come; a slot is a number modulo 32.
    private Dictionary<int, int>? _numberOf;

    /// <summary>Scratch, by number: the last format of each key.</summary>
    private int[] _last = [];

    /// <summary>A place among the blocks: the group's place in document order, and the block's place in its group.</summary>
    private record struct BlockPlace(int Group, int At);

    /// <summary>Whether the list has had formats.</summary>
    public bool HasMarks => _marks.Length > 0;

    /// <summary>A format has come, or is there again.</summary>
    public void OnFormat(Store store, int handle)
    {
        if (!HasMarks) (_marks, _groupMarks) = (new ulong[_blocks.Length], new ulong[_groups.Length]);
        var block = store.BlockOf(handle);
        var mark = MarkOf(store, store.Items[handle], out _);
        _marks[block] |= mark;
        _groupMarks[_blocks[block].Group] |= mark;
    }

    private ulong MarkOf(Store store, in Item format, out int number)
    {
        var reader = new ByteReader(store.ContentOf(format));
        number = NumberOf(store.Keys.Intern(reader.Buffer()));
        return (reader.Buffer().SequenceEqual("null"u8) ? Ends : Sets) << (number % Slots);
    }

    private int NumberOf(int key)
    {
        _numberOf ??= [];
        if (_numberOf.TryGetValue(key, out var number)) return number;
        number = _numberOf.Count;
        if (number == _last.Length) Array.Resize(ref _last, Math.Max(4, number * 2));
        _numberOf.Add(key, number);
        return number;
    }

    /// <summary>The attributes that hold behind an item, in the order in which they were set.</summary>
    public Formats FormatsBehind(Store store, int item)
    {
        var formats = new Formats();
        if (!HasMarks) return formats;
        FindLast(store, item);
        var holding = new List<(long Rank, int Item)>();
        for (var number = 0; number < _numberOf!.Count; number++)
        {
            if (_last[number] is var last and not 0 && MarkOf(store, store.Items[last], out _) < Ends) holding.Add((number, last));
        }
        if (holding.Count > 1)
        {
            foreach (ref var entry in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(holding)) entry.Rank = RankOfFirst(store, (int)entry.Rank, entry.Item);
            holding.Sort(static (a, b) => a.Rank.CompareTo(b.Rank));
        }
        foreach (var (_, last) in holding)
        {
            var (key, value) = ValueContent.Format(store, store.Items[last]);
            formats[key] = value;
        }
        return formats;
    }

    /// <summary>Finds the last format of each key up to an item, reading blocks from there to the start until there is one of each.</summary>
    private void FindLast(Store store, int item)
    {
        Array.Clear(_last);
        Span<int> missing = stackalloc int[Slots];
        missing.Clear();
        var wanted = 0UL;
        for (var number = _numberOf!.Count - 1; number >= 0; number--)
        {
            missing[number % Slots]++;
            wanted |= Both << (number % Slots);
        }
        var place = PlaceOf(store.BlockOf(item));
        ReadLast(store, store.BlockOf(item), store.Items[item].Right, missing, ref wanted);
        while (wanted != 0 && TryStep(store, ref place, wanted, -1, out var block)) ReadLast(store, block, Whole, missing, ref wanted);
    }

    private void ReadLast(Store store, int block, int until, Span<int> missing, ref ulong wanted)
    {
        var marks = 0UL;
        var item = _blocks[block].First;
        for (var left = _blocks[block].Count; left > 0 && item != until; left--, item = store.Items[item].Right)
        {
            store.Walked++;
            ref var format = ref store.Items[item];
            if (format.Kind != Content.Format || format.Deleted) continue;
            marks |= MarkOf(store, format, out var number);
            if (_last[number] == 0)
            {
                if (--missing[number % Slots] == 0) wanted &= ~(Both << (number % Slots));
            }
            else if (store.BlockOf(_last[number]) != block)
            {
                continue;
            }
            _last[number] = item;
        }
        if (until == Whole) _marks[block] = marks;
    }

    /// <summary>Where a key that holds was set first since it was ended, as a number that grows along the list.</summary>
    private long RankOfFirst(Store store, int number, int last)
    {
        var slot = number % Slots;
        var block = store.BlockOf(last);
        var place = PlaceOf(block);
        var rank = ReadFirst(store, block, place, store.Items[last].Right, number, out var ended);
        if (ended) return rank;
        while (!ended)
        {
            if (!TryStep(store, ref place, Ends << slot, -1, out block))
            {
                place = new BlockPlace(0, -1);
                break;
            }
            var found = ReadFirst(store, block, place, Whole, number, out ended);
            if (ended && found >= 0) return found;
        }
        // What set it is not in the block that ended it: in one behind, at the latest in the one that was read first.
        while (TryStep(store, ref place, Sets << slot, 1, out block) && block != store.BlockOf(last))
        {
            if (ReadFirst(store, block, place, Whole, number, out _) is var found and >= 0) return found;
        }
        return rank;
    }

    /// <summary>The rank of the block's first format that sets the key and is not followed there by one that ends it; −1 if there is none.</summary>
    private long ReadFirst(Store store, int block, BlockPlace place, int until, int number, out bool ended)
    {
        ended = false;
        var marks = 0UL;
        var found = -1L;
        var item = _blocks[block].First;
        for (var left = _blocks[block].Count; left > 0 && item != until; left--, item = store.Items[item].Right)
        {
            store.Walked++;
            ref var format = ref store.Items[item];
            if (format.Kind != Content.Format || format.Deleted) continue;
            var mark = MarkOf(store, format, out var its);
            marks |= mark;
            if (its != number) continue;
            if (mark >= Ends) (ended, found) = (true, -1);
            else if (found < 0) found = (long)place.Group << 32 | (long)place.At << 16 | (long)(_blocks[block].Count - left);
        }
        if (until == Whole) _marks[block] = marks;
        return found;
    }

    private BlockPlace PlaceOf(int block)
    {
        var group = _blocks[block].Group;
        return new BlockPlace(_placeOf[group], Array.IndexOf(_groups[group].Blocks, block, 0, _groups[group].Count));
    }

    /// <summary>Goes to the next block in a direction (1 or −1) that may hold one of the wanted formats.</summary>
    private bool TryStep(Store store, ref BlockPlace place, ulong wanted, int direction, out int block)
    {
        var (where, at) = (place.Group, place.At + direction);
        while (true)
        {
            ref var group = ref _groups[_order[where]];
            for (; at >= 0 && at < group.Count; at += direction)
            {
                block = group.Blocks[at];
                store.Walked++;
                if ((_marks[block] & wanted) == 0) continue;
                place = new BlockPlace(where, at);
                return true;
            }
            for (where += direction; where >= 0 && where < _groupTop && (_groupMarks[_order[where]] & wanted) == 0; where += direction) store.Walked++;
            block = 0;
            if (where < 0 || where >= _groupTop) return false;
            at = direction > 0 ? 0 : SumUp(_order[where]) - 1;
        }
    }

    /// <summary>Puts a group's marks right from those of its blocks.</summary>
    /// <returns>How many blocks it has.</returns>
    private int SumUp(int group)
    {
        var (blocks, count) = (_groups[group].Blocks, _groups[group].Count);
        var marks = 0UL;
        for (var i = 0; i < count; i++) marks |= _marks[blocks[i]];
        _groupMarks[group] = marks;
        return count;
    }
}
