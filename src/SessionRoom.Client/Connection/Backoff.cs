namespace SessionRoom.Client.Connection;

/// <summary>How long to wait before each try: doubling, up to the longest, with full jitter over its upper half so that a crowd does not return at once.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, Random jitter)
{
    private int _tries;

    public void Reset() => _tries = 0;

    public TimeSpan Next()
    {
        var whole = Math.Min(first.TotalMilliseconds * Math.Pow(2, _tries++), longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(whole * (0.5 + jitter.NextDouble() / 2));
    }
}
