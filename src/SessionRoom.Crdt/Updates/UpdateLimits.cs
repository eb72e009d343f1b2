namespace SessionRoom.Crdt;

/// <summary>What an update from a stranger may cost.</summary>
public sealed record UpdateLimits
{
    /// <summary>The defaults.</summary>
    public static readonly UpdateLimits Default = new();

    /// <summary>For bytes that this process wrote itself: only what the format demands.</summary>
    internal static readonly UpdateLimits Unlimited = new() { MaxBytes = int.MaxValue, MaxDepth = AnyCodec.DeepestPossible, MaxClock = (long)ByteReader.MaxNumber };

    /// <summary>The end of the clocks of one client: what a document can hold, less than what bytes may say.</summary>
    internal long MaxClock { get; init; } = Item.MaxClock;

    /// <summary>The most bytes of one update. 64 MiB by default.</summary>
    public int MaxBytes { get; init; } = 64 << 20;

    /// <summary>The deepest nesting inside one value. 64 by default; at most 512.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>The most bytes a document keeps for structs and deletions that wait for others. 16 MiB by default.</summary>
    public int MaxPendingBytes { get; init; } = 16 << 20;

    /// <summary>How many steps conflict resolution may take for one update. 50 million by default.</summary>
    public long MaxSteps { get; init; } = 50_000_000;

    /// <summary>The longest run of one GC, Skip or Deleted struct: the only lengths that no content backs. 2^53−1 by default, as the format
    /// allows; a server that takes updates from strangers sets it to what its clients can have written. Whatever it is, a document holds 2^37 clocks of a
    /// client.</summary>
    public ulong MaxRunLength { get; init; } = (1UL << 53) - 1;
}
