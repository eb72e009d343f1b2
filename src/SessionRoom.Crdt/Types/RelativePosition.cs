namespace SessionRoom.Crdt;

/// <summary>A place in a list or text that stays where it was meant while others edit.</summary>
/// <remarks>Yjs 13.6, RelativePosition.js: <c>0 • client • clock</c> (a unit), <c>1 • name</c> (the end of a root) or <c>2 • client • clock</c>
/// (the end of a nested type), then <c>varInt(assoc)</c>.</remarks>
public sealed record RelativePosition
{
    internal RelativePosition() { }

    /// <summary>The place at <paramref name="index"/>; with <paramref name="assoc"/> ≥ 0 it sticks to the unit on its right, else to the one on its left.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index lies outside the type.</exception>
    public static RelativePosition At(YType type, int index, int assoc = 0) => throw new NotSupportedException();

    /// <summary>≥ 0: sticks to the right; &lt; 0: to the left.</summary>
    public int Assoc => throw new NotSupportedException();

    /// <summary>Where it is now: the type and the index; null if the document does not know the place (yet), or it was collected.</summary>
    public (YType Type, int Index)? Resolve(Doc doc) => throw new NotSupportedException();

    /// <summary>The bytes.</summary>
    public byte[] Encode() => throw new NotSupportedException();

    /// <summary>Reads the bytes; a missing assoc is 0.</summary>
    /// <exception cref="FormatException">The bytes are malformed.</exception>
    public static RelativePosition Decode(ReadOnlySpan<byte> bytes) => throw new NotSupportedException();
}
