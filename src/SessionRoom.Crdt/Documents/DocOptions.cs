namespace SessionRoom.Crdt;

/// <summary>How a <see cref="Doc"/> behaves.</summary>
public sealed class DocOptions
{
    /// <summary>The client id that local edits are written under: 0 to 2^53−1. Null (the default) draws a random 32-bit id.
    /// An id must never be used by two live replicas, nor again after a crash.</summary>
    public ulong? ClientId { get; init; }

    /// <summary>Whether deleted content is dropped at the end of each transaction. True by default; false keeps it, so that snapshots can show it.</summary>
    public bool Gc { get; init; } = true;

    /// <summary>The limits for updates given to <see cref="Doc.ApplyUpdate"/>.</summary>
    public UpdateLimits Limits { get; init; } = UpdateLimits.Default;

    /// <summary>How many items are walked before a position index is built: with 0, the histories of the tests are long enough to need one.</summary>
    internal int ShortWalk { get; init; } = Store.DefaultShortWalk;
}
