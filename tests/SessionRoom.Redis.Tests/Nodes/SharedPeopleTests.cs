using System.Text.Json;
using SessionRoom.Domain;
using SessionRoom.MessagePack.Tests.Peers;
using SessionRoom.Rooms;
using SessionRoom.Rooms.Tests;

namespace SessionRoom.Redis.Tests;

/// <summary>Who is connected to which node.</summary>
[Collection(nameof(OutageTests))]
public sealed class SharedPeopleTests(SharedRedis redis) : IClassFixture<SharedRedis>
{
    [RedisFact]
    public async Task whoever_is_connected_to_another_node_too_does_not_go()
    {
        await using var one = await Node.StartAsync(redis.Server);
        await using var two = await Node.StartAsync(redis.Server);
        var (here, there) = (await one.MakeAsync("both"), await two.OpenAsync("both"));
        await here.Arrives("ann");
        await there.Arrives("ann");
        await here.Departs("ann");
        Assert.True(here.Current.IsOnline("ann"));
        await there.Departs("ann");
        await here.UntilAsync(now => !now.IsOnline("ann"));
    }

    [RedisFact]
    public async Task the_people_of_a_node_that_died_are_recorded_as_gone_within_fifteen_seconds_and_nobody_else()
    {
        await using var one = await Node.StartAsync(redis.Server);
        await using var two = await Node.StartAsync(redis.Server);
        var dead = await Node.StartAsync(redis.Server);
        var (here, there, lost) = (await one.MakeAsync("lease"), await two.OpenAsync("lease"), await dead.OpenAsync("lease"));
        await there.Arrives("ann");
        await lost.Arrives("bob");
        await lost.Arrives("ann");
        await here.FollowsAsync(lost);
        await dead.DieAsync();
        await here.UntilAsync(now => !now.IsOnline("bob"), TimeSpan.FromSeconds(15));
        Assert.True(here.Current.IsOnline("ann"));
        Assert.True(here.Current.IsOnline("fay"));
        await there.FollowsAsync(here);
        Assert.Single(one.Audience.All.SelectMany(patch => patch.Events).OfType<PersonDisconnected>());
    }

    [RedisFact]
    public async Task whoever_comes_back_on_another_node_before_the_lease_ends_is_never_gone_and_keeps_their_place()
    {
        await using var one = await Node.StartAsync(redis.Server);
        var dead = await Node.StartAsync(redis.Server);
        var (here, lost) = (await one.MakeAsync("back"), await dead.OpenAsync("back"));
        await lost.Arrives("bob");
        await lost.Does(Caller.Person("bob"), new RaiseHand(Intent.Reply)).Done();
        await dead.DieAsync();
        await here.Arrives("bob");
        using var deadline = new CancellationTokenSource(Some.Patience);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await one.Log.LookAsync("back", ["fay", "bob"], default) is not { Elsewhere.Count: 0 }) await look.WaitForNextTickAsync(deadline.Token);
        await here.Does(Some.Fay, new StartTimer(60_000)).Done();
        Assert.True(here.Current.IsOnline("bob"));
        Assert.Equal("bob", Assert.Single(RoomView.Of(here.Current.State).Queue!.Entries).Pid);
        Assert.Empty(one.Audience.All.SelectMany(patch => patch.Events).OfType<PersonDisconnected>());
    }

    [RedisFact]
    public async Task after_a_netsplit_whoever_is_there_is_there_and_whoever_left_during_it_is_gone()
    {
        await using var cable = new Relay();
        cable.Start(redis.Server.Port);
        await using var one = await Node.StartAsync(redis.Server);
        await using var two = await Node.StartAsync($"127.0.0.1:{cable.Port}");
        var (here, there) = (await one.MakeAsync("netsplit"), await two.OpenAsync("netsplit"));
        await there.Arrives("ann");
        await there.Arrives("bob");
        await here.FollowsAsync(there);
        cable.Severed = true;
        cable.Cut();
        await there.Departs("bob");
        Assert.Equal(RefusalCode.Unavailable, await there.Does(Caller.Person("ann"), new RaiseHand()).Refused());
        await here.UntilAsync(now => !now.IsOnline("ann") && !now.IsOnline("bob"), TimeSpan.FromSeconds(15));
        await here.Does(Some.Fay, new StartTimer(60_000)).Done();
        cable.Severed = false;
        await here.UntilAsync(now => now.IsOnline("ann"));
        await there.FollowsAsync(here);
        Assert.False(there.Current.IsOnline("bob"));
        Assert.Equal(TimerStatus.Running, there.Current.State.Timer.Status);
        await there.Does(Caller.Person("ann"), new RaiseHand()).Done();
    }

    [RedisFact]
    public async Task whoever_was_taken_for_gone_while_their_node_was_cut_off_is_connected_again()
    {
        await using var one = await Node.StartAsync(redis.Server);
        await using var two = await Node.StartAsync(redis.Server);
        var (here, there) = (await one.MakeAsync("split"), await two.OpenAsync("split"));
        await there.Arrives("ann");
        await here.FollowsAsync(there);
        // As a node decides that sees nobody name them.
        var gone = JsonSerializer.SerializeToUtf8Bytes(new RoomBatch([new PersonDisconnected("ann") { By = "house", At = here.Current.State.At }], []), RoomJson.Default.RoomBatch);
        Assert.NotNull(await one.Log.AppendAsync("split", here.Current.Position, gone, default));
        await here.UntilAsync(now => now.State.People["ann"].Online && now.Position.Seq >= 5);
        Assert.Contains(one.Audience.All.SelectMany(patch => patch.Events), @event => @event is PersonConnected { Pid: "ann" });
    }
}
