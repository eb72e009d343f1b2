namespace SessionRoom.Crdt;

/// <summary>What a <see cref="YValue"/> holds. The first ten are plain data and travel inside other values; a shared type or a subdocument does not.</summary>
public enum YValueKind
{
    /// <summary>JavaScript's <c>undefined</c>; also what reading an absent key gives.</summary>
    Undefined,
    /// <summary><c>null</c>.</summary>
    Null,
    /// <summary>A boolean.</summary>
    Boolean,
    /// <summary>A number: an IEEE 754 double, as in JavaScript.</summary>
    Number,
    /// <summary>A signed 64-bit integer (JavaScript's BigInt within that range).</summary>
    BigInt,
    /// <summary>UTF-16 text.</summary>
    String,
    /// <summary>Raw bytes (<c>Uint8Array</c>).</summary>
    Bytes,
    /// <summary>An object with keys in insertion order.</summary>
    Object,
    /// <summary>An array.</summary>
    Array,
    /// <summary>A shared type that lives in the document.</summary>
    Type,
    /// <summary>A subdocument, known by its guid.</summary>
    Document,
}
