using System.Globalization;
using System.Text;

namespace SessionRoom.Crdt;

/// <summary>A list of XML nodes: elements, texts and hooks.</summary>
public class YXmlFragment : YType
{
    internal YXmlFragment(Doc doc, int type) : base(doc, type) { }

    /// <summary>How many children it has.</summary>
    public int Count => ListLength;

    /// <summary>The children, in order.</summary>
    public IReadOnlyList<YType> Children
    {
        get
        {
            var values = new List<YValue>();
            PlainData.Collect(this, values);
            return [.. values.Where(value => value.Kind == YValueKind.Type).Select(value => value.AsType)];
        }
    }

    /// <summary>Inserts an element.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index lies outside the list.</exception>
    public YXmlElement InsertElement(int index, string nodeName) => (YXmlElement)InsertTypeAt(index, YTypeKind.XmlElement, nodeName);

    /// <summary>Inserts a text node.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index lies outside the list.</exception>
    public YXmlText InsertText(int index, string text = "")
    {
        using var transaction = Doc.BeginTransaction();
        var node = (YXmlText)InsertTypeAt(index, YTypeKind.XmlText, null);
        node.Insert(0, text);
        return node;
    }

    /// <summary>Inserts a hook.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index lies outside the list.</exception>
    public YXmlHook InsertHook(int index, string hookName) => (YXmlHook)InsertTypeAt(index, YTypeKind.XmlHook, hookName);

    /// <summary>Deletes children.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range lies outside the list.</exception>
    public void Delete(int index, int length = 1) => DeleteRange(index, length);

    /// <summary>The XML text, as Yjs writes it: attributes sorted by name, nothing escaped.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        XmlWriting.Write(text, this);
        return text.ToString();
    }

    /// <summary>The XML text as a string value.</summary>
    public override YValue ToJson() => ToString();
}

/// <summary>An XML element. Attribute values may be any value, not only strings.</summary>
public sealed class YXmlElement : YXmlFragment
{
    internal YXmlElement(Doc doc, int type) : base(doc, type) { }

    /// <summary>The tag name.</summary>
    public string NodeName => Store.Keys.Text(Slot.Name);

    /// <summary>Writes an attribute.</summary>
    public void SetAttribute(string name, YValue value) => SetKey(name, value);

    /// <summary>Removes an attribute; false if it was absent.</summary>
    public bool RemoveAttribute(string name) => DeleteKey(name);

    /// <summary>Reads an attribute.</summary>
    public bool TryGetAttribute(string name, out YValue value) => TryGetKey(name, out value);

    /// <summary>All attributes.</summary>
    public IReadOnlyDictionary<string, YValue> GetAttributes() => KeyValues(plain: false);
}

/// <summary>Rich text among XML nodes.</summary>
public sealed class YXmlText : YText
{
    internal YXmlText(Doc doc, int type) : base(doc, type) { }

    /// <summary>The text with its formats as elements.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        XmlWriting.Write(text, this);
        return text.ToString();
    }
}

/// <summary>A custom XML node: a map with a name.</summary>
public sealed class YXmlHook : YType
{
    internal YXmlHook(Doc doc, int type) : base(doc, type) { }

    /// <summary>The hook's name.</summary>
    public string HookName => Store.Keys.Text(Slot.Name);

    /// <summary>Reads a key.</summary>
    public bool TryGet(string key, out YValue value) => TryGetKey(key, out value);

    /// <summary>Writes a key.</summary>
    public void Set(string key, YValue value) => SetKey(key, value);

    /// <summary>The entries as plain data.</summary>
    public override YValue ToJson() => YValue.From(KeyValues(plain: true));
}

/// <summary>XML as text.</summary>
internal static class XmlWriting
{
    private const int Deepest = 1024;

    public static void Write(StringBuilder text, YType node, int depth = 0)
    {
        if (depth > Deepest) throw new InvalidOperationException($"The document nests deeper than {Deepest} levels.");
        switch (node)
        {
            case YXmlElement element:
                var name = element.NodeName.ToLowerInvariant();
                text.Append('<').Append(name);
                foreach (var (key, value) in element.GetAttributes().OrderBy(entry => entry.Key, StringComparer.Ordinal)) Attribute(text, key, value);
                text.Append('>');
                foreach (var child in element.Children) Write(text, child, depth + 1);
                text.Append("</").Append(name).Append('>');
                break;
            case YXmlFragment fragment:
                foreach (var child in fragment.Children) Write(text, child, depth + 1);
                break;
            case YXmlText rich:
                foreach (var step in rich.ToDelta()) Write(text, step);
                break;
            case YXmlHook:
                text.Append("[object Object]");
                break;
            default:
                text.Append(AsText(YValue.From(node)));
                break;
        }
    }

    private static void Write(StringBuilder text, YDelta step)
    {
        var nodes = (step.Attributes ?? new Dictionary<string, YValue>(StringComparer.Ordinal)).OrderBy(entry => entry.Key, StringComparer.Ordinal).ToList();
        foreach (var (name, value) in nodes)
        {
            text.Append('<').Append(name);
            if (value.Kind == YValueKind.Object)
            {
                foreach (var (key, attribute) in value.AsObject.OrderBy(entry => entry.Key, StringComparer.Ordinal)) Attribute(text, key, attribute);
            }
            text.Append('>');
        }
        text.Append(AsText(step.Insert));
        for (var i = nodes.Count - 1; i >= 0; i--) text.Append("</").Append(nodes[i].Key).Append('>');
    }

    private static void Attribute(StringBuilder text, string key, YValue value) =>
        text.Append(CultureInfo.InvariantCulture, $" {key}=\"{AsText(value)}\"");

    /// <summary>As JavaScript turns it into text.</summary>
    private static string AsText(YValue value) => value.Kind switch
    {
        YValueKind.String => value.AsString,
        YValueKind.Undefined => "undefined",
        YValueKind.Object => "[object Object]",
        YValueKind.Type => value.AsType is YText or YXmlFragment ? value.AsType.ToString()! : "[object Object]",
        YValueKind.Array => string.Join(',', value.AsArray.Select(AsText)),
        _ => value.ToJsonString(),
    };
}
