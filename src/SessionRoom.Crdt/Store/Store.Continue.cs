namespace SessionRoom.Crdt;

// Text that continues the struct before it joins that struct at once. The end of the transaction would make one of the two in any case;
// so typing makes no struct per letter.
internal sealed partial class Store
{
    /// <summary>Whether text may join at once: not while an earlier transaction still is to be told to its observers.</summary>
    public bool JoinsAtOnce;

    private bool TryContinue(in Block block, int client, ReadOnlySpan<byte> update)
    {
        var log = _clients[client];
        if (block.OriginClock != log.State - 1 || block.OriginClient != log.Id) return false;
        var left = log[log.Last];
        ref var item = ref Items[left];
        // Only behind the last content, so that it can be taken back by forgetting it.
        if (item.Content + item.Bytes != _heapTop || block.HasRight != (item.Right != 0)) return false;
        if (block.HasRight && (Items[item.Right].Clock != block.RightClock || _clients[Items[item.Right].Client].Id != block.RightClient)) return false;
        if (!Continues(left, client)) return false;
        Continue(left, update.Slice(block.ContentAt, block.ContentBytes), block.Length);
        return true;
    }

    /// <summary>Whether a client's next text, put between the item and its neighbour, would merge into the item.</summary>
    private bool Continues(int left, int client)
    {
        ref var item = ref Items[left];
        if (!JoinsAtOnce || item.Kind != Content.String || item.Client != client || item.Deleted || item.End != _clients[client].State) return false;
        return item.IsBefore(Items[item.Right]) && Chains[item.Chain].IsList && (!Watched || IsNew(item));
    }

    private void Continue(int handle, ReadOnlySpan<byte> utf8, long units)
    {
        ref var item = ref Items[handle];
        var log = _clients[item.Client];
        Touch(log, item.Client);
        log.State += units;
        var end = item.Content + item.Bytes;
        MakeRoom(ref item, ref end, utf8.Length);
        utf8.CopyTo(_heap.AsSpan(end));
        item.Bytes += utf8.Length;
        item.Length += units;
        NotePairs(Content.String, utf8.Length, units);
        var type = Chains[item.Chain].Type;
        Types[type].Length += (int)units;
        Positions(type)?.OnGrown(handle, BlockOf(handle), (int)units);
        MarkChanged(item.Chain);
    }

    /// <summary>Takes back what joined an item in the transaction that is being undone.</summary>
    private void Shorten(int handle, long end)
    {
        ref var item = ref Items[handle];
        var kept = end - item.Clock;
        var visible = item.Deleted ? 0 : (int)(item.Length - kept);
        item.Bytes = Utf8Offset(ContentOf(item), (int)kept, item.Length);
        item.Length = kept;
        var type = Chains[item.Chain].Type;
        Types[type].Length -= visible;
        Positions(type)?.OnShown(this, handle, -visible);
    }
}
