using System.Runtime.CompilerServices;

namespace SessionRoom.Crdt;

/// <summary>One struct of the document: 48 bytes, no object. Handles (indexes into the item array) link them; 0 is none.</summary>
/// <remarks>
/// Yjs 13.6, src/structs/Item.js and GC.js. A GC struct is an item of kind 0 without links. An id is a clock of 37 bits below a client of 20.
/// <code>
///   _id      deleted 1 • kind 4 • unused 2 • client 20 • clock 37
///   _origin                     unused 7 • client 20 • clock 37
///   _right      upper bits of the length 7 • client 20 • clock 37
/// </code>
/// </remarks>
internal struct Item
{
    /// <summary>The end of the clocks that a document can hold: a client that writes 100 units a second reaches it after 43 years.</summary>
    public const long MaxClock = 1L << ClockBits;

    /// <summary>The end of the client table.</summary>
    public const int MaxClients = 1 << ClientBits;

    private const int ClockBits = 37, ClientBits = 20, IdBits = ClockBits + ClientBits, KindShift = 59;
    private const ulong ClockMask = (1UL << ClockBits) - 1, ClientMask = ((1UL << ClientBits) - 1) << ClockBits, IdMask = ClockMask | ClientMask;
    private const ulong KindMask = 15UL << KindShift, DeletedBit = 1UL << 63;

    // What is read of an item that is found somewhere comes first: three in four times it lies in one cache line, of the whole one in two.
    private ulong _id, _right;
    private uint _length;

    /// <summary>Neighbours in document order.</summary>
    public int Right, Left;

    /// <summary>The list or map key it belongs to.</summary>
    public int Chain;

    private ulong _origin;

    /// <summary>Where the content's bytes begin in the heap; for a type, its index.</summary>
    public int Content;
    public int Bytes;

    public long Clock
    {
        readonly get => (long)(_id & ClockMask);
        set => _id = _id & ~ClockMask | (ulong)value;
    }

    /// <summary>Clients are indexes into the client table; 0 for an origin that is not there.</summary>
    public int Client
    {
        readonly get => (int)((_id & ClientMask) >> ClockBits);
        set => _id = _id & ~ClientMask | (ulong)value << ClockBits;
    }

    public readonly long OriginClock => (long)(_origin & ClockMask);
    public readonly int OriginClient => (int)(_origin >> ClockBits);
    public readonly long RightClock => (long)(_right & ClockMask);
    public readonly int RightClient => (int)((_right & ClientMask) >> ClockBits);

    /// <summary>Sets what every struct has, of an item that is blank.</summary>
    public void Identify(int client, long clock, long length, int kind)
    {
        _id = (ulong)kind << KindShift | (ulong)client << ClockBits | (ulong)clock;
        Length = length;
    }

    public void SetOrigin(int client, long clock) => _origin = (ulong)client << ClockBits | (ulong)clock;
    public void SetRightOrigin(int client, long clock) => _right = _right & ~IdMask | (ulong)client << ClockBits | (ulong)clock;

    public readonly bool HasSameOrigin(in Item other) => _origin == other._origin;
    public readonly bool HasSameRightOrigin(in Item other) => ((_right ^ other._right) & IdMask) == 0;

    /// <summary>Whether the last unit of <paramref name="other"/> is its origin.</summary>
    public readonly bool Follows(in Item other) => _origin == (other._id & IdMask) + (ulong)other.Length - 1;

    /// <summary>Whether the first unit of <paramref name="other"/> is its right origin; the default item stands for none.</summary>
    public readonly bool IsBefore(in Item other) => ((_right ^ other._id) & IdMask) == 0;

    public long Length
    {
        readonly get => (long)(_right >> IdBits << 32 | _length);
        set => (_length, _right) = ((uint)value, _right & IdMask | (ulong)value >> 32 << IdBits);
    }

    public int Kind
    {
        readonly get => (int)(_id >> KindShift) & 15;
        set => _id = _id & ~KindMask | (ulong)value << KindShift;
    }

    public readonly bool Deleted => (long)_id < 0;
    public void MarkDeleted() => _id |= DeletedBit;
    public void Undelete() => _id &= ~DeletedBit;

    public readonly bool IsGc => Kind == SessionRoom.Crdt.Content.Gc;
    public readonly bool Countable => Kind is not (SessionRoom.Crdt.Content.Deleted or SessionRoom.Crdt.Content.Format);
    public readonly long End => Clock + Length;

    /// <summary>How many units of the list it shows.</summary>
    public readonly int Visible
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Deleted || !Countable ? 0 : (int)Length;
    }

    public readonly bool IsLiveFormat => Kind == SessionRoom.Crdt.Content.Format && !Deleted;

    public readonly bool HasOrigin => _origin != 0;
    public readonly bool HasRightOrigin => (_right & ClientMask) != 0;
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
    /// <summary>Whether its keys are many, and looked up by hash.</summary>
    public bool HasManyKeys;
    public int ListChain, FirstKey, LastKey;
    /// <summary>Visible units of the list.</summary>
    public int Length;
}
