using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace SessionRoom.MessagePack.Wire;

/// <summary>Reads MessagePack values from a complete frame. Every declared length is held against the bytes that
/// remain before anything is allocated, and nesting is capped.</summary>
/// <remarks>Malformed bytes throw <see cref="MessagePackFormatException"/>; a well-formed value of another type than the
/// one asked for throws <see cref="JsonException"/>.</remarks>
internal ref struct MessagePackReader(ReadOnlySpan<byte> buffer, int maxDepth)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _buffer = buffer;
    private readonly int _maxDepth = maxDepth;
    private int _position;
    private int _depth;

    public readonly int Position => _position;

    public readonly int Depth => _depth;

    public readonly TokenKind Kind => Token.KindOf(Peek());

    /// <summary>Goes back (or on) to a place and depth noted earlier.</summary>
    public void Rewind(int position, int depth)
    {
        _position = position;
        _depth = depth;
    }

    /// <summary>Everything from a place noted earlier up to here.</summary>
    public readonly ReadOnlySpan<byte> Since(int position) => _buffer[position.._position];

    public bool TryReadNil()
    {
        if (Peek() != Token.Nil) return false;
        _position++;
        return true;
    }

    public bool ReadBoolean()
    {
        var first = Peek();
        if (first is not (Token.True or Token.False)) throw Mismatch("a boolean");
        _position++;
        return first == Token.True;
    }

    public long ReadInt64()
    {
        var first = Peek();
        if (first < Token.FixMap || first >= Token.NegativeFixInt)
        {
            _position++;
            return (sbyte)first;
        }

        switch (first)
        {
            case Token.UInt64:
                var unsigned = BinaryPrimitives.ReadUInt64BigEndian(Take(1, 8));
                return unsigned <= long.MaxValue ? (long)unsigned : throw OutOfRange();
            case Token.Float32 or Token.Float64:
                var real = ReadDouble();
                // 2^63 is the first double above the range; every integral double below it converts exactly.
                return real >= long.MinValue && real < 9223372036854775808.0 && Math.Floor(real) == real ? (long)real : throw OutOfRange();
            default:
                return ReadFixedWidth(first);
        }
    }

    public ulong ReadUInt64()
    {
        var first = Peek();
        switch (first)
        {
            case Token.UInt64:
                return BinaryPrimitives.ReadUInt64BigEndian(Take(1, 8));
            case Token.Float32 or Token.Float64:
                var real = ReadDouble();
                return real >= 0 && real < 18446744073709551616.0 && Math.Floor(real) == real ? (ulong)real : throw OutOfRange();
            default:
                var signed = ReadInt64();
                return signed >= 0 ? (ulong)signed : throw OutOfRange();
        }
    }

    public double ReadDouble()
    {
        var first = Peek();
        return first switch
        {
            Token.Float64 => BinaryPrimitives.ReadDoubleBigEndian(Take(1, 8)),
            Token.Float32 => BinaryPrimitives.ReadSingleBigEndian(Take(1, 4)),
            Token.UInt64 => BinaryPrimitives.ReadUInt64BigEndian(Take(1, 8)),
            _ => Token.KindOf(first) == TokenKind.Integer ? ReadInt64() : throw Mismatch("a number"),
        };
    }

    /// <summary>The next value is a 32-bit float, which prints shorter than the double of the same value.</summary>
    public bool TryReadSingle(out float value)
    {
        value = 0;
        if (Peek() != Token.Float32) return false;
        value = BinaryPrimitives.ReadSingleBigEndian(Take(1, 4));
        return true;
    }

    /// <summary>The next value is an integer above the range of <see cref="long"/>.</summary>
    public readonly bool IsLargeUnsigned() =>
        Peek() == Token.UInt64 && _buffer.Length - _position >= 9 && (_buffer[_position + 1] & 0x80) != 0;

    public string ReadString() => Decode(ReadUtf8());

    /// <summary>The bytes of a string, not yet checked to be UTF-8.</summary>
    public ReadOnlySpan<byte> ReadUtf8()
    {
        var first = Peek();
        if ((first & 0xe0) == Token.FixStr) return Take(1, first & 0x1f);
        return first switch
        {
            Token.Str8 => Take(2, Length8()),
            Token.Str16 => Take(3, Length16()),
            Token.Str32 => Take(5, Length32()),
            _ => throw Mismatch("a string"),
        };
    }

    public ReadOnlySpan<byte> ReadBinary() => Peek() switch
    {
        Token.Bin8 => Take(2, Length8()),
        Token.Bin16 => Take(3, Length16()),
        Token.Bin32 => Take(5, Length32()),
        _ => throw Mismatch("bytes"),
    };

    /// <summary>How many elements follow. Each takes a byte at least, so more than the bytes that remain is malformed.</summary>
    public int ReadArrayHeader()
    {
        var first = Peek();
        var count = first switch
        {
            >= Token.FixArray and < Token.FixStr => Skip(1, first & 0x0f),
            Token.Array16 => Skip(3, Length16()),
            Token.Array32 => Skip(5, Length32()),
            _ => throw Mismatch("an array"),
        };
        return count <= _buffer.Length - _position ? count : throw Truncated();
    }

    /// <summary>How many pairs follow. Each takes two bytes at least.</summary>
    public int ReadMapHeader()
    {
        var first = Peek();
        var count = first switch
        {
            >= Token.FixMap and < Token.FixArray => Skip(1, first & 0x0f),
            Token.Map16 => Skip(3, Length16()),
            Token.Map32 => Skip(5, Length32()),
            _ => throw Mismatch("a map"),
        };
        return count <= (_buffer.Length - _position) / 2 ? count : throw Truncated();
    }

    public DateTime ReadTimestamp()
    {
        var (type, data) = ReadExtension();
        if (type != -1) throw new JsonException($"Extension type {type} is not known; only timestamps (-1) are.");
        long seconds;
        uint nanoseconds;
        switch (data.Length)
        {
            case 4:
                seconds = BinaryPrimitives.ReadUInt32BigEndian(data);
                nanoseconds = 0;
                break;
            case 8:
                var packed = BinaryPrimitives.ReadUInt64BigEndian(data);
                seconds = (long)(packed & ((1UL << 34) - 1));
                nanoseconds = (uint)(packed >> 34);
                break;
            case 12:
                nanoseconds = BinaryPrimitives.ReadUInt32BigEndian(data);
                seconds = BinaryPrimitives.ReadInt64BigEndian(data[4..]);
                break;
            default:
                throw new JsonException("A timestamp has 4, 8 or 12 bytes.");
        }

        // -62135596800 is 0001-01-01 and 253402300799 is 9999-12-31T23:59:59.
        if (seconds is < -62135596800 or > 253402300799 || nanoseconds > 999_999_999) throw OutOfRange();
        return DateTime.UnixEpoch.AddTicks((seconds * TimeSpan.TicksPerSecond) + (nanoseconds / 100));
    }

    /// <summary>Steps over one value of any type, checking it to be well-formed.</summary>
    public void SkipValue()
    {
        switch (Kind)
        {
            case TokenKind.Nil or TokenKind.Boolean:
                _position++;
                break;
            case TokenKind.Integer or TokenKind.Float:
                SkipNumber(Peek());
                break;
            case TokenKind.String:
                ReadUtf8();
                break;
            case TokenKind.Binary:
                ReadBinary();
                break;
            case TokenKind.Extension:
                ReadExtension();
                break;
            case TokenKind.Array:
                SkipValues(ReadArrayHeader());
                break;
            case TokenKind.Map:
                SkipValues(2 * ReadMapHeader());
                break;
            default:
                throw new MessagePackFormatException($"Byte 0x{Peek():x2} begins no value.");
        }
    }

    public void Enter()
    {
        if (++_depth > _maxDepth) throw new MessagePackFormatException($"Values are nested more than {_maxDepth} levels deep.");
    }

    public void Leave() => _depth--;

    public static string Decode(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return StrictUtf8.GetString(utf8);
        }
        catch (DecoderFallbackException e)
        {
            throw new MessagePackFormatException("A string is not UTF-8.", e);
        }
    }

    public readonly JsonException Mismatch(string expected) =>
        new($"Expected {expected} but found {Token.KindOf(Peek())} at byte {_position}.");

    private void SkipValues(int count)
    {
        Enter();
        for (; count > 0; count--) SkipValue();
        Leave();
    }

    private void SkipNumber(byte first)
    {
        var width = first switch
        {
            Token.UInt8 or Token.Int8 => 1,
            Token.UInt16 or Token.Int16 => 2,
            Token.UInt32 or Token.Int32 or Token.Float32 => 4,
            Token.UInt64 or Token.Int64 or Token.Float64 => 8,
            _ => 0,
        };
        Take(1, width);
    }

    private long ReadFixedWidth(byte first) => first switch
    {
        Token.UInt8 => Take(1, 1)[0],
        Token.UInt16 => BinaryPrimitives.ReadUInt16BigEndian(Take(1, 2)),
        Token.UInt32 => BinaryPrimitives.ReadUInt32BigEndian(Take(1, 4)),
        Token.Int8 => (sbyte)Take(1, 1)[0],
        Token.Int16 => BinaryPrimitives.ReadInt16BigEndian(Take(1, 2)),
        Token.Int32 => BinaryPrimitives.ReadInt32BigEndian(Take(1, 4)),
        Token.Int64 => BinaryPrimitives.ReadInt64BigEndian(Take(1, 8)),
        _ => throw Mismatch("an integer"),
    };

    private ExtensionValue ReadExtension()
    {
        var first = Peek();
        var (header, length) = first switch
        {
            >= Token.FixExt1 and <= Token.FixExt16 => (1, 1 << (first - Token.FixExt1)),
            Token.Ext8 => (2, Length8()),
            Token.Ext16 => (3, Length16()),
            Token.Ext32 => (5, Length32()),
            _ => throw Mismatch("a timestamp"),
        };
        if (_buffer.Length - _position <= header) throw Truncated();
        var type = (sbyte)_buffer[_position + header];
        return new ExtensionValue(type, Take(header + 1, length));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly byte Peek() => _position < _buffer.Length ? _buffer[_position] : throw Truncated();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Take(int header, int length)
    {
        if ((uint)length > (uint)(_buffer.Length - _position) || header + length > _buffer.Length - _position) throw Truncated();
        var taken = _buffer.Slice(_position + header, length);
        _position += header + length;
        return taken;
    }

    private int Skip(int header, int count)
    {
        _position += header;
        return count;
    }

    private readonly int Length8() => _buffer.Length - _position >= 2 ? _buffer[_position + 1] : throw Truncated();

    private readonly int Length16() =>
        _buffer.Length - _position >= 3 ? BinaryPrimitives.ReadUInt16BigEndian(_buffer[(_position + 1)..]) : throw Truncated();

    private readonly int Length32()
    {
        if (_buffer.Length - _position < 5) throw Truncated();
        var length = BinaryPrimitives.ReadUInt32BigEndian(_buffer[(_position + 1)..]);
        return length <= int.MaxValue ? (int)length : throw Truncated();
    }

    private static MessagePackFormatException Truncated() => new("A value is longer than the bytes that carry it.");

    private static JsonException OutOfRange() => new("A number or time is outside the range of its type.");

    private readonly ref struct ExtensionValue(sbyte type, ReadOnlySpan<byte> data)
    {
        private readonly ReadOnlySpan<byte> _data = data;

        public void Deconstruct(out sbyte kind, out ReadOnlySpan<byte> bytes)
        {
            kind = type;
            bytes = _data;
        }
    }
}
