namespace SessionRoom.Rooms;

/// <summary>How many people wrote on the board within the last second. Belongs to the mailbox's reader.</summary>
internal sealed class RecentWriters
{
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(1), Counting = TimeSpan.FromSeconds(0.1);

    private readonly Dictionary<string, TimeSpan> lastWrote = new(StringComparer.Ordinal);
    private TimeSpan counted;

    public void Note(string pid, TimeSpan now) => lastWrote[pid] = now;

    /// <summary>Exact to a tenth of a second.</summary>
    public int CountAt(TimeSpan now)
    {
        if (now - counted < Counting) return lastWrote.Count;
        counted = now;
        foreach (var (pid, wrote) in lastWrote)
            if (now - wrote > Recent) lastWrote.Remove(pid);
        return lastWrote.Count;
    }
}
