using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace SessionRoom.Crdt;

/// <summary>Reads lib0 primitives. After the first fault every read gives 0, so a caller may check once per loop.</summary>
/// <remarks>lib0 0.2.120, decoding.js.</remarks>
internal ref struct ByteReader(ReadOnlySpan<byte> data)
{
    public const ulong MaxNumber = (1UL << 53) - 1;

    private readonly ReadOnlySpan<byte> _data = data;

    public int Position { get; private set; }
    public UpdateProblem? Problem { get; private set; }

    public readonly bool Failed => Problem is not null;
    public readonly int Remaining => _data.Length - Position;
    public readonly bool AtEnd => Position == _data.Length;
    public readonly ReadOnlySpan<byte> Data => _data;

    public void Fail(UpdateProblemReason reason)
    {
        Problem ??= new UpdateProblem(reason, Position);
        Position = _data.Length;
    }

    public byte Byte()
    {
        if ((uint)Position < (uint)_data.Length) return _data[Position++];
        Fail(UpdateProblemReason.Truncated);
        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong VarUInt()
    {
        var at = Position;
        if ((uint)at < (uint)_data.Length)
        {
            var first = _data[at];
            if (first < 0x80)
            {
                Position = at + 1;
                return first;
            }
        }
        return LongVarUInt();
    }

    /// <summary>Several groups: eight bytes at once where there are as many, as the number of groups is what no branch can predict.</summary>
    private ulong LongVarUInt()
    {
        if (_data.Length - Position < 8) return VarUIntByBytes();
        var word = BinaryPrimitives.ReadUInt64LittleEndian(_data[Position..]);
        var ends = ~word & 0x8080_8080_8080_8080;
        if (ends == 0) return VarUIntByBytes();
        var bits = BitOperations.TrailingZeroCount(ends);
        word &= ulong.MaxValue >> (63 - bits);
        word = (word & 0x007F_007F_007F_007F) | (word & 0x7F00_7F00_7F00_7F00) >> 1;
        word = (word & 0x0000_3FFF_0000_3FFF) | (word & 0x3FFF_0000_3FFF_0000) >> 2;
        word = (word & 0x0000_0000_0FFF_FFFF) | (word & 0x0FFF_FFFF_0000_0000) >> 4;
        Position += (bits + 1) >> 3;
        if (word <= MaxNumber) return word;
        Fail(UpdateProblemReason.NumberOutOfRange);
        return 0;
    }

    private ulong VarUIntByBytes()
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            if (Position >= _data.Length)
            {
                Fail(UpdateProblemReason.Truncated);
                return 0;
            }
            ulong part = _data[Position++];
            // 2^53−1 needs eight groups; more is padding with zeros, which Yjs accepts too.
            if (shift > 49 && (part & 0x7F) != 0 || shift > 70)
            {
                Fail(UpdateProblemReason.NumberOutOfRange);
                return 0;
            }
            if (shift <= 49) value |= (part & 0x7F) << shift;
            if (part < 0x80) break;
        }
        if (value <= MaxNumber) return value;
        Fail(UpdateProblemReason.NumberOutOfRange);
        return 0;
    }

    /// <summary>Sign and magnitude: −0 exists.</summary>
    public ulong VarInt(out bool negative)
    {
        ulong part = Byte();
        negative = (part & 0x40) != 0;
        var value = part & 0x3F;
        for (var shift = 6; part >= 0x80; shift += 7)
        {
            if (Position >= _data.Length)
            {
                Fail(UpdateProblemReason.Truncated);
                return 0;
            }
            part = _data[Position++];
            if (shift > 48 && (part & 0x7F) != 0 || shift > 70)
            {
                Fail(UpdateProblemReason.NumberOutOfRange);
                return 0;
            }
            if (shift <= 48) value |= (part & 0x7F) << shift;
        }
        if (value <= MaxNumber) return value;
        Fail(UpdateProblemReason.NumberOutOfRange);
        return 0;
    }

    /// <summary>A count of things that take at least <paramref name="least"/> bytes each.</summary>
    public int Count(int least)
    {
        var count = VarUInt();
        if (count <= (ulong)(Remaining / least)) return (int)count;
        Fail(UpdateProblemReason.ImpossibleCount);
        return 0;
    }

    public ReadOnlySpan<byte> Buffer()
    {
        var length = VarUInt();
        if (length > (ulong)Remaining)
        {
            Fail(UpdateProblemReason.Truncated);
            return default;
        }
        var result = _data.Slice(Position, (int)length);
        Position += (int)length;
        return result;
    }

    /// <summary>The UTF-8 bytes of a string, checked.</summary>
    public ReadOnlySpan<byte> Text()
    {
        var bytes = Buffer();
        if (!Utf8.IsValid(bytes)) Fail(UpdateProblemReason.InvalidText);
        return bytes;
    }

    /// <summary>Moves past a string, checking it.</summary>
    /// <returns>Its length in UTF-16 units.</returns>
    public int Units(out int bytes)
    {
        var text = Buffer();
        bytes = text.Length;
        if (Ascii.IsValid(text)) return bytes;
        if (Utf8.IsValid(text)) return Encoding.UTF8.GetCharCount(text);
        Fail(UpdateProblemReason.InvalidText);
        return 0;
    }

    public string String() => Encoding.UTF8.GetString(Text());

    public ReadOnlySpan<byte> Raw(int length)
    {
        if (length > Remaining)
        {
            Fail(UpdateProblemReason.Truncated);
            return default;
        }
        var result = _data.Slice(Position, length);
        Position += length;
        return result;
    }

    public float Single() => Raw(4) is { Length: 4 } raw ? BinaryPrimitives.ReadSingleBigEndian(raw) : 0;
    public double Double() => Raw(8) is { Length: 8 } raw ? BinaryPrimitives.ReadDoubleBigEndian(raw) : 0;
    public long Int64() => Raw(8) is { Length: 8 } raw ? BinaryPrimitives.ReadInt64BigEndian(raw) : 0;

    public readonly void ThrowIfFailed()
    {
        if (Problem is not null) throw new FormatException($"{Problem.Reason} at byte {Problem.Offset}.");
    }
}
