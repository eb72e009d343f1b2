using System.Text;
using SessionRoom.LoadTests.Fleet;
using SessionRoom.LoadTests.Measuring;
using SessionRoom.LoadTests.Scenarios;
using Xunit.Abstractions;

namespace SessionRoom.Server.Tests.Live;

/// <summary>Many nodes on one Redis, each a process of its own: the load tests' scenarios in small.</summary>
[Collection(nameof(FiguresTests))]
public sealed class ManyNodesTests(ITestOutputHelper output)
{
    private static int? Seed => int.TryParse(Environment.GetEnvironmentVariable("SEED"), out var seed) ? seed : null;

    [RedisFact]
    public async Task nothing_that_was_answered_is_lost_or_done_twice_when_nodes_are_killed()
    {
        var result = Shown(await NodesKill.RunAsync(new(Nodes: 3, People: 10, Kills: 3, Seconds: 6, Seed)));
        Assert.InRange(result.Back, 1, 30);
        Assert.True(result.IsCorrect);
    }

    [RedisFact]
    public async Task nothing_that_was_answered_is_lost_when_redis_is_killed_and_when_it_hangs()
    {
        var result = Shown(await NodesRedis.RunAsync(new(Kills: 1, StopSeconds: 4, People: 10, Seed: Seed)));
        Assert.InRange(result.Verdict.Answered, 1, int.MaxValue);
        Assert.True(result.Holds);
    }

    [RedisFact]
    public async Task everybody_is_resynced_and_goes_on_when_redis_is_flushed()
    {
        var result = Shown(await NodesFlush.RunAsync(new(People: 10, Seconds: 1, Seed)));
        Assert.Equal((10, 0, 0), (result.Resynced, result.Reconnects, result.NotGoingOn));
        Assert.True(result.Holds);
    }

    [RedisFact]
    public async Task everybody_has_the_same_within_five_seconds_though_publications_are_lost()
    {
        var result = Shown(await NodesDrop.RunAsync(new(PerMille: 200, Rounds: 3, RoundMs: 500, People: 10, Seed)));
        Assert.True(result.Holds);
    }

    [RedisFact]
    public async Task two_who_press_next_on_two_nodes_advance_the_queue_once() =>
        Assert.True(Shown(await NodesNext.RunAsync(new(Times: 100))).Holds);

    [Fact]
    public void the_histories_tell_a_hole_from_a_resync_and_see_two_patches_of_one_sequence()
    {
        var histories = new Histories();
        histories.Begin("ann", null, "e", 4, resync: false);
        histories.Patch("ann", "e", 4, 5, Patch("""{"a":1,"b":2}"""));
        histories.Patch("bob", "e", 4, 5, Patch("""{"b":2,"a":1}"""));
        histories.Begin("bob", ("e", 5), "e", 9, resync: true);
        Assert.Equal((0, 0), (histories.Holes, histories.Disagreements));

        histories.Patch("bob", "e", 9, 11, Patch("{}"));
        histories.Begin("ann", ("e", 5), "e", 3, resync: true);
        histories.Begin("ann", ("e", 5), "e", 3, resync: false);
        histories.Begin("ann", ("e", 5), "f", 3, resync: true);
        histories.Patch("cid", "e", 4, 5, Patch("""{"a":1,"b":3}"""));
        Assert.Equal((1, 1, 1, 1), (histories.Holes, histories.Back, histories.Behind, histories.Disagreements));
    }

    private static byte[] Patch(string events) => Encoding.UTF8.GetBytes($$"""{"type":1,"target":"patch","arguments":[{"events":[{{events}}]}]}""");

    private T Shown<T>(T result)
        where T : IFigure
    {
        output.WriteLine(result.ToString());
        return result;
    }
}
