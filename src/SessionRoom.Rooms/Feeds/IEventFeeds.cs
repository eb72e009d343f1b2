namespace SessionRoom.Rooms;

/// <summary>What others are told of, to be stored with what it follows from.</summary>
/// <param name="Feed">Whose feed it goes to.</param>
public sealed record Outgoing(string Feed, IReadOnlyList<OutgoingEvent> Events);

/// <param name="At">Unix milliseconds: what is older than a feed keeps goes by it.</param>
/// <param name="Bytes">Opaque. Names the event for good: it may be read more than once.</param>
public readonly record struct OutgoingEvent(long At, ReadOnlyMemory<byte> Bytes);

/// <summary>An event in its place.</summary>
/// <param name="Number">Grows within a feed; there may be holes.</param>
public readonly record struct FeedEvent(long Number, long At, ReadOnlyMemory<byte> Bytes);

/// <summary>How a feed stands.</summary>
/// <param name="Epoch">When it began, Unix milliseconds: the numbers of one that was lost and has regrown say nothing about those before. 0: nothing was ever stored.</param>
/// <param name="Newest">The newest number that was given.</param>
/// <param name="Trimmed">Everything up to this number is kept no more.</param>
/// <param name="Delivered">Everything up to this number was delivered.</param>
/// <param name="Rewinds">How often delivery was set elsewhere.</param>
/// <param name="IsStopped">Nothing is delivered until it is rewound.</param>
public readonly record struct FeedState(long Epoch, long Newest, long Trimmed, long Delivered, long Rewinds, bool IsStopped);

/// <summary>What was last said of a room's board.</summary>
/// <param name="Version">Counts the reports, from 1; 0 before the first.</param>
/// <param name="Epoch">Of the log that <paramref name="N"/> counts.</param>
/// <param name="N">The record of the board up to which all was said.</param>
/// <param name="Bytes">What was said, opaque.</param>
public sealed record StoredReport(long Version, string Epoch, long N, ReadOnlyMemory<byte> Bytes)
{
    public static readonly StoredReport None = new(0, "", 0, ReadOnlyMemory<byte>.Empty);
}

/// <summary>Feeds of events for others, kept by the log itself: an event is stored in the same step as the batch or the report that it follows from, so that none is lost by a crash
/// in between and none says what did not become durable.</summary>
/// <remarks>
/// <para>This is an outbox, and not a reader of the rooms' logs with a position of its own: such a position would keep every log from being trimmed behind it, every room would have to be
/// followed, and a batch would have to be understood long after the state that it belongs to is gone.</para>
/// <para>Calls are all or nothing, safe from any thread, and fail as those of <see cref="IRoomLog"/> do. Deleting a room removes its events and its report.</para>
/// <para>Where rooms and feeds cannot be written in one step (Redis), an event waits beside its room until it is moved to the feed, once and in the room's order: at once by the node that
/// stored it, or else by <see cref="GatherAsync"/>.</para>
/// </remarks>
public interface IEventFeeds
{
    /// <summary>The feeds of which something may be kept, whoever they are for: of each that was told and gathered.</summary>
    Task<IReadOnlyCollection<string>> AllAsync(CancellationToken cancel);

    Task<FeedState> StateAsync(string feed, CancellationToken cancel);

    /// <summary>At most so many of what is kept behind a number, in order.</summary>
    Task<IReadOnlyList<FeedEvent>> ReadAsync(string feed, long after, int most, CancellationToken cancel);

    /// <summary>Notes that everything up to <paramref name="to"/> was delivered, if delivery still stands as in <paramref name="seen"/>. False where it does not.</summary>
    Task<bool> AdvanceAsync(string feed, FeedState seen, long to, CancellationToken cancel);

    /// <summary>Delivery goes on behind <paramref name="to"/>, also where it was stopped.</summary>
    Task RewindAsync(string feed, long to, CancellationToken cancel);

    /// <summary>Nothing more is delivered, if delivery still stands as in <paramref name="seen"/>.</summary>
    Task StopAsync(string feed, FeedState seen, CancellationToken cancel);

    /// <summary>Forgets what is older than <paramref name="before"/> (Unix milliseconds), and all but the newest <paramref name="most"/>.</summary>
    Task TrimAsync(string feed, long before, int most, CancellationToken cancel);

    /// <summary>Called when a feed has more, or delivery was set elsewhere. It may be missed.</summary>
    Task<IDisposable> WatchAsync(string feed, Action hear);

    /// <summary>Holds a feed's delivery for that long, if nobody else does; holding it already, for that long from now.</summary>
    Task<bool> HoldAsync(string feed, TimeSpan lasts, CancellationToken cancel);

    /// <summary>Lets go of it.</summary>
    Task ReleaseAsync(string feed, CancellationToken cancel);

    /// <summary>Brings into the feed what a node left when it died, and removes what is of rooms that are gone.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="rooms">The rooms that it tells of.</param>
    /// <param name="cancel">Stops the wait.</param>
    /// <returns>Those of the rooms whose board was written since the last report.</returns>
    Task<IReadOnlyList<string>> GatherAsync(string feed, IReadOnlyCollection<string> rooms, CancellationToken cancel);

    /// <summary>What was last said of the room's board.</summary>
    Task<StoredReport> LoadReportAsync(string room, CancellationToken cancel);

    /// <summary>Stores what is said of the board, with the events of it, as the next version.</summary>
    /// <returns>False, and nothing is stored, when the room is gone, its epoch differs, or <paramref name="report"/>'s version is not the next one.</returns>
    Task<bool> ReportAsync(string room, StoredReport report, Outgoing outgoing, CancellationToken cancel);
}

public static class RoomLogs
{
    /// <summary>An append that nobody else is told of.</summary>
    public static Task<LogPosition?> AppendAsync(this IRoomLog log, string room, LogPosition expected, ReadOnlyMemory<byte> batch, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(log);
        return log.AppendAsync(room, expected, batch, null, cancel);
    }
}
