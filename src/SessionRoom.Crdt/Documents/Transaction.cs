namespace SessionRoom.Crdt;

/// <summary>A group of changes that become visible, and travel, together. Dispose to end it.</summary>
public sealed class Transaction : IDisposable
{
    internal Transaction() { }

    /// <summary>The document.</summary>
    public Doc Doc => throw new NotSupportedException();

    /// <summary>Whatever the caller said caused it.</summary>
    public object? Origin => throw new NotSupportedException();

    /// <summary>False while an update is applied.</summary>
    public bool Local => throw new NotSupportedException();

    /// <summary>Ends the outermost transaction: observers, garbage collection, merging, the update.</summary>
    public void Dispose() => throw new NotSupportedException();
}
