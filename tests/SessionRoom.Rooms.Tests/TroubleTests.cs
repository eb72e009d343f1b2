using SessionRoom.Domain;

namespace SessionRoom.Rooms.Tests;

public sealed class TroubleTests
{
    [Fact]
    public async Task when_the_log_fails_everyone_who_waits_is_answered_and_nothing_is_half_applied()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        await room.Arrives("ann");
        var (before, patches) = (room.Current, house.Audience.All.Count);
        house.Log.FailsToWrite = true;
        var answers = new[] { room.Does(Some.Fay, new RaiseHand()), room.Does(Caller.Person("ann"), new RaiseHand()) };
        foreach (var answer in answers) Assert.Equal(RefusalCode.Unavailable, await answer.Refused());
        Assert.Equal(RefusalCode.Unavailable, (await room.Arrives("bo"))!.Code);
        Assert.Equal(before.Position, room.Current.Position);
        Assert.Equal(patches, house.Audience.All.Count);
        Assert.Empty(room.Current.State.Queue.Hands);
        Assert.False(await house.Rooms.IsReadyAsync(default));
        house.Log.FailsToWrite = false;
        Assert.True(await house.Rooms.IsReadyAsync(default));
        Assert.Null(await room.Arrives("bo"));
    }

    [Fact]
    public async Task after_a_failure_the_room_is_loaded_before_the_next_decision()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        house.Log.LosesAnswers = true;
        Assert.Equal(RefusalCode.Unavailable, await room.Does(Some.Fay, new SeatPerson("Bo"), "one").Refused());
        house.Log.LosesAnswers = false;
        // The append had been stored after all: the command is done, once, and its patch reaches the others.
        var answer = await room.Does(Some.Fay, new SeatPerson("Bo"), "one").Done();
        Assert.Equal("seat-2", answer.Result!.Pid);
        Assert.Equal(2, room.Current.State.People.Count);
        Assert.Equal(answer.Seq, (await house.Audience.NextAsync<PersonSeated>()).Position.Seq);
    }

    [Fact]
    public async Task while_the_log_cannot_be_read_either_commands_are_unavailable_and_the_state_can_be_seen()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        (house.Log.FailsToWrite, house.Log.FailsToRead) = (true, true);
        Assert.Equal(RefusalCode.Unavailable, await room.Does(Some.Fay, new RaiseHand()).Refused());
        house.Log.FailsToWrite = false;
        Assert.Equal(RefusalCode.Unavailable, await room.Does(Some.Fay, new RaiseHand()).Refused());
        Assert.Contains("fay", room.Current.State.People.Keys);
        house.Log.FailsToRead = false;
        await room.Does(Some.Fay, new RaiseHand()).Done();
    }

    [Fact]
    public async Task two_processes_on_one_log_decide_against_what_the_other_did()
    {
        await using var house = new House();
        await using var other = house.Restarted();
        var (here, there) = (await house.RoomAsync(), await other.OpenAsync());
        await here.Does(Some.Fay, new RaiseHand()).Done();
        await there.Does(Some.Fay, new StartSession()).Done();
        await there.Does(Some.Fay, new NextSpeaker()).Done();
        // What was seen here is stale by now, and the log knows.
        Assert.Equal(RefusalCode.Stale, await here.Does(Some.Fay, new NextSpeaker()).Refused());
        Assert.Equal(there.Current.Position, here.Current.Position);
        Assert.Equal(Enumerable.Range(2, 4).Select(seq => (long)seq), house.Audience.All.Select(patch => patch.Position.Seq));
        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(Some.View(there.Current.State), Some.View(here.Current.State)));
    }

    [Fact]
    public async Task rivals_on_one_log_lose_nothing_and_do_nothing_twice()
    {
        await using var house = new House(new() { Limits = new() { People = 10_000 } });
        await using var other = house.Restarted();
        var rooms = new[] { await house.RoomAsync(), await other.OpenAsync() };
        await rooms[0].Does(Some.Fay, new StartTimer(1_000_000)).Done();
        var done = 0;
        await Task.WhenAll(rooms.SelectMany(room => Enumerable.Range(0, 4).Select(async _ =>
        {
            for (var number = 0; number < 50; number++)
                if ((await room.Does(Some.Fay, new ExtendTimer(1))).Refusal is null) Interlocked.Increment(ref done);
        })));
        await rooms[0].Does(Some.Fay, new PauseTimer());
        Assert.Equal(1_000_000 + done, rooms[0].Current.State.Timer.DurationMs);
        Assert.InRange(done, 100, 400);
    }

    [Fact]
    public async Task a_room_that_jumped_over_trimmed_records_shows_the_hole()
    {
        await using var house = new House();
        await using var other = house.Restarted();
        var (here, there) = (await house.RoomAsync(), await other.OpenAsync());
        await here.Does(Some.Fay, new RaiseHand()).Done();
        await there.Does(Some.Fay, new LowerHand()).Done();
        await there.Does(Some.Fay, new RaiseHand(Intent.Question)).Done();
        await other.Rooms.DisposeAsync();
        await here.Does(Some.Fay, new StartSession()).Done();
        var patches = house.Audience.All.TakeLast(2).ToList();
        Assert.Empty(patches[0].Events);
        Assert.Equal([there.Current.Position.Seq, there.Current.Position.Seq + 1], patches.Select(patch => patch.Position.Seq));
        Assert.Equal(Intent.Question, Assert.Single(here.Current.State.Queue.Hands).Intent);
    }

    [Fact]
    public async Task a_log_that_was_lost_and_has_regrown_does_not_pass_for_the_old_one()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        await house.Log.DeleteAsync("r1", default);
        Assert.Null(await house.Restarted().Rooms.CreateAsync(Some.Room(), Actor.Key("acme"), default));
        Assert.Equal(RefusalCode.NotFound, await room.Does(Some.Fay, new RaiseHand()).Refused());
        Assert.Equal("r1", await house.Audience.NextDeletedAsync());
        Assert.NotEqual(room.Current.Position.Epoch, (await house.OpenAsync()).Current.Position.Epoch);
    }

    [Theory]
    [InlineData("""{"events":[{"type":"room.vanished","by":"x","at":1}],"answers":[]}""")]
    [InlineData("""{"events":[{"type":"floor.taken","entryId":"e","pid":"nobody","intent":"topic","limitMs":0}],"answers":[]}""")]
    [InlineData("""{"events":[null],"answers":[]}""")]
    [InlineData("not json")]
    public async Task a_record_that_cannot_be_read_makes_that_room_unavailable_and_no_other(string record)
    {
        await using var house = new House();
        await house.RoomAsync();
        await house.RoomAsync("r2");
        var head = (await house.Log.LoadAsync("r1", default))!.Head;
        Assert.NotNull(await house.Log.AppendAsync("r1", head, Some.Bytes(record), default));
        await using var again = house.Restarted();
        var problem = await Assert.ThrowsAsync<UnreadableRecordException>(() => again.Rooms.OpenAsync("r1", default));
        Assert.Equal(("r1", head.Seq + 1), (problem.Room, problem.Seq));
        await (await again.OpenAsync("r2")).Does(Some.Fay, new RaiseHand()).Done();
        // Where it happens to a room that is loaded, its commands are refused.
        Assert.Equal(RefusalCode.Unavailable, await (await house.OpenAsync()).Does(Some.Fay, new RaiseHand()).Refused());
        Assert.True(await again.Rooms.DeleteAsync("r1", default));
        Assert.Equal("r1", await again.Audience.NextDeletedAsync());
    }
}
