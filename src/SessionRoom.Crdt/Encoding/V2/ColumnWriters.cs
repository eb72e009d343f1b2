using System.Text;

namespace SessionRoom.Crdt;

/// <summary>See <see cref="RleByteReader"/>.</summary>
internal sealed class RleByteWriter
{
    private readonly ByteWriter _column = new();
    private int _value = -1;
    private int _count;

    public void Write(byte value)
    {
        if (_value == value)
        {
            _count++;
            return;
        }
        if (_count > 0) _column.VarUInt(_count - 1);
        (_value, _count) = (value, 1);
        _column.Byte(value);
    }

    public ReadOnlySpan<byte> End() => _column.Written;
}

/// <summary>See <see cref="UintOptRleReader"/>.</summary>
internal sealed class UintOptRleWriter
{
    private readonly ByteWriter _column = new();
    private ulong _value;
    private int _count;

    public void Write(ulong value)
    {
        if (_value == value)
        {
            _count++;
            return;
        }
        Flush();
        (_value, _count) = (value, 1);
    }

    public ReadOnlySpan<byte> End()
    {
        Flush();
        return _column.Written;
    }

    private void Flush()
    {
        if (_count == 0) return;
        _column.VarInt(_value, negative: _count > 1);
        if (_count > 1) _column.VarUInt(_count - 2);
        _count = 0;
    }
}

/// <summary>See <see cref="IntDiffOptRleReader"/>.</summary>
internal sealed class IntDiffOptRleWriter
{
    private readonly ByteWriter _column = new();
    private long _value, _difference;
    private int _count;

    public void Write(ulong number)
    {
        var value = (long)number;
        if (value - _value == _difference)
        {
            _value = value;
            _count++;
            return;
        }
        Flush();
        (_count, _difference, _value) = (1, value - _value, value);
    }

    public ReadOnlySpan<byte> End()
    {
        Flush();
        return _column.Written;
    }

    private void Flush()
    {
        if (_count == 0) return;
        _column.VarInt(_difference * 2 + (_count == 1 ? 0 : 1));
        if (_count > 1) _column.VarUInt(_count - 2);
        _count = 0;
    }
}

/// <summary>See <see cref="StringColumnReader"/>.</summary>
internal sealed class StringColumnWriter
{
    private readonly StringBuilder _all = new();
    private readonly UintOptRleWriter _lengths = new();

    public void Write(string text)
    {
        _all.Append(text);
        _lengths.Write((ulong)text.Length);
    }

    public void WriteTo(ByteWriter column)
    {
        column.String(_all.ToString());
        column.Raw(_lengths.End());
    }
}
