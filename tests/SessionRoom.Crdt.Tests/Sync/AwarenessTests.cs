using SessionRoom.Crdt;

namespace SessionRoom.Crdt.Tests.Sync;

/// <summary>The rules of y-protocols 1.0.7, awareness.js; bytes from that package.</summary>
public sealed class AwarenessTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_state_is_announced_as_y_protocols_announces_it()
    {
        var ann = new Awareness(7, _time) { LocalState = """{"u":"x"}""" };
        Assert.Equal("010701097b2275223a2278227d", Convert.ToHexStringLower(ann.Encode()));
        ann.LocalState = null;
        Assert.Equal("010702046e756c6c", Convert.ToHexStringLower(ann.Encode([7])));
    }

    [Fact]
    public void A_newer_clock_wins_and_an_older_one_changes_nothing()
    {
        var bob = new Awareness(1, _time);
        var first = Of(7, 1, """{"u":"x"}""");
        Assert.Equal([7UL], bob.Apply(first)!.Added);
        Assert.True(bob.Apply(first)!.IsEmpty);
        var again = bob.Apply(Of(7, 2, """{"u":"x"}"""))!;
        Assert.Equal([7UL], again.Updated);
        Assert.Empty(again.Changed);
        Assert.Equal([7UL], bob.Apply(Of(7, 3, """{"u":"y"}"""))!.Changed);
        Assert.Equal("""{"u":"y"}""", bob.States[7]);
    }

    [Fact]
    public void An_unknown_clients_state_at_clock_0_is_ignored() => Assert.True(new Awareness(1, _time).Apply(Of(7, 0, "{}"))!.IsEmpty);

    [Fact]
    public void Gone_under_the_same_clock_removes_and_the_old_state_cannot_return()
    {
        var bob = new Awareness(1, _time);
        bob.Apply(Of(7, 4, "{}"));
        Assert.Equal([7UL], bob.Apply(Of(7, 4, "null"))!.Removed);
        Assert.True(bob.Apply(Of(7, 4, "{}"))!.IsEmpty);
        Assert.Equal(4UL, bob.GetClock(7));
    }

    [Fact]
    public void Whoever_is_said_to_be_gone_but_is_here_says_so_with_a_newer_clock()
    {
        var ann = new Awareness(7, _time) { LocalState = "{}" };
        ann.Apply(Of(7, 1, "null"));
        Assert.Equal("{}", ann.LocalState);
        Assert.Equal(2UL, ann.GetClock(7));
    }

    [Fact]
    public void Removing_others_keeps_their_clock_and_removing_oneself_advances_it()
    {
        var bob = new Awareness(1, _time);
        bob.Apply(Of(7, 4, "{}"));
        bob.Remove([7, 1]);
        Assert.Equal((4UL, 1UL), (bob.GetClock(7), bob.GetClock(1)));
        Assert.Empty(bob.States);
    }

    [Fact]
    public void After_15_s_one_announces_again_and_after_30_s_of_silence_others_are_dropped()
    {
        var bob = new Awareness(1, _time);
        bob.Apply(Of(7, 1, "{}"));
        var announced = new List<AwarenessChange>();
        bob.Updated += (change, _) => announced.Add(change);
        _time.Advance(TimeSpan.FromSeconds(14));
        bob.Tick();
        Assert.Empty(announced);
        _time.Advance(TimeSpan.FromSeconds(1));
        bob.Tick();
        Assert.Equal([1UL], Assert.Single(announced).Updated);
        _time.Advance(TimeSpan.FromSeconds(15));
        bob.Tick();
        Assert.Equal([7UL], announced[1].Removed);
        Assert.Equal([1UL], announced[1].Updated);
    }

    [Fact]
    public void Changed_speaks_of_differences_only_and_updated_of_every_announcement()
    {
        var (changed, updated) = (0, 0);
        var bob = new Awareness(1, _time);
        bob.Changed += (_, _) => changed++;
        bob.Updated += (_, _) => updated++;
        bob.Apply(Of(7, 1, "{}"));
        bob.Apply(Of(7, 2, "{}"));
        Assert.Equal((1, 2), (changed, updated));
    }

    [Theory]
    [InlineData("01")]
    [InlineData("ff")]
    [InlineData("ffffff7f")]
    [InlineData("0107010178")]
    [InlineData("010701027b7d00")]
    [InlineData("0107ffffffffffffff0f027b7d")]
    public void What_is_malformed_changes_nothing(string hex)
    {
        var bob = new Awareness(1, _time);
        Assert.Null(bob.Apply(Convert.FromHexString(hex)));
        Assert.Equal([1UL], bob.States.Keys);
    }

    [Fact]
    public void A_state_that_is_not_JSON_is_refused() => Assert.Throws<FormatException>(() => new Awareness(1, _time).LocalState = "{");

    private static byte[] Of(byte client, byte clock, string json) => [1, client, clock, (byte)json.Length, .. System.Text.Encoding.UTF8.GetBytes(json)];

    private sealed class ManualTime : TimeProvider
    {
        private TimeSpan _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
        public override long GetTimestamp() => _now.Ticks;
        public void Advance(TimeSpan by) => _now += by;
    }
}
