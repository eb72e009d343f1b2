namespace SessionRoom.Crdt;

/// <summary>Receives the update that one transaction produced. The bytes are valid during the call only.</summary>
public delegate void UpdateHandler(Doc doc, ReadOnlySpan<byte> update, object? origin, bool local);

/// <summary>A replica of a shared document. Not thread-safe: one writer at a time, and no reader beside it.</summary>
public sealed class Doc
{
    /// <summary>An empty document.</summary>
    public Doc(DocOptions? options = null) => throw new NotSupportedException();

    /// <summary>The id that local edits are written under. Changes when a remote update turns out to use the same one.</summary>
    public ulong ClientId => throw new NotSupportedException();

    /// <summary>Whether deleted content is dropped.</summary>
    public bool Gc => throw new NotSupportedException();

    /// <summary>The shared text of that name, created on first mention.</summary>
    /// <exception cref="InvalidOperationException">The name is in use for another kind of type.</exception>
    public YText GetText(string name) => throw new NotSupportedException();

    /// <inheritdoc cref="GetText"/>
    public YArray GetArray(string name) => throw new NotSupportedException();

    /// <inheritdoc cref="GetText"/>
    public YMap GetMap(string name) => throw new NotSupportedException();

    /// <inheritdoc cref="GetText"/>
    public YXmlFragment GetXmlFragment(string name) => throw new NotSupportedException();

    /// <inheritdoc cref="GetText"/>
    public YXmlText GetXmlText(string name) => throw new NotSupportedException();

    /// <summary>The names of all root types, in the order of first mention.</summary>
    public IReadOnlyList<string> RootNames => throw new NotSupportedException();

    /// <summary>Runs <paramref name="edits"/> as one transaction with one update. Inside another transaction it joins that one.</summary>
    /// <exception cref="AggregateException">Observers threw; the transaction is complete nevertheless.</exception>
    public void Transact(Action<Transaction> edits, object? origin = null) => throw new NotSupportedException();

    /// <summary>Begins a transaction that ends when the result is disposed; the form without an allocation for a closure.</summary>
    public Transaction BeginTransaction(object? origin = null) => throw new NotSupportedException();

    /// <summary>Raised after each transaction that changed something, with its update in the v1 format.</summary>
    public event UpdateHandler? UpdateV1 { add => throw new NotSupportedException(); remove => throw new NotSupportedException(); }

    /// <summary>Raised after each transaction that changed something, with its update in the v2 format.</summary>
    public event UpdateHandler? UpdateV2 { add => throw new NotSupportedException(); remove => throw new NotSupportedException(); }

    /// <summary>Raised when a transaction has ended, whether it changed something or not.</summary>
    public event Action<Transaction>? AfterTransaction { add => throw new NotSupportedException(); remove => throw new NotSupportedException(); }

    /// <summary>Applies a v1 update. Updates may come late, twice and in any order; what cannot be placed yet is kept pending.</summary>
    /// <returns>What happened. A refused update leaves the document exactly as it was.</returns>
    public ApplyResult ApplyUpdate(ReadOnlySpan<byte> update, object? origin = null) => throw new NotSupportedException();

    /// <summary>Applies a v2 update, as <see cref="ApplyUpdate"/>.</summary>
    public ApplyResult ApplyUpdateV2(ReadOnlySpan<byte> update, object? origin = null) => throw new NotSupportedException();

    /// <summary>Everything that a replica with this state vector lacks, pending data included, as a v1 update. An empty span stands for an empty replica.</summary>
    /// <exception cref="FormatException">The state vector is malformed.</exception>
    public byte[] EncodeStateAsUpdate(ReadOnlySpan<byte> stateVector = default) => throw new NotSupportedException();

    /// <summary>As <see cref="EncodeStateAsUpdate"/>, in the v2 format.</summary>
    public byte[] EncodeStateAsUpdateV2(ReadOnlySpan<byte> stateVector = default) => throw new NotSupportedException();

    /// <summary>The state vector: per client the next clock that this replica expects.</summary>
    public byte[] EncodeStateVector() => throw new NotSupportedException();

    /// <summary>The next clock expected from a client; 0 if it is unknown.</summary>
    public ulong GetState(ulong client) => throw new NotSupportedException();

    /// <summary>Whether structs or deletions wait for others that have not arrived.</summary>
    public bool HasPending => throw new NotSupportedException();

    /// <summary>How many bytes wait for missing updates.</summary>
    public int PendingBytes => throw new NotSupportedException();

    /// <summary>Forgets what waits for missing updates; the next exchange of state vectors brings it again.</summary>
    public void DropPending() => throw new NotSupportedException();

    /// <summary>The state now, to look back at or compare with.</summary>
    public Snapshot Snapshot() => throw new NotSupportedException();

    /// <summary>A new document as it was at <paramref name="snapshot"/>.</summary>
    /// <exception cref="InvalidOperationException">This document collects garbage, so that the past is gone.</exception>
    public Doc RestoreSnapshot(Snapshot snapshot, DocOptions? options = null) => throw new NotSupportedException();

    /// <summary>All root types as an object, keyed by name. Roots nobody gave a kind are read by what they hold: keys as a map, else text or list.</summary>
    public YValue ToJson() => throw new NotSupportedException();
}
