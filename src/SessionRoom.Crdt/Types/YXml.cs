namespace SessionRoom.Crdt;

/// <summary>A list of XML nodes: elements, texts and hooks.</summary>
public class YXmlFragment : YType
{
    internal YXmlFragment() { }

    /// <summary>How many children it has.</summary>
    public int Count => throw new NotSupportedException();

    /// <summary>The children, in order.</summary>
    public IReadOnlyList<YType> Children => throw new NotSupportedException();

    /// <summary>Inserts an element.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index lies outside the list.</exception>
    public YXmlElement InsertElement(int index, string nodeName) => throw new NotSupportedException();

    /// <summary>Inserts a text node.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index lies outside the list.</exception>
    public YXmlText InsertText(int index, string text = "") => throw new NotSupportedException();

    /// <summary>Inserts a hook.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index lies outside the list.</exception>
    public YXmlHook InsertHook(int index, string hookName) => throw new NotSupportedException();

    /// <summary>Deletes children.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range lies outside the list.</exception>
    public void Delete(int index, int length = 1) => throw new NotSupportedException();

    /// <summary>The XML text, as Yjs writes it: attributes sorted by name, nothing escaped.</summary>
    public override string ToString() => throw new NotSupportedException();

    /// <summary>The XML text as a string value.</summary>
    public override YValue ToJson() => throw new NotSupportedException();
}

/// <summary>An XML element. Attribute values may be any value, not only strings.</summary>
public sealed class YXmlElement : YXmlFragment
{
    internal YXmlElement() { }

    /// <summary>The tag name.</summary>
    public string NodeName => throw new NotSupportedException();

    /// <summary>Writes an attribute.</summary>
    public void SetAttribute(string name, YValue value) => throw new NotSupportedException();

    /// <summary>Removes an attribute; false if it was absent.</summary>
    public bool RemoveAttribute(string name) => throw new NotSupportedException();

    /// <summary>Reads an attribute.</summary>
    public bool TryGetAttribute(string name, out YValue value) => throw new NotSupportedException();

    /// <summary>All attributes.</summary>
    public IReadOnlyDictionary<string, YValue> GetAttributes() => throw new NotSupportedException();
}

/// <summary>Rich text among XML nodes.</summary>
public sealed class YXmlText : YText
{
    internal YXmlText() { }
}

/// <summary>A custom XML node: a map with a name.</summary>
public sealed class YXmlHook : YType
{
    internal YXmlHook() { }

    /// <summary>The hook's name.</summary>
    public string HookName => throw new NotSupportedException();

    /// <summary>Reads a key.</summary>
    public bool TryGet(string key, out YValue value) => throw new NotSupportedException();

    /// <summary>Writes a key.</summary>
    public void Set(string key, YValue value) => throw new NotSupportedException();

    /// <summary>The entries as plain data.</summary>
    public override YValue ToJson() => throw new NotSupportedException();
}
