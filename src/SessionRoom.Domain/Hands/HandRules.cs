using System.Diagnostics;

namespace SessionRoom.Domain;

public abstract record HandCommand : MemberCommand;
/// <summary>Raises a hand, one's own or (facilitator, seat's device) somebody's. <c>topic</c> without an intent.</summary>
public sealed record RaiseHand(Intent? Intent = null, string? Pid = null) : HandCommand;
/// <summary>Lowers the hand with this intent; without one, every hand of that person. Declines an invitation.</summary>
public sealed record LowerHand(Intent? Intent = null, string? Pid = null) : HandCommand;

public abstract record HandEvent : RoomEvent;
public sealed record HandRaised(string Pid, Intent Intent, string EntryId) : HandEvent;
public sealed record HandLowered(string Pid, Intent? Intent = null) : HandEvent;

/// <summary>A raised hand. It waits in the queue once it is admitted; in open mode that is at once.</summary>
/// <param name="EntryId">Names the hand for as long as it is up, also as the queue's entry.</param>
/// <param name="Slot">Where it was pinned, counted from the front; absent while the policy places it.</param>
/// <param name="Back">Its owner pinned it: never further to the front than the policy would place it.</param>
public sealed record Hand(string EntryId, string Pid, Intent Intent, long At, bool Admitted, int? Slot = null, bool Back = false);

internal static class HandRules
{
    internal static void Decide(Unfolding room, HandCommand command)
    {
        var (pid, queue) = (PidOf(command) ?? room.By.Pid, room.State.Queue);
        switch (command)
        {
            case RaiseHand raise:
                var intent = raise.Intent ?? Intent.Topic;
                if (!Enum.IsDefined(intent)) room.Refuse(RefusalCode.Invalid, "no such intent");
                else if (queue.HandsOf(pid).Any(hand => hand.Intent == intent)) return;
                else if (!queue.Open && intent != Intent.Order) room.Refuse(RefusalCode.Closed, "the queue is closed");
                else room.Emit(new HandRaised(pid, intent, queue.HandLike(pid, intent)?.EntryId ?? $"entry-{room.State.Next}"));
                break;
            case LowerHand lower:
                var up = queue.HandsOf(pid).Any(hand => lower.Intent is null || hand.Intent == lower.Intent);
                if (up || room.State.People[pid].InvitedAt is not null) room.Emit(new HandLowered(pid, lower.Intent));
                break;
            default: throw new UnreachableException(command.ToString());
        }
    }

    private static string? PidOf(HandCommand command) => command switch
    {
        RaiseHand raise => raise.Pid,
        LowerHand lower => lower.Pid,
        _ => throw new UnreachableException(command.ToString()),
    };

    internal static RoomState Evolve(RoomState room, HandEvent @event)
    {
        switch (@event)
        {
            case HandRaised raised:
                var before = room.Queue.HandLike(raised.Pid, raised.Intent);
                var queue = before is null ? room.Queue : room.Queue.Without(room, before.EntryId);
                // An entry that moves to another intent stays an entry, also where newcomers wait to be admitted.
                var admitted = before is { Admitted: true } || room.Session.Settings.QueueMode == QueueMode.Open;
                var hand = new Hand(raised.EntryId, raised.Pid, raised.Intent, raised.At, admitted);
                return room.With(raised.Pid, person => person with { InvitedAt = null }) with { Queue = queue with { Hands = queue.Hands.Add(hand) }, Next = room.Next + 1 };
            case HandLowered lowered:
                var kept = room.Queue;
                foreach (var gone in room.Queue.HandsOf(lowered.Pid))
                    if (lowered.Intent is null || gone.Intent == lowered.Intent) kept = kept.Without(room with { Queue = kept }, gone.EntryId);
                return room.With(lowered.Pid, person => person with { InvitedAt = null }) with { Queue = kept };
            default: throw new UnreachableException(@event.ToString());
        }
    }
}
