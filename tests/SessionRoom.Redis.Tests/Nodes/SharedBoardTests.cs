using SessionRoom.Domain;
using SessionRoom.Rooms;
using SessionRoom.Rooms.Tests;

namespace SessionRoom.Redis.Tests;

/// <summary>A board that is written on several nodes at once.</summary>
public sealed class SharedBoardTests(SharedRedis redis) : IClassFixture<SharedRedis>
{
    [RedisFact]
    public async Task what_is_written_on_one_node_is_read_on_the_other_and_relayed_there_in_the_same_order()
    {
        await using var one = await Node.StartAsync(redis.Server);
        await using var two = await Node.StartAsync(redis.Server);
        var (here, there) = (await one.MakeAsync("words"), await two.OpenAsync("words"));
        await there.Arrives("ann");
        var (fay, ann) = (new Writer(), new Writer());
        await there.Asks();
        for (var number = 0; number < 20; number++)
            await Task.WhenAll(here.Pushes("fay", fay.Writes("f")).Stored(), there.Pushes("ann", ann.Writes("a")).Stored());
        await NotesAsync(here, 40);
        await NotesAsync(there, 40);
        Assert.Equal(await here.Notes(), await there.Notes());
        var replica = new Writer();
        foreach (var step in two.Audience.Board) Assert.True(replica.Doc.ApplyUpdate(step.Update.ToArray()).Accepted);
        Assert.Equal(await here.Notes(), replica.Notes);
        var numbers = two.Audience.Board.Select(step => step.N).ToList();
        Assert.Equal(numbers.Order(), numbers);
    }

    [RedisFact]
    public async Task a_client_id_belongs_to_whoever_used_it_first_on_whichever_node()
    {
        await using var one = await Node.StartAsync(redis.Server);
        await using var two = await Node.StartAsync(redis.Server);
        var (here, there) = (await one.MakeAsync("ids"), await two.OpenAsync("ids"));
        await there.Arrives("eve");
        await there.Asks();
        var (fay, eve) = (new Writer(77), new Writer(77));
        await here.Pushes("fay", fay.Writes("mine")).Stored();
        await NotesAsync(there, 4);
        Assert.Equal(RefusalCode.Forbidden, await there.Pushes("eve", eve.Writes("not hers")).Refused());
        // At the same moment one of them is first, and the other's is without effect.
        var (mine, hers) = (new Writer(78), new Writer(78));
        var both = await Task.WhenAll(here.Pushes("fay", mine.Writes("F")), there.Pushes("eve", hers.Writes("E")));
        Assert.Single(both, answer => answer.Refusal is null);
        await NotesAsync(here, 5);
        await NotesAsync(there, 5);
        Assert.Equal(await here.Notes(), await there.Notes());
    }

    [RedisTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task off_the_record_the_nodes_pass_on_what_is_written_and_store_it_only_if_it_is_kept(bool keep)
    {
        await using var one = await Node.StartAsync(redis.Server);
        await using var two = await Node.StartAsync(redis.Server);
        var id = $"off-{keep}";
        var (here, there) = (await one.MakeAsync(id), await two.OpenAsync(id));
        await there.Arrives("ann");
        await there.Asks();
        var (fay, ann) = (new Writer(), new Writer());
        await here.Pushes("fay", fay.Writes("on ")).Stored();
        await here.Does(Some.Fay, new GoOffRecord()).Done();
        await there.FollowsAsync(here);
        await here.Pushes("fay", fay.Writes("secret ")).Stored();
        await there.Pushes("ann", ann.Writes("hidden ")).Stored();
        await NotesAsync(here, 17);
        await NotesAsync(there, 17);
        Assert.Equal("on ", await there.StoredNotes());
        Assert.Equal(1, (await one.Log.LoadBoardAsync(id, default))!.N);
        await there.Does(Some.Fay, new GoOnRecord(keep)).Done();
        await here.FollowsAsync(there);
        await NotesAsync(here, keep ? 17 : 3);
        await NotesAsync(there, keep ? 17 : 3);
        await using var three = await Node.StartAsync(redis.Server);
        Assert.Equal(keep ? 17 : 3, (await (await three.OpenAsync(id)).Notes()).Length);
        if (!keep) Assert.Equal(RefusalCode.Stale, await here.Pushes("fay", fay.Writes("more")).Refused());
        else await here.Pushes("fay", fay.Writes("more")).Stored();
    }

    [RedisFact]
    public async Task a_node_that_comes_late_is_told_what_was_written_off_the_record()
    {
        await using var one = await Node.StartAsync(redis.Server);
        var here = await one.MakeAsync("late");
        await here.Does(Some.Fay, new GoOffRecord()).Done();
        await here.Pushes("fay", new Writer().Writes("secret")).Stored();
        await using var two = await Node.StartAsync(redis.Server);
        await NotesAsync(await two.OpenAsync("late"), 6);
    }

    private static async Task NotesAsync(LiveRoom room, int length)
    {
        using var deadline = new CancellationTokenSource(Some.Patience);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while ((await room.Notes()).Length != length) await look.WaitForNextTickAsync(deadline.Token);
    }
}
