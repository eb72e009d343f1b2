namespace SessionRoom.Crdt;

/// <summary>See <see cref="UpdateWriterV2"/>. After a fault in any column every further struct is meaningless: check <see cref="Failed"/> once per struct.</summary>
internal ref struct UpdateReaderV2
{
    private IntDiffOptRleReader _keyClocks, _leftClocks, _rightClocks;
    private UintOptRleReader _clients, _typeKinds, _lengths;
    private RleByteReader _infos, _parentInfos;
    private StringColumnReader _strings;
    private readonly List<string> _keys = [];

    public ByteReader Rest;

    public UpdateReaderV2(ReadOnlySpan<byte> update)
    {
        var reader = new ByteReader(update);
        if (reader.VarUInt() != 0) reader.Fail(UpdateProblemReason.UnknownTag);
        _keyClocks = new(reader.Buffer());
        _clients = new(reader.Buffer());
        _leftClocks = new(reader.Buffer());
        _rightClocks = new(reader.Buffer());
        _infos = new(reader.Buffer());
        _strings = new(reader.Buffer());
        _parentInfos = new(reader.Buffer());
        _typeKinds = new(reader.Buffer());
        _lengths = new(reader.Buffer());
        Rest = reader;
    }

    public readonly bool Failed => Rest.Failed || _keyClocks.Failed || _clients.Failed || _leftClocks.Failed || _rightClocks.Failed
        || _infos.Failed || _strings.Failed || _parentInfos.Failed || _typeKinds.Failed || _lengths.Failed;

    public byte Info() => _infos.Read();
    public ulong Client() => _clients.Read();
    public ulong Length() => _lengths.Read();
    public ulong TypeKind() => _typeKinds.Read();
    public bool IsRootParent() => _parentInfos.Read() == 1;
    public ReadOnlySpan<char> String() => _strings.Read();
    public (ulong Client, ulong Clock) LeftId() => (_clients.Read(), _leftClocks.Read());
    public (ulong Client, ulong Clock) RightId() => (_clients.Read(), _rightClocks.Read());

    public string Key()
    {
        var clock = _keyClocks.Read();
        if (clock < (ulong)_keys.Count) return _keys[(int)clock];
        var key = _strings.Read().ToString();
        _keys.Add(key);
        return key;
    }
}
