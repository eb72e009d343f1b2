namespace SessionRoom.Crdt;

// Local edits: where an index is, and items of one's own.
internal sealed partial class Store
{
    /// <summary>How far a list is walked before a position index is built for it.</summary>
    public int ShortWalk = DefaultShortWalk;

    public const int DefaultShortWalk = 48;

    /// <summary>Items of formatted texts that local edits have walked over: what tests of scaling count.</summary>
    public long Walked;

    /// <summary>The item that shows a unit of a list, and the index of its first unit.</summary>
    public int Locate(int type, int unit, out int start)
    {
        ref var slot = ref Types[type];
        if (Positions(type) is { } positions) return positions.Find(this, unit, out start);
        ref var chain = ref Chains[slot.ListChain];
        start = (int)slot.Length;
        var item = chain.Tail;
        for (var steps = ShortWalk; steps > 0 && item != 0; steps--, item = Items[item].Left)
        {
            start -= Items[item].Visible;
            if (start <= unit) return item;
        }
        start = 0;
        item = chain.Head;
        for (var steps = ShortWalk; steps > 0; steps--, item = Items[item].Right)
        {
            var visible = Items[item].Visible;
            if (unit < start + visible) return item;
            start += visible;
        }
        return IndexPositions(type).Find(this, unit, out start);
    }

    /// <summary>The item that ends where the index is, cut if need be; 0 at the start.</summary>
    public int EndingAtIndex(int type, int index, out int start)
    {
        start = 0;
        if (index == 0) return 0;
        var item = Locate(type, index - 1, out start);
        if (index - start < Items[item].Visible) Cut(item, index - start);
        return item;
    }

    /// <summary>The item before the unit at an index, deleted ones included: where Yjs' text cursor stops as well. 0 at the start.</summary>
    public int BeforeVisible(int type, int chain, int index)
    {
        if (index == Types[type].Length) return Chains[chain].Tail;
        var item = Locate(type, index, out var start);
        if (start == index) return Items[item].Left;
        Cut(item, index - start);
        return item;
    }

    /// <summary>Cuts a located item; the part on the right is the new one.</summary>
    public int Cut(int item, int offset)
    {
        ref var whole = ref Items[item];
        return Split(item, offset, _clients[whole.Client].Find(whole.Clock));
    }

    /// <summary>Whether an index lies between the halves of a surrogate pair.</summary>
    public bool CutsPair(int type, int index)
    {
        if (!_hasPairs || index == 0 || index == Types[type].Length) return false;
        ref var item = ref Items[Locate(type, index - 1, out var start)];
        return item.Kind == Content.String && index - start < item.Length && Utf8Offset(ContentOf(item), index - start, item.Length) < 0;
    }

    /// <summary>Inserts an item of one's own behind <paramref name="left"/>, before whatever follows it (or, for a map key, before nothing).</summary>
    /// <returns>The item, or the one on its left if the content joined that.</returns>
    public int Insert(int client, int chain, int left, int kind, ReadOnlySpan<byte> content, long length)
    {
        if (kind == Content.String && left != 0 && Continues(left, client))
        {
            Continue(left, content, length);
            return left;
        }
        var handle = NewOwn(client, chain, left, kind, length, out var right);
        ref var item = ref Items[handle];
        item.Content = Keep(content);
        item.Bytes = content.Length;
        NotePairs(kind, content.Length, length);
        Integrate(handle, left, right);
        return handle;
    }

    /// <summary>Inserts an item with content that another item of the kind has already.</summary>
    public int InsertShared(int client, int chain, int left, int kind, int content)
    {
        var reader = new ByteReader(_heap.AsSpan(content, _heapTop - content));
        reader.Buffer();
        reader.Buffer();
        var handle = NewOwn(client, chain, left, kind, 1, out var right);
        ref var item = ref Items[handle];
        item.Content = content;
        item.Bytes = reader.Position;
        Integrate(handle, left, right);
        return handle;
    }

    /// <summary>Inserts an empty type of one's own.</summary>
    /// <returns>The type.</returns>
    public int InsertType(int client, int chain, int left, YTypeKind kind, int name)
    {
        var handle = NewOwn(client, chain, left, Content.Type, 1, out var right);
        ref var item = ref Items[handle];
        item.Content = NewType(kind, name, handle);
        var type = item.Content;
        Integrate(handle, left, right);
        return type;
    }

    private int NewOwn(int client, int chain, int left, int kind, long length, out int right)
    {
        var handle = NewItem();
        ref var item = ref Items[handle];
        right = !Chains[chain].IsList ? 0 : left != 0 ? Items[left].Right : Chains[chain].Head;
        item.Identify(client, _clients[client].State, length, kind);
        item.Chain = chain;
        if (left != 0) item.SetOrigin(Items[left].Client, Items[left].End - 1);
        if (right != 0) item.SetRightOrigin(Items[right].Client, Items[right].Clock);
        return handle;
    }

    /// <summary>Deletes units of a list from an index on, formats aside.</summary>
    public void DeleteUnits(int type, int index, int length)
    {
        var chain = Types[type].ListChain;
        var left = BeforeVisible(type, chain, index);
        var item = left != 0 ? Items[left].Right : Chains[chain].Head;
        while (length > 0)
        {
            var visible = Items[item].Visible;
            if (visible > 0)
            {
                if (length < visible) Cut(item, length);
                length -= Items[item].Visible;
                Delete(item);
            }
            item = Items[item].Right;
        }
        if (left != 0) Positions(type)?.Remember(left, index - Items[left].Visible);
    }

    /// <summary>Whether any text outside the basic plane has come in; without it no cut can go through a pair.</summary>
    private bool _hasPairs;

    private void NotePairs(int kind, int bytes, long units)
    {
        if (kind == Content.String && bytes != units) _hasPairs = true;
    }
}
