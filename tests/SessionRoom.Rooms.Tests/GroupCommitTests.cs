using SessionRoom.Domain;

namespace SessionRoom.Rooms.Tests;

public sealed class GroupCommitTests
{
    [Fact]
    public async Task what_waits_is_decided_in_order_stored_once_and_published_as_one_patch()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        foreach (var pid in Enumerable.Range(0, 10).Select(number => $"p{number}")) await room.Arrives(pid);
        var (appends, patches, seq) = (house.Log.Appends, house.Audience.All.Count, room.Current.Position.Seq);

        var gate = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        house.Log.Gate = gate.Task;
        house.Log.OnAppend = () => reached.TrySetResult();
        var first = room.Does(Caller.Person("p0"), new RaiseHand());
        await reached.Task.WaitAsync(Some.Patience);
        var others = Enumerable.Range(1, 9).Select(number => room.Does(Caller.Person($"p{number}"), new RaiseHand())).ToList();
        Assert.All(others, waiting => Assert.False(waiting.IsCompleted));
        gate.SetResult();

        Assert.Equal(seq + 1, (await first.Done()).Seq);
        foreach (var other in others) Assert.Equal(seq + 2, (await other.Done()).Seq);
        Assert.Equal(appends + 2, house.Log.Appends);
        Assert.Equal(patches + 2, house.Audience.All.Count);
        Assert.Equal(Enumerable.Range(0, 10).Select(number => $"p{number}"), SpeakingOrder.Of(room.Current.State).Select(hand => hand.Pid));
    }

    [Fact]
    public async Task a_command_is_answered_only_once_it_is_stored_and_published()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        var gate = new TaskCompletionSource();
        house.Log.Gate = gate.Task;
        var before = room.Current;
        var published = house.Audience.All.Count;
        var answering = room.Does(Some.Fay, new RaiseHand());
        Assert.False(answering.IsCompleted);
        Assert.Same(before, room.Current);
        var publishedBeforeAnswer = false;
        house.Audience.Sees = _ => publishedBeforeAnswer = !answering.IsCompleted;
        gate.SetResult();
        await answering.Done();
        Assert.True(publishedBeforeAnswer);
        Assert.Equal(published + 1, house.Audience.All.Count);
    }

    [Fact]
    public async Task patches_count_up_by_one_and_fold_to_the_served_state()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        var (from, start) = (Some.View(room.Current.State), house.Audience.All.Count);
        var seed = Some.Seed;
        var random = new Random(seed);
        for (var step = 0; step < 200; step++)
        {
            house.Time.Advance(TimeSpan.FromMilliseconds(random.Next(500)));
            var pid = $"p{random.Next(8)}";
            switch (random.Next(6))
            {
                case 0: await room.Arrives(pid); break;
                case 1: await room.Departs(pid); break;
                case 2: await room.Does(Caller.Person(pid), new RaiseHand((Intent)random.Next(4))); break;
                case 3: await room.Does(Some.Fay, new NextSpeaker(room.Current.State.Floor.Turn?.EntryId)); break;
                case 4: await room.Does(Some.Fay, new StartTimer(random.Next(1_000, 5_000))); break;
                default: await room.Does(Caller.Person(pid), new LowerHand()); break;
            }
        }
        var patches = house.Audience.All.Skip(start).ToList();
        Assert.Equal(Enumerable.Range(start + 2, patches.Count).Select(seq => (long)seq), patches.Select(patch => patch.Position.Seq));
        var folded = CollectingAudience.Fold(from, patches);
        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(Some.View(room.Current.State), folded), $"SEED={seed}");
    }

    [Fact]
    public async Task what_changes_nothing_stores_nothing_and_publishes_nothing()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        var (appends, patches, seq) = (house.Log.Appends, house.Audience.All.Count, room.Current.Position.Seq);
        Assert.Equal(seq, (await room.Does(Some.Fay, new PauseTimer()).Done()).Seq);
        Assert.Equal(RefusalCode.NotFound, await room.Does(Some.Fay, new NextSpeaker()).Refused());
        Assert.Equal(RefusalCode.NotFound, await room.Does(Caller.Person("nobody"), new RaiseHand()).Refused());
        Assert.Equal((appends, patches), (house.Log.Appends, house.Audience.All.Count));
    }

    [Fact]
    public async Task the_role_is_the_one_that_the_room_gives_when_the_command_is_decided()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        await room.Arrives("ann");
        Assert.Equal(RefusalCode.Forbidden, await room.Does(Caller.Person("ann"), new StartSession()).Refused());
        await room.Does(Some.Fay, new AssignRole("ann", Role.Facilitator)).Done();
        await room.Does(Caller.Person("ann"), new StartSession()).Done();
    }

    [Fact]
    public async Task a_key_acts_as_facilitator_under_its_own_name()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        Assert.Equal("key:acme", (await room.Does(Some.Key, new StartSession()).Done()).By);
        Assert.Equal("key:acme", (await house.Audience.NextAsync<SessionStarted>()).Events[0].By);
    }

    [Fact]
    public async Task an_audience_that_throws_harms_nobody()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        house.Audience.Sees = _ => throw new InvalidOperationException("a full pipe");
        await room.Does(Some.Fay, new RaiseHand()).Done();
        house.Audience.Sees = null;
        await room.Does(Some.Fay, new LowerHand()).Done();
    }

    [Fact]
    public async Task a_command_that_trips_over_a_rule_is_refused_and_the_room_goes_on()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        var both = (Broken: room.Does(Some.Fay, new UnknownCommand()), Sound: room.Does(Some.Fay, new RaiseHand()));
        Assert.Equal(RefusalCode.Unavailable, await both.Broken.Refused());
        await both.Sound.Done();
    }

    [Fact]
    public async Task a_full_mailbox_makes_callers_wait_and_loses_nothing()
    {
        await using var house = new House(new() { MostWaiting = 4, MostPerBatch = 2 });
        var room = await house.RoomAsync();
        var gate = new TaskCompletionSource();
        house.Log.Gate = gate.Task;
        var answers = Enumerable.Range(0, 100).Select(number => room.Does(Some.Fay, new RenamePerson($"name {number}"))).ToList();
        gate.SetResult();
        foreach (var answer in answers) await answer.Done();
        Assert.StartsWith("name ", room.Current.State.People["fay"].Name, StringComparison.Ordinal);
    }

    private sealed record UnknownCommand : MemberCommand;
}
