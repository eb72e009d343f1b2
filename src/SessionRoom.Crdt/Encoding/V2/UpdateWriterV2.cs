namespace SessionRoom.Crdt;

/// <summary>The nine columns of a v2 update, and the rest that has no column.</summary>
/// <remarks>Yjs 13.6, src/utils/UpdateEncoder.js: <c>varUint(0) • 9 × varByteArray(column) • rest</c>.</remarks>
internal sealed class UpdateWriterV2
{
    private readonly IntDiffOptRleWriter _keys = new(), _leftClocks = new(), _rightClocks = new();
    private readonly UintOptRleWriter _clients = new(), _typeKinds = new(), _lengths = new();
    private readonly RleByteWriter _infos = new(), _parentInfos = new();
    private readonly StringColumnWriter _strings = new();
    private ulong _keyCount;

    public ByteWriter Rest { get; } = new(256);

    public void Info(byte info) => _infos.Write(info);
    public void Client(ulong client) => _clients.Write(client);
    public void Length(long length) => _lengths.Write((ulong)length);
    public void TypeKind(byte kind) => _typeKinds.Write(kind);
    public void IsRootParent(bool root) => _parentInfos.Write(root ? (byte)1 : (byte)0);
    public void String(string text) => _strings.Write(text);

    public void LeftId(ulong client, long clock)
    {
        _clients.Write(client);
        _leftClocks.Write((ulong)clock);
    }

    public void RightId(ulong client, long clock)
    {
        _clients.Write(client);
        _rightClocks.Write((ulong)clock);
    }

    /// <summary>A name that the format could refer back to; Yjs writes each as new, and so do we.</summary>
    public void Key(string key)
    {
        _keys.Write(_keyCount++);
        _strings.Write(key);
    }

    public byte[] ToArray()
    {
        var strings = new ByteWriter(256);
        _strings.WriteTo(strings);
        var update = new ByteWriter(Rest.Length + strings.Length + 128);
        update.VarUInt(0);
        update.Buffer(_keys.End());
        update.Buffer(_clients.End());
        update.Buffer(_leftClocks.End());
        update.Buffer(_rightClocks.End());
        update.Buffer(_infos.End());
        update.Buffer(strings.Written);
        update.Buffer(_parentInfos.End());
        update.Buffer(_typeKinds.End());
        update.Buffer(_lengths.End());
        update.Raw(Rest.Written);
        return update.ToArray();
    }
}
