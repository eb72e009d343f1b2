using System.Text.Json.Nodes;
using SessionRoom.Domain;
using SessionRoom.Rooms;
using SessionRoom.Rooms.Tests;

namespace SessionRoom.Redis.Tests;

/// <summary>A room that several nodes serve at once, on a real Redis.</summary>
public sealed class SharedRoomTests(SharedRedis redis) : IClassFixture<SharedRedis>
{
    [RedisFact]
    public async Task what_one_node_appends_every_other_publishes_as_the_same_patches()
    {
        await using var one = await Node.StartAsync(redis.Server);
        await using var two = await Node.StartAsync(redis.Server);
        var (here, there) = (await one.MakeAsync("same"), await two.OpenAsync("same"));
        await here.Does(Some.Fay, new StartTimer(60_000)).Done();
        await there.Does(Some.Fay, new PauseTimer()).Done();
        await here.FollowsAsync(there);
        var ours = one.Audience.All.Where(patch => patch.Position.Seq > 2).Select(patch => (patch.Position, patch.At, patch.Patch.GetRawText()));
        Assert.Equal(ours, two.Audience.All.Where(patch => patch.Position.Seq > 2).Select(patch => (patch.Position, patch.At, patch.Patch.GetRawText())));
        Assert.True(JsonNode.DeepEquals(Some.View(here.Current.State), Some.View(there.Current.State)));
    }

    [RedisFact]
    public async Task a_command_that_another_node_answered_is_answered_the_same_and_done_once()
    {
        await using var one = await Node.StartAsync(redis.Server);
        await using var two = await Node.StartAsync(redis.Server);
        var (here, there) = (await one.MakeAsync("once"), await two.OpenAsync("once"));
        var first = await here.Does(Some.Fay, new SeatPerson("Ida"), "again").Done();
        var second = await there.Does(Some.Fay, new SeatPerson("Ida"), "again").Done();
        Assert.Equal((first.Seq, first.Result), (second.Seq, second.Result));
        Assert.Equal(2, there.Current.State.People.Count);
    }

    [RedisFact]
    public async Task a_storm_from_three_nodes_is_answered_whole_and_every_node_ends_the_same()
    {
        await using var one = await Node.StartAsync(redis.Server);
        await using var two = await Node.StartAsync(redis.Server);
        await using var three = await Node.StartAsync(redis.Server);
        await one.MakeAsync("storm");
        LiveRoom[] rooms = [await one.OpenAsync("storm"), await two.OpenAsync("storm"), await three.OpenAsync("storm")];
        await Task.WhenAll(rooms.SelectMany((room, index) => Enumerable.Range(0, 20).Select(number => room.Arrives($"p{index}-{number}"))));
        var answers = await Task.WhenAll(rooms.SelectMany((room, index) => Enumerable.Range(0, 20).SelectMany(number => new[]
        {
            room.Does(Caller.Person($"p{index}-{number}"), new RaiseHand(Intent.Reply)),
            room.Does(Caller.Person($"p{index}-{number}"), new LowerHand()),
            room.Does(Caller.Person($"p{index}-{number}"), new RaiseHand(Intent.Question)),
        })));
        Assert.All(answers, answer => Assert.Null(answer.Refusal));
        foreach (var room in rooms) await room.UntilAsync(now => now.Position.Seq == answers.Max(answer => answer.Seq));
        Assert.Equal(60, RoomView.Of(rooms[0].Current.State).Queue!.Entries.Length);
        Assert.All(rooms, room => Assert.True(JsonNode.DeepEquals(Some.View(rooms[0].Current.State), Some.View(room.Current.State))));
    }

    [RedisFact]
    public async Task a_timer_runs_out_once_although_three_nodes_wait_for_it_and_one_of_them_dies()
    {
        await using var one = await Node.StartAsync(redis.Server);
        await using var two = await Node.StartAsync(redis.Server);
        var three = await Node.StartAsync(redis.Server);
        var room = await one.MakeAsync("timer");
        var (second, third) = (await two.OpenAsync("timer"), await three.OpenAsync("timer"));
        await third.Does(Some.Fay, new StartTimer(1_000)).Done();
        await three.DieAsync();
        await room.UntilAsync(now => now.State.Timer.Status == TimerStatus.Overtime);
        await second.FollowsAsync(room);
        Assert.Single(one.Audience.All.SelectMany(patch => patch.Events).OfType<TimerExpired>());
        Assert.Single(two.Audience.All.SelectMany(patch => patch.Events).OfType<TimerExpired>());
    }

    [RedisFact]
    public async Task a_room_deleted_on_one_node_ends_on_the_others()
    {
        await using var one = await Node.StartAsync(redis.Server);
        await using var two = await Node.StartAsync(redis.Server);
        await one.MakeAsync("gone");
        await two.OpenAsync("gone");
        Assert.True(await one.Rooms.DeleteAsync("gone", default));
        Assert.Equal("gone", await two.Audience.NextDeletedAsync());
        Assert.Null(await two.Rooms.OpenAsync("gone", default));
    }

    [RedisFact]
    public async Task a_node_whose_clock_is_ten_minutes_off_goes_by_the_time_of_redis()
    {
        await using var one = await Node.StartAsync(redis.Server);
        await using var two = await Node.StartAsync(redis.Server, clock: new Shifted(TimeSpan.FromMinutes(10)));
        Assert.InRange((one.Log.Time.GetUtcNow() - two.Log.Time.GetUtcNow()).Duration(), TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
        var (here, there) = (await one.MakeAsync("clock"), await two.OpenAsync("clock"));
        await there.Does(Some.Fay, new StartTimer(60_000)).Done();
        await here.FollowsAsync(there);
        Assert.InRange(here.Current.State.Timer.EndsAt!.Value - one.Log.Time.GetUtcNow().ToUnixTimeMilliseconds(), 50_000, 60_100);
    }

    private sealed class Shifted(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
