namespace SessionRoom.Crdt;

/// <summary>A shared type: a light handle to data that lives in a <see cref="Doc"/>. Equal handles mean the same type.</summary>
public abstract class YType
{
    private protected YType() { }

    /// <summary>The document that holds it.</summary>
    public Doc Doc => throw new NotSupportedException();

    /// <summary>Its kind.</summary>
    public YTypeKind Kind => throw new NotSupportedException();

    /// <summary>The type it is nested in; null for a root.</summary>
    public YType? Parent => throw new NotSupportedException();

    /// <summary>Its name if it is a root.</summary>
    public string? RootName => throw new NotSupportedException();

    /// <summary>Whether the type has been deleted with its holder. Editing it then changes nothing that anyone can see.</summary>
    public bool IsDeleted => throw new NotSupportedException();

    /// <summary>The content as plain data.</summary>
    public abstract YValue ToJson();

    /// <summary>Calls <paramref name="handler"/> after each transaction that changed this type; dispose the result to stop.</summary>
    /// <remarks>The event may be read inside the handler only. An exception does not stop the transaction.</remarks>
    public IDisposable Observe(Action<YEvent> handler) => throw new NotSupportedException();

    /// <summary>Calls <paramref name="handler"/> after each transaction that changed this type or one nested in it, shallow events first.</summary>
    public IDisposable ObserveDeep(Action<IReadOnlyList<YEvent>> handler) => throw new NotSupportedException();
}
