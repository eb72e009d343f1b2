namespace SessionRoom.Rooms;

/// <summary>A clock that asks for the time of day once, when it is made, and counts on from there by the monotonic clock.</summary>
/// <remarks>A step of the machine's clock, by hand or by a time service, moves nothing for as long as the process lives. Where the monotonic clock stands still while
/// the machine is suspended, this one does too. Safe from any thread.</remarks>
public sealed class SteadyTime(TimeProvider time) : TimeProvider
{
    private readonly DateTimeOffset start = time.GetUtcNow();
    private readonly long started = time.GetTimestamp();

    public override long TimestampFrequency => time.TimestampFrequency;
    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;
    public override DateTimeOffset GetUtcNow() => start + time.GetElapsedTime(started);
    public override long GetTimestamp() => time.GetTimestamp();
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(callback, state, dueTime, period);
}
