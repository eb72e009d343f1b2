using System.Buffers;
using System.Text;

namespace SessionRoom.Crdt;

// Content bytes lie in one heap, as on the wire; cutting and joining runs moves as few of them as possible.
internal sealed partial class Store
{
    private static ReadOnlySpan<byte> Replacement => "\uFFFD"u8;

    private byte[] _heap = [];
    private int _heapTop;
    private long _heapDead;

    /// <summary>Room kept behind a run that grew by joining: where it ends, and up to where it may grow.</summary>
    private Dictionary<int, int>? _room;

    public ReadOnlySpan<byte> ContentOf(in Item item) => _heap.AsSpan(item.Content, item.Bytes);

    public int Keep(ReadOnlySpan<byte> bytes)
    {
        var at = Claim(bytes.Length);
        bytes.CopyTo(_heap.AsSpan(at));
        return at;
    }

    private int Claim(int length)
    {
        if (_heap.Length - _heapTop < length)
        {
            var wanted = Math.Max((long)_heapTop + length, (long)_heap.Length + (_heap.Length < 1 << 20 ? _heap.Length : _heap.Length >> 1));
            if ((long)_heapTop + length > Array.MaxLength) throw new InvalidOperationException("The document's content exceeds 2 GB.");
            ResizeContent((int)Math.Min(Math.Max(wanted, 64), Array.MaxLength));
        }
        var at = _heapTop;
        _heapTop += length;
        return at;
    }

    public void ReserveContent(int more)
    {
        if (_heap.Length - _heapTop < more) ResizeContent(Math.Max(_heapTop + more, _heap.Length + (_heap.Length >> 2)));
    }

    private void ResizeContent(int capacity)
    {
        var old = _heap;
        _heap = GC.AllocateUninitializedArray<byte>(capacity);
        old.AsSpan(0, _heapTop).CopyTo(_heap);
    }

    private static bool Joins(int kind) => kind is Content.Deleted or Content.Json or Content.String or Content.Any;

    private static bool HasBytes(int kind) => kind is not (Content.Gc or Content.Deleted or Content.Type);

    /// <summary>Cuts an item in two; the part from <paramref name="offset"/> on is the new one.</summary>
    private int Split(int handle, long offset, Spot spot)
    {
        _crowd = default;
        var part = NewItem();
        ref var left = ref Items[handle];
        ref var right = ref Items[part];
        right = left;
        right.Clock = left.Clock + offset;
        right.Length = left.Length - offset;
        right.SetOrigin(left.Client, right.Clock - 1);
        right.Left = handle;
        left.Length = offset;
        if (left.Kind is Content.String or Content.Any or Content.Json) SplitContent(ref left, ref right, (int)offset);
        left.Right = part;
        if (right.Right != 0) Items[right.Right].Left = part;
        else Chains[right.Chain].Tail = part;
        _clients[left.Client].InsertAfter(spot, part, right.Clock);
        _now.Splits.Add((left.Client, right.Clock));
        PositionsOf(left.Chain)?.OnSplit(this, handle, part);
        return part;
    }

    private void SplitContent(ref Item left, ref Item right, int offset)
    {
        var bytes = ContentOf(left);
        var at = left.Kind switch
        {
            Content.String => Utf8Offset(bytes, offset, left.Length + right.Length),
            Content.Any => SkipValues(bytes, offset, any: true),
            _ => SkipValues(bytes, offset, any: false),
        };
        if (at < 0)
        {
            // The cut goes through a surrogate pair: both halves become U+FFFD, as in Yjs.
            at = ~at;
            var whole = bytes.ToArray();
            left.Content = Keep(whole.AsSpan(0, at));
            Keep(Replacement);
            left.Bytes = at + 3;
            right.Content = Keep(Replacement);
            Keep(whole.AsSpan(at + 4));
            right.Bytes = whole.Length - at - 1;
            _heapDead += whole.Length;
            return;
        }
        right.Content = left.Content + at;
        right.Bytes = left.Bytes - at;
        left.Bytes = at;
    }

