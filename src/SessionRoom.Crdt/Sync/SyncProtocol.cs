namespace SessionRoom.Crdt;

/// <summary>The kinds of sync messages.</summary>
public enum SyncMessageKind
{
    /// <summary>Carries the sender's state vector.</summary>
    Step1 = 0,
    /// <summary>Answers a step 1 with what the other lacks.</summary>
    Step2 = 1,
    /// <summary>Carries an update.</summary>
    Update = 2,
}

/// <summary>The sync messages of y-protocols: <c>varUint(kind) • varByteArray(payload)</c>.</summary>
/// <remarks>y-protocols 1.0.7, sync.js.</remarks>
public static class SyncProtocol
{
    /// <summary>Step 1: the document's state vector.</summary>
    public static byte[] WriteStep1(Doc doc) => Write(SyncMessageKind.Step1, Known(doc).EncodeStateVector());

    /// <summary>Step 2: what a replica with this state vector lacks.</summary>
    public static byte[] WriteStep2(Doc doc, ReadOnlySpan<byte> stateVector = default) => Write(SyncMessageKind.Step2, Known(doc).EncodeStateAsUpdate(stateVector));

    /// <summary>An update.</summary>
    public static byte[] WriteUpdate(ReadOnlySpan<byte> update) => Write(SyncMessageKind.Update, update);

    /// <summary>Reads one message from the front of <paramref name="message"/>, which moves past it.</summary>
    /// <returns>False if the bytes are malformed.</returns>
    public static bool TryRead(ref ReadOnlySpan<byte> message, out SyncMessageKind kind, out ReadOnlySpan<byte> payload)
    {
        var reader = new ByteReader(message);
        kind = (SyncMessageKind)reader.VarUInt();
        payload = reader.Buffer();
        if (reader.Failed || kind > SyncMessageKind.Update) return false;
        message = message[reader.Position..];
        return true;
    }

    /// <summary>Handles one message: answers a step 1 and applies the rest.</summary>
    /// <returns>The reply to send, or null.</returns>
    /// <param name="doc">The replica.</param>
    /// <param name="message">Exactly one message.</param>
    /// <param name="applied">What applying did; for a step 1, which applies nothing, the default.</param>
    /// <param name="origin">Handed to the transaction.</param>
    /// <exception cref="FormatException">The message, or the state vector of a step 1, is malformed.</exception>
    public static byte[]? Receive(Doc doc, ReadOnlySpan<byte> message, out ApplyResult applied, object? origin = null)
    {
        ArgumentNullException.ThrowIfNull(doc);
        if (!TryRead(ref message, out var kind, out var payload) || !message.IsEmpty) throw new FormatException("This is not one sync message.");
        applied = default;
        if (kind == SyncMessageKind.Step1) return WriteStep2(doc, payload);
        applied = doc.ApplyUpdate(payload, origin);
        return null;
    }

    private static byte[] Write(SyncMessageKind kind, ReadOnlySpan<byte> payload)
    {
        var writer = new ByteWriter(payload.Length + 8);
        writer.VarUInt((int)kind);
        writer.Buffer(payload);
        return writer.ToArray();
    }

    private static Doc Known(Doc doc)
    {
        ArgumentNullException.ThrowIfNull(doc);
        return doc;
    }
}
