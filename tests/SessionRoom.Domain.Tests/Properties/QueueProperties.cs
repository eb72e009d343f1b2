using System.Collections.Immutable;
using Xunit.Abstractions;

namespace SessionRoom.Domain.Tests;

public sealed class QueueProperties(ITestOutputHelper output)
{
    private static string Order(RoomState room) => string.Join(' ', SpeakingOrder.Of(room).Select(hand => hand.EntryId));

    [Fact] public void the_order_holds_every_entry_once_and_does_not_depend_on_arrival() => Scripts.Hold(output, script =>
    {
        foreach (var step in Play.Of(script))
        {
            var room = step.After;
            Assert.Equal(room.Queue.Entries.Select(hand => hand.EntryId).Order(StringComparer.Ordinal), SpeakingOrder.Of(room).Select(hand => hand.EntryId).Order(StringComparer.Ordinal));
            var dice = new Dice(script[0]);
            for (var shuffle = 0; shuffle < 3; shuffle++)
            {
                var arrivals = room.Queue.Hands.Select(hand => (hand, at: dice.Next(1000))).OrderBy(pair => pair.at).Select(pair => pair.hand).ToImmutableArray();
                Assert.Equal(Order(room), Order(room with { Queue = room.Queue with { Hands = arrivals } }));
            }
        }
    });

    [Fact] public void hands_of_the_same_moment_stand_in_the_same_order_however_they_interleave() => Scripts.Hold(output, script =>
    {
        foreach (var policy in Enum.GetValues<QueuePolicy>())
        {
            var dice = new Dice(script.Length > 0 ? script[0] : 0);
            var room = GivenRoom(policy).When(new GiveFloor(dice.Of(Ann, Bob, Cleo))).After(Minute).When(new YieldFloor()).State;
            RoomEvent[] hands = [.. ((string[])[Ann, Bob, Cleo, Guest, Clerk]).Select(pid => (RoomEvent)new HandRaised(pid, (Intent)dice.Next(4), $"entry-of-{pid}") { At = Dawn + Minute })];
            var expected = Order(hands.Aggregate(room, Room.Evolve));
            foreach (var number in script)
            {
                var shuffled = new Dice(number);
                Assert.Equal(expected, Order(hands.Select(hand => (hand, at: shuffled.Next(1000))).OrderBy(pair => pair.at).Select(pair => pair.hand).Aggregate(room, Room.Evolve)));
            }
        }
    }, longest: 20);

    [Fact] public void entries_that_the_policy_places_go_by_intent() => Scripts.Hold(output, script =>
    {
        foreach (var step in Play.Of(script))
        {
            var intents = SpeakingOrder.Of(step.After).Where(hand => hand.Slot is null).Select(hand => hand.Intent).ToList();
            Assert.Equal(intents.Order(), intents);
        }
    });

    [Fact] public void the_facilitator_puts_an_entry_exactly_where_they_say() => Scripts.Hold(output, script =>
    {
        foreach (var step in Play.Of(script))
            foreach (var moved in step.Events.OfType<EntryMoved>().Where(moved => !moved.Back))
            {
                var (before, after) = (SpeakingOrder.Of(step.Before), SpeakingOrder.Of(step.After));
                var expected = before.RemoveAll(hand => hand.EntryId == moved.EntryId).Insert(moved.Slot, before.Find(hand => hand.EntryId == moved.EntryId)!);
                Assert.Equal(string.Join(' ', expected.Select(hand => hand.EntryId)), string.Join(' ', after.Select(hand => hand.EntryId)));
            }
    });

    [Fact] public void an_owner_never_gets_ahead_by_moving() => Scripts.Hold(output, script =>
    {
        foreach (var step in Play.Of(script))
            foreach (var moved in step.Events.OfType<EntryMoved>().Where(_ => Acting(step.Before, step.By).Role != Role.Facilitator))
                Assert.True(Order(step.After).Split(' ').ToList().IndexOf(moved.EntryId) >= Order(step.Before).Split(' ').ToList().IndexOf(moved.EntryId));
    });

