namespace SessionRoom.Crdt;

/// <summary>A document inside a document: its guid and options. Its content travels on its own and is not loaded here.</summary>
/// <param name="Guid">The document's name.</param>
/// <param name="Options">Its options object (<c>gc</c>, <c>autoLoad</c>, <c>meta</c>), kept as received.</param>
public sealed record YSubdocument(string Guid, YValue Options)
{
    /// <summary>A subdocument with Yjs' default options.</summary>
    public YSubdocument(string guid) : this(guid, YValue.From(new Dictionary<string, YValue>(StringComparer.Ordinal))) { }
}
