using SessionRoom.Rooms;

namespace SessionRoom.Redis;

/// <summary>Redis' time of day: the steady clock of this process and an offset measured by asking <c>TIME</c>. Timestamps and timers are the clock's own. Safe from any thread.</summary>
/// <remarks>The true offset lies within half a round trip of what a question measures, so the question with the shortest round trip of the newest ten counts. One that contradicts
/// it, because a clock was set or another server answers, makes the older ones void.</remarks>
internal sealed class RedisTime(TimeProvider clock) : TimeProvider
{
    private const int Kept = 10;

    // A steady clock and Redis' drift apart by far less within the ten seconds that the samples span.
    private static readonly TimeSpan Drift = TimeSpan.FromMilliseconds(5);

    private readonly SteadyTime steady = new(clock);
    private readonly Queue<Sample> samples = [];
    private long offset;

    private sealed record Sample(TimeSpan Offset, TimeSpan RoundTrip);

    public override long TimestampFrequency => clock.TimestampFrequency;
    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;
    public override DateTimeOffset GetUtcNow() => steady.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref offset));
    public override long GetTimestamp() => clock.GetTimestamp();
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => clock.CreateTimer(callback, state, dueTime, period);

    /// <param name="answer">What Redis said.</param>
    /// <param name="asked">The timestamp before the question.</param>
    public void Take(DateTimeOffset answer, long asked)
    {
        lock (samples)
        {
            var roundTrip = clock.GetElapsedTime(asked);
            var sample = new Sample(answer + roundTrip / 2 - steady.GetUtcNow(), roundTrip);
            if (samples.Count > 0 && Best() is var best && (best.Offset - sample.Offset).Duration() > (best.RoundTrip + sample.RoundTrip) / 2 + Drift) samples.Clear();
            samples.Enqueue(sample);
            if (samples.Count > Kept) samples.Dequeue();
            Volatile.Write(ref offset, Best().Offset.Ticks);
        }
    }

    private Sample Best() => samples.MinBy(sample => sample.RoundTrip)!;
}
