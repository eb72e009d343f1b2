using System.Buffers.Binary;
using System.Text;

namespace SessionRoom.Crdt.Tests.Differential;

/// <summary>Writes lib0 primitives. The tests' own, so that the engine's codec is never checked against itself.</summary>
internal sealed class ScriptWriter
{
    private byte[] _bytes = new byte[256];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public ScriptWriter Byte(int value)
    {
        Reserve(1)[0] = (byte)value;
        Length++;
        return this;
    }

    public ScriptWriter Uint(ulong value)
    {
        var span = Reserve(10);
        var i = 0;
        for (; value > 0x7F; value >>= 7)
        {
            span[i++] = (byte)(value | 0x80);
        }

        span[i++] = (byte)value;
        Length += i;
        return this;
    }

    public ScriptWriter Uint(int value) => Uint((ulong)value);

    public ScriptWriter String(string value)
    {
        var size = Encoding.UTF8.GetByteCount(value);
        Uint(size);
        Encoding.UTF8.GetBytes(value, Reserve(size));
        Length += size;
        return this;
    }

    public ScriptWriter Bytes(ReadOnlySpan<byte> value)
    {
        Uint(value.Length);
        return Raw(value);
    }

    public ScriptWriter Raw(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Reserve(value.Length));
        Length += value.Length;
        return this;
    }

    /// <summary>lib0 tag 125: sign and magnitude, six bits first.</summary>
    public ScriptWriter AnyInteger(int value)
    {
        var rest = (ulong)Math.Abs((long)value);
        Byte(125);
        Byte((rest > 0x3F ? 0x80 : 0) | (value < 0 ? 0x40 : 0) | (int)(rest & 0x3F));
        for (rest >>= 6; rest > 0; rest >>= 7)
        {
            Byte((rest > 0x7F ? 0x80 : 0) | (int)(rest & 0x7F));
        }

        return this;
    }

    public ScriptWriter AnyDouble(double value)
    {
        Byte(123);
        // JavaScript may keep the bits of a NaN it was given: it is given the one that it makes itself.
        BinaryPrimitives.WriteInt64BigEndian(Reserve(8), double.IsNaN(value) ? 0x7FF8L << 48 : BitConverter.DoubleToInt64Bits(value));
        Length += 8;
        return this;
    }

    public ScriptWriter AnyBigInt(long value)
    {
        Byte(122);
        BinaryPrimitives.WriteInt64BigEndian(Reserve(8), value);
        Length += 8;
        return this;
    }

    private Span<byte> Reserve(int size)
    {
        if (_bytes.Length - Length < size)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + size));
        }

        return _bytes.AsSpan(Length);
    }
}
