namespace SessionRoom.Crdt;

// The end of a transaction: deleted content goes, and structs that may be one become one.
internal sealed partial class Store
{
    public void Settle()
    {
        if (_now.HasContentToDrop || DeletedAnythingOld())
        {
            NormaliseDeletions();
            if (CollectsGarbage && _now.HasContentToDrop)
            {
                foreach (var range in Deletions) Collect(range);
            }
            for (var i = _now.DeletionCount - 1; i >= 0; i--) MergeAround(_now.Deletions[i]);
        }
        foreach (var (client, _) in _now.Touched)
        {
            if (_clients[client].MayMerge || _now.HasContentToDrop) MergeNew(client);
        }
        for (var i = _now.Splits.Count - 1; i >= 0; i--) MergeAtCut(_now.Splits[i].Client, _now.Splits[i].Clock);
        CompactContent();
    }

    private bool DeletedAnythingOld()
    {
        foreach (var range in Deletions)
        {
            if (range.Clock < Before((int)range.Client)) return true;
        }
        return false;
    }

    /// <summary>Sorts what was deleted, so that observers can ask.</summary>
    public void PrepareDeletions() => NormaliseDeletions();

    /// <summary>Whether the clock was deleted in this transaction; the deletions must be sorted.</summary>
    public bool DeletedNow(in Item item)
    {
        var (low, high) = (0, _now.DeletionCount - 1);
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            ref var range = ref _now.Deletions[middle];
            var order = range.Client != (ulong)item.Client ? range.Client.CompareTo((ulong)item.Client)
                : item.Clock < range.Clock ? 1 : item.Clock >= range.End ? -1 : 0;
            if (order == 0) return true;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return false;
    }

    private void Collect(in DeletedRange range)
    {
        var log = _clients[(int)range.Client];
        var spot = log.Find(range.Clock);
        do
        {
            ref var item = ref Items[log[spot]];
            if (item.Clock >= range.End) break;
            if (!item.Deleted || item.Kind is Content.Gc or Content.Deleted) continue;
            if (item.Kind == Content.Type) CollectNested(item.Content);
            DropContent(ref item);
            item.Kind = Content.Deleted;
        }
        while (log.TryNext(spot, out spot));
    }

    /// <summary>Everything inside a deleted type becomes bare GC structs.</summary>
    private void CollectNested(int outermost)
    {
        _nested.Push(outermost);
        while (_nested.TryPop(out var type))
        {
            ref var slot = ref Types[type];
            if (type < _positions.Length) _positions[type] = null;
            slot.Holder = TypeSlot.Collected;
            CollectChain(slot.ListChain);
            for (var key = slot.FirstKey; key != 0; key = Chains[key].Next) CollectChain(key);
        }
    }

    private void CollectChain(int chain)
    {
        if (chain == 0) return;
        _crowd = default;
        for (var handle = Chains[chain].Head; handle != 0;)
        {
            ref var item = ref Items[handle];
            var right = item.Right;
            if (item.Kind == Content.Type) _nested.Push(item.Content);
            DropContent(ref item);
            item.Kind = Content.Gc;
            item.Left = item.Right = item.Chain = 0;
            item.SetOrigin(0, 0);
            item.SetRightOrigin(0, 0);
            handle = right;
        }
        Chains[chain].Head = Chains[chain].Tail = 0;
    }

    private void MergeAround(in DeletedRange range)
    {
        var client = (int)range.Client;
        // New structs are all looked at afterwards.
        if (range.Clock >= Before(client)) return;
        var log = _clients[client];
        var spot = log.Find(range.End - 1);
        log.TryNext(spot, out spot);
        while (Items[log[spot]].Clock >= range.Clock)
        {
            MergeWithLefts(log, ref spot);
            if (!log.TryPrevious(spot, out spot)) break;
        }
    }

    private void MergeNew(int client)
    {
        var log = _clients[client];
        log.MayMerge = false;
        if (log.State == log.Before) return;
        var first = Items[log[log.FindNew(log.Before)]].Clock;
        var spot = log.Last;
        for (var handle = log[spot]; Items[handle].Clock >= first && log.TryPrevious(spot, out var previous);)
        {
            var left = log[previous];
            if (CanMerge(Items[left], handle))
            {
                MergeWithLefts(log, ref spot);
                if (!log.TryPrevious(spot, out previous)) break;
                left = log[previous];
            }
            (spot, handle) = (previous, left);
        }
    }

    private void MergeAtCut(int client, long clock)
    {
        var log = _clients[client];
        var spot = log.Find(clock);
        if (log.TryNext(spot, out var next))
        {
            var merged = MergeWithLefts(log, ref next);
            if (merged > 1) return;
            if (merged == 1) spot = next;
        }
        MergeWithLefts(log, ref spot);
    }

    /// <summary>Merges a struct into as many on its left as allow it; <paramref name="spot"/> becomes that of the result.</summary>
    private int MergeWithLefts(ClientLog log, ref Spot spot)
    {
        var first = spot;
        var merged = 0;
        while (log.TryPrevious(first, out var previous) && CanMerge(Items[log[previous]], log[first]))
        {
            first = previous;
            merged++;
        }
        if (merged == 0) return 0;
        _crowd = default;
        var handle = log[first];
        ref var target = ref Items[handle];
        ref var last = ref Items[log[spot]];
        if (target.Kind is Content.String or Content.Any or Content.Json) JoinContent(log, first, spot);
        var positions = target.IsGc ? null : PositionsOf(target.Chain);
        if (!target.IsGc)
        {
            if (last.Right != 0) Items[last.Right].Left = handle;
            else Chains[target.Chain].Tail = handle;
        }
        for (var left = merged; left > 0; left--)
        {
            log.TryNext(first, out var next);
            var right = log[next];
            positions?.OnMerging(this, handle, right);
            target.Length += Items[right].Length;
            target.Right = Items[right].Right;
            log.Remove(next);
            FreeItem(right);
        }
        spot = first;
        return merged;
    }

    private bool CanMerge(in Item left, int rightHandle)
    {
        ref var right = ref Items[rightHandle];
        if (left.Kind != right.Kind || left.Deleted != right.Deleted) return false;
        if (left.IsGc) return true;
        return Joins(left.Kind)
            && left.Right == rightHandle
            && right.Follows(left)
            && left.HasSameRightOrigin(right)
            && left.Chain == right.Chain;
    }
}
