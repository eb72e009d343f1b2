using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace SessionRoom.MessagePack.Wire;

/// <summary>Writes MessagePack values, each in its shortest form, into one pooled array.</summary>
internal ref struct MessagePackWriter
{
    // Below this a copy costs less than keeping track.
    private const int LeastSpliced = 4096;

    private readonly int _maxDepth;
    private byte[] _buffer;
    private ReadOnlyMemory<byte> _spliced;
    private int _splicedAt;
    private int _position;
    private int _depth;

    public MessagePackWriter(int maxDepth, int reserved = 0)
    {
        _maxDepth = maxDepth;
        _buffer = ArrayPool<byte>.Shared.Rent(1024);
        _position = reserved;
    }

    /// <summary>Everything so far but the spliced bytes, including the reserved bytes at the front.</summary>
    public readonly Span<byte> Written => _buffer.AsSpan(0, _position);

    /// <summary>One large run of bytes is not copied here: it belongs at <see cref="SplicedAt"/> of what was written.</summary>
    public readonly ReadOnlySpan<byte> Spliced => _spliced.Span;

    public readonly int SplicedAt => _splicedAt;

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
    }

    public void WriteNil() => WriteByte(Token.Nil);

    public void WriteBoolean(bool value) => WriteByte(value ? Token.True : Token.False);

    public void WriteInt64(long value)
    {
        if (value >= 0)
        {
            WriteUInt64((ulong)value);
            return;
        }

        var span = Reserve(9);
        switch (value)
        {
            case >= -32:
                span[0] = (byte)value;
                _position += 1;
                break;
            case >= sbyte.MinValue:
                span[0] = Token.Int8;
                span[1] = (byte)value;
                _position += 2;
                break;
            case >= short.MinValue:
                span[0] = Token.Int16;
                BinaryPrimitives.WriteInt16BigEndian(span[1..], (short)value);
                _position += 3;
                break;
            case >= int.MinValue:
                span[0] = Token.Int32;
                BinaryPrimitives.WriteInt32BigEndian(span[1..], (int)value);
                _position += 5;
                break;
            default:
                span[0] = Token.Int64;
                BinaryPrimitives.WriteInt64BigEndian(span[1..], value);
                _position += 9;
                break;
        }
    }

    public void WriteUInt64(ulong value)
    {
        var span = Reserve(9);
        switch (value)
        {
            case < Token.FixMap:
                span[0] = (byte)value;
                _position += 1;
                break;
            case <= byte.MaxValue:
                span[0] = Token.UInt8;
                span[1] = (byte)value;
                _position += 2;
                break;
            case <= ushort.MaxValue:
                span[0] = Token.UInt16;
                BinaryPrimitives.WriteUInt16BigEndian(span[1..], (ushort)value);
                _position += 3;
                break;
            case <= uint.MaxValue:
                span[0] = Token.UInt32;
                BinaryPrimitives.WriteUInt32BigEndian(span[1..], (uint)value);
                _position += 5;
                break;
            default:
                span[0] = Token.UInt64;
                BinaryPrimitives.WriteUInt64BigEndian(span[1..], value);
                _position += 9;
                break;
        }
    }

    public void WriteSingle(float value)
    {
        var span = Reserve(5);
        span[0] = Token.Float32;
        BinaryPrimitives.WriteSingleBigEndian(span[1..], value);
        _position += 5;
    }

    public void WriteDouble(double value)
    {
        var span = Reserve(9);
        span[0] = Token.Float64;
        BinaryPrimitives.WriteDoubleBigEndian(span[1..], value);
        _position += 9;
    }

    public void WriteString(scoped ReadOnlySpan<char> value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        WriteStringHeader(length);
        _position += Encoding.UTF8.GetBytes(value, Reserve(length));
    }

    public void WriteUtf8(scoped ReadOnlySpan<byte> value)
    {
        WriteStringHeader(value.Length);
        WriteRaw(value);
    }

    /// <param name="value">Must not change until the writer's content has been copied out.</param>
    public void WriteBinary(ReadOnlyMemory<byte> value)
    {
        WriteBinaryHeader(value.Length);
        if (value.Length < LeastSpliced || !_spliced.IsEmpty)
        {
            WriteRaw(value.Span);
            return;
        }

        _spliced = value;
        _splicedAt = _position;
    }

    public void WriteArrayHeader(int count) => WriteContainerHeader(Token.FixArray, Token.Array16, Token.Array32, count);

    public void WriteMapHeader(int count) => WriteContainerHeader(Token.FixMap, Token.Map16, Token.Map32, count);

    /// <summary>Leaves one byte for the header of a container whose count is not known yet.</summary>
    public int BeginContainer()
    {
        Enter();
        WriteByte(0);
        return _position;
    }

    /// <summary>Writes the header that <see cref="BeginContainer"/> left room for. A count above 15 needs two or four
    /// bytes more than one: the content moves up by them.</summary>
    public void EndContainer(int start, int count, bool map)
    {
        Leave();
        if (count <= 15)
        {
            _buffer[start - 1] = (byte)((map ? Token.FixMap : Token.FixArray) | count);
            return;
        }

        var extra = count <= ushort.MaxValue ? 2 : 4;
        Reserve(extra);
        _buffer.AsSpan(start, _position - start).CopyTo(_buffer.AsSpan(start + extra));
        if (_splicedAt >= start) _splicedAt += extra;
        var end = _position + extra;
        _position = start - 1;
        if (map) WriteMapHeader(count);
        else WriteArrayHeader(count);
        _position = end;
    }

    /// <summary>Counts one level of nesting. Objects that contain themselves end here, as in JSON.</summary>
    public void Enter()
    {
        if (++_depth > _maxDepth) throw new JsonException($"The value is nested more than {_maxDepth} levels deep, or contains itself.");
    }

    public void Leave() => _depth--;

    public void WriteTimestamp(DateTime utc)
    {
        // Extension type -1: 32-bit seconds; 34-bit seconds below 30-bit nanoseconds; or 32-bit nanoseconds and 64-bit seconds.
        var ticks = utc.Ticks - DateTime.UnixEpoch.Ticks;
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        if (rest < 0)
        {
            rest += TimeSpan.TicksPerSecond;
            seconds--;
        }

        var nanoseconds = (uint)rest * 100;
        var span = Reserve(15);
        if (seconds is >= 0 and <= uint.MaxValue && nanoseconds == 0)
        {
            span[0] = Token.FixExt4;
            span[1] = 0xff;
            BinaryPrimitives.WriteUInt32BigEndian(span[2..], (uint)seconds);
            _position += 6;
        }
        else if (seconds is >= 0 and < 1L << 34)
        {
            span[0] = Token.FixExt8;
            span[1] = 0xff;
            BinaryPrimitives.WriteUInt64BigEndian(span[2..], ((ulong)nanoseconds << 34) | (ulong)seconds);
            _position += 10;
        }
        else
        {
            span[0] = Token.Ext8;
            span[1] = 12;
            span[2] = 0xff;
            BinaryPrimitives.WriteUInt32BigEndian(span[3..], nanoseconds);
            BinaryPrimitives.WriteInt64BigEndian(span[7..], seconds);
            _position += 15;
        }
    }

    public void WriteRaw(scoped ReadOnlySpan<byte> value)
    {
        value.CopyTo(Reserve(value.Length));
        _position += value.Length;
    }

    private void WriteByte(byte value)
    {
        if (_position >= _buffer.Length) Grow(1);
        _buffer[_position++] = value;
    }

    private void WriteBinaryHeader(int length)
    {
        var span = Reserve(5);
        if (length <= byte.MaxValue)
        {
            span[0] = Token.Bin8;
            span[1] = (byte)length;
            _position += 2;
        }
        else
        {
            WriteLength(Token.Bin16, Token.Bin32, length);
        }
    }

    private void WriteStringHeader(int length)
    {
        var span = Reserve(5);
        if (length <= 31)
        {
            span[0] = (byte)(Token.FixStr | length);
            _position += 1;
        }
        else if (length <= byte.MaxValue)
        {
            span[0] = Token.Str8;
            span[1] = (byte)length;
            _position += 2;
        }
        else
        {
            WriteLength(Token.Str16, Token.Str32, length);
        }
    }

    private void WriteContainerHeader(byte fix, byte of16, byte of32, int count)
    {
        if (count <= 15) WriteByte((byte)(fix | count));
        else WriteLength(of16, of32, count);
    }

    private void WriteLength(byte of16, byte of32, int length)
    {
        var span = Reserve(5);
        if (length <= ushort.MaxValue)
        {
            span[0] = of16;
            BinaryPrimitives.WriteUInt16BigEndian(span[1..], (ushort)length);
            _position += 3;
        }
        else
        {
            span[0] = of32;
            BinaryPrimitives.WriteUInt32BigEndian(span[1..], (uint)length);
            _position += 5;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _position < count) Grow(count);
        return _buffer.AsSpan(_position);
    }

    private void Grow(int count)
    {
        var needed = checked(_position + count);
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(needed, _buffer.Length * 2L), Array.MaxLength));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
