using System.Collections.Immutable;
using System.Diagnostics;

namespace SessionRoom.Domain;

public abstract record FloorCommand : MemberCommand;
/// <summary>Calls the next speaker. <paramref name="Expect"/> is the entry that the caller saw on the floor, absent for an empty one.</summary>
public sealed record NextSpeaker(string? Expect = null) : FloorCommand;
public sealed record GiveFloor(string Pid) : FloorCommand;
public sealed record YieldFloor : FloorCommand;

public abstract record FloorEvent : RoomEvent;
public sealed record FloorTaken(string EntryId, string Pid, Intent Intent, long LimitMs) : FloorEvent;
public sealed record TurnHeld(string EntryId, string Pid, long SpentMs) : FloorEvent;
public sealed record TurnResumed(string EntryId, string Pid) : FloorEvent;
public sealed record TurnEnded(string EntryId, string Pid, long TalkMs) : FloorEvent;

/// <summary>A turn at the floor. <paramref name="Since"/> counts back over what was spoken before a hold, so that its clock goes on.</summary>
public sealed record Turn(string EntryId, string Pid, Intent Intent, long Since, long LimitMs);

/// <summary>A turn that a point of order interrupted.</summary>
public sealed record HeldTurn(string EntryId, string Pid, Intent Intent, long SpentMs, long LimitMs);

/// <summary>Who speaks, and whose turns wait behind a point of order, the latest first.</summary>
public sealed record Floor
{
    public Turn? Turn { get; init; }
    public ImmutableArray<HeldTurn> Held { get; init; } = [];
}

internal static class FloorRules
{
    internal static void Decide(Unfolding room, FloorCommand command)
    {
        var floor = room.State.Floor;
        switch (command)
        {
            case NextSpeaker next when next.Expect != floor.Turn?.EntryId: room.Refuse(RefusalCode.Stale, "somebody else has the floor by now"); break;
            case NextSpeaker: Next(room); break;
            case GiveFloor give when floor.Turn?.Pid == give.Pid: break;
            case GiveFloor give: Give(room, give.Pid); break;
            case YieldFloor: EndTurn(room); break;
            default: throw new UnreachableException(command.ToString());
        }
    }

    private static void Next(Unfolding room)
    {
        var first = SpeakingOrder.Of(room.State).FirstOrDefault();
        if (first is { Intent: Intent.Order }) Take(room, first.EntryId, first.Pid, Intent.Order);
        // What a point of order interrupted goes on before anybody new is called.
        else if (room.State.Floor is { Turn: not null, Held: not [] }) EndTurn(room);
        else if (first is not null) Take(room, first.EntryId, first.Pid, first.Intent);
        else room.Refuse(RefusalCode.NotFound, "nobody is waiting");
    }

    private static void Give(Unfolding room, string pid)
    {
        if (room.State.Floor.Held.FirstOrDefault(turn => turn.Pid == pid) is { } held)
        {
            if (room.State.Floor.Turn is { } current) End(room, current);
            room.Emit(new TurnResumed(held.EntryId, held.Pid));
        }
        else if (SpeakingOrder.Of(room.State).Find(hand => hand.Pid == pid) is { } entry) Take(room, entry.EntryId, pid, entry.Intent);
        else if (room.State.Queue.HandsOf(pid).FirstOrDefault() is { } waiting) Take(room, waiting.EntryId, pid, waiting.Intent);
        else Take(room, $"entry-{room.State.Next}", pid, Intent.Topic);
    }

    private static void Take(Unfolding room, string entryId, string pid, Intent intent)
    {
        if (room.State.Floor.Turn is { } turn)
        {
            if (intent == Intent.Order && turn.Intent != Intent.Order) room.Emit(new TurnHeld(turn.EntryId, turn.Pid, room.Now - turn.Since));
            else End(room, turn);
        }
        room.Emit(new FloorTaken(entryId, pid, intent, room.State.Session.Settings.SpeakerLimitMs));
    }

    /// <summary>Ends the turn; one that was held for it goes on.</summary>
    internal static void EndTurn(Unfolding room)
    {
        End(room, room.State.Floor.Turn!);
        if (room.State.Floor.Held is [var held, ..]) room.Emit(new TurnResumed(held.EntryId, held.Pid));
    }

    /// <summary>Ends the turns of somebody who may no longer speak, held ones included; without a name, everybody's.</summary>
    internal static void Leave(Unfolding room, string? pid = null)
    {
        foreach (var held in room.State.Floor.Held)
            if (pid is null || held.Pid == pid) room.Emit(new TurnEnded(held.EntryId, held.Pid, held.SpentMs));
        if (room.State.Floor.Turn is { } turn && (pid is null || turn.Pid == pid)) EndTurn(room);
    }

    private static void End(Unfolding room, Turn turn) => room.Emit(new TurnEnded(turn.EntryId, turn.Pid, room.Now - turn.Since));

    internal static RoomState Evolve(RoomState room, FloorEvent @event)
    {
        var floor = room.Floor;
        switch (@event)
        {
            case FloorTaken taken:
                var queue = room.Queue.Without(room, taken.EntryId);
                var counted = room.With(taken.Pid, person => person with { Turns = person.Turns + 1, InvitedAt = null });
                return counted with
                {
                    People = Round.Count(counted, queue, taken.Pid),
                    Queue = queue with { SpokeLast = room.People[taken.Pid].Place },
                    Floor = floor with { Turn = new(taken.EntryId, taken.Pid, taken.Intent, taken.At, taken.LimitMs) },
                    Next = room.Next + 1,
                };
            case TurnHeld held when floor.Turn is { } turn:
                return room with { Floor = new() { Held = floor.Held.Insert(0, new(held.EntryId, held.Pid, turn.Intent, held.SpentMs, turn.LimitMs)) } };
            case TurnResumed resumed:
                var back = floor.Held.First(turn => turn.EntryId == resumed.EntryId);
                return room with { Floor = new() { Turn = new(back.EntryId, back.Pid, back.Intent, resumed.At - back.SpentMs, back.LimitMs), Held = floor.Held.Remove(back) } };
            case TurnEnded ended:
                return room.With(ended.Pid, person => person with { TalkMs = person.TalkMs + ended.TalkMs }) with
                {
                    Floor = new() { Turn = floor.Turn?.EntryId == ended.EntryId ? null : floor.Turn, Held = floor.Held.RemoveAll(turn => turn.EntryId == ended.EntryId) },
                };
            default: throw new UnreachableException(@event.ToString());
        }
    }
}
