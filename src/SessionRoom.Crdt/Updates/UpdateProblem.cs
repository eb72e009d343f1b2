namespace SessionRoom.Crdt;

/// <summary>Why an update is refused.</summary>
public enum UpdateProblemReason
{
    /// <summary>It is longer than <see cref="UpdateLimits.MaxBytes"/>.</summary>
    TooLong,
    /// <summary>It ends in the middle.</summary>
    Truncated,
    /// <summary>Bytes follow its end.</summary>
    TrailingBytes,
    /// <summary>A number lies outside 0…2^53−1, or a clock passes what a document holds: 2^37 of each client.</summary>
    NumberOutOfRange,
    /// <summary>A declared count cannot fit in the bytes that remain.</summary>
    ImpossibleCount,
    /// <summary>An unknown content, type or value tag.</summary>
    UnknownTag,
    /// <summary>A struct or a deleted range of length 0.</summary>
    EmptyStruct,
    /// <summary>Text that is not UTF-8.</summary>
    InvalidText,
    /// <summary>An embed or format value that is not JSON.</summary>
    InvalidJson,
    /// <summary>A value nests deeper than <see cref="UpdateLimits.MaxDepth"/>.</summary>
    TooDeep,
    /// <summary>A struct refers to itself or to a later one of its own client.</summary>
    ForwardReference,
    /// <summary>A client appears twice.</summary>
    DuplicateClient,
    /// <summary>A GC, Skip or Deleted run longer than <see cref="UpdateLimits.MaxRunLength"/>.</summary>
    RunTooLong,
    /// <summary>What would wait for missing updates exceeds <see cref="UpdateLimits.MaxPendingBytes"/>.</summary>
    PendingFull,
    /// <summary>Applying it would take more than <see cref="UpdateLimits.MaxSteps"/>.</summary>
    TooMuchWork,
    /// <summary>Applying it failed in a way that nobody foresaw; the document was restored.</summary>
    Failed,
}

/// <summary>Why an update is refused, and where.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Offset">The byte at which it was noticed; −1 when it belongs to no byte.</param>
public sealed record UpdateProblem(UpdateProblemReason Reason, int Offset);
