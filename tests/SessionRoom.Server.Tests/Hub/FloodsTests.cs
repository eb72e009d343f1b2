using SessionRoom.Domain;

namespace SessionRoom.Server.Tests;

public sealed class FloodsTests
{
    [Fact]
    public void who_flooded_stays_out_of_that_room_until_the_time_is_over()
    {
        var clock = new HandClock();
        var floods = new Floods(new ServerOptions { Limits = { OutAfterFlood = TimeSpan.FromSeconds(10) } }, clock);
        floods.Note(Someone("one", "ann"));
        clock.Passed = TimeSpan.FromSeconds(4);
        Assert.Equal(TimeSpan.FromSeconds(6), floods.WaitOf(Someone("one", "ann")));
        Assert.Null(floods.WaitOf(Someone("one", "bo")));
        Assert.Null(floods.WaitOf(Someone("other", "ann")));
        clock.Passed = TimeSpan.FromSeconds(10);
        Assert.Null(floods.WaitOf(Someone("one", "ann")));
    }

    private static PersonToken Someone(string room, string pid) => new(room, pid, pid, Role.Member, Place.Remote, 0, 0);

    private sealed class HandClock : TimeProvider
    {
        public TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;
    }
}
