namespace SessionRoom.Crdt;

/// <summary>lib0's <c>any</c>: a tag byte and a payload.</summary>
/// <remarks>lib0 0.2.120, encoding.js, writeAny. Depth is bounded, so recursion is.</remarks>
internal static class AnyCodec
{
    public const int DeepestPossible = 512;

    private const byte BytesTag = 116, ArrayTag = 117, ObjectTag = 118, StringTag = 119, TrueTag = 120, FalseTag = 121, BigIntTag = 122,
        DoubleTag = 123, SingleTag = 124, IntegerTag = 125, NullTag = 126, UndefinedTag = 127;

    /// <summary>Moves past one value, checking it.</summary>
    public static void Skip(ref ByteReader reader, int depth)
    {
        if (depth < 0)
        {
            reader.Fail(UpdateProblemReason.TooDeep);
            return;
        }
        switch (reader.Byte())
        {
            case UndefinedTag or NullTag or TrueTag or FalseTag: break;
            case IntegerTag: reader.VarInt(out _); break;
            case SingleTag: reader.Raw(4); break;
            case DoubleTag or BigIntTag: reader.Raw(8); break;
            case StringTag: reader.Text(); break;
            case BytesTag: reader.Buffer(); break;
            case ObjectTag:
                for (var left = reader.Count(least: 2); left > 0 && !reader.Failed; left--)
                {
                    reader.Text();
                    Skip(ref reader, depth - 1);
                }
                break;
            case ArrayTag:
                for (var left = reader.Count(least: 1); left > 0 && !reader.Failed; left--) Skip(ref reader, depth - 1);
                break;
            default: reader.Fail(UpdateProblemReason.UnknownTag); break;
        }
    }

    /// <summary>What a value that begins with this tag is.</summary>
    public static YValueKind KindOf(byte tag) => tag switch
    {
        NullTag => YValueKind.Null,
        TrueTag or FalseTag => YValueKind.Boolean,
        IntegerTag or SingleTag or DoubleTag => YValueKind.Number,
        BigIntTag => YValueKind.BigInt,
        StringTag => YValueKind.String,
        BytesTag => YValueKind.Bytes,
        ObjectTag => YValueKind.Object,
        ArrayTag => YValueKind.Array,
        _ => YValueKind.Undefined,
    };

    public static YValue Read(ref ByteReader reader, int depth = DeepestPossible)
    {
        if (depth < 0) reader.Fail(UpdateProblemReason.TooDeep);
        switch (reader.Byte())
        {
            case NullTag: return YValue.Null;
            case TrueTag: return true;
            case FalseTag: return false;
            case IntegerTag:
                var magnitude = (double)reader.VarInt(out var negative);
                return negative ? -magnitude : magnitude;
            case SingleTag: return (double)reader.Single();
            case DoubleTag: return reader.Double();
            case BigIntTag: return YValue.FromBigInt(reader.Int64());
            case StringTag: return reader.String();
            case BytesTag: return reader.Buffer().ToArray();
            case ObjectTag:
                var members = new Dictionary<string, YValue>(StringComparer.Ordinal);
                for (var left = reader.Count(least: 2); left > 0 && !reader.Failed; left--)
                {
                    var key = reader.String();
                    members[key] = Read(ref reader, depth - 1);
                }
                return YValue.From(members);
            case ArrayTag:
                var elements = new List<YValue>();
                for (var left = reader.Count(least: 1); left > 0 && !reader.Failed; left--) elements.Add(Read(ref reader, depth - 1));
                return YValue.From(elements);
            case UndefinedTag: return YValue.Undefined;
            default:
                reader.Fail(UpdateProblemReason.UnknownTag);
                return YValue.Undefined;
        }
    }

    /// <exception cref="ArgumentException">The value holds a shared type or subdocument, or nests too deep.</exception>
    public static void Write(ByteWriter writer, YValue value, int depth = DeepestPossible)
    {
        if (depth < 0) throw new ArgumentException("The value nests too deep.", nameof(value));
        switch (value.Kind)
        {
            case YValueKind.Undefined: writer.Byte(UndefinedTag); break;
            case YValueKind.Null: writer.Byte(NullTag); break;
            case YValueKind.Boolean: writer.Byte(value.AsBoolean ? TrueTag : FalseTag); break;
            case YValueKind.Number: WriteNumber(writer, value.AsNumber); break;
            case YValueKind.BigInt:
                writer.Byte(BigIntTag);
                writer.Int64(value.AsBigInt);
                break;
            case YValueKind.String:
                writer.Byte(StringTag);
                writer.String(value.AsString);
                break;
            case YValueKind.Bytes:
                writer.Byte(BytesTag);
                writer.Buffer(value.AsBytes.Span);
                break;
            case YValueKind.Object:
                writer.Byte(ObjectTag);
                writer.VarUInt(value.AsObject.Count);
                foreach (var (key, member) in value.AsObject)
                {
                    writer.String(key);
                    Write(writer, member, depth - 1);
                }
                break;
            case YValueKind.Array:
                writer.Byte(ArrayTag);
                writer.VarUInt(value.AsArray.Count);
                foreach (var element in value.AsArray) Write(writer, element, depth - 1);
                break;
            default: throw new ArgumentException("A shared type or subdocument cannot be part of a plain value.", nameof(value));
        }
    }

    private static void WriteNumber(ByteWriter writer, double number)
    {
        if (Math.Abs(number) <= int.MaxValue && number == Math.Truncate(number))
        {
            writer.Byte(IntegerTag);
            writer.VarInt((ulong)Math.Abs(number), double.IsNegative(number));
        }
        else if ((float)number == number)
        {
            writer.Byte(SingleTag);
            writer.Single((float)number);
        }
        else
        {
            writer.Byte(DoubleTag);
            // JavaScript writes the one canonical NaN.
            writer.Double(double.IsNaN(number) ? BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_0000) : number);
        }
    }
}
