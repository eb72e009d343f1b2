namespace SessionRoom.Server;

/// <summary>How much one may do: so much at once, and so much per second after that. Starts full; not safe from several threads.</summary>
internal sealed class TokenBucket
{
    private readonly double perSecond, burst;
    private readonly TimeProvider time;
    private double left;
    private long at;

    public TokenBucket(double perSecond, double burst, TimeProvider time)
    {
        (this.perSecond, this.burst, this.time) = (perSecond, burst, time);
        (left, at) = (burst, time.GetTimestamp());
    }

    public bool TryTake(double amount = 1)
    {
        var now = time.GetTimestamp();
        left = Math.Min(burst, left + (time.GetElapsedTime(at, now).TotalSeconds * perSecond));
        at = now;
        if (left < amount) return false;
        left -= amount;
        return true;
    }
}
