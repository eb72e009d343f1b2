namespace SessionRoom.Crdt;

/// <summary>Receives the update that one transaction produced. The bytes are valid during the call only.</summary>
public delegate void UpdateHandler(Doc doc, ReadOnlySpan<byte> update, object? origin, bool local);

/// <summary>A replica of a shared document. Not thread-safe: one writer at a time, and no reader beside it.</summary>
public sealed partial class Doc
{
    private readonly UpdateLimits _limits;
    private readonly int _shortWalk;
    private readonly Dictionary<int, YType> _handles = [];

    /// <summary>An empty document.</summary>
    public Doc(DocOptions? options = null)
    {
        options ??= new DocOptions();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.ClientId ?? 0, ByteReader.MaxNumber, nameof(options));
        ClientId = options.ClientId ?? NewClientId();
        Gc = options.Gc;
        _limits = options.Limits;
        _shortWalk = options.ShortWalk;
        _reused = new Transaction(this);
    }

    /// <summary>The id that local edits are written under. Changes when a remote update turns out to use the same one.</summary>
    public ulong ClientId { get; private set; }

    /// <summary>Whether deleted content is dropped.</summary>
    public bool Gc { get; }

    /// <summary>The shared text of that name, created on first mention.</summary>
    /// <exception cref="InvalidOperationException">The name is in use for another kind of type.</exception>
    public YText GetText(string name) => (YText)Root(name, YTypeKind.Text);

    /// <inheritdoc cref="GetText"/>
    public YArray GetArray(string name) => (YArray)Root(name, YTypeKind.Array);

    /// <inheritdoc cref="GetText"/>
    public YMap GetMap(string name) => (YMap)Root(name, YTypeKind.Map);

    /// <inheritdoc cref="GetText"/>
    public YXmlFragment GetXmlFragment(string name) => (YXmlFragment)Root(name, YTypeKind.XmlFragment);

    /// <inheritdoc cref="GetText"/>
    public YXmlText GetXmlText(string name) => (YXmlText)Root(name, YTypeKind.XmlText);

    /// <summary>The names of all root types, in the order of first mention.</summary>
    public IReadOnlyList<string> RootNames => [.. Store.Roots.Select(type => Store.Keys.Text(Store.Types[type].Name))];

    private YType Root(string name, YTypeKind kind)
    {
        ArgumentNullException.ThrowIfNull(name);
        var type = Store.Root(Store.Keys.Intern(name));
        ref var slot = ref Store.Types[type];
        if (slot.Kind == YTypeKind.Unknown) slot.Kind = kind;
        if (slot.Kind != kind) throw new InvalidOperationException($"The root '{name}' is in use as {slot.Kind}.");
        return Handle(type);
    }

    /// <summary>The handle of a type: one per type, so that equal handles mean the same type.</summary>
    internal YType Handle(int type)
    {
        if (_handles.TryGetValue(type, out var handle)) return handle;
        var kind = Store.Types[type].Kind;
        handle = kind switch
        {
            YTypeKind.Array => new YArray(this, type),
            YTypeKind.Map => new YMap(this, type),
            YTypeKind.Text => new YText(this, type),
            YTypeKind.XmlElement => new YXmlElement(this, type),
            YTypeKind.XmlFragment => new YXmlFragment(this, type),
            YTypeKind.XmlHook => new YXmlHook(this, type),
            YTypeKind.XmlText => new YXmlText(this, type),
            _ => new YUnknown(this, type),
        };
        // A root may still be asked for by kind; until then its handle is a passing one.
        if (kind != YTypeKind.Unknown) _handles.Add(type, handle);
        return handle;
    }

    /// <summary>Applies a v2 update, as <see cref="ApplyUpdate"/>.</summary>
    public ApplyResult ApplyUpdateV2(ReadOnlySpan<byte> update, object? origin = null) =>
        FormatConversion.ToV1(update, _limits, out var problem) is { } v1 ? ApplyUpdate(v1, origin) : new ApplyResult(problem, Changed: false, HasPending);

    /// <summary>Everything that a replica with this state vector lacks, pending data included, as a v1 update. An empty span stands for an empty replica.</summary>
    /// <exception cref="FormatException">The state vector is malformed.</exception>
    public byte[] EncodeStateAsUpdate(ReadOnlySpan<byte> stateVector = default)
    {
        if (_resting is { } bytes && stateVector.IsEmpty && !HasPending) return bytes.AsSpan().ToArray();
        var writer = Pooled.RentWriter();
        Store.WriteState(writer, stateVector);
        var state = writer.ToArray();
        Pooled.Return(writer);
        if (!HasPending) return state;
        var parts = new List<ReadOnlyMemory<byte>> { state };
        if (_pendingDeletes.Count > 0) parts.Add(new UpdateWriter().Finish(Updates.Normalise(_pendingDeletes).ToArray()));
        if (_pendingStructs is not null) parts.Add(Updates.Diff(_pendingStructs, stateVector));
        return Updates.Merge(parts);
    }

    /// <summary>As <see cref="EncodeStateAsUpdate"/>, in the v2 format.</summary>
    public byte[] EncodeStateAsUpdateV2(ReadOnlySpan<byte> stateVector = default) =>
        FormatConversion.ToV2(EncodeStateAsUpdate(stateVector), ofDocument: true);

    /// <summary>The state vector: per client the next clock that this replica expects.</summary>
    public byte[] EncodeStateVector()
    {
        if (_resting is { } bytes) return Updates.StateVector(bytes);
        var writer = Pooled.RentWriter();
        Store.WriteStateVector(writer);
        var vector = writer.ToArray();
        Pooled.Return(writer);
        return vector;
    }

    /// <summary>The next clock expected from a client; 0 if it is unknown.</summary>
    public ulong GetState(ulong client) => (ulong)Store.State(client);

    /// <summary>All root types as an object, keyed by name. Roots nobody gave a kind are read by what they hold: keys as a map, else text or list.</summary>
    /// <exception cref="InvalidOperationException">Types are nested deeper than 1,024 levels.</exception>
    public YValue ToJson()
    {
        var members = new Dictionary<string, YValue>(StringComparer.Ordinal);
        foreach (var type in Store.Roots) members[Store.Keys.Text(Store.Types[type].Name)] = Handle(type).ToJson();
        return YValue.From(members);
    }
}
