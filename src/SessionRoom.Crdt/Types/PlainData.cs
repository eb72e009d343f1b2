using System.Text;

namespace SessionRoom.Crdt;

/// <summary>Shared types as plain data. Nesting comes from strangers, so the depth is bounded.</summary>
internal static class PlainData
{
    // Each level takes a few stack frames; a document may nest deeper than any reader could print.
    private const int Deepest = 1024;

    [ThreadStatic] private static int _depth;

    public static YValue Plain(YValue value)
    {
        switch (value.Kind)
        {
            case YValueKind.Type:
                if (_depth >= Deepest) throw new InvalidOperationException($"The document nests deeper than {Deepest} levels.");
                _depth++;
                try
                {
                    return value.AsType.ToJson();
                }
                finally
                {
                    _depth--;
                }
            case YValueKind.Document: return YValue.From(new Dictionary<string, YValue>(StringComparer.Ordinal));
            default: return value;
        }
    }

    public static YValue List(YType type)
    {
        var values = new List<YValue>();
        Collect(type, values);
        for (var i = 0; i < values.Count; i++) values[i] = Plain(values[i]);
        return YValue.From(values);
    }

    public static void Collect(YType type, List<YValue> values)
    {
        var store = type.Store;
        for (var item = type.FirstItem; item != 0; item = store.Items[item].Right)
        {
            if (store.Items[item].Visible > 0) ValueContent.AddAll(type.Doc, item, values);
        }
    }

    public static string Text(YType type)
    {
        var store = type.Store;
        var text = new StringBuilder(type.ListLength);
        Span<char> some = stackalloc char[256];
        for (var item = type.FirstItem; item != 0; item = store.Items[item].Right)
        {
            ref var content = ref store.Items[item];
            if (content.Deleted || content.Kind != Content.String) continue;
            if (content.Length <= some.Length) text.Append(some[..Encoding.UTF8.GetChars(store.ContentOf(content), some)]);
            else text.Append(store.TextOf(content));
        }
        return text.ToString();
    }

    /// <summary>A root without a kind: keys make it a map; else text if its first visible item is text; else a list.</summary>
    public static YValue OfUnknown(YType type)
    {
        if (type.HasKeys) return YValue.From(type.KeyValues(plain: true));
        var store = type.Store;
        for (var item = type.FirstItem; item != 0; item = store.Items[item].Right)
        {
            ref var content = ref store.Items[item];
            if (content.Kind is Content.String or Content.Format) return Text(type);
            if (content.Visible > 0) break;
        }
        return List(type);
    }
}
