using SessionRoom.Domain;

namespace SessionRoom.Rooms.Tests;

public sealed class RoomDirectoryTests
{
    [Fact]
    public async Task a_room_that_was_never_made_does_not_open()
    {
        await using var house = new House();
        Assert.Null(await house.Rooms.OpenAsync("nowhere", default));
        Assert.Null(await house.Rooms.OpenAsync(new string('x', 65), default));
        Assert.Null(await house.Rooms.OpenAsync("", default));
        Assert.Equal(0, house.Rooms.Loaded);
    }

    [Fact]
    public async Task a_room_opens_as_it_was_made()
    {
        await using var house = new House();
        Assert.Null(await house.Rooms.CreateAsync(Some.Room() with { Title = "  Retrospective " }, Actor.Key("acme"), default));
        var room = await house.OpenAsync();
        Assert.Equal("Retrospective", room.Current.State.Session.Title);
        Assert.Equal(1, room.Current.Position.Seq);
        Assert.Equal(house.Time.Ms, room.Current.State.At);
    }

    [Fact]
    public async Task a_taken_id_and_a_bad_room_are_invalid()
    {
        await using var house = new House();
        await house.Rooms.CreateAsync(Some.Room(), Actor.Key("acme"), default);
        Assert.Equal(RefusalCode.Invalid, (await house.Rooms.CreateAsync(Some.Room(), Actor.Key("acme"), default))!.Code);
        Assert.Equal(RefusalCode.Invalid, (await house.Rooms.CreateAsync(Some.Room("r2") with { Title = " " }, Actor.Key("acme"), default))!.Code);
        Assert.Equal(RefusalCode.Invalid, (await house.Rooms.CreateAsync(Some.Room(new string('x', 65)), Actor.Key("acme"), default))!.Code);
        house.Log.FailsToWrite = true;
        Assert.Equal(RefusalCode.Unavailable, (await house.Rooms.CreateAsync(Some.Room("r3"), Actor.Key("acme"), default))!.Code);
        house.Log.FailsToWrite = false;
        Assert.Null(await house.Rooms.OpenAsync("r3", default));
    }

    [Fact]
    public async Task deleting_tells_the_audience_and_refuses_who_still_asks()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        var gate = new TaskCompletionSource();
        house.Log.Gate = gate.Task;
        var before = room.Does(Some.Fay, new RaiseHand());
        var deleting = house.Rooms.DeleteAsync("r1", default);
        var after = room.Does(Some.Fay, new LowerHand());
        gate.SetResult();
        await before.Done();
        Assert.True(await deleting.WaitAsync(Some.Patience));
        Assert.Equal(RefusalCode.NotFound, await after.Refused());
        Assert.Equal("r1", await house.Audience.NextDeletedAsync());
        Assert.Equal(RefusalCode.NotFound, await room.Does(Some.Fay, new RaiseHand()).Refused());
        Assert.Equal(RefusalCode.NotFound, (await room.Arrives("ann"))!.Code);
        Assert.Null(await house.Rooms.OpenAsync("r1", default));
        Assert.Null(await house.Log.LoadAsync("r1", default));
        Assert.False(await house.Rooms.DeleteAsync("r1", default));
    }

    [Fact]
    public async Task a_delete_that_the_log_refused_leaves_the_room_as_it_was()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        house.Log.FailsToWrite = true;
        await Assert.ThrowsAsync<RoomLogException>(() => house.Rooms.DeleteAsync("r1", default));
        house.Log.FailsToWrite = false;
        await room.Does(Some.Fay, new RaiseHand()).Done();
        Assert.True(await house.Rooms.DeleteAsync("r1", default));
    }

    [Fact]
    public async Task a_log_that_cannot_be_read_now_is_an_exception_and_a_later_open_succeeds()
    {
        await using var house = new House();
        await house.Rooms.CreateAsync(Some.Room(), Actor.Key("acme"), default);
        house.Log.FailsToRead = true;
        await Assert.ThrowsAsync<RoomLogException>(() => house.Rooms.OpenAsync("r1", default));
        house.Log.FailsToRead = false;
        Assert.NotNull(await house.Rooms.OpenAsync("r1", default));
    }

    [Fact]
    public async Task closing_answers_what_waits_and_nothing_after()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        var gate = new TaskCompletionSource();
        house.Log.Gate = gate.Task;
        var waiting = new[] { room.Does(Some.Fay, new RaiseHand()), room.Does(Some.Fay, new StartSession()) };
        var closing = house.Rooms.DisposeAsync().AsTask();
        gate.SetResult();
        foreach (var answer in waiting) await answer.Done();
        await closing.WaitAsync(Some.Patience);
        Assert.Equal(RefusalCode.Unavailable, await room.Does(Some.Fay, new LowerHand()).Refused());
        await Assert.ThrowsAsync<RoomLogException>(() => house.Rooms.OpenAsync("r2", default));
        Assert.False(await house.Rooms.IsReadyAsync(default));
        await using var again = house.Restarted();
        Assert.True((await again.OpenAsync()).Current.State.People["fay"].Online);
    }

    [Fact]
    public void options_that_make_no_sense_are_refused_at_once() =>
        Assert.All(
            new RoomOptions[] { new() { SnapshotEvery = 0 }, new() { MostWaiting = 0 }, new() { MostPerBatch = 0 }, new() { MostPerTransaction = 0 } },
            options => Assert.Throws<ArgumentOutOfRangeException>(() => new House(options)));

    [Fact]
    public async Task a_deadline_months_away_is_waited_for()
    {
        await using var house = new House(new() { UnloadAfter = TimeSpan.FromDays(90) });
        await (await house.RoomAsync()).Departs("fay");
        Assert.Null(await (await house.OpenAsync()).Arrives("ann"));
        Assert.Equal(1, house.Rooms.Loaded);
    }
}
