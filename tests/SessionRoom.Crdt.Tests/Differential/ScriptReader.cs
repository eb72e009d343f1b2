using System.Buffers.Binary;
using System.Text;

namespace SessionRoom.Crdt.Tests.Differential;

/// <summary>Reads lib0 primitives from scripts and answers.</summary>
internal sealed class ScriptReader(byte[] bytes, int start = 0, int length = -1)
{
    private readonly int _end = length < 0 ? bytes.Length : start + length;
    private int _at = start;

    public bool HasMore => _at < _end;

    public int Byte() => _at < _end ? bytes[_at++] : throw new EndOfStreamException();

    public ulong Uint()
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    public int Int() => checked((int)Uint());

    public string String()
    {
        var size = Int();
        var value = Encoding.UTF8.GetString(bytes, _at, size);
        _at += size;
        return value;
    }

    public byte[] Bytes()
    {
        var size = Int();
        var value = bytes.AsSpan(_at, size).ToArray();
        _at += size;
        return value;
    }

    public ScriptReader Slice()
    {
        var size = Int();
        var slice = new ScriptReader(bytes, _at, size);
        _at += size;
        return slice;
    }

    public double Integer()
    {
        var first = Byte();
        ulong value = (ulong)first & 0x3F;
        for (int shift = 6, next = first; (next & 0x80) != 0; shift += 7)
        {
            next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
        }

        return (first & 0x40) != 0 ? -(double)value : value;
    }

    public double Single() => BinaryPrimitives.ReadSingleBigEndian(Take(4));

    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    public long BigInt() => BinaryPrimitives.ReadInt64BigEndian(Take(8));

    private ReadOnlySpan<byte> Take(int size)
    {
        var span = bytes.AsSpan(_at, size);
        _at += size;
        return span;
    }
}
