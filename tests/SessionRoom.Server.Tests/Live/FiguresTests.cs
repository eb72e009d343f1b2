using SessionRoom.LoadTests.Measuring;
using SessionRoom.LoadTests.Scenarios;
using Xunit.Abstractions;

namespace SessionRoom.Server.Tests.Live;

/// <summary>The load tests' scenarios in small, over server processes of their own: what they prove, not how fast.</summary>
[Collection(nameof(FiguresTests))]
[CollectionDefinition(nameof(FiguresTests), DisableParallelization = true)]
public sealed class FiguresTests(ITestOutputHelper output)
{
    private static int? Seed => int.TryParse(Environment.GetEnvironmentVariable("SEED"), out var seed) ? seed : null;

    [Fact]
    public async Task what_was_answered_is_there_once_after_every_kill()
    {
        var result = Shown(await Crash.RunAsync(new(Rounds: 3, Seed)));
        Assert.True(result.Answered > 0);
        Assert.Equal((0, 0, 0), (result.Missing, result.Twice, result.Disagreeing));
    }

    [Fact]
    public async Task the_countdown_of_a_calendar_ten_minutes_off_is_right()
    {
        var result = Shown(await Clock.RunAsync(new(Samples: 40)));
        Assert.Equal(3, result.WorstMs.Count);
        Assert.All(result.WorstMs.Values, worst => Assert.InRange(worst, 0, ClockResult.AllowedMs));
    }

    [Fact]
    public async Task a_member_who_stops_reading_takes_nothing_from_the_others_and_is_resynced_or_closed()
    {
        var result = Shown(await SlowReader.RunAsync(new(Members: 20, Seconds: 8, Pairs: 1, Text: 20_000, Crowd: 0)));
        Assert.True(result.IsCorrect);
        Assert.Equal(1, result.Closing.Closed);
    }

    [Fact]
    public async Task a_crowd_that_comes_at_once_ends_in_one_state_without_a_hole()
    {
        var result = Shown(await JoinRush.RunAsync(new(Members: 150, OverMs: 300)));
        Assert.Equal((150, 0), (result.Agreeing, result.Holes));
    }

    [Fact]
    public async Task bad_input_is_refused_without_effect_and_the_server_stands()
    {
        var result = Shown(await Hostile.RunAsync(new(Commands: 500, Seed, Seconds: 0)));
        Assert.All(result.Attempts, attempt => Assert.True(attempt.Holds, attempt.What));
        Assert.True(result.Holds);
    }

    [Fact]
    public async Task many_who_write_on_one_board_while_their_connections_are_cut_end_with_the_same()
    {
        var result = Shown(await BoardWriters.RunAsync(new(Writers: 8, Edits: 20, Seed)));
        Assert.Equal((160, 0, 0), (result.Answered, result.Refused, result.Differing));
        Assert.True(result.Holds);
    }

    [Fact]
    public async Task an_answered_edit_of_a_board_is_there_after_every_kill()
    {
        var result = Shown(await BoardCrash.RunAsync(new(Rounds: 3, Seed)));
        Assert.True(result.Answered > 0);
        Assert.Equal((0, 0, 0), (result.Missing, result.Refused, result.Differing));
    }

    [Fact]
    public async Task updates_that_no_sound_client_writes_are_refused_without_effect_and_the_room_goes_on()
    {
        var result = Shown(await BoardHostile.RunAsync());
        Assert.All(result.Attempts, attempt => Assert.True(attempt.Holds, attempt.What));
        Assert.True(result.Holds);
    }

    [Fact]
    public async Task whoever_missed_one_edit_of_a_large_board_is_sent_little_more_than_that() =>
        Assert.True(Shown(await BoardRejoin.RunAsync(new(Kilobytes: 200))).Holds);

    private T Shown<T>(T result)
        where T : IFigure
    {
        output.WriteLine(result.ToString());
        return result;
    }
}
