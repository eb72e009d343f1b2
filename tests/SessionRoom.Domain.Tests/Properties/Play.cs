using System.Collections.Immutable;

namespace SessionRoom.Domain.Tests;

/// <summary>One command of a play, and what came of it.</summary>
internal sealed record Step(RoomState Before, string By, RoomCommand Command, long Now, Decision Decision, RoomState After)
{
    public ImmutableArray<RoomEvent> Events => Decision is Decision.Accepted accepted ? accepted.Events : [];
}

/// <summary>A room with everybody in it and what a script makes of it: likely commands, and unlikely ones with hostile text and extreme numbers.</summary>
internal static class Play
{
    private static readonly string[] Texts = ["Dora", " padded ", "", " ", "\0", "a\nb", "\ud83d", "🎈", "__proto__", "<script>", "house", "key:back-end", new('x', 300), null!];
    private static readonly long[] Numbers = [0, 1, -1, 999, Second, Minute, -Minute, Hour, Day, Day + 1, -Day, int.MaxValue, long.MaxValue, long.MinValue, long.MinValue + 1];

    public static RoomState Opening(ref Dice dice)
    {
        var made = Made(dice.Of(Enum.GetValues<QueuePolicy>()), dice.OneIn(3) ? QueueMode.Moderated : QueueMode.Open, dice.OneIn(3) ? "What is said here stays here." : null,
            new("intro", "Introductions", DurationMs: 5 * Minute), new("talk", "Talk", DurationMs: 20 * Minute), new("open", "Open end"));
        RoomEvent[] events = [made, .. EverybodyComes, new PersonSeated("seat-1", "Dora", Screen), new PersonSeated("seat-2", "Emil", Chair)];
        if (made.Agreement is not null) events = [.. events, .. ((string[])[Chair, Clerk, Bob, Screen]).Select(pid => new AgreementAccepted(pid, 1))];
        return events.Aggregate(RoomState.Empty, (room, @event) => Room.Evolve(room, @event with { By = House, At = Dawn }));
    }

    public static IEnumerable<Step> Of(int[] script)
    {
        var opening = new Dice(script.Length > 0 ? script[0] : 0);
        var (room, now) = (Opening(ref opening), Dawn);
        foreach (var number in script)
        {
            var dice = new Dice(number);
            now += dice.Of(0, 0, 1, 500, Second, 20 * Second, Minute, -Second, Hour);
            var command = Command(ref dice, room);
            var by = command is HouseCommand ? House : By(ref dice, room);
            var decision = Room.Decide(room, command, new(Acting(room, by), now, new() { People = 14 }));
            var after = decision is Decision.Accepted accepted ? accepted.Events.Aggregate(room, Room.Evolve) : room;
            yield return new(room, by, command, now, decision, after);
            room = after;
        }
    }

    private static string By(ref Dice dice, RoomState room) => dice.Next(10) switch
    {
        < 4 => Chair,
        4 => Integrator,
        5 => dice.Of(Watcher, Screen, "nobody"),
        6 when room.Floor.Turn is { } turn => turn.Pid,
        _ => dice.Of(Clerk, Ann, Bob, Cleo, Guest),
    };

    private static string Pid(ref Dice dice, RoomState room) =>
        dice.OneIn(12) ? dice.Of(Texts) : dice.Of(room.People.Keys.Order(StringComparer.Ordinal).DefaultIfEmpty(Ann).ToList());

    private static string? PidOrSelf(ref Dice dice, RoomState room) => dice.OneIn(2) ? null : Pid(ref dice, room);

    private static string Entry(ref Dice dice, RoomState room) =>
        dice.OneIn(12) ? dice.Of(Texts) : dice.Of(room.Queue.Hands.Select(hand => hand.EntryId).DefaultIfEmpty("entry-1").ToList());

    private static long Number(ref Dice dice) => dice.OneIn(3) ? dice.Of(Numbers) : dice.Of(Minute, 2 * Minute, -Minute, 30 * Second);

