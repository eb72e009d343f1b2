namespace SessionRoom.Client;

/// <summary>The server's time, estimated from its answers and carried on by the local stopwatch. What the local calendar says never enters.</summary>
/// <remarks>Of the recent samples the one with the least round trip counts: its error is at most half that round trip. Safe for concurrent use.</remarks>
public sealed class ServerClock(TimeProvider time)
{
    // A stopwatch may drift by some 50 ppm: 30 ms in ten minutes.
    private static readonly TimeSpan OldestSample = TimeSpan.FromMinutes(10);
    private const int MostSamples = 32;

    private readonly Queue<Sample> _samples = new();
    private readonly Lock _gate = new();
    private volatile Sample? _best;

    /// <summary>The server's time now. Until the first sample came, the local calendar's.</summary>
    public DateTimeOffset Now => _best is { } best ? best.ServerTime + time.GetElapsedTime(best.Middle) : time.GetUtcNow();

    /// <summary>How far <see cref="Now"/> can be off because the way there and the way back differ; null before the first sample.</summary>
    public TimeSpan? Uncertainty => _best?.RoundTrip / 2;

    /// <summary>The next server may have another clock: the next sample replaces what is known, whatever its round trip.</summary>
    internal void StartOver()
    {
        lock (_gate) _samples.Clear();
    }

    /// <summary>Asks once and takes the answer as a sample.</summary>
    internal async Task SampleAsync(Func<Task<long>> ask)
    {
        var sent = time.GetTimestamp();
        var answer = await ask();
        Take(sent, time.GetTimestamp(), answer);
    }

    private void Take(long sent, long received, long serverMs)
    {
        lock (_gate)
        {
            while (_samples.Count >= MostSamples || (_samples.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Middle, received) > OldestSample)) _samples.Dequeue();
            _samples.Enqueue(new(DateTimeOffset.FromUnixTimeMilliseconds(serverMs), sent + (received - sent) / 2, time.GetElapsedTime(sent, received)));
            _best = _samples.MinBy(sample => sample.RoundTrip);
        }
    }

    private sealed record Sample(DateTimeOffset ServerTime, long Middle, TimeSpan RoundTrip);
}
