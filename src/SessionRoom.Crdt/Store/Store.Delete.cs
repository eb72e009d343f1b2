namespace SessionRoom.Crdt;

// Deleting: marks, nested content, and ranges from the wire. Nothing recurses: nesting comes from strangers.
internal sealed partial class Store
{
    private readonly Stack<int> _nested = [];

    public void Delete(int handle)
    {
        if (Items[handle].Deleted) return;
        MarkDeleted(handle);
        while (_nested.TryPop(out var type))
        {
            for (var child = Head(Types[type].ListChain); child != 0; child = Items[child].Right) DeleteChild(child);
            for (var key = Types[type].FirstKey; key != 0; key = Chains[key].Next)
            {
                if (Chains[key].Tail is var current and not 0) DeleteChild(current);
            }
            if (Watched) _now.Changed.Remove(type);
        }
    }

    private int Head(int chain) => chain == 0 ? 0 : Chains[chain].Head;

    private void DeleteChild(int handle)
    {
        ref var item = ref Items[handle];
        if (!item.Deleted) MarkDeleted(handle);
        // It will be collected with its parent; then it may merge with its neighbours.
        else if (!IsNew(item)) _now.Splits.Add((item.Client, item.Clock));
    }

    private void MarkDeleted(int handle)
    {
        ref var item = ref Items[handle];
        ref var chain = ref Chains[item.Chain];
        var visible = item.Visible;
        item.MarkDeleted();
        _now.HasContentToDrop = true;
        if (visible > 0 && chain.IsList)
        {
            ref var type = ref Types[chain.Type];
            type.Length -= visible;
            Positions(chain.Type)?.OnShown(this, handle, -visible);
        }
        RecordDeletion(item.Client, item.Clock, item.Length);
        _clients[item.Client].Deleted?.Add(item.Clock, item.Length);
        MarkChanged(item.Chain);
        if (item.Kind == Content.Type) _nested.Push(item.Content);
    }

    /// <summary>Deletes a range below the client's state, cutting the structs at its ends.</summary>
    public void DeleteRange(int client, long clock, long end)
    {
        var log = _clients[client];
        var spot = log.Find(clock);
        ref var first = ref Items[log[spot]];
        if (!first.Deleted && first.Clock < clock)
        {
            Split(log[spot], clock - first.Clock, spot);
            spot = log.Find(clock);
        }
        do
        {
            var handle = log[spot];
            ref var item = ref Items[handle];
            if (item.Clock >= end) break;
            if (item.Deleted) continue;
            if (item.End > end)
            {
                Split(handle, end - item.Clock, spot);
                // A full chunk may have been cut in two.
                spot = log.Find(Items[handle].Clock);
            }
            Delete(handle);
        }
        while (log.TryNext(spot, out spot));
    }
}
