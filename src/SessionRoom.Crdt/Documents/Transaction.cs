namespace SessionRoom.Crdt;

/// <summary>A group of changes that become visible, and travel, together. Dispose to end it; do not keep it afterwards, documents reuse it.</summary>
public sealed class Transaction : IDisposable
{
    internal Transaction(Doc doc) => Doc = doc;

    internal Journal Journal { get; } = new();
    internal int Depth { get; set; }

    /// <summary>The document.</summary>
    public Doc Doc { get; }

    /// <summary>Whatever the caller said caused it.</summary>
    public object? Origin { get; internal set; }

    /// <summary>False while an update is applied.</summary>
    public bool Local { get; internal set; }

    /// <summary>Ends the outermost transaction: observers, garbage collection, merging, the update.</summary>
    /// <exception cref="AggregateException">Observers threw; the transaction is complete nevertheless.</exception>
    public void Dispose()
    {
        if (Depth > 0) Doc.End(this);
    }
}
