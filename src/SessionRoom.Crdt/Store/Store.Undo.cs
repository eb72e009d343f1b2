namespace SessionRoom.Crdt;

// Taking back a transaction that failed half-way, before anything was collected or merged.
internal sealed partial class Store
{
    public readonly record struct Mark(int HeapTop, int Roots);

    public Mark SetMark() => new(_heapTop, Roots.Count);

    /// <summary>The item that is being placed: in no chain and no log until it is.</summary>
    private int _placing;

    public void UndoTransaction(Mark mark)
    {
        _nested.Clear();
        if (_placing != 0 && Items[_placing] is var unplaced && ContainingOrNone(unplaced.Client, unplaced.Clock) != _placing) FreeItem(_placing);
        _placing = 0;
        NormaliseDeletions();
        foreach (var (client, before) in _now.Touched) UnlinkFrom(client, before);
        foreach (var range in Deletions) Undelete((int)range.Client, range.Clock, range.End);
        // Cutting a surrogate pair writes to the heap; its halves stay cut, as a cut is no edit.
        if (_now.Splits.Count == 0) _heapTop = mark.HeapTop;
        foreach (var root in Roots.Skip(mark.Roots)) _rootOf.Remove(Types[root].Name);
        Roots.RemoveRange(mark.Roots, Roots.Count - mark.Roots);
        var splits = _now.Splits.ToArray();
        _now.Clear();
        for (var i = splits.Length - 1; i >= 0; i--)
        {
            var (client, clock) = splits[i];
            if (clock < _clients[client].State) MergeAtCut(client, clock);
        }
    }

    private void UnlinkFrom(int client, long before)
    {
        var log = _clients[client];
        while (log.State > before)
        {
            var spot = log.Last;
            var handle = log[spot];
            ref var item = ref Items[handle];
            if (item.Clock < before)
            {
                Shorten(handle, before);
                log.State = before;
                break;
            }
            if (!item.IsGc) Unlink(handle);
            log.State = item.Clock;
            log.Remove(spot);
            FreeItem(handle);
        }
        log.TouchedIn = 0;
        log.Deleted = null;
    }

    private void Unlink(int handle)
    {
        _crowd = default;
        ref var item = ref Items[handle];
        ref var chain = ref Chains[item.Chain];
        ref var type = ref Types[chain.Type];
        if (chain.IsList)
        {
            type.Length -= item.Visible;
            Positions(chain.Type)?.OnUnlinking(this, handle);
        }
        if (item.Left != 0) Items[item.Left].Right = item.Right;
        else chain.Head = item.Right;
        if (item.Right != 0) Items[item.Right].Left = item.Left;
        else chain.Tail = item.Left;
    }

    private void Undelete(int client, long clock, long end)
    {
        var log = _clients[client];
        log.Deleted = null;
        end = Math.Min(end, log.State);
        if (clock >= end) return;
        var spot = log.Find(clock);
        do
        {
            ref var item = ref Items[log[spot]];
            if (item.Clock >= end) break;
            if (!item.Deleted || item.Kind is Content.Deleted or Content.Gc) continue;
            item.Undelete();
            ref var chain = ref Chains[item.Chain];
            if (!chain.IsList) continue;
            Types[chain.Type].Length += item.Visible;
            var positions = Positions(chain.Type);
            positions?.OnShown(this, log[spot], item.Visible);
            if (item.IsLiveFormat) positions?.OnFormat(this, log[spot]);
        }
        while (log.TryNext(spot, out spot));
    }
}
