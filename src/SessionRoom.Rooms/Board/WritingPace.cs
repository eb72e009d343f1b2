namespace SessionRoom.Rooms;

/// <summary>How closely updates of the board follow each other, or the relay that they may be an answer to: whether it is worth waiting for one more. Belongs to the mailbox's reader.</summary>
internal sealed class WritingPace
{
    /// <summary>So many mean gaps without an update: of updates that come by chance, one in fifty is that late.</summary>
    private const int Gaps = 4;

    // Of the mean an eighth is the newest gap.
    private const int Weight = 8;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1), Shortest = TimeSpan.FromMilliseconds(0.5);

    private TimeSpan mean = Longest, last;

    public void UpdateCame(TimeSpan now)
    {
        var gap = now - last;
        mean += ((gap < Longest ? gap : Longest) - mean) / Weight;
        last = now;
    }

    /// <summary>People were sent what waited: until then they may have had nothing to go on with.</summary>
    public void Relayed(TimeSpan now) => last = now;

    /// <summary>From when on nobody is expected to write who does not wait for an answer.</summary>
    public TimeSpan QuietFrom => last + (mean > Shortest ? mean : Shortest) * Gaps;
}
