namespace SessionRoom.Crdt;

/// <summary>Thrown inside the engine only: an update costs more than it may.</summary>
internal sealed class WorkExceededException : Exception;

// Placing structs: resolving references, and the order among concurrent inserts.
internal sealed partial class Store
{
    /// <summary>Steps of conflict resolution left before the update is refused.</summary>
    public long StepsLeft = long.MaxValue;

    /// <summary>Places a struct whose references are all known: <paramref name="origin"/> and <paramref name="rightClient"/> are the indexes
    /// of their clients. The first <paramref name="offset"/> units are known already.</summary>
    public void Place(in Block block, int client, int origin, int rightClient, long offset, ReadOnlySpan<byte> update)
    {
        if (JoinsAtOnce && block.Kind == Content.String && offset == 0 && block.HasOrigin && TryContinue(block, client, update)) return;
        if (block.Kind == Content.Gc || !TryResolve(block, client, origin, rightClient, offset, update, out var left, out var right, out var chain))
        {
            PlaceGc(client, block.Clock + offset, block.Length - offset);
            return;
        }
        var handle = NewItem();
        ref var item = ref Items[handle];
        item.Identify(client, block.Clock, block.Length, block.Kind);
        item.Chain = chain;
        if (block.HasOrigin) item.SetOrigin(origin, block.OriginClock);
        if (block.HasRight) item.SetRightOrigin(rightClient, block.RightClock);
        if (block.Kind == Content.Type)
        {
            var name = block.ContentBytes > 0 || block.TypeKind is (byte)YTypeKind.XmlElement or (byte)YTypeKind.XmlHook
                ? Keys.Intern(update.Slice(block.ContentAt, block.ContentBytes)) : -1;
            item.Content = NewType((YTypeKind)block.TypeKind, name, handle);
        }
        else if (block.Kind != Content.Deleted)
        {
            item.Content = Keep(update.Slice(block.ContentAt, block.ContentBytes));
            item.Bytes = block.ContentBytes;
            NotePairs(block.Kind, block.ContentBytes, block.Length);
        }
        if (offset > 0) TrimStart(ref item, offset);
        _placing = handle;
        Integrate(handle, left, right);
        _placing = 0;
    }

    private bool TryResolve(
        in Block block, int client, int origin, int rightClient, long offset, ReadOnlySpan<byte> update, out int left, out int right, out int chain)
    {
        left = right = chain = 0;
        if (block.HasOrigin)
        {
            left = EndingAt(origin, block.OriginClock);
            if (Items[left].IsGc) return false;
        }
        if (block.HasRight)
        {
            // What the author saw on the right nearly always still is the left's neighbour: no search then.
            var near = left != 0 ? Items[left].Right : 0;
            right = near != 0 && Items[near].Clock == block.RightClock && Items[near].Client == rightClient ? near : StartingAt(rightClient, block.RightClock);
            if (Items[right].IsGc) return false;
        }
        if (block.Parent == Block.NoParent)
        {
            chain = Items[left != 0 ? left : right].Chain;
        }
        else
        {
            int type;
            if (block.Parent == Block.RootParent)
            {
                type = Root(Keys.Intern(update.Slice(block.NameAt, block.NameBytes)));
            }
            else
            {
                ref var holder = ref Items[Containing(origin, block.OriginClock)];
                if (holder.Kind != Content.Type) return false;
                type = holder.Content;
            }
            chain = ChainFor(type, block.HasKey ? Keys.Intern(update.Slice(block.KeyAt, block.KeyBytes)) : Chain.List);
        }
        if (offset > 0)
        {
            left = EndingAt(client, block.Clock + offset - 1);
            if (Items[left].IsGc) return false;
            // Somebody who sends known clocks with another parent changes nothing: the rest goes where they are.
            chain = Items[left].Chain;
        }
        return true;
    }

    private void TrimStart(ref Item item, long offset)
    {
        var units = item.Length;
        item.Clock += offset;
        item.Length = units - offset;
        item.SetOrigin(item.Client, item.Clock - 1);
        if (item.Kind is not (Content.String or Content.Any or Content.Json)) return;
        var known = new Item { Kind = item.Kind, Content = item.Content, Bytes = item.Bytes, Length = offset };
        SplitContent(ref known, ref item, (int)offset);
        _heapDead += known.Bytes;
    }

    public void PlaceGc(int client, long clock, long length)
    {
        var handle = NewItem();
        ref var item = ref Items[handle];
        item.Identify(client, clock, length, Content.Gc);
        item.MarkDeleted();
        _clients[client].Deleted?.Add(clock, length);
        AppendToLog(client, handle);
    }

