namespace SessionRoom.Crdt;

/// <summary>Between values and the content bytes of items.</summary>
internal static class ValueContent
{
    [ThreadStatic] private static ByteWriter? _scratch;

    public static ByteWriter Scratch()
    {
        var scratch = _scratch ??= new ByteWriter();
        scratch.Clear();
        return scratch;
    }

    /// <summary>Inserts values that share one struct.</summary>
    public static int InsertPlain(Store store, int client, int chain, int left, ReadOnlySpan<YValue> values)
    {
        var bytes = Scratch();
        foreach (var value in values) AnyCodec.Write(bytes, value);
        return store.Insert(client, chain, left, Content.Any, bytes.Written, values.Length);
    }

    public static int Insert(Store store, int client, int chain, int left, YValue value)
    {
        var bytes = Scratch();
        switch (value.Kind)
        {
            case YValueKind.Bytes:
                bytes.Buffer(value.AsBytes.Span);
                return store.Insert(client, chain, left, Content.Binary, bytes.Written, 1);
            case YValueKind.Document:
                bytes.String(value.AsDocument.Guid);
                AnyCodec.Write(bytes, value.AsDocument.Options);
                return store.Insert(client, chain, left, Content.Document, bytes.Written, 1);
            case YValueKind.Type: throw new ArgumentException("A shared type cannot be inserted again; insert a new one.", nameof(value));
            default: return InsertPlain(store, client, chain, left, [value]);
        }
    }

    /// <summary>An item's last value: what a map key shows.</summary>
    public static YValue Last(Doc doc, int item)
    {
        var length = doc.Store.Items[item].Length;
        return At(doc, item, (int)length - 1);
    }

    public static YValue At(Doc doc, int item, int offset)
    {
        var store = doc.Store;
        ref var content = ref store.Items[item];
        if (content.Kind == Content.Type) return YValue.From(doc.Handle(content.Content));
        var bytes = store.ContentOf(content);
        if (content.Kind == Content.String) return System.Text.Encoding.UTF8.GetString(bytes).Substring(offset, 1);
        if (content.Kind is Content.Any or Content.Json) bytes = bytes[Store.SkipValues(bytes, offset, content.Kind == Content.Any)..];
        var reader = new ByteReader(bytes);
        return Read(ref reader, content.Kind);
    }

    /// <summary>The kind of an item's last value; nothing of it is built.</summary>
    public static YValueKind KindOfLast(Store store, int item)
    {
        ref var content = ref store.Items[item];
        switch (content.Kind)
        {
            case Content.Type: return YValueKind.Type;
            case Content.Document: return YValueKind.Document;
            case Content.Binary: return YValueKind.Bytes;
            case Content.String: return YValueKind.String;
            case Content.Any or Content.Json:
                var bytes = store.ContentOf(content);
                bytes = bytes[Store.SkipValues(bytes, (int)content.Length - 1, content.Kind == Content.Any)..];
                return content.Kind == Content.Any ? AnyCodec.KindOf(bytes[0]) : JsonText.KindOf(new ByteReader(bytes).Buffer());
            default: return YValueKind.Undefined;
        }
    }

    /// <summary>Appends all values of a visible item.</summary>
    public static void AddAll(Doc doc, int item, List<YValue> values)
    {
        var store = doc.Store;
        ref var content = ref store.Items[item];
        if (content.Kind == Content.Type)
        {
            values.Add(YValue.From(doc.Handle(content.Content)));
            return;
        }
        if (content.Kind == Content.String)
        {
            foreach (var unit in store.TextOf(content)) values.Add(unit.ToString());
            return;
        }
        var reader = new ByteReader(store.ContentOf(content));
        for (var left = content.Length; left > 0; left--) values.Add(Read(ref reader, content.Kind));
    }

    private static YValue Read(ref ByteReader reader, int kind)
    {
        switch (kind)
        {
            case Content.Any: return AnyCodec.Read(ref reader);
            case Content.Json:
                var json = reader.Buffer();
                return json.SequenceEqual("undefined"u8) ? YValue.Undefined : JsonText.Parse(json);
            case Content.Embed: return JsonText.Parse(reader.Buffer());
            case Content.Binary: return reader.Buffer().ToArray();
            case Content.Document: return YValue.From(new YSubdocument(reader.String(), AnyCodec.Read(ref reader)));
            default: return YValue.Undefined;
        }
    }

    /// <summary>A format's key and value.</summary>
    public static (string Key, FormatValue Value) Format(Store store, in Item item)
    {
        var reader = new ByteReader(store.ContentOf(item));
        return (reader.String(), new FormatValue(reader.String(), item.Content));
    }
}
