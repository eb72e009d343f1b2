using System.Text.Json;
using Xunit.Abstractions;

namespace SessionRoom.Domain.Tests;

public sealed class StatePatchTests(ITestOutputHelper output)
{
    private static JsonElement Patch(Scene scene, RoomCommand command, string by = Chair)
    {
        var before = scene.State;
        return StatePatch.Between(before, scene.When(command, by).ThenDone().State);
    }

    /// <summary>A thousand people, of whom the first so many have a hand up, and a seat at the screen.</summary>
    private static Scene Crowd(int hands)
    {
        var scene = Given(new PersonSeated("seat-1", "Dora", Screen));
        scene.And([.. Enumerable.Range(0, 1_000).Select(number => new PersonArrived($"p{number}", $"Person {number}", Role.Member, Place.Remote, Online: true))]);
        return scene.And([.. Enumerable.Range(0, hands).Select(number => new HandRaised($"p{number}", Intent.Topic, $"e{number}"))]);
    }

    [Fact] public void nothing_new_is_an_empty_patch() => Assert.Equal("{}", Patch(Given(), new LowerHand(), Ann).GetRawText());

    [Fact] public void a_lowered_hand_is_unset() =>
        Assert.Equal("""{"people":{"ann":{"hand":null}},"queue":{"entries":[]}}""", Patch(Given().When(new RaiseHand(), by: Ann), new LowerHand(), Ann).GetRawText());

    [Fact] public void who_is_removed_is_unset() =>
        Assert.Equal("""{"people":{"ann":null}}""", Patch(Given(), new RemovePerson(Ann)).GetRawText());

    [Fact] public void a_device_that_leaves_takes_its_seats_offline() =>
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse("""{"people":{"seat-1":{"online":false},"screen":{"online":false}}}"""),
            Patch(Given(new PersonSeated("seat-1", "Dora", Screen)), new Depart(Screen), House)));

    [Fact] public void accepting_the_agreement_is_seen_by_the_others() =>
        Assert.Equal("""{"people":{"ann":{"agreed":true}}}""", Patch(GivenRoom(agenda: [], agreement: "Stays here."), new AcceptAgreement(1), Ann).GetRawText());

    [Fact] public void an_admitted_hand_is_an_entry_and_no_other_hand() =>
        Assert.Equal(["queue"], Patch(GivenRoom(mode: QueueMode.Moderated).When(new RaiseHand(), by: Ann), new AdmitHand(Ann)).EnumerateObject().Select(part => part.Name));

    [Theory]
    [InlineData(0, 5_000)]
    [InlineData(500, 500_000)]
    public void in_a_crowd_a_raised_hand_names_one_person(int hands, long budget)
    {
        var scene = Crowd(hands);
        var before = scene.State;
        var after = scene.When(new RaiseHand(), by: "p999").ThenDone().State;
        var patch = StatePatch.Between(before, after);
        Assert.Equal("p999", Assert.Single(patch.GetProperty("people").EnumerateObject()).Name);
        Assert.Equal(hands + 1, patch.GetProperty("queue").GetProperty("entries").GetArrayLength());
        Within(budget, before, after);
    }

    [Theory]
    [InlineData(0, 4_000)]
    [InlineData(500, 4_000)]
    public void in_a_crowd_somebody_new_leaves_the_queue_alone(int hands, long budget)
    {
        var scene = Crowd(hands);
        var before = scene.State;
        var after = scene.When(new Arrive("new", "New", Role.Member, Place.Remote), by: House).ThenDone().State;
        Assert.Equal("new", Assert.Single(Assert.Single(StatePatch.Between(before, after).EnumerateObject()).Value.EnumerateObject()).Name);
        Within(budget, before, after);
    }

    private void Within(long budget, RoomState before, RoomState after)
    {
        var start = GC.GetAllocatedBytesForCurrentThread();
        _ = StatePatch.Between(before, after);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - start;
        output.WriteLine($"{allocated:N0} bytes");
        Assert.InRange(allocated, 0, budget);
    }
}
