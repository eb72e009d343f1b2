namespace SessionRoom.Crdt;

/// <summary>A shared map. Of concurrent writes to a key one wins, the same on every replica. The empty string is a key.</summary>
public sealed class YMap : YType
{
    internal YMap() { }

    /// <summary>How many keys it holds.</summary>
    public int Count => throw new NotSupportedException();

    /// <summary>The keys, in the order of first mention in this replica.</summary>
    public IEnumerable<string> Keys => throw new NotSupportedException();

    /// <summary>The value of a key; <see cref="YValue.Undefined"/> if absent.</summary>
    public YValue this[string key] => throw new NotSupportedException();

    /// <summary>Whether the key is there.</summary>
    public bool ContainsKey(string key) => throw new NotSupportedException();

    /// <summary>Reads a key.</summary>
    public bool TryGet(string key, out YValue value) => throw new NotSupportedException();

    /// <summary>Writes a key. Setting an equal value writes again, as Yjs does.</summary>
    public void Set(string key, YValue value) => throw new NotSupportedException();

    /// <summary>Writes an empty nested type.</summary>
    public YType SetType(string key, YTypeKind kind, string? name = null) => throw new NotSupportedException();

    /// <summary>Writes an empty nested map.</summary>
    public YMap SetMap(string key) => (YMap)SetType(key, YTypeKind.Map);

    /// <summary>Writes an empty nested list.</summary>
    public YArray SetArray(string key) => (YArray)SetType(key, YTypeKind.Array);

    /// <summary>Writes a nested text.</summary>
    public YText SetText(string key, string text = "") => throw new NotSupportedException();

    /// <summary>Deletes a key; false if it was absent.</summary>
    public bool Delete(string key) => throw new NotSupportedException();

    /// <summary>Deletes every key.</summary>
    public void Clear() => throw new NotSupportedException();

    /// <summary>The entries as plain data.</summary>
    public override YValue ToJson() => throw new NotSupportedException();
}
