namespace SessionRoom.Rooms;

/// <summary>Sizes that a board is held to; beyond them an update is refused with <c>too_large</c>.</summary>
public sealed record BoardLimits
{
    /// <summary>Bytes of one update. 512 KiB by default.</summary>
    public int UpdateBytes { get; init; } = 512 * 1024;

    /// <summary>Bytes of a board's whole state. 8 MiB by default. Deletions are taken beyond it.</summary>
    public int BoardBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>CRDT client ids of one participant. 1,000 by default: each page load takes one.</summary>
    public int ClientIds { get; init; } = 1_000;

    /// <summary>Bytes that may wait for updates that have not come. 256 KiB by default.</summary>
    public int PendingBytes { get; init; } = 256 * 1024;

    /// <summary>Steps of conflict resolution for one update. 5 million by default: some tens of milliseconds.</summary>
    public long Steps { get; init; } = 5_000_000;
}
