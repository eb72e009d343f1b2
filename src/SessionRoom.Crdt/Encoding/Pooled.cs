namespace SessionRoom.Crdt;

/// <summary>Big working memory, kept per thread instead of per document: there are many documents, and one works at a time.</summary>
internal static class Pooled
{
    [ThreadStatic] private static ByteWriter? _writer;
    [ThreadStatic] private static ParsedUpdate? _parsed;

    public static ByteWriter RentWriter()
    {
        var writer = _writer ?? new ByteWriter(512);
        _writer = null;
        writer.Clear();
        return writer;
    }

    public static void Return(ByteWriter writer) => _writer = writer;

    public static ParsedUpdate RentParsed()
    {
        var parsed = _parsed ?? new ParsedUpdate();
        _parsed = null;
        return parsed;
    }

    public static void Return(ParsedUpdate parsed)
    {
        // One huge update must not pin its structs for ever.
        if (parsed.Blocks.Length <= 16384) _parsed = parsed;
    }
}
