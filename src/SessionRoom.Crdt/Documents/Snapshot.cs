namespace SessionRoom.Crdt;

/// <summary>A state of a document: what had been written and what had been deleted.</summary>
/// <remarks>Wire form: <c>deleteSet • stateVector</c>.</remarks>
public sealed class Snapshot : IEquatable<Snapshot>
{
    internal Snapshot() { }

    /// <summary>Reads the v1 form.</summary>
    /// <exception cref="FormatException">The bytes are malformed.</exception>
    public static Snapshot Decode(ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

    /// <summary>Writes the v1 form.</summary>
    public byte[] Encode() => throw new NotSupportedException();

    /// <summary>The state vector part.</summary>
    public byte[] EncodeStateVector() => throw new NotSupportedException();

    /// <summary>Same state and same deletions.</summary>
    public bool Equals(Snapshot? other) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Snapshot);

    /// <inheritdoc/>
    public override int GetHashCode() => throw new NotSupportedException();
}
