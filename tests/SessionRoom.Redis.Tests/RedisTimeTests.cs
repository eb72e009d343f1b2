using System.Globalization;

namespace SessionRoom.Redis.Tests;

/// <summary>Redis' time on a node whose own clock is ten minutes off.</summary>
public sealed class RedisTimeTests : LinkTest
{
    internal override LinkOptions Options => new() { Clock = new WrongClock() };

    [RedisFact]
    public async Task the_time_is_right_from_the_first_moment()
    {
        var now = Link.Time.GetUtcNow();
        // Redis and this test are on one machine.
        Assert.InRange((DateTimeOffset.UtcNow - now).Duration(), TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
        var answer = (await Server.AskAsync("TIME")).Split('\n');
        var redis = DateTimeOffset.FromUnixTimeSeconds(long.Parse(answer[0], CultureInfo.InvariantCulture)).AddMicroseconds(double.Parse(answer[1], CultureInfo.InvariantCulture));
        Assert.InRange(redis, now, Link.Time.GetUtcNow());
    }

    [RedisFact]
    public async Task a_restart_moves_nothing()
    {
        await Server.RestartAsync();
        await RestoredAsync();
        Assert.InRange((DateTimeOffset.UtcNow - Link.Time.GetUtcNow()).Duration(), TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void the_question_with_the_shortest_round_trip_counts()
    {
        var clock = new HandClock();
        var time = new RedisTime(clock);
        clock.Answer(time, roundTrip: 2, off: 0);
        clock.Answer(time, roundTrip: 100, off: 40);
        Assert.Equal(clock.Redis, time.GetUtcNow());
        clock.Answer(time, roundTrip: 1, off: 0.2);
        Assert.Equal(clock.Redis.AddMilliseconds(0.2), time.GetUtcNow());
        for (var sample = 0; sample < 10; sample++) clock.Answer(time, roundTrip: 3, off: 1);
        Assert.Equal(clock.Redis.AddMilliseconds(1), time.GetUtcNow());
    }

    [Fact]
    public void a_clock_that_was_set_is_followed_with_the_next_answer()
    {
        var clock = new HandClock();
        var time = new RedisTime(clock);
        for (var sample = 0; sample < 10; sample++) clock.Answer(time, roundTrip: 1, off: 0);
        clock.Answer(time, roundTrip: 5, off: 60_000);
        Assert.Equal(clock.Redis.AddMinutes(1), time.GetUtcNow());
    }

    private sealed class WrongClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromMinutes(10);
    }

    /// <summary>Moves only by what answers take, and is an hour behind Redis'.</summary>
    private sealed class HandClock : TimeProvider
    {
        private DateTimeOffset now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public DateTimeOffset Redis => now.AddHours(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
        public override long GetTimestamp() => now.UtcTicks;
        public override DateTimeOffset GetUtcNow() => now;

        /// <param name="off">What the answer lies beside the truth, in milliseconds.</param>
        public void Answer(RedisTime time, double roundTrip, double off)
        {
            var asked = GetTimestamp();
            now = now.AddMilliseconds(roundTrip);
            time.Take(Redis.AddMilliseconds(off - roundTrip / 2), asked);
        }
    }
}