    /// <summary>Everybody raises their hand again as soon as they have spoken; one call a second.</summary>
    private static IEnumerable<(string Speaker, RoomState Before)> Calls(RoomState room, int calls)
    {
        for (var call = 0; call < calls; call++)
        {
            var before = room;
            room = Did(room, new NextSpeaker(room.Floor.Turn?.EntryId), Chair, 1);
            var speaker = room.Floor.Turn!.Pid;
            room = Did(room, new RaiseHand(), speaker, 1 + (call % 7));
            yield return (speaker, before);
        }
    }

    private static RoomState Did(RoomState room, MemberCommand command, string by, long later) =>
        Assert.IsType<Decision.Accepted>(Room.Decide(room, command, new(Acting(room, by), room.At + later, new()))).Events.Aggregate(room, Room.Evolve);

    /// <summary>Two to nine people, each with a hand up.</summary>
    private static RoomState Crowd(QueuePolicy policy, ref Dice dice, bool equal)
    {
        var room = new Scene().And(Made(policy), new PersonArrived(Chair, "Chair", Role.Facilitator, Place.InRoom, Online: true)).State;
        var people = 2 + dice.Next(8);
        for (var number = 0; number < people; number++)
            room = Room.Evolve(room, new PersonArrived($"p{number}", $"P {number}", Role.Member, (Place)dice.Next(2), Online: true) { At = room.At });
        for (var turns = equal ? 0 : dice.Next(20); turns > 0; turns--)
        {
            room = Did(room, new GiveFloor($"p{dice.Next(people)}"), Chair, 1);
            room = Did(room, new YieldFloor(), Chair, dice.Next(100_000));
        }
        var first = dice.Next(people);
        for (var number = 0; number < people; number++) room = Did(room, new RaiseHand(), $"p{(first + number) % people}", dice.Next(3));
        return room;
    }

    [Fact] public void from_equal_turns_everybody_speaks_within_as_many_calls_as_there_are_people() => Scripts.Hold(output, script =>
    {
        foreach (var policy in Enum.GetValues<QueuePolicy>())
            foreach (var number in script)
            {
                var dice = new Dice(number);
                var room = Crowd(policy, ref dice, equal: true);
                var people = room.People.Count - 1;
                var speakers = Calls(room, 3 * people).Select(call => call.Speaker).ToList();
                for (var from = 0; from + (2 * people) <= speakers.Count; from += people)
                    Assert.Equal(people, speakers.Skip(from).Take(people).Distinct(StringComparer.Ordinal).Count());
            }
    }, scripts: 30, longest: 10);

    [Fact] public void from_any_history_nobody_is_passed_more_often_than_the_policy_owes_the_others() => Scripts.Hold(output, script =>
    {
        foreach (var policy in Enum.GetValues<QueuePolicy>())
            foreach (var number in script)
            {
                var dice = new Dice(number);
                var room = Crowd(policy, ref dice, equal: false);
                var people = room.People.Keys.Where(pid => pid != Chair).ToList();
                var calls = Calls(room, 6 * people.Count).ToList();
                var owed = people.ToDictionary(pid => pid, pid => Owed(policy, room, pid, people), StringComparer.Ordinal);
                foreach (var (speaker, before) in calls)
                {
                    foreach (var waiting in people.Where(pid => pid != speaker && before.Queue.HandsOf(pid).Any()))
                        Assert.True(--owed[waiting][speaker] >= 0, $"{waiting} was passed by {speaker} under {policy}");
                    var after = calls.FirstOrDefault(call => call.Before.At > before.At).Before;
                    if (after is not null) owed[speaker] = Owed(policy, after, speaker, people);
                }
            }
    }, scripts: 30, longest: 10);

    /// <summary>How often each of the others may speak while somebody waits: once, twice where rounds meet, and what they are behind in turns.</summary>
    private static Dictionary<string, int> Owed(QueuePolicy policy, RoomState room, string waiting, List<string> people) => people.ToDictionary(pid => pid, pid => policy switch
    {
        QueuePolicy.Fifo => 1,
        QueuePolicy.Round => 2,
        _ => Math.Max(0, room.People[waiting].Turns - room.People[pid].Turns) + 1,
    }, StringComparer.Ordinal);
}