    private static AgendaItem? Item(ref Dice dice) => dice.OneIn(20) ? null : new(
        dice.OneIn(3) ? null : dice.OneIn(10) ? dice.Of(Texts) : dice.Of("intro", "talk", "open", "more"), dice.OneIn(10) ? dice.Of(Texts) : "Item",
        DurationMs: dice.OneIn(10) ? dice.Of(Numbers) : dice.Of(0, Minute, Hour));

    private static RoomCommand Command(ref Dice dice, RoomState room)
    {
        switch (dice.Next(49))
        {
            case 0: return new AcceptAgreement(dice.Of(1, 1, 1, 0, int.MinValue), dice.OneIn(3) ? Pid(ref dice, room) : null);
            case 1: return new StartSession();
            case 2: return dice.OneIn(8) ? new EndSession() : new GoOffRecord();
            case 3: return new GoOnRecord();
            case 4:
                var items = ImmutableArray.CreateBuilder<AgendaItem>();
                for (var left = dice.Next(5); left > 0; left--) items.Add(Item(ref dice)!);
                return new SetAgenda(dice.OneIn(20) ? default : items.ToImmutable());
            case 5 or 6: return new GoToItem(dice.OneIn(12) ? dice.Of(Texts) : dice.Of("intro", "talk", "open", "item-1"));
            case 7 or 8: return new StartTimer(dice.OneIn(2) ? null : Number(ref dice));
            case 9: return new PauseTimer();
            case 10: return new ResumeTimer();
            case 11 or 12: return new ExtendTimer(Number(ref dice));
            case 13: return new StopTimer();
            case 14 or 15 or 16 or 17 or 18 or 19: return new RaiseHand(dice.OneIn(3) ? null : (Intent)dice.Next(dice.OneIn(20) ? 6 : 4), PidOrSelf(ref dice, room));
            case 20: return new LowerHand(dice.OneIn(2) ? null : (Intent)dice.Next(4), PidOrSelf(ref dice, room));
            case 21 or 22: return new AdmitHand(Pid(ref dice, room));
            case 23: return new RemoveEntry(Entry(ref dice, room));
            case 24 or 25 or 26: return new MoveEntry(Entry(ref dice, room), dice.OneIn(3) ? null : Entry(ref dice, room));
            case 27: return new OpenQueue();
            case 28: return dice.OneIn(3) ? new CloseQueue() : new OpenQueue();
            case 29: return new SetPolicy(dice.OneIn(3) ? null : (QueuePolicy)dice.Next(dice.OneIn(20) ? 5 : 3), dice.OneIn(2) ? null : (QueueMode)dice.Next(2));
            case 30: return new InvitePerson(Pid(ref dice, room));
            case 31 or 32 or 33: return new NextSpeaker(dice.OneIn(8) ? dice.Of(Texts) : room.Floor.Turn?.EntryId);
            case 34 or 35: return new GiveFloor(Pid(ref dice, room));
            case 36: return new YieldFloor();
            case 37: return dice.OneIn(3) ? new AssignRole(Pid(ref dice, room), (Role)dice.Next(dice.OneIn(20) ? 9 : 6)) : new AssignRole(Chair, Role.Facilitator);
            case 38: return new ClaimRole();
            case 39: return new SeatPerson(dice.Of(Texts), dice.OneIn(2) ? null : Pid(ref dice, room));
            case 40: return new RenamePerson(dice.Of(Texts), PidOrSelf(ref dice, room));
            case 41: return dice.OneIn(4) ? new RemovePerson(Pid(ref dice, room)) : new RaiseHand(Intent.Order);
            case 42: return new ExpireTimer();
            case 43 or 44: return new Arrive(dice.Of(Chair, Ann, Bob, Screen, Watcher, "dora", "ANN", "emil", "seat-1"), dice.Of(Texts), (Role)dice.Next(6), (Place)dice.Next(2), !dice.OneIn(4));
            case 45 or 46: return new AcceptAgreement(1);
            default: return new Depart(dice.Of(Chair, Ann, Bob, Cleo, Screen, "dora", "nobody"));
        }
    }
}