    /// <summary>Where the UTF-16 unit at <paramref name="offset"/> begins; its complement if that is the second half of a pair.</summary>
    internal static int Utf8Offset(ReadOnlySpan<byte> utf8, int offset, long units)
    {
        if (utf8.Length == units) return offset;
        var at = 0;
        for (var left = offset; left > 0;)
        {
            var first = utf8[at];
            var size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
            left -= size == 4 ? 2 : 1;
            if (left < 0) return ~at;
            at += size;
        }
        return at;
    }

    internal static int SkipValues(ReadOnlySpan<byte> bytes, int count, bool any)
    {
        var reader = new ByteReader(bytes);
        for (; count > 0; count--)
        {
            if (any) AnyCodec.Skip(ref reader, AnyCodec.DeepestPossible);
            else reader.Buffer();
        }
        return reader.Position;
    }

    /// <summary>Gives <paramref name="first"/> the content of the neighbours that follow it in its log, up to <paramref name="last"/>.</summary>
    private void JoinContent(ClientLog log, Spot first, Spot last)
    {
        ref var target = ref Items[log[first]];
        var end = target.Content + target.Bytes;
        var total = 0;
        var contiguous = true;
        for (var spot = first; spot != last;)
        {
            log.TryNext(spot, out spot);
            ref var item = ref Items[log[spot]];
            contiguous &= item.Content == end + total;
            total += item.Bytes;
        }
        if (!contiguous) MakeRoom(ref target, ref end, total);
        for (var spot = first; !contiguous && spot != last;)
        {
            log.TryNext(spot, out spot);
            ref var item = ref Items[log[spot]];
            ContentOf(item).CopyTo(_heap.AsSpan(end));
            end += item.Bytes;
            _heapDead += item.Bytes;
        }
        target.Bytes += total;
    }

    private void MakeRoom(ref Item target, ref int end, int more)
    {
        if (_room is not null && _room.Remove(end, out var limit))
        {
            if (limit - end >= more)
            {
                if (limit - end > more) _room[end + more] = limit;
                return;
            }
            _heapDead += limit - end;
        }
        if (end == _heapTop)
        {
            Claim(more);
            return;
        }
        // A second writer interleaves: move the run and double its room, so that joining stays linear in all.
        var size = target.Bytes + more;
        var at = Claim(size * 2);
        ContentOf(target).CopyTo(_heap.AsSpan(at));
        _heapDead += target.Bytes;
        target.Content = at;
        end = at + target.Bytes;
        (_room ??= [])[end + more] = at + size * 2;
    }

    private void DropContent(ref Item item)
    {
        if (HasBytes(item.Kind)) _heapDead += item.Bytes;
        (item.Content, item.Bytes) = (0, 0);
    }

    /// <summary>Rewrites the heap without its dead bytes once they outweigh the live ones, and the walk over all items.</summary>
    private void CompactContent()
    {
        if (_heapDead < 4096 || _heapDead * 2 < _heapTop || _heapDead < (long)_itemTop * 24) return;
        var live = _heapTop - (int)Math.Min(_heapDead, _heapTop);
        // The heap stays where it is unless that would waste more than it holds: what is dropped again and again then costs no memory.
        var copy = ArrayPool<byte>.Shared.Rent(_heapTop);
        _heap.AsSpan(0, _heapTop).CopyTo(copy);
        if (_heap.Length > 4 * (live + 1024)) _heap = GC.AllocateUninitializedArray<byte>(live + 1024);
        _heapTop = 0;
        for (var i = 1; i < _itemTop; i++)
        {
            ref var item = ref Items[i];
            if (item.Length > 0 && HasBytes(item.Kind)) item.Content = Keep(copy.AsSpan(item.Content, item.Bytes));
        }
        ArrayPool<byte>.Shared.Return(copy);
        _heapDead = 0;
        _room = null;
    }

    public string TextOf(in Item item) => Encoding.UTF8.GetString(ContentOf(item));
}
