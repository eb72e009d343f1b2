using System.Diagnostics;

namespace SessionRoom.Domain;

public abstract record QueueCommand : MemberCommand;
/// <summary>Lets a waiting hand into the queue (moderated mode).</summary>
public sealed record AdmitHand(string Pid) : QueueCommand;
public sealed record RemoveEntry(string EntryId) : QueueCommand;
/// <summary>Moves an entry behind another, or to the front, and pins it there. One's own entry may only move back.</summary>
public sealed record MoveEntry(string EntryId, string? AfterId = null) : QueueCommand;
public sealed record OpenQueue : QueueCommand;
public sealed record CloseQueue : QueueCommand;
/// <summary>Sets the policy, the mode, or both.</summary>
public sealed record SetPolicy(QueuePolicy? Policy = null, QueueMode? Mode = null) : QueueCommand;
/// <summary>Asks a quiet person whether they want the floor; they answer by raising or lowering their hand.</summary>
public sealed record InvitePerson(string Pid) : QueueCommand;

public abstract record QueueEvent : RoomEvent;
public sealed record HandAdmitted(string Pid, string EntryId) : QueueEvent;
/// <summary>An entry was pinned at a place counted from the front; <paramref name="Back"/> when its owner let others go first.</summary>
public sealed record EntryMoved(string EntryId, string Pid, int Slot, bool Back = false) : QueueEvent;
public sealed record QueueOpened : QueueEvent;
public sealed record QueueClosed : QueueEvent;
public sealed record PolicySet(QueuePolicy Policy, QueueMode Mode) : QueueEvent;
public sealed record PersonInvited(string Pid) : QueueEvent;

internal static class QueueRules
{
    internal static void Decide(Unfolding room, QueueCommand command)
    {
        var (queue, settings) = (room.State.Queue, room.State.Session.Settings);
        switch (command)
        {
            case AdmitHand admit when queue.HandsOf(admit.Pid).FirstOrDefault() is null: room.Refuse(RefusalCode.NotFound, "this person has not raised a hand"); break;
            case AdmitHand admit:
                foreach (var hand in queue.HandsOf(admit.Pid).Where(hand => !hand.Admitted).ToList()) room.Emit(new HandAdmitted(admit.Pid, hand.EntryId));
                break;
            case RemoveEntry remove:
                var entry = queue.Entries.First(hand => hand.EntryId == remove.EntryId);
                room.Emit(new HandLowered(entry.Pid, entry.Intent)); break;
            case MoveEntry move: Move(room, move); break;
            case OpenQueue when !queue.Open: room.Emit(new QueueOpened()); break;
            case CloseQueue when queue.Open: room.Emit(new QueueClosed()); break;
            case OpenQueue or CloseQueue: break;
            case SetPolicy { Policy: null, Mode: null }: room.Refuse(RefusalCode.Invalid, "policy is missing"); break;
            case SetPolicy set: SetPolicy(room, set.Policy ?? settings.QueuePolicy, set.Mode ?? settings.QueueMode); break;
            case InvitePerson invite when room.State.People[invite.Pid].InvitedAt is not null || queue.HandsOf(invite.Pid).Any(): break;
            case InvitePerson invite: room.Emit(new PersonInvited(invite.Pid)); break;
            default: throw new UnreachableException(command.ToString());
        }
    }

    private static void Move(Unfolding room, MoveEntry move)
    {
        var order = SpeakingOrder.Of(room.State);
        var from = order.FindIndex(hand => hand.EntryId == move.EntryId);
        var rest = order.RemoveAt(from);
        var after = move.AfterId is null ? -1 : rest.FindIndex(hand => hand.EntryId == move.AfterId);
        var (to, own) = (after + 1, room.By.Role != Role.Facilitator);
        if (move.AfterId == move.EntryId) room.Refuse(RefusalCode.Invalid, "an entry cannot follow itself");
        else if (move.AfterId is not null && after < 0) room.Refuse(RefusalCode.NotFound, "no such entry to follow");
        else if (own && to < from) room.Refuse(RefusalCode.Forbidden, "one's own entry may only be moved back");
        else if (own && to == from) return;
        // Where the facilitator had pinned it, it stays pinned; an owner's own pin holds nobody up.
        else if (own) room.Emit(new EntryMoved(move.EntryId, order[from].Pid, to, Back: order[from] is { Slot: null } or { Back: true }));
        else if (order[from].Slot != to || order[from].Back) room.Emit(new EntryMoved(move.EntryId, order[from].Pid, to));
    }

    private static void SetPolicy(Unfolding room, QueuePolicy policy, QueueMode mode)
    {
        if (!Enum.IsDefined(policy) || !Enum.IsDefined(mode)) { room.Refuse(RefusalCode.Invalid, "no such policy or mode"); return; }
        var settings = room.State.Session.Settings;
        if (settings.QueuePolicy != policy || settings.QueueMode != mode) room.Emit(new PolicySet(policy, mode));
        // Hands that waited for admission are entries once the queue is open to all.
        if (mode == QueueMode.Open)
            foreach (var hand in room.State.Queue.Hands.Where(hand => !hand.Admitted)) room.Emit(new HandAdmitted(hand.Pid, hand.EntryId));
    }

    internal static RoomState Evolve(RoomState room, QueueEvent @event)
    {
        var queue = room.Queue;
        return @event switch
        {
            HandAdmitted admitted => room with { Queue = queue with { Hands = [.. queue.Hands.Select(hand => hand.EntryId == admitted.EntryId ? hand with { Admitted = true } : hand)] } },
            EntryMoved moved => room with { Queue = Pin(room, moved) },
            QueueOpened => room with { Queue = queue with { Open = true } },
            QueueClosed => room with { Queue = queue with { Open = false } },
            PolicySet set => room with
            {
                Session = room.Session with { Settings = room.Session.Settings with { QueuePolicy = set.Policy, QueueMode = set.Mode } },
                People = set.Policy == QueuePolicy.Round && room.Session.Settings.QueuePolicy != QueuePolicy.Round
                    ? Round.Begin(room.People) : room.People,
            },
            PersonInvited invited => room.With(invited.Pid, person => person with { InvitedAt = invited.At }),
            _ => throw new UnreachableException(@event.ToString()),
        };
    }

    /// <summary>Takes the entry out and puts it into its slot; other pins keep their neighbours.</summary>
    private static SpeakingQueue Pin(RoomState room, EntryMoved moved)
    {
        var hand = room.Queue.Entries.First(entry => entry.EntryId == moved.EntryId);
        var others = room.Queue.Without(room, moved.EntryId);
        return others with
        {
            Hands = [.. others.Hands.Select(other => other.Slot >= moved.Slot ? other with { Slot = other.Slot + 1 } : other), hand with { Slot = moved.Slot, Back = moved.Back }],
        };
    }
}
