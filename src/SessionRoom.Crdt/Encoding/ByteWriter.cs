using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace SessionRoom.Crdt;

/// <summary>Writes lib0 primitives into a buffer that is kept and reused.</summary>
/// <remarks>lib0 0.2.120, encoding.js.</remarks>
internal sealed class ByteWriter(int capacity = 64)
{
    private byte[] _buffer = new byte[capacity];

    public int Length { get; private set; }
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public void Clear()
    {
        // One huge update must not pin its buffer for ever.
        if (_buffer.Length > 1 << 20) _buffer = new byte[256];
        Length = 0;
    }

    public void Truncate(int length) => Length = length;
    public byte[] ToArray() => Written.ToArray();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Byte(byte value)
    {
        if (Length == _buffer.Length) Grow(1);
        _buffer[Length++] = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void VarUInt(ulong value)
    {
        if (_buffer.Length - Length < 10) Grow(10);
        var buffer = _buffer;
        var at = Length;
        for (; value > 0x7F; value >>= 7) buffer[at++] = (byte)(value | 0x80);
        buffer[at++] = (byte)value;
        Length = at;
    }

    public void VarUInt(long value) => VarUInt((ulong)value);
    public void VarUInt(int value) => VarUInt((ulong)value);

    public void VarInt(ulong magnitude, bool negative)
    {
        var more = magnitude > 0x3F;
        Byte((byte)((more ? 0x80u : 0) | (negative ? 0x40u : 0) | (magnitude & 0x3F)));
        if (more) VarUInt(magnitude >> 6);
    }

    public void VarInt(long value) => VarInt((ulong)Math.Abs(value), value < 0);

    public void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    public void Buffer(ReadOnlySpan<byte> bytes)
    {
        VarUInt(bytes.Length);
        Raw(bytes);
    }

    /// <summary>UTF-8 with lone surrogates replaced, as TextEncoder does.</summary>
    public void String(ReadOnlySpan<char> text)
    {
        var length = System.Text.Encoding.UTF8.GetByteCount(text);
        VarUInt(length);
        System.Text.Encoding.UTF8.GetBytes(text, Take(length));
    }

    public void Single(float value) => BinaryPrimitives.WriteSingleBigEndian(Take(4), value);
    public void Double(double value) => BinaryPrimitives.WriteDoubleBigEndian(Take(8), value);
    public void Int64(long value) => BinaryPrimitives.WriteInt64BigEndian(Take(8), value);

    /// <summary>Free space, of which <see cref="Advance"/> keeps what was written.</summary>
    public Span<byte> Space(int least)
    {
        if (_buffer.Length - Length < least) Grow(least);
        return _buffer.AsSpan(Length);
    }

    public void Advance(int written) => Length += written;

    /// <summary>Writes a varUint into a span that has room for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int VarUInt(Span<byte> space, int at, ulong value)
    {
        for (; value > 0x7F; value >>= 7) space[at++] = (byte)(value | 0x80);
        space[at++] = (byte)value;
        return at;
    }

    public Span<byte> Take(int length)
    {
        if (_buffer.Length - Length < length) Grow(length);
        var span = _buffer.AsSpan(Length, length);
        Length += length;
        return span;
    }

    private void Grow(int least) => Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + least + 16));
}
