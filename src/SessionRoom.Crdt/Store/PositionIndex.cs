namespace SessionRoom.Crdt;

/// <summary>
/// Finds units of one list by index: blocks of up to 32 neighbouring items with their visible length, groups of up to 64 blocks above
/// them, and the place of the last edit. It exists only for lists that were edited or read by index and are longer than a short walk.
/// </summary>
internal sealed partial class PositionIndex
{
    private const int Full = 32, FullGroup = 64, NearSteps = 12;

    private struct Block
    {
        public int First, Count, Length, Group;
    }

    private struct Group
    {
        public int[] Blocks;
        public int Count;
    }

    private Block[] _blocks = new Block[4];
    private int _blockTop, _freeBlock = -1;
    private Group[] _groups = new Group[1];
    private int _groupTop;

    // Groups in document order, with their visible lengths side by side for scanning.
    private int[] _order = new int[1];
    private int[] _lengths = new int[1];
    private int[] _placeOf = new int[1];

    private int _cursor, _cursorStart;

    public PositionIndex(Store store, int chain)
    {
        AddGroup(0);
        var block = -1;
        for (var item = store.Chains[chain].Head; item != 0; item = store.Items[item].Right)
        {
            if (block < 0 || _blocks[block].Count == Full / 2) block = AddBlock(block, item);
            store.BlockOf(item) = block;
            _blocks[block].Count++;
            Grow(block, store.Items[item].Visible);
            if (store.Items[item].IsLiveFormat) OnFormat(store, item);
        }
    }

    public void Remember(int item, int start) => (_cursor, _cursorStart) = (item, start);

    /// <summary>The item that shows the unit, and the index of its first unit.</summary>
    public int Find(Store store, int unit, out int start)
    {
        if (_cursor != 0 && FindNear(store, unit, out start) is var near and not 0) return near;
        var rest = unit;
        var place = 0;
        while (rest >= _lengths[place]) rest -= _lengths[place++];
        var blocks = _groups[_order[place]].Blocks;
        var at = 0;
        while (rest >= _blocks[blocks[at]].Length) rest -= _blocks[blocks[at++]].Length;
        var items = store.Items;
        var item = _blocks[blocks[at]].First;
        for (; ; item = items[item].Right)
        {
            var visible = items[item].Visible;
            if (rest < visible) break;
            rest -= visible;
        }
        start = unit - rest;
        Remember(item, start);
        return item;
    }

    private int FindNear(Store store, int unit, out int start)
    {
        var items = store.Items;
        var item = _cursor;
        start = _cursorStart;
        for (var steps = NearSteps; steps > 0 && item != 0; steps--)
        {
            if (unit < start)
            {
                item = items[item].Left;
                if (item != 0) start -= items[item].Visible;
                continue;
            }
            var visible = items[item].Visible;
            if (unit < start + visible)
            {
                Remember(item, start);
                return item;
            }
            start += visible;
            item = items[item].Right;
        }
        return 0;
    }

    /// <summary>The index of an item's first unit.</summary>
    public int IndexOf(Store store, int item)
    {
        var block = store.BlockOf(item);
        var group = _blocks[block].Group;
        var index = 0;
        for (var place = _placeOf[group] - 1; place >= 0; place--) index += _lengths[place];
        foreach (var other in _groups[group].Blocks)
        {
            if (other == block) break;
            index += _blocks[other].Length;
        }
        for (var other = _blocks[block].First; other != item; other = store.Items[other].Right) index += store.Items[other].Visible;
        return index;
    }

    public void OnLinked(Store store, int handle)
    {
        _cursor = 0;
        ref var item = ref store.Items[handle];
        int block;
        if (item.Left != 0)
        {
            block = store.BlockOf(item.Left);
        }
        else
        {
            block = item.Right != 0 ? store.BlockOf(item.Right) : AddBlock(-1, handle);
            _blocks[block].First = handle;
        }
        store.BlockOf(handle) = block;
        _blocks[block].Count++;
        Grow(block, item.Visible);
        if (item.IsLiveFormat) OnFormat(store, handle);
        if (_blocks[block].Count > Full) Halve(store, block);
    }

    public void OnSplit(Store store, int left, int right)
    {
        var block = store.BlockOf(left);
        store.BlockOf(right) = block;
        if (++_blocks[block].Count > Full) Halve(store, block);
    }

    /// <summary>An item shows more or fewer units than before.</summary>
    public void OnShown(Store store, int item, int difference)
    {
        _cursor = 0;
        Grow(store.BlockOf(item), difference);
    }

    /// <summary>An item shows more units behind those that it showed before.</summary>
    public void OnGrown(int item, int block, int units)
    {
        if (_cursor != item) _cursor = 0;
        Grow(block, units);
    }

