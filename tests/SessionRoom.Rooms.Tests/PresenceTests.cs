using SessionRoom.Domain;

namespace SessionRoom.Rooms.Tests;

public sealed class PresenceTests
{
    [Fact]
    public async Task in_a_small_room_everybody_is_told_at_once()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        foreach (var number in Enumerable.Range(0, 9)) Assert.Null(await room.Arrives($"p{number}"));
        await room.Departs("p3");
        Assert.Equal(9, room.Current.State.People.Values.Count(person => person.Online));
    }

    [Fact]
    public async Task somebody_who_was_removed_may_not_come_back()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        await room.Arrives("ann");
        await room.Does(Some.Fay, new RemovePerson("ann")).Done();
        Assert.Equal(RefusalCode.Forbidden, (await room.Arrives("ann"))!.Code);
    }

    [Theory, InlineData(""), InlineData("house"), InlineData("key:acme"), InlineData("65")]
    public async Task nobody_comes_under_a_name_that_the_house_keeps_for_itself(string pid)
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        Assert.Equal(RefusalCode.Invalid, (await room.Arrives(pid == "65" ? new string('x', 65) : pid))!.Code);
    }

    [Fact]
    public async Task a_thousand_arrivals_within_five_seconds_are_few_patches_and_nobody_is_missing()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        var start = house.Audience.All.Count;
        var from = Some.View(room.Current.State);
        var arrivals = new List<Task<Refusal?>>();
        for (var number = 0; number < 1_000; number++)
        {
            arrivals.Add(room.ArriveAsync(Some.Arrival($"p{number}"), default));
            // Whoever comes while the room is small is told at once; then others wait for the clock.
            if (number < 40) Assert.Null(await arrivals[^1].WaitAsync(Some.Patience));
            house.Time.Advance(TimeSpan.FromMilliseconds(5));
        }
        var all = Task.WhenAll(arrivals);
        using var deadline = new CancellationTokenSource(Some.Patience);
        while (!all.IsCompleted)
        {
            deadline.Token.ThrowIfCancellationRequested();
            house.Time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }
        Assert.All(await all, Assert.Null);
        var patches = house.Audience.All.Skip(start).ToList();
        Assert.InRange(patches.Count, 41, 350);
        Assert.Equal(1_001, room.Current.State.People.Count);
        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(Some.View(room.Current.State), CollectingAudience.Fold(from, patches)));
    }

    [Fact]
    public async Task in_a_large_room_arrivals_wait_for_others_and_a_command_takes_them_along()
    {
        await using var house = new House(new() { PresenceWaitsFrom = 0, PresenceDelayPerPerson = TimeSpan.FromSeconds(1), LongestPresenceDelay = TimeSpan.FromSeconds(10) });
        Assert.Null(await house.Rooms.CreateAsync(Some.Room(), Actor.Key("acme"), default));
        var room = await house.OpenAsync();
        Assert.Null(await room.Arrives("fay", Role.Facilitator));
        var seq = room.Current.Position.Seq;
        var waiting = Enumerable.Range(0, 5).Select(number => room.ArriveAsync(Some.Arrival($"p{number}"), default)).ToList();
        var answer = await room.Does(Some.Fay, new RaiseHand()).Done();
        Assert.Equal(seq + 1, answer.Seq);
        Assert.All(waiting, arrival => Assert.True(arrival.WaitAsync(Some.Patience).Result is null));
        Assert.Equal(6, house.Audience.All[^1].Events.Length);

        var last = room.ArriveAsync(Some.Arrival("p6"), default);
        house.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.False(last.IsCompleted);
        house.Time.Advance(TimeSpan.FromSeconds(7));
        Assert.Null(await last.WaitAsync(Some.Patience));
    }

    [Fact]
    public async Task after_a_restart_those_who_come_back_in_time_do_not_blink()
    {
        await using var house = new House(new() { SettleAfter = TimeSpan.FromSeconds(10) });
        var room = await house.RoomAsync();
        await room.Arrives("ann");
        await using var again = house.Restarted();
        room = await again.OpenAsync();
        Assert.True(room.Current.State.People["ann"].Online);
        Assert.Null(await room.Arrives("fay", Role.Facilitator));
        house.Time.Advance(TimeSpan.FromSeconds(10));
        var patch = await again.Audience.NextAsync<PersonDisconnected>();
        Assert.Equal("ann", Assert.IsType<PersonDisconnected>(Assert.Single(patch.Events)).Pid);
        Assert.True(room.Current.State.People["fay"].Online);
        Assert.Single(again.Audience.All);
    }

    [Fact]
    public async Task a_departure_that_the_log_refused_is_made_up_for()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        await room.Arrives("ann");
        house.Log.FailsToWrite = true;
        await room.Departs("ann");
        Assert.True(room.Current.State.People["ann"].Online);
        house.Log.FailsToWrite = false;
        house.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("ann", (await house.Audience.NextAsync<PersonDisconnected>()).Events.OfType<PersonDisconnected>().Single().Pid);
        Assert.True(room.Current.State.People["fay"].Online);
    }
}