    /// <summary>Links an item between its neighbours, behind whatever concurrent inserts come first, and appends it to its client's log.</summary>
    public void Integrate(int handle, int left, int right)
    {
        ref var item = ref Items[handle];
        var conflict = HasConflict(left, right);
        if (conflict) left = ResolveConflict(item, left, right);
        else if (_crowd.Chain == item.Chain) _crowd = default;

        ref var chain = ref Chains[item.Chain];
        item.Left = left;
        item.Right = left != 0 ? Items[left].Right : chain.Head;
        if (left != 0) Items[left].Right = handle;
        else chain.Head = handle;
        if (item.Right != 0) Items[item.Right].Left = handle;
        else chain.Tail = handle;
        if (conflict && _crowd.Chain != 0) _crowd.Last = handle;

        if (item.Kind == Content.Deleted) item.MarkDeleted();
        AppendToLog(item.Client, handle);
        if (item.Deleted)
        {
            RecordDeletion(item.Client, item.Clock, item.Length);
            _clients[item.Client].Deleted?.Add(item.Clock, item.Length);
        }
        ref var type = ref Types[chain.Type];
        if (chain.IsList)
        {
            type.Length += item.Visible;
            type.HasFormats |= item.Kind == Content.Format;
            Positions(chain.Type)?.OnLinked(this, handle);
        }
        MarkChanged(item.Chain);
        // The rightmost value of a key is the one that counts; every other is deleted at once.
        if (!chain.IsList && item.Right == 0 && left != 0) Delete(left);
        if (IsDeletedType(chain.Type) || !chain.IsList && item.Right != 0) Delete(handle);
    }

    /// <summary>Whether anything stands between the two neighbours that the author saw.</summary>
    private bool HasConflict(int left, int right) =>
        left == 0 ? right == 0 || Items[right].Left != 0 : Items[left].Right != right;

    /// <summary>
    /// Walks the items between the author's neighbours and finds the last one that must stay on the left.
    /// <code>
    ///   left  o1  o2  o3  …  right        Same origin as ours: the smaller client id stays left.
    ///     └────┴───┘                      Origin among those walked past: it belongs to them, and moves with them.
    /// </code>
    /// </summary>
    private int ResolveConflict(in Item item, int left, int right)
    {
        var own = _ids[item.Client];
        if (_crowd.Lets(item, own, left, right, Items))
        {
            _crowd.Largest = own;
            return _crowd.Last;
        }
        var crowd = new Crowd { Chain = item.Chain, Left = left, Right = right, Largest = own };
        var other = left != 0 ? Items[left].Right : Chains[item.Chain].Head;
        var first = other;
        other = PassSmaller(item, own, other, right, ref left);
        _crowd = other == 0 || other == right ? crowd : default;
        if (_crowd.Chain != 0) return left;
        var marks = Marks.ForThread(Items.Length);
        var seen = marks.Next();
        for (; first != other; first = Items[first].Right) marks.Of[first] = seen;
        // Marked with a number of this batch or later: seen since the last item that was passed for good.
        var batch = marks.Next();
        for (; other != 0 && other != right; other = Items[other].Right)
        {
            if (--StepsLeft < 0) throw new WorkExceededException();
            marks.Of[other] = batch;
            ref var o = ref Items[other];
            if (o.HasSameOrigin(item))
            {
                if (_ids[o.Client] < own)
                {
                    left = other;
                    batch = marks.Next();
                }
                else if (o.HasSameRightOrigin(item))
                {
                    break;
                }
            }
            else if (o.HasOrigin && marks.Of[Containing(o.OriginClient, o.OriginClock)] is var mark && mark >= seen)
            {
                if (mark < batch)
                {
                    left = other;
                    batch = marks.Next();
                }
            }
            else
            {
                break;
            }
        }
        return left;
    }

    /// <summary>
    /// The last place where everything had one origin and ids smaller than the newcomer's: the next one with a larger id need not walk past
    /// them again. Forgotten when anything else is linked there, or any item is cut, merged or taken out.
    /// </summary>
    private struct Crowd
    {
        public int Chain, Left, Right, Last;
        public ulong Largest;

        public readonly bool Lets(in Item item, ulong id, int left, int right, Item[] items) =>
            Chain == item.Chain && Left == left && Right == right && id > Largest && item.HasSameOrigin(items[Last]);
    }

    private Crowd _crowd;

    /// <summary>Passes what has our origin and a smaller client id: where many insert at one place at once, that is nearly everything.</summary>
    private int PassSmaller(in Item item, ulong own, int other, int right, ref int left)
    {
        var (items, ids) = (Items, _ids);
        var steps = StepsLeft;
        while (other != 0 && other != right)
        {
            ref var o = ref items[other];
            if (!o.HasSameOrigin(item) || ids[o.Client] >= own) break;
            if (--steps < 0) throw new WorkExceededException();
            left = other;
            // Who came in order lies in order: guessing the neighbour takes the load of the link off the loop's critical path.
            if (o.Right == other + 1) other++;
            else other = o.Right;
        }
        StepsLeft = steps;
        return other;
    }

    /// <summary>Scratch marks by handle, one array per thread; numbers only grow, so nothing needs clearing.</summary>
    private sealed class Marks
    {
        [ThreadStatic] private static Marks? _mine;

        public uint[] Of = [];
        private uint _last;

        public static Marks ForThread(int items)
        {
            var marks = _mine ??= new Marks();
            if (marks.Of.Length < items) marks.Of = new uint[items + (items >> 1)];
            if (marks._last > uint.MaxValue - (1 << 30)) (marks.Of, marks._last) = (new uint[marks.Of.Length], 0);
            return marks;
        }

        public uint Next() => ++_last;
    }
}
