namespace SessionRoom.Crdt;

/// <summary>A column of bytes as runs: <c>value (byte) • varUint(count − 1)</c>; the last run has no count and goes on for ever.</summary>
/// <remarks>lib0 0.2.120, decoding.js, RleDecoder.</remarks>
internal ref struct RleByteReader(ReadOnlySpan<byte> column)
{
    private ByteReader _column = new(column);
    private byte _value;
    private ulong _left;
    private bool _forever;

    public readonly bool Failed => _column.Failed;

    public byte Read()
    {
        if (_left == 0 && !_forever)
        {
            _value = _column.Byte();
            _forever = _column.AtEnd;
            _left = _forever ? 0 : _column.VarUInt() + 1;
        }
        if (!_forever) _left--;
        return _value;
    }
}

/// <summary>A column of unsigned numbers: <c>varInt(value)</c> once, or <c>varInt(−value) • varUint(count − 2)</c> for a run; −0 is a run of zeros.</summary>
/// <remarks>lib0 0.2.120, decoding.js, UintOptRleDecoder.</remarks>
internal ref struct UintOptRleReader(ReadOnlySpan<byte> column)
{
    private ByteReader _column = new(column);
    private ulong _value;
    private ulong _left;

    public readonly bool Failed => _column.Failed;

    public ulong Read()
    {
        if (_left == 0)
        {
            _value = _column.VarInt(out var run);
            _left = run ? _column.VarUInt() + 2 : 1;
        }
        _left--;
        return _value;
    }
}

/// <summary>A column of numbers as differences: <c>varInt(2 × difference)</c> once, or <c>varInt(2 × difference + 1) • varUint(count − 2)</c> for a run.</summary>
/// <remarks>lib0 0.2.120, decoding.js, IntDiffOptRleDecoder: the difference is the encoded number halved towards −∞, also when it is negative.</remarks>
internal ref struct IntDiffOptRleReader(ReadOnlySpan<byte> column)
{
    private ByteReader _column = new(column);
    private long _value, _difference;
    private ulong _left;

    public readonly bool Failed => _column.Failed;

    public ulong Read()
    {
        if (_left == 0)
        {
            var magnitude = (long)_column.VarInt(out var negative);
            _difference = (negative ? -magnitude : magnitude) >> 1;
            _left = (magnitude & 1) == 1 ? _column.VarUInt() + 2 : 1;
        }
        _left--;
        _value += _difference;
        if (_value is >= 0 and <= (long)ByteReader.MaxNumber) return (ulong)_value;
        _column.Fail(UpdateProblemReason.NumberOutOfRange);
        return 0;
    }
}

/// <summary>All strings as one, and the UTF-16 length of each.</summary>
/// <remarks>lib0 0.2.120, decoding.js, StringDecoder: <c>varString(all) • lengths (UintOptRle)</c>.</remarks>
internal ref struct StringColumnReader
{
    private readonly string _all;
    private UintOptRleReader _lengths;
    private int _at;

    public StringColumnReader(ReadOnlySpan<byte> column)
    {
        var reader = new ByteReader(column);
        _all = reader.String();
        Failed = reader.Failed;
        _lengths = new(column[reader.Position..]);
    }

    public bool Failed { get; private set; }

    public ReadOnlySpan<char> Read()
    {
        var length = _lengths.Read();
        if (_lengths.Failed || length > (ulong)(_all.Length - _at))
        {
            Failed = true;
            return default;
        }
        var text = _all.AsSpan(_at, (int)length);
        _at += (int)length;
        return text;
    }
}
