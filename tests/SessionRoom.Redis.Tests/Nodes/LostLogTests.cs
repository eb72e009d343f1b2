using System.Text.Json.Nodes;
using SessionRoom.Domain;
using SessionRoom.Rooms;
using SessionRoom.Rooms.Tests;

namespace SessionRoom.Redis.Tests;

/// <summary>A Redis that lost what the nodes still hold.</summary>
public sealed class LostLogTests : IAsyncLifetime
{
    private RedisServer server = null!;

    public async Task InitializeAsync() => server = RedisServer.Lacking is null ? await RedisServer.StartAsync("always") : null!;

    public async Task DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
    }

    [RedisFact]
    public async Task a_flushed_redis_is_given_back_the_room_and_everybody_starts_over()
    {
        await using var one = await Node.StartAsync(server);
        await using var two = await Node.StartAsync(server);
        var (here, there) = (await one.MakeAsync("flushed"), await two.OpenAsync("flushed"));
        await there.Arrives("ann");
        await there.Asks();
        var fay = new Writer();
        await here.Pushes("fay", fay.Writes("kept")).Stored();
        await there.FollowsAsync(here);
        var before = here.Current;
        await server.AskAsync("FLUSHALL");
        await here.Does(Some.Fay, new StartTimer(60_000)).Done();
        await there.FollowsAsync(here);
        Assert.NotEqual(before.Position.Epoch, here.Current.Position.Epoch);
        Assert.Equal((1, 1), (one.Audience.Begun, two.Audience.Begun));
        Assert.True(there.Current.IsOnline("ann"));
        Assert.Equal("kept", await here.Notes());
        Assert.Equal("kept", await there.Notes());
        await there.Pushes("ann", new Writer().Writes("!")).Stored();
        await using var three = await Node.StartAsync(server);
        var fresh = await three.OpenAsync("flushed");
        Assert.True(JsonNode.DeepEquals(Some.View(here.Current.State), Some.View(fresh.Current.State)));
        Assert.Equal(5, (await fresh.Notes()).Length);
    }

    [RedisFact]
    public async Task a_redis_that_came_back_with_an_older_log_is_given_what_it_lost()
    {
        await using var one = await Node.StartAsync(server);
        await using var two = await Node.StartAsync(server);
        var (here, there) = (await one.MakeAsync("older"), await two.OpenAsync("older"));
        var fay = new Writer();
        await there.Asks();
        await here.Pushes("fay", fay.Writes("a")).Stored();
        await there.FollowsAsync(here);
        var old = server.Copy();
        await here.Does(Some.Fay, new SeatPerson("Ida")).Done();
        await here.Pushes("fay", fay.Writes("b")).Stored();
        await there.FollowsAsync(here);
        var before = here.Current;
        await server.GoBackAsync(old);
        await here.UntilAsync(now => now.Position.Epoch != before.Position.Epoch);
        await there.FollowsAsync(here);
        Assert.True(ISharedLog.IsSameRoom(before.Position.Epoch, here.Current.Position.Epoch));
        Assert.Contains("Ida", here.Current.State.People.Values.Select(person => person.Name));
        Assert.Equal("ab", await here.Notes());
        Assert.Equal("ab", await there.Notes());
        Assert.True(one.Audience.Begun >= 1 && two.Audience.Begun >= 1);
        await there.Does(Some.Fay, new StartTimer(60_000)).Done();
    }

    [RedisFact]
    public async Task while_redis_is_away_commands_are_unavailable_at_once_and_afterwards_everything_goes_on()
    {
        await using var one = await Node.StartAsync(server);
        var here = await one.MakeAsync("away");
        var fay = new Writer();
        await here.Pushes("fay", fay.Writes("a")).Stored();
        await server.KillAsync();
        Assert.Equal(RefusalCode.Unavailable, await here.Does(Some.Fay, new StartTimer(60_000), "again").Refused());
        var edit = fay.Writes("b");
        Assert.Equal(RefusalCode.Unavailable, await here.Pushes("fay", edit).Refused());
        Assert.Equal(RefusalCode.Unavailable, await here.Pushes("fay", edit).Refused());
        Assert.False(await one.Rooms.IsReadyAsync(default));
        await server.RunAsync();
        using var deadline = new CancellationTokenSource(Some.Patience);
        while ((await here.Does(Some.Fay, new StartTimer(60_000), "again")).Refusal is { Code: RefusalCode.Unavailable }) deadline.Token.ThrowIfCancellationRequested();
        while ((await here.Pushes("fay", edit)).Refusal is not null) deadline.Token.ThrowIfCancellationRequested();
        Assert.True(await one.Rooms.IsReadyAsync(default));
        await using var two = await Node.StartAsync(server);
        var there = await two.OpenAsync("away");
        Assert.Equal("ab", await there.Notes());
        Assert.Equal(TimerStatus.Running, there.Current.State.Timer.Status);
    }
}
