namespace SessionRoom.Crdt;

/// <summary>A place in a list or text that stays where it was meant while others edit.</summary>
/// <remarks>Yjs 13.6, RelativePosition.js: <c>0 • client • clock</c> (a unit), <c>1 • name</c> (the end of a root) or <c>2 • client • clock</c>
/// (the end of a nested type), then <c>varInt(assoc)</c>.</remarks>
public sealed record RelativePosition
{
    private const byte Unit = 0, RootEnd = 1, NestedEnd = 2;

    private readonly byte _tag;
    private readonly string? _root;
    private readonly ulong _client;
    private readonly long _clock;

    private RelativePosition(byte tag, string? root, ulong client, long clock, int assoc) =>
        (_tag, _root, _client, _clock, Assoc) = (tag, root, client, clock, assoc);

    /// <summary>≥ 0: sticks to the right; &lt; 0: to the left.</summary>
    public int Assoc { get; }

    /// <summary>The place at <paramref name="index"/>; with <paramref name="assoc"/> ≥ 0 it sticks to the unit on its right, else to the one on its left.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index lies outside the type.</exception>
    public static RelativePosition At(YType type, int index, int assoc = 0)
    {
        ArgumentNullException.ThrowIfNull(type);
        type.CheckRange(index, 0);
        // To the left of the first unit there is nothing to stick to: the end of the type stands for it, as in Yjs.
        var unit = assoc < 0 ? index - 1 : index;
        if (unit < 0 || unit == type.ListLength) return AtEnd(type, assoc);
        var store = type.Store;
        ref var item = ref store.Items[store.Locate(type.Index, unit, out var start)];
        return new RelativePosition(Unit, null, store.Log(item.Client).Id, item.Clock + unit - start, assoc);
    }

    private static RelativePosition AtEnd(YType type, int assoc)
    {
        if (type.RootName is { } name) return new RelativePosition(RootEnd, name, 0, 0, assoc);
        if (type.Slot.Holder < 0) throw new InvalidOperationException("The type has been deleted and collected.");
        ref var holder = ref type.Store.Items[type.Slot.Holder];
        return new RelativePosition(NestedEnd, null, type.Store.Log(holder.Client).Id, holder.Clock, assoc);
    }

    /// <summary>Where it is now: the type and the index; null if the document does not know the place (yet), or it was collected.</summary>
    public (YType Type, int Index)? Resolve(Doc doc)
    {
        ArgumentNullException.ThrowIfNull(doc);
        var store = doc.Store;
        if (_tag == RootEnd)
        {
            var root = store.FindRoot(_root!);
            return root == 0 ? null : EndOf(doc, root);
        }
        var handle = store.ContainingOrNone(store.FindClient(_client), _clock);
        if (handle == 0 || store.Items[handle].IsGc) return null;
        ref var item = ref store.Items[handle];
        if (_tag == NestedEnd) return item.Kind == Content.Type ? EndOf(doc, item.Content) : null;
        ref var chain = ref store.Chains[item.Chain];
        if (!chain.IsList) return null;
        if (store.IsDeletedType(chain.Type)) return (doc.Handle(chain.Type), 0);
        var index = item.Visible == 0 ? 0 : (int)(_clock - item.Clock) + (Assoc >= 0 ? 0 : 1);
        if (store.Positions(chain.Type) is { } positions)
        {
            index += positions.IndexOf(store, handle);
        }
        else
        {
            for (var left = item.Left; left != 0; left = store.Items[left].Left) index += store.Items[left].Visible;
        }
        return (doc.Handle(chain.Type), index);
    }

    private (YType, int)? EndOf(Doc doc, int type) => (doc.Handle(type), Assoc >= 0 ? (int)doc.Store.Types[type].Length : 0);

    /// <summary>The bytes.</summary>
    public byte[] Encode()
    {
        var writer = new ByteWriter(16);
        writer.Byte(_tag);
        if (_tag == RootEnd)
        {
            writer.String(_root);
        }
        else
        {
            writer.VarUInt(_client);
            writer.VarUInt(_clock);
        }
        writer.VarInt(Assoc);
        return writer.ToArray();
    }

    /// <summary>Reads the bytes; a missing assoc is 0.</summary>
    /// <exception cref="FormatException">The bytes are malformed.</exception>
    public static RelativePosition Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var tag = reader.VarUInt();
        if (tag > NestedEnd) reader.Fail(UpdateProblemReason.UnknownTag);
        var root = tag == RootEnd ? reader.String() : null;
        var (client, clock) = tag == RootEnd ? (0, 0) : (reader.VarUInt(), (long)reader.VarUInt());
        var (negative, assoc) = (false, 0UL);
        if (!reader.AtEnd) assoc = reader.VarInt(out negative);
        if (assoc > int.MaxValue) reader.Fail(UpdateProblemReason.NumberOutOfRange);
        reader.ThrowIfFailed();
        return new RelativePosition((byte)tag, root, client, clock, negative ? -(int)assoc : (int)assoc);
    }
}
