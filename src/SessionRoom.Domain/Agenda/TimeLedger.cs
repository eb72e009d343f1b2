namespace SessionRoom.Domain;

/// <summary>What planned, spent and borrowed time make of the session's length, in milliseconds.</summary>
/// <param name="PlannedMs">The sum of all timeboxes.</param>
/// <param name="SpentMs">Live time up to the moment asked for.</param>
/// <param name="BorrowedMs">What items took beyond their timebox (negative: gave back), and time that belonged to no item.</param>
/// <param name="RemainingMs">What is still to come if everything from here on keeps to its timebox.</param>
public sealed record TimeLedger(long PlannedMs, long SpentMs, long BorrowedMs, long RemainingMs)
{
    public long LengthMs => SpentMs + RemainingMs;

    /// <summary>The ledger at <paramref name="now"/>: always <c>planned + borrowed = spent + remaining</c>.</summary>
    public static TimeLedger Of(RoomState room, long now)
    {
        var (session, agenda) = (room.Session, room.Agenda);
        var planned = agenda.Items.Sum(item => item.Item.DurationMs);
        if (session.StartedAt is not { } started) return new(planned, 0, 0, planned);

        var stretch = agenda.Since is { } since ? now - since : 0;
        var current = agenda.CurrentItem;
        var currentLeft = session.Stage == Stage.Live && current is not null ? Left(room.Timer, current, now, stretch) : 0;
        var between = agenda.BetweenMs + (current is null ? stretch : 0);
        var borrowed = between + agenda.Items.Sum(item => Borrowed(item));
        var upcoming = session.Stage == Stage.Live ? agenda.Items.Where(item => !item.Visited).Sum(item => item.Item.DurationMs) : 0;
        return new(planned, (session.EndedAt ?? now) - started, borrowed, currentLeft + upcoming);

        long Borrowed(PlannedItem item) => item switch
        {
            { Visited: false } => session.Stage == Stage.Live ? 0 : -item.Item.DurationMs,
            _ when item == current => item.SpentMs + stretch + currentLeft - item.Item.DurationMs,
            _ => item.SpentMs - item.Item.DurationMs,
        };
    }

    private static long Left(SessionTimer timer, PlannedItem current, long now, long stretch) => Math.Max(0, timer switch
    {
        { ItemId: var id } when id != current.Item.Id => current.Item.DurationMs - current.SpentMs - stretch,
        { EndsAt: { } end } => end - now,
        { RemainingMs: { } left } => left,
        _ => 0,
    });
}
