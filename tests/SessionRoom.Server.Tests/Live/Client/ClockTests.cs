using SessionRoom.Client.Connection;

namespace SessionRoom.Client.Tests;

public sealed class ClockTests : IDisposedAfterwards
{
    private readonly ScriptedServer _server = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(-10), InlineData(0), InlineData(10)]
    public async Task the_countdown_is_the_servers_whatever_the_local_calendar_says(int minutesOff)
    {
        var end = DateTimeOffset.UtcNow.AddMinutes(5);
        var (client, _) = await _server.JoinedAsync(1, $$$"""{"timer":{"status":"running","durationMs":300000,"endsAt":{{{end.ToUnixTimeMilliseconds()}}}}}""",
            _server.Options() with { Time = new WrongCalendar(TimeSpan.FromMinutes(minutesOff)) });
        await using var __ = client;

        var error = client.TimeLeft!.Value - (end - DateTimeOffset.UtcNow);

        Assert.InRange(error.Duration(), TimeSpan.Zero, client.Clock.Uncertainty!.Value + TimeSpan.FromMilliseconds(10));
    }

    [Fact]
    public async Task of_several_samples_the_one_with_the_least_round_trip_counts()
    {
        var time = new Stopwatching();
        var clock = new ServerClock(time);

        await Sample(clock, time, there: 400, back: 0, server: 1_000);
        await Sample(clock, time, there: 5, back: 5, server: 2_000);
        await Sample(clock, time, there: 0, back: 300, server: 3_000);

        // The second answer was given 5 ms after it was asked for and 305 ms ago.
        Assert.Equal(2_305, clock.Now.ToUnixTimeMilliseconds());
        Assert.Equal(TimeSpan.FromMilliseconds(5), clock.Uncertainty);
        time.Pass(1_000);
        Assert.Equal(3_305, clock.Now.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task an_old_sample_gives_way_to_a_worse_one_because_stopwatches_drift()
    {
        var time = new Stopwatching();
        var clock = new ServerClock(time);
        await Sample(clock, time, there: 1, back: 1, server: 1_000);

        time.Pass(660_000);
        await Sample(clock, time, there: 10, back: 10, server: 700_000);

        Assert.Equal(700_010, clock.Now.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task the_server_is_asked_again_while_the_connection_lives()
    {
        var (client, peer) = await _server.JoinedAsync(1, "{}", _server.Options() with { ClockRefresh = TimeSpan.FromMilliseconds(5) });
        await using var _ = client;
        var moved = DateTimeOffset.UtcNow.AddHours(1);
        _server.Now = () => moved.ToUnixTimeMilliseconds();
        var after = peer.TimesAsked;

        while (peer.TimesAsked < after + 40)
        {
            _server.Deadline.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.True(client.Clock.Now > moved.AddMinutes(-1), "thirty-two newer samples have pushed out the older ones");
    }

    [Fact]
    public void waits_double_up_to_the_longest_and_are_spread_over_their_upper_half()
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1), new Random(1));
        foreach (var whole in new[] { 100, 200, 400, 800, 1000, 1000 })
            Assert.InRange(backoff.Next().TotalMilliseconds, whole / 2.0, whole);
        for (var i = 0; i < 5_000; i++) Assert.InRange(backoff.Next().TotalMilliseconds, 500, 1000);
        backoff.Reset();
        Assert.InRange(backoff.Next().TotalMilliseconds, 50, 100);
    }

    private static Task Sample(ServerClock clock, Stopwatching time, int there, int back, long server) => clock.SampleAsync(() =>
    {
        time.Pass(there + back);
        return Task.FromResult(server);
    });

    private sealed class WrongCalendar(TimeSpan off) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + off;
    }

    /// <summary>A stopwatch that the test moves.</summary>
    private sealed class Stopwatching : TimeProvider
    {
        private long _now = 1;

        public override long TimestampFrequency => 1_000;
        public override long GetTimestamp() => _now;
        public void Pass(int milliseconds) => _now += milliseconds;
    }
}
