namespace SessionRoom.Crdt;

/// <summary>A shared type: a light handle to data that lives in a <see cref="Doc"/>. Equal handles mean the same type.</summary>
public abstract class YType
{
    private protected YType(Doc doc, int type) => (Doc, Index) = (doc, type);

    internal int Index { get; set; }
    internal Store Store => Doc.Store;
    internal ref TypeSlot Slot => ref Doc.Store.Types[Index];

    /// <summary>The document that holds it.</summary>
    public Doc Doc { get; }

    /// <summary>Its kind.</summary>
    public YTypeKind Kind => Slot.Kind;

    /// <summary>The type it is nested in; null for a root, and for a type whose parent has been collected.</summary>
    public YType? Parent => Slot.Holder is var holder and > 0 && Store.Items[holder].Chain is var chain and not 0
        ? Doc.Handle(Store.Chains[chain].Type) : null;

    /// <summary>Its name if it is a root.</summary>
    public string? RootName => Slot.Holder == 0 ? Store.Keys.Text(Slot.Name) : null;

    /// <summary>Whether the type has been deleted with its holder. Editing it then throws once it has been collected, and before changes nothing that anyone can see.</summary>
    public bool IsDeleted => Store.IsDeletedType(Index);

    /// <summary>The content as plain data.</summary>
    /// <exception cref="InvalidOperationException">Types are nested deeper than 1,024 levels.</exception>
    public abstract YValue ToJson();

    /// <summary>Calls <paramref name="handler"/> after each transaction that changed this type; dispose the result to stop.</summary>
    /// <remarks>The event may be read inside the handler only. An exception does not stop the transaction.</remarks>
    public IDisposable Observe(Action<YEvent> handler) => Doc.AddObserver(this, handler, null);

    /// <summary>Calls <paramref name="handler"/> after each transaction that changed this type or one nested in it, shallow events first.</summary>
    public IDisposable ObserveDeep(Action<IReadOnlyList<YEvent>> handler) => Doc.AddObserver(this, null, handler);

    /// <summary>Begins (or joins) a transaction for an edit.</summary>
    internal Transaction Edit() => Slot.Holder == TypeSlot.Collected
        ? throw new InvalidOperationException("The type has been deleted and collected.") : Doc.BeginTransaction();

    internal int OwnClient => Store.ClientFor(Doc.ClientId);

    internal int ListLength => (int)Slot.Length;

    /// <summary>The list's first item.</summary>
    internal int FirstItem => Slot.ListChain is var chain and not 0 ? Store.Chains[chain].Head : 0;

    internal void CheckRange(int index, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)index + length, Slot.Length, nameof(index));
    }

    // --- lists ---

    internal void InsertValues(int index, ReadOnlySpan<YValue> values)
    {
        CheckRange(index, 0);
        if (values.IsEmpty) return;
        using var transaction = Edit();
        var left = Store.EndingAtIndex(Index, index, out _);
        InsertValuesAfter(left, values);
    }

    internal void PushValues(ReadOnlySpan<YValue> values)
    {
        if (values.IsEmpty) return;
        using var transaction = Edit();
        var chain = Store.ChainFor(Index, Chain.List);
        InsertValuesAfter(Store.Chains[chain].Tail, values);
    }

    private void InsertValuesAfter(int left, ReadOnlySpan<YValue> values)
    {
        var chain = Store.ChainFor(Index, Chain.List);
        var client = OwnClient;
        for (var i = 0; i < values.Length;)
        {
            var first = i;
            while (i < values.Length && values[i].Kind <= YValueKind.Array && values[i].Kind != YValueKind.Bytes) i++;
            if (i == first) left = ValueContent.Insert(Store, client, chain, left, values[i++]);
            else left = ValueContent.InsertPlain(Store, client, chain, left, values[first..i]);
        }
    }

    internal YType InsertTypeAt(int index, YTypeKind kind, string? name)
    {
        CheckRange(index, 0);
        using var transaction = Edit();
        var left = Store.EndingAtIndex(Index, index, out _);
        return Doc.Handle(Store.InsertType(OwnClient, Store.ChainFor(Index, Chain.List), left, CheckKind(kind), NameKey(kind, name)));
    }

    private static YTypeKind CheckKind(YTypeKind kind) => kind is >= YTypeKind.Array and <= YTypeKind.XmlText
        ? kind : throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind that can be nested.");

    internal int NameKey(YTypeKind kind, string? name) => kind switch
    {
        YTypeKind.XmlElement or YTypeKind.XmlHook => Store.Keys.Intern(name ?? throw new ArgumentNullException(nameof(name))),
        _ => -1,
    };

    internal void DeleteRange(int index, int length)
    {
        CheckRange(index, length);
        if (length == 0) return;
        using var transaction = Edit();
        Store.DeleteUnits(Index, index, length);
    }

    // --- keys ---

    internal bool TryGetKey(string key, out YValue value)
    {
        var current = CurrentOf(key);
        value = current == 0 ? YValue.Undefined : ValueContent.Last(Doc, current);
        return current != 0;
    }

    internal YValueKind KindOfKey(string key) => CurrentOf(key) is var current and not 0 ? ValueContent.KindOfLast(Store, current) : YValueKind.Undefined;

    private int CurrentOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Store.Keys.Find(key) is var id and >= 0 ? Store.CurrentOf(Store.FindChain(Index, id)) : 0;
    }

    internal void SetKey(string key, YValue value)
    {
        ArgumentNullException.ThrowIfNull(key);
        using var transaction = Edit();
        var chain = Store.ChainFor(Index, Store.Keys.Intern(key));
        ValueContent.Insert(Store, OwnClient, chain, Store.Chains[chain].Tail, value);
    }

    internal YType SetKeyType(string key, YTypeKind kind, string? name)
    {
        ArgumentNullException.ThrowIfNull(key);
        using var transaction = Edit();
        var chain = Store.ChainFor(Index, Store.Keys.Intern(key));
        return Doc.Handle(Store.InsertType(OwnClient, chain, Store.Chains[chain].Tail, CheckKind(kind), NameKey(kind, name)));
    }

    internal bool DeleteKey(string key)
    {
        var current = CurrentOf(key);
        if (current == 0) return false;
        using var transaction = Edit();
        Store.Delete(current);
        return true;
    }

    /// <summary>Whether any key was ever written.</summary>
    internal bool HasKeys
    {
        get
        {
            for (var chain = Slot.FirstKey; chain != 0; chain = Store.Chains[chain].Next)
            {
                if (Store.Chains[chain].Tail != 0) return true;
            }
            return false;
        }
    }

    internal IEnumerable<string> PresentKeys()
    {
        for (var chain = Slot.FirstKey; chain != 0; chain = Store.Chains[chain].Next)
        {
            if (Store.CurrentOf(chain) != 0) yield return Store.Keys.Text(Store.Chains[chain].Key);
        }
    }

    internal Dictionary<string, YValue> KeyValues(bool plain)
    {
        var entries = new Dictionary<string, YValue>(StringComparer.Ordinal);
        for (var chain = Slot.FirstKey; chain != 0; chain = Store.Chains[chain].Next)
        {
            if (Store.CurrentOf(chain) is not (var current and not 0)) continue;
            var value = ValueContent.Last(Doc, current);
            entries[Store.Keys.Text(Store.Chains[chain].Key)] = plain ? PlainData.Plain(value) : value;
        }
        return entries;
    }
}

/// <summary>A root that nobody has asked for by kind.</summary>
internal sealed class YUnknown(Doc doc, int type) : YType(doc, type)
{
    public override YValue ToJson() => PlainData.OfUnknown(this);
}
