namespace SessionRoom.Crdt;

/// <summary>A value in a shared type: plain data, a nested shared type, or a subdocument. Immutable.</summary>
/// <remarks>
/// On the wire plain data is lib0's <c>any</c>. Numbers follow its writer: integral with a magnitude up to 2^31−1 as a
/// variable-length integer (−0 included), else as float32 where that is exact, else as float64.
/// </remarks>
public readonly struct YValue : IEquatable<YValue>
{
    private readonly object? _reference;
    private readonly long _bits;

    private YValue(YValueKind kind, long bits, object? reference) => (Kind, _bits, _reference) = (kind, bits, reference);

    /// <summary><c>undefined</c>; the default value.</summary>
    public static readonly YValue Undefined;

    /// <summary><c>null</c>.</summary>
    public static readonly YValue Null = new(YValueKind.Null, 0, null);

    /// <summary>What this value holds.</summary>
    public YValueKind Kind { get; }

    /// <summary>True for <see cref="YValueKind.Undefined"/> and <see cref="YValueKind.Null"/>.</summary>
    public bool IsNullOrUndefined => Kind <= YValueKind.Null;

    /// <summary>The boolean.</summary>
    /// <exception cref="InvalidOperationException">The kind is another.</exception>
    public bool AsBoolean => Expect(YValueKind.Boolean)._bits != 0;

    /// <summary>The number.</summary>
    /// <exception cref="InvalidOperationException">The kind is another.</exception>
    public double AsNumber => BitConverter.Int64BitsToDouble(Expect(YValueKind.Number)._bits);

    /// <summary>The 64-bit integer.</summary>
    /// <exception cref="InvalidOperationException">The kind is another.</exception>
    public long AsBigInt => Expect(YValueKind.BigInt)._bits;

    /// <summary>The text.</summary>
    /// <exception cref="InvalidOperationException">The kind is another.</exception>
    public string AsString => (string)Expect(YValueKind.String)._reference!;

    /// <summary>The bytes.</summary>
    /// <exception cref="InvalidOperationException">The kind is another.</exception>
    public ReadOnlyMemory<byte> AsBytes => (byte[])Expect(YValueKind.Bytes)._reference!;

    /// <summary>The object's members in insertion order.</summary>
    /// <exception cref="InvalidOperationException">The kind is another.</exception>
    public IReadOnlyDictionary<string, YValue> AsObject => (IReadOnlyDictionary<string, YValue>)Expect(YValueKind.Object)._reference!;

    /// <summary>The array's elements.</summary>
    /// <exception cref="InvalidOperationException">The kind is another.</exception>
    public IReadOnlyList<YValue> AsArray => (IReadOnlyList<YValue>)Expect(YValueKind.Array)._reference!;

    /// <summary>The shared type.</summary>
    /// <exception cref="InvalidOperationException">The kind is another.</exception>
    public YType AsType => (YType)Expect(YValueKind.Type)._reference!;

    /// <summary>The subdocument.</summary>
    /// <exception cref="InvalidOperationException">The kind is another.</exception>
    public YSubdocument AsDocument => (YSubdocument)Expect(YValueKind.Document)._reference!;

    /// <summary>A boolean.</summary>
    public static YValue From(bool value) => new(YValueKind.Boolean, value ? 1 : 0, null);

    /// <summary>A number.</summary>
    public static YValue From(double value) => new(YValueKind.Number, BitConverter.DoubleToInt64Bits(value), null);

    /// <summary>A 64-bit integer; JavaScript reads it as a BigInt, not as a number.</summary>
    public static YValue FromBigInt(long value) => new(YValueKind.BigInt, value, null);

    /// <summary>Text; <c>null</c> becomes <see cref="Null"/>.</summary>
    public static YValue From(string? value) => value is null ? Null : new(YValueKind.String, 0, value);

    /// <summary>Bytes. The array is kept, not copied: do not change it afterwards.</summary>
    public static YValue From(byte[] value) { ArgumentNullException.ThrowIfNull(value); return new(YValueKind.Bytes, 0, value); }

    /// <summary>An object. The dictionary is kept; its enumeration order is the key order on the wire.</summary>
    public static YValue From(IReadOnlyDictionary<string, YValue> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        return new(YValueKind.Object, 0, members);
    }

    /// <summary>An array. The list is kept, not copied.</summary>
    public static YValue From(IReadOnlyList<YValue> elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        return new(YValueKind.Array, 0, elements);
    }

    /// <summary>A shared type that is already in a document. For reading; such a value cannot be inserted again.</summary>
    public static YValue From(YType type) { ArgumentNullException.ThrowIfNull(type); return new(YValueKind.Type, 0, type); }

    /// <summary>A subdocument.</summary>
    public static YValue From(YSubdocument document) { ArgumentNullException.ThrowIfNull(document); return new(YValueKind.Document, 0, document); }

    /// <summary>A boolean.</summary>
    public static implicit operator YValue(bool value) => From(value);
    /// <summary>A number.</summary>
    public static implicit operator YValue(double value) => From(value);
    /// <summary>A number.</summary>
    public static implicit operator YValue(int value) => From((double)value);
    /// <summary>Text, or <see cref="Null"/>.</summary>
    public static implicit operator YValue(string? value) => From(value);
    /// <summary>Bytes.</summary>
    public static implicit operator YValue(byte[] value) => From(value);

    /// <summary>The value as JSON text, as JavaScript's <c>JSON.stringify</c> writes it: NaN and infinities are <c>null</c>,
    /// undefined members are left out, undefined elements are <c>null</c>, bytes are an object of their indices, a bigint is
    /// its decimal digits, a shared type is its <see cref="YType.ToJson"/>, a subdocument is <c>{}</c>.</summary>
    public string ToJsonString() => JsonText.Write(this);

    /// <summary>Reads JSON text; members keep their order, and of a repeated key the last value counts.</summary>
    /// <exception cref="FormatException">The text is not JSON, or nests deeper than 512 levels.</exception>
    public static YValue ParseJson(string json) => JsonText.Parse(json);

    /// <summary>Deep equality: same kind and equal content; objects compare by key, whatever the order. NaN equals NaN.</summary>
    public bool Equals(YValue other)
    {
        if (Kind != other.Kind) return false;
        switch (Kind)
        {
            case YValueKind.Number: return AsNumber.Equals(other.AsNumber);
            case YValueKind.String: return string.Equals(AsString, other.AsString, StringComparison.Ordinal);
            case YValueKind.Bytes: return AsBytes.Span.SequenceEqual(other.AsBytes.Span);
            case YValueKind.Array: return AsArray.SequenceEqual(other.AsArray);
            case YValueKind.Object:
                if (AsObject.Count != other.AsObject.Count) return false;
                foreach (var (key, value) in AsObject)
                {
                    if (!other.AsObject.TryGetValue(key, out var theirs) || !value.Equals(theirs)) return false;
                }
                return true;
            default: return _bits == other._bits && Equals(_reference, other._reference);
        }
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is YValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Kind switch
    {
        YValueKind.Number => HashCode.Combine(Kind, AsNumber),
        YValueKind.Bytes => HashCode.Combine(Kind, AsBytes.Length),
        YValueKind.Array => HashCode.Combine(Kind, AsArray.Count),
        YValueKind.Object => HashCode.Combine(Kind, AsObject.Count),
        _ => HashCode.Combine(Kind, _bits, _reference),
    };

    /// <summary>Equality, as <see cref="Equals(YValue)"/>.</summary>
    public static bool operator ==(YValue left, YValue right) => left.Equals(right);
    /// <summary>Inequality.</summary>
    public static bool operator !=(YValue left, YValue right) => !left.Equals(right);

    /// <summary>The JSON text.</summary>
    public override string ToString() => ToJsonString();

    private YValue Expect(YValueKind kind) =>
        Kind == kind ? this : throw new InvalidOperationException($"The value holds {Kind}, not {kind}.");
}