    /// <summary>An item is about to be merged into its left neighbour.</summary>
    public void OnMerging(Store store, int left, int right)
    {
        if (_cursor == right) Remember(left, _cursorStart - store.Items[left].Visible);
        var block = store.BlockOf(right);
        var target = store.BlockOf(left);
        if (target != block)
        {
            var moved = store.Items[right].Visible;
            Grow(target, moved);
            Grow(block, -moved);
            _blocks[block].First = store.Items[right].Right;
        }
        if (--_blocks[block].Count == 0) RemoveBlock(block);
    }

    /// <summary>An item is about to be unlinked (an update is being undone).</summary>
    public void OnUnlinking(Store store, int handle)
    {
        _cursor = 0;
        ref var item = ref store.Items[handle];
        var block = store.BlockOf(handle);
        Grow(block, -item.Visible);
        if (_blocks[block].First == handle) _blocks[block].First = item.Right;
        if (--_blocks[block].Count == 0) RemoveBlock(block);
    }

    private void Grow(int block, int length)
    {
        ref var target = ref _blocks[block];
        target.Length += length;
        _lengths[_placeOf[target.Group]] += length;
    }

    private void Halve(Store store, int block)
    {
        var items = store.Items;
        var item = _blocks[block].First;
        for (var i = Full / 2; i > 0; i--) item = items[item].Right;
        var moving = _blocks[block].Count - Full / 2;
        var upper = AddBlock(block, item);
        if (HasMarks) _marks[upper] = _marks[block];
        _blocks[block].Count -= moving;
        _blocks[upper].Count = moving;
        var length = 0;
        for (; moving > 0; moving--)
        {
            store.BlockOf(item) = upper;
            length += items[item].Visible;
            item = items[item].Right;
        }
        Grow(block, -length);
        Grow(upper, length);
    }

    /// <summary>Adds an empty block behind another, or (−1) as the very first.</summary>
    private int AddBlock(int after, int first)
    {
        int block;
        if (_freeBlock >= 0)
        {
            block = _freeBlock;
            _freeBlock = _blocks[block].First;
        }
        else
        {
            if (_blockTop == _blocks.Length)
            {
                Array.Resize(ref _blocks, _blockTop * 2);
                if (HasMarks) Array.Resize(ref _marks, _blockTop * 2);
            }
            block = _blockTop++;
        }
        var group = after < 0 ? _order[0] : _blocks[after].Group;
        if (_groups[group].Count == FullGroup)
        {
            HalveGroup(group);
            if (after >= 0) group = _blocks[after].Group;
        }
        ref var target = ref _groups[group];
        var at = after < 0 ? 0 : Array.IndexOf(target.Blocks, after, 0, target.Count) + 1;
        Array.Copy(target.Blocks, at, target.Blocks, at + 1, target.Count - at);
        target.Blocks[at] = block;
        target.Count++;
        _blocks[block] = new Block { First = first, Group = group };
        if (HasMarks) _marks[block] = 0;
        return block;
    }

    private void RemoveBlock(int block)
    {
        ref var group = ref _groups[_blocks[block].Group];
        var at = Array.IndexOf(group.Blocks, block, 0, group.Count);
        group.Count--;
        Array.Copy(group.Blocks, at + 1, group.Blocks, at, group.Count - at);
        // An empty group stays: its length is 0, so that scanning passes over it.
        _blocks[block].First = _freeBlock;
        _freeBlock = block;
    }

    private void AddGroup(int place)
    {
        if (_groupTop == _groups.Length)
        {
            Array.Resize(ref _groups, _groupTop * 2);
            Array.Resize(ref _order, _groupTop * 2);
            Array.Resize(ref _lengths, _groupTop * 2);
            Array.Resize(ref _placeOf, _groupTop * 2);
            if (HasMarks) Array.Resize(ref _groupMarks, _groupTop * 2);
        }
        Array.Copy(_order, place, _order, place + 1, _groupTop - place);
        Array.Copy(_lengths, place, _lengths, place + 1, _groupTop - place);
        _order[place] = _groupTop;
        _lengths[place] = 0;
        _groups[_groupTop++] = new Group { Blocks = new int[FullGroup] };
        for (var i = place; i < _groupTop; i++) _placeOf[_order[i]] = i;
    }

    private void HalveGroup(int group)
    {
        var place = _placeOf[group];
        AddGroup(place + 1);
        var upper = _order[place + 1];
        if (HasMarks) _groupMarks[upper] = _groupMarks[group];
        const int half = FullGroup / 2;
        Array.Copy(_groups[group].Blocks, half, _groups[upper].Blocks, 0, half);
        _groups[group].Count = _groups[upper].Count = half;
        for (var i = 0; i < half; i++)
        {
            ref var moved = ref _blocks[_groups[upper].Blocks[i]];
            moved.Group = upper;
            _lengths[place + 1] += moved.Length;
            _lengths[place] -= moved.Length;
        }
    }
}
