using SessionRoom.Domain;

namespace SessionRoom.Rooms.Tests;

public sealed class IdempotenceTests
{
    [Fact]
    public async Task the_same_id_is_answered_as_the_first_time_and_does_nothing_more()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        var first = await room.Does(Some.Fay, new SeatPerson("Bo"), "one").Done();
        await room.Does(Some.Fay, new RaiseHand()).Done();
        var seq = room.Current.Position.Seq;
        Assert.Equal(first, await room.Does(Some.Fay, new SeatPerson("Bo"), "one"));
        Assert.Equal(seq, room.Current.Position.Seq);
        Assert.Equal(2, room.Current.State.People.Count);
    }

    [Fact]
    public async Task an_id_that_is_twice_in_one_batch_takes_effect_once()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        var gate = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        (house.Log.Gate, house.Log.OnAppend) = (gate.Task, () => reached.TrySetResult());
        var holding = room.Does(Some.Fay, new RaiseHand());
        await reached.Task.WaitAsync(Some.Patience);
        var twice = Enumerable.Range(0, 2).Select(_ => room.Does(Some.Fay, new SeatPerson("Bo"), "one")).ToList();
        gate.SetResult();
        await holding.Done();
        Assert.Equal(await twice[0].Done(), await twice[1].Done());
        Assert.Equal(2, room.Current.State.People.Count);
    }

    [Fact]
    public async Task ids_belong_to_their_caller()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        await room.Arrives("ann");
        await room.Does(Some.Fay, new RaiseHand(), "one").Done();
        await room.Does(Caller.Person("ann"), new RaiseHand(), "one").Done();
        Assert.Equal(2, room.Current.State.Queue.Hands.Length);
    }

    [Fact]
    public async Task an_answer_survives_the_process()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        var first = await room.Does(Some.Fay, new SeatPerson("Bo"), "one").Done();
        await using var again = house.Restarted();
        Assert.Equal(first, await (await again.OpenAsync()).Does(Some.Fay, new SeatPerson("Bo"), "one"));
    }

    [Fact]
    public async Task a_refusal_is_remembered_and_rides_along_with_the_next_batch()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        var refused = await room.Does(Some.Fay, new NextSpeaker(), "one");
        await room.Does(Some.Fay, new RaiseHand()).Done();
        Assert.Equal(refused, await room.Does(Some.Fay, new NextSpeaker(), "one"));
        await using var again = house.Restarted();
        Assert.Equal(refused, await (await again.OpenAsync()).Does(Some.Fay, new NextSpeaker(), "one"));
    }

    [Fact]
    public async Task an_answer_survives_a_snapshot_and_the_trimming_behind_it()
    {
        await using var house = new House(new() { UnloadAfter = TimeSpan.FromSeconds(1) });
        var room = await house.RoomAsync();
        var first = await room.Does(Some.Fay, new SeatPerson("Bo"), "one").Done();
        await house.Rooms.DisposeAsync();
        var stored = await house.Log.LoadAsync("r1", default);
        Assert.NotNull(stored!.Snapshot);
        Assert.Empty(stored.Tail);
        await using var again = house.Restarted();
        Assert.Equal(first, await (await again.OpenAsync()).Does(Some.Fay, new SeatPerson("Bo"), "one"));
    }

    [Theory, InlineData(""), InlineData("65")]
    public async Task an_id_that_is_missing_or_too_long_is_invalid_and_without_effect(string id)
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        var seq = room.Current.Position.Seq;
        Assert.Equal(RefusalCode.Invalid, await room.Does(Some.Fay, new RaiseHand(), id.Length == 0 ? id : new string('x', 65)).Refused());
        Assert.Equal(seq, room.Current.Position.Seq);
        await room.Does(Some.Fay, new RaiseHand(), new string('x', 64)).Done();
    }

    [Fact]
    public async Task an_unavailable_answer_is_not_remembered()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        house.Log.FailsToWrite = true;
        Assert.Equal(RefusalCode.Unavailable, await room.Does(Some.Fay, new RaiseHand(), "one").Refused());
        house.Log.FailsToWrite = false;
        await room.Does(Some.Fay, new RaiseHand(), "one").Done();
        Assert.Single(room.Current.State.Queue.Hands);
    }
}
