namespace SessionRoom.Crdt;

/// <summary>A run of new structs that an update carries: clocks <c>[FirstClock, FirstClock + Length)</c> of one client.</summary>
public readonly record struct ClientRange(ulong Client, ulong FirstClock, ulong Length);

/// <summary>What an update spans, per client: from its first clock to the end of its last struct.</summary>
public sealed record UpdateMeta(IReadOnlyDictionary<ulong, ulong> From, IReadOnlyDictionary<ulong, ulong> To);

/// <summary>Work on update bytes without building a document.</summary>
public static class Updates
{
    /// <summary>Checks a v1 update completely, without a document: structure, counts, lengths, references, text, JSON, nesting.</summary>
    /// <returns>Null if it is sound.</returns>
    public static UpdateProblem? Validate(ReadOnlySpan<byte> update, UpdateLimits? limits = null) => throw new NotSupportedException();

    /// <summary>As <see cref="Validate"/>, for v2.</summary>
    public static UpdateProblem? ValidateV2(ReadOnlySpan<byte> update, UpdateLimits? limits = null) => throw new NotSupportedException();

    /// <summary>One update that has the effect of all. Gaps become Skips; overwritten content stays.</summary>
    /// <exception cref="FormatException">One of them is malformed.</exception>
    public static byte[] Merge(IReadOnlyList<ReadOnlyMemory<byte>> updates) => throw new NotSupportedException();

    /// <summary>What a replica with this state vector lacks of the update; deletions are kept whole.</summary>
    /// <exception cref="FormatException">The bytes are malformed.</exception>
    public static byte[] Diff(ReadOnlySpan<byte> update, ReadOnlySpan<byte> stateVector) => throw new NotSupportedException();

    /// <summary>The state vector of a replica that has applied just this update: only runs that start at clock 0 count.</summary>
    /// <exception cref="FormatException">The bytes are malformed.</exception>
    public static byte[] StateVector(ReadOnlySpan<byte> update) => throw new NotSupportedException();

    /// <summary>What the update spans.</summary>
    /// <exception cref="FormatException">The bytes are malformed.</exception>
    public static UpdateMeta Meta(ReadOnlySpan<byte> update) => throw new NotSupportedException();

    /// <summary>The runs of structs (Skips left out) that the update carries: whose clocks it claims. Deletions do not count.</summary>
    /// <exception cref="FormatException">The bytes are malformed.</exception>
    public static IReadOnlyList<ClientRange> Clients(ReadOnlySpan<byte> update) => throw new NotSupportedException();

    /// <summary>The same update in the v2 format.</summary>
    /// <exception cref="FormatException">The bytes are malformed.</exception>
    public static byte[] ConvertV1ToV2(ReadOnlySpan<byte> update) => throw new NotSupportedException();

    /// <summary>The same update in the v1 format.</summary>
    /// <exception cref="FormatException">The bytes are malformed.</exception>
    public static byte[] ConvertV2ToV1(ReadOnlySpan<byte> update) => throw new NotSupportedException();

    /// <summary>Reads a state vector: client to next expected clock.</summary>
    /// <exception cref="FormatException">The bytes are malformed.</exception>
    public static IReadOnlyDictionary<ulong, ulong> DecodeStateVector(ReadOnlySpan<byte> stateVector) => throw new NotSupportedException();

    /// <summary>Writes a state vector, clients descending.</summary>
    public static byte[] EncodeStateVector(IReadOnlyDictionary<ulong, ulong> stateVector) => throw new NotSupportedException();
}
