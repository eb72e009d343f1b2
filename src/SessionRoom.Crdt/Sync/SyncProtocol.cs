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
    public static byte[] WriteStep1(Doc doc) => throw new NotSupportedException();

    /// <summary>Step 2: what a replica with this state vector lacks.</summary>
    public static byte[] WriteStep2(Doc doc, ReadOnlySpan<byte> stateVector = default) => throw new NotSupportedException();

    /// <summary>An update.</summary>
    public static byte[] WriteUpdate(ReadOnlySpan<byte> update) => throw new NotSupportedException();

    /// <summary>Reads one message from the front of <paramref name="message"/>, which moves past it.</summary>
    /// <returns>False if the bytes are malformed.</returns>
    public static bool TryRead(ref ReadOnlySpan<byte> message, out SyncMessageKind kind, out ReadOnlySpan<byte> payload) => throw new NotSupportedException();

    /// <summary>Handles one message: answers a step 1 and applies the rest.</summary>
    /// <returns>The reply to send, or null; and what applying did.</returns>
    /// <exception cref="FormatException">The message is malformed.</exception>
    public static byte[]? Receive(Doc doc, ReadOnlySpan<byte> message, out ApplyResult applied, object? origin = null) => throw new NotSupportedException();
}
