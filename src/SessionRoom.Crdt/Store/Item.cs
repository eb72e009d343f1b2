using System.Runtime.CompilerServices;

namespace SessionRoom.Crdt;

/// <summary>One struct of the document: 64 bytes, a cache line, no object. Handles (indexes into the item array) link them; 0 is none.</summary>
/// <remarks>Yjs 13.6, src/structs/Item.js and GC.js. A GC struct is an item of kind 0 without links.</remarks>
internal struct Item
{
    private const int KindShift = 53;
    private const ulong LengthMask = (1UL << KindShift) - 1, KindMask = 15UL << KindShift, DeletedBit = 1UL << 57;

    public long Clock;
    private ulong _lengthAndKind;
    public long OriginClock, RightClock;

    /// <summary>Indexes into the client table; 0 for an origin that is not there.</summary>
    public int Client, OriginClient, RightClient;

    /// <summary>Neighbours in document order.</summary>
    public int Left, Right;

    /// <summary>The list or map key it belongs to.</summary>
    public int Chain;

    /// <summary>Where the content's bytes begin in the heap; for a type, its index.</summary>
    public int Content;
    public int Bytes;

    public long Length
    {
        readonly get => (long)(_lengthAndKind & LengthMask);
        set => _lengthAndKind = _lengthAndKind & ~LengthMask | (ulong)value;
    }

    public int Kind
    {
        readonly get => (int)(_lengthAndKind >> KindShift) & 15;
        set => _lengthAndKind = _lengthAndKind & ~KindMask | (ulong)value << KindShift;
    }

    public readonly bool Deleted => (_lengthAndKind & DeletedBit) != 0;
    public void MarkDeleted() => _lengthAndKind |= DeletedBit;
    public void Undelete() => _lengthAndKind &= ~DeletedBit;

    public readonly bool IsGc => Kind == SessionRoom.Crdt.Content.Gc;
    public readonly bool Countable => Kind is not (SessionRoom.Crdt.Content.Deleted or SessionRoom.Crdt.Content.Format);
    public readonly long End => Clock + Length;

    /// <summary>How many units of the list it shows.</summary>
    public readonly int Visible
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Deleted || !Countable ? 0 : (int)Length;
    }

    public readonly bool HasOrigin => OriginClient != 0;
    public readonly bool HasRightOrigin => RightClient != 0;
}

/// <summary>A run of items in document order: the list of a type, or the values of one map key, of which the last counts.</summary>
internal struct Chain
{
    public const int List = -1;

    public int Type;
    /// <summary>The key's id, or <see cref="List"/>.</summary>
    public int Key;
    public int Head, Tail;
    /// <summary>The type's next key.</summary>
    public int Next;

    public readonly bool IsList => Key < 0;
}

/// <summary>A shared type: where its list and keys are.</summary>
internal struct TypeSlot
{
    /// <summary>The item that holds it; 0 for a root; −1 when the holder's content has been collected.</summary>
    public int Holder;
    public const int Collected = -1;
    /// <summary>A root's name, or an element's or hook's name, as a key id; −1 for none.</summary>
    public int Name;
    public YTypeKind Kind;
    public bool HasFormats;
    public int ListChain, FirstKey, LastKey;
    /// <summary>Visible units of the list.</summary>
    public long Length;
    public PositionIndex? Positions;
}
