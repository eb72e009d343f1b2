namespace SessionRoom.Crdt;

/// <summary>A shared map. Of concurrent writes to a key one wins, the same on every replica. The empty string is a key.</summary>
public sealed class YMap : YType
{
    internal YMap(Doc doc, int type) : base(doc, type) { }

    /// <summary>How many keys it holds.</summary>
    public int Count => PresentKeys().Count();

    /// <summary>The keys, in the order of first mention in this replica.</summary>
    public IEnumerable<string> Keys => PresentKeys();

    /// <summary>The value of a key; <see cref="YValue.Undefined"/> if absent.</summary>
    public YValue this[string key] => TryGetKey(key, out var value) ? value : YValue.Undefined;

    /// <summary>Whether the key is there.</summary>
    public bool ContainsKey(string key) => TryGetKey(key, out _);

    /// <summary>Reads a key.</summary>
    public bool TryGet(string key, out YValue value) => TryGetKey(key, out value);

    /// <summary>What kind of value a key has, without building it; <see cref="YValueKind.Undefined"/> also where the key is absent.</summary>
    public YValueKind KindOf(string key) => KindOfKey(key);

    /// <summary>Writes a key. Setting an equal value writes again, as Yjs does.</summary>
    public void Set(string key, YValue value) => SetKey(key, value);

    /// <summary>Writes an empty nested type.</summary>
    public YType SetType(string key, YTypeKind kind, string? name = null) => SetKeyType(key, kind, name);

    /// <summary>Writes an empty nested map.</summary>
    public YMap SetMap(string key) => (YMap)SetType(key, YTypeKind.Map);

    /// <summary>Writes an empty nested list.</summary>
    public YArray SetArray(string key) => (YArray)SetType(key, YTypeKind.Array);

    /// <summary>Writes a nested text.</summary>
    public YText SetText(string key, string text = "")
    {
        using var transaction = Doc.BeginTransaction();
        var nested = (YText)SetType(key, YTypeKind.Text);
        nested.Insert(0, text);
        return nested;
    }

    /// <summary>Deletes a key; false if it was absent.</summary>
    public bool Delete(string key) => DeleteKey(key);

    /// <summary>Deletes every key.</summary>
    public void Clear()
    {
        using var transaction = Doc.BeginTransaction();
        foreach (var key in PresentKeys().ToArray()) DeleteKey(key);
    }

    /// <summary>The entries as plain data.</summary>
    public override YValue ToJson() => YValue.From(KeyValues(plain: true));
}
