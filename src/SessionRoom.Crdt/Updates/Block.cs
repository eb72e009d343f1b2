namespace SessionRoom.Crdt;

/// <summary>The content kinds, numbered as on the wire.</summary>
internal static class Content
{
    public const int Gc = 0, Deleted = 1, Json = 2, Binary = 3, String = 4, Embed = 5, Format = 6, Type = 7, Any = 8, Document = 9, Skip = 10;

    /// <summary>The bits of a struct's first byte beside the content kind.</summary>
    public const byte HasKey = 0x20, HasRight = 0x40, HasOrigin = 0x80, KindMask = 0x1F;
}

/// <summary>One struct of an update as decoded: identity, references, and where its content lies in the update's bytes.</summary>
/// <remarks>Yjs 13.6, src/structs. A parent is transmitted only when there is no origin on either side, so it shares the origin's fields.</remarks>
internal struct Block
{
    public const byte NoParent = 0, RootParent = 1, ItemParent = 2;

    public long Clock;
    public long Length;

    /// <summary>The origin, or the item that holds the parent type.</summary>
    public ulong OriginClient;
    public long OriginClock;
    public ulong RightClient;
    public long RightClock;

    /// <summary>The struct's own bytes.</summary>
    public int At, Bytes;

    /// <summary>Text: its UTF-8. Any, JSON: the elements without their count. Type: the name of an element or hook. Others: the payload.</summary>
    public int ContentAt, ContentBytes;

    public byte Info;
    public byte Parent;
    public byte TypeKind;

    /// <summary>A root's name and the key, where the parent is transmitted: there is no right origin then, and they lie in its fields.</summary>
    public readonly int NameAt => (int)RightClient;
    public readonly int NameBytes => (int)(RightClient >> 32);
    public readonly int KeyAt => (int)RightClock;
    public readonly int KeyBytes => (int)(RightClock >> 32);

    public void SetName(int at, int bytes) => RightClient = (uint)at | (ulong)bytes << 32;
    public void SetKey(int at, int bytes) => RightClock = (uint)at | (long)bytes << 32;

    public readonly int Kind => Info & Content.KindMask;
    public readonly bool HasOrigin => (Info & Content.HasOrigin) != 0;
    public readonly bool HasRight => (Info & Content.HasRight) != 0;
    public readonly bool HasKey => (Info & Content.HasKey) != 0;
    public readonly bool IsItem => Kind is not (Content.Gc or Content.Skip);
    public readonly long End => Clock + Length;
}

/// <summary>The structs of one client in an update, and how far integration has come.</summary>
internal struct BlockGroup
{
    public ulong Client;
    /// <summary>Which of several updates it came in.</summary>
    public int Source;
    public int First, Count;
    public int Next;
    /// <summary>Groups that wait for this one, as a linked list; 1-based.</summary>
    public int FirstWaiter, NextWaiter;
    /// <summary>The clock that this one waits for.</summary>
    public long NeededClock;

    public readonly bool Exhausted => Next == Count;
}

/// <summary>A range of deleted clocks.</summary>
internal record struct DeletedRange(ulong Client, long Clock, long Length)
{
    public readonly long End => Clock + Length;
}
