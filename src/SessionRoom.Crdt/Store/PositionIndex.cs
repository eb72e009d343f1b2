namespace SessionRoom.Crdt;

/// <summary>
/// Finds units of one list by index: blocks of up to 64 neighbouring items with their visible length, groups of 64 blocks above them, and
/// the place of the last edit. It exists only for lists that were edited or read by index and are longer than a short walk.
/// </summary>
internal sealed class PositionIndex
{
    private const int Full = 64, GroupShift = 6, NearSteps = 12;

    // By order in the document:
    private int[] _lengths = new int[4], _firsts = new int[4], _counts = new int[4], _ids = new int[4];
    private int[] _groups = new int[1];
    private int _blocks;

    // By block id, which is what items know:
    private int[] _orderOf = new int[4];
    private int _nextId;

    private int _cursor, _cursorStart;

    public PositionIndex(Store store, int chain)
    {
        var previous = -1;
        for (var item = store.Chains[chain].Head; item != 0; item = store.Items[item].Right)
        {
            if (previous < 0 || _counts[previous] == Full / 2) previous = InsertBlock(previous + 1, item);
            store.BlockOf(item) = _ids[previous];
            _counts[previous]++;
            _lengths[previous] += store.Items[item].Visible;
        }
        Regroup();
    }

    public void Remember(int item, int start) => (_cursor, _cursorStart) = (item, start);

    /// <summary>The item that shows the unit, and the index of its first unit.</summary>
    public int Find(Store store, int unit, out int start)
    {
        if (_cursor != 0 && FindNear(store, unit, out start) is var near and not 0) return near;
        var rest = unit;
        var group = 0;
        while (rest >= _groups[group]) rest -= _groups[group++];
        var block = group << GroupShift;
        while (rest >= _lengths[block]) rest -= _lengths[block++];
        var items = store.Items;
        var item = _firsts[block];
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
        var order = _orderOf[store.BlockOf(item)];
        var index = 0;
        for (var i = 0; i < order >> GroupShift; i++) index += _groups[i];
        for (var i = order >> GroupShift << GroupShift; i < order; i++) index += _lengths[i];
        for (var other = _firsts[order]; other != item; other = store.Items[other].Right) index += store.Items[other].Visible;
        return index;
    }

    public void OnLinked(Store store, int handle)
    {
        _cursor = 0;
        ref var item = ref store.Items[handle];
        int order;
        if (item.Left != 0)
        {
            order = _orderOf[store.BlockOf(item.Left)];
        }
        else
        {
            if (_blocks == 0)
            {
                InsertBlock(0, handle);
                Regroup();
            }
            order = 0;
            _firsts[0] = handle;
        }
        store.BlockOf(handle) = _ids[order];
        _counts[order]++;
        Grow(order, item.Visible);
        if (_counts[order] > Full) Halve(store, order);
    }

    public void OnSplit(Store store, int left, int right)
    {
        var order = _orderOf[store.BlockOf(left)];
        store.BlockOf(right) = _ids[order];
        if (++_counts[order] > Full) Halve(store, order);
    }

    /// <summary>An item shows more or fewer units than before.</summary>
    public void OnShown(Store store, int item, int difference)
    {
        _cursor = 0;
        Grow(_orderOf[store.BlockOf(item)], difference);
    }

    /// <summary>An item is about to be merged into its left neighbour.</summary>
    public void OnMerging(Store store, int left, int right)
    {
        if (_cursor == right) Remember(left, _cursorStart - store.Items[left].Visible);
        var order = _orderOf[store.BlockOf(right)];
        var target = _orderOf[store.BlockOf(left)];
        if (target != order)
        {
            var moved = store.Items[right].Visible;
            Grow(target, moved);
            Grow(order, -moved);
            _firsts[order] = store.Items[right].Right;
        }
        if (--_counts[order] == 0) RemoveBlock(order);
    }

    /// <summary>An item is about to be unlinked (an update is being undone).</summary>
    public void OnUnlinking(Store store, int handle)
    {
        _cursor = 0;
        ref var item = ref store.Items[handle];
        var order = _orderOf[store.BlockOf(handle)];
        Grow(order, -item.Visible);
        if (_firsts[order] == handle) _firsts[order] = item.Right;
        if (--_counts[order] == 0) RemoveBlock(order);
    }

    private void Grow(int order, int length)
    {
        _lengths[order] += length;
        _groups[order >> GroupShift] += length;
    }

    private void Halve(Store store, int order)
    {
        var item = _firsts[order];
        for (var i = Full / 2; i > 0; i--) item = store.Items[item].Right;
        var moving = _counts[order] - Full / 2;
        var upper = InsertBlock(order + 1, item);
        _counts[order] -= moving;
        _counts[upper] = moving;
        for (; moving > 0; moving--)
        {
            store.BlockOf(item) = _ids[upper];
            _lengths[upper] += store.Items[item].Visible;
            item = store.Items[item].Right;
        }
        _lengths[order] -= _lengths[upper];
        Regroup();
    }

    private int InsertBlock(int order, int first)
    {
        if (_blocks == _lengths.Length)
        {
            var size = _blocks * 2;
            Array.Resize(ref _lengths, size);
            Array.Resize(ref _firsts, size);
            Array.Resize(ref _counts, size);
            Array.Resize(ref _ids, size);
        }
        Shift(order, order + 1, _blocks - order);
        _blocks++;
        (_lengths[order], _counts[order], _firsts[order]) = (0, 0, first);
        if (_nextId == _orderOf.Length) Array.Resize(ref _orderOf, _nextId * 2);
        _ids[order] = _nextId++;
        _orderOf[_ids[order]] = order;
        return order;
    }

    private void RemoveBlock(int order)
    {
        Shift(order + 1, order, _blocks - order - 1);
        _blocks--;
        _lengths[_blocks] = 0;
        Regroup();
    }

    private void Shift(int from, int to, int count)
    {
        Array.Copy(_lengths, from, _lengths, to, count);
        Array.Copy(_firsts, from, _firsts, to, count);
        Array.Copy(_counts, from, _counts, to, count);
        Array.Copy(_ids, from, _ids, to, count);
    }

    private void Regroup()
    {
        var groups = (_blocks >> GroupShift) + 1;
        if (_groups.Length < groups) Array.Resize(ref _groups, groups * 2);
        Array.Clear(_groups);
        for (var i = 0; i < _blocks; i++)
        {
            _groups[i >> GroupShift] += _lengths[i];
            _orderOf[_ids[i]] = i;
        }
    }
}
