using System.Collections.Immutable;

namespace SessionRoom.Domain;

/// <summary>The room's state as clients read it. An absent field is unset.</summary>
public sealed record RoomView(
    SessionView Room, IReadOnlyDictionary<string, PersonView> People, AgendaView? Agenda, TimerView? Timer, QueueView? Queue, FloorView? Floor)
{
    /// <summary>The whole room, as everyone who has agreed sees it.</summary>
    public static RoomView Of(RoomState room)
    {
        ArgumentNullException.ThrowIfNull(room);
        var hands = room.Queue.Strongest();
        return new(SessionView.Of(room), room.People.ToDictionary(pair => pair.Key, pair => PersonView.Of(room, pair.Key, hands), StringComparer.Ordinal),
            AgendaView.Of(room), TimerView.Of(room.Timer), QueueView.Of(room), FloorView.Of(room.Floor));
    }

    /// <summary>What this person may see: the whole room, or up to the agreement that they have yet to accept only that and themselves.</summary>
    public static RoomView For(RoomState room, string pid)
    {
        ArgumentNullException.ThrowIfNull(room);
        if (room.HasAgreed(pid)) return Of(room);
        var self = new Dictionary<string, PersonView>(StringComparer.Ordinal);
        if (room.People.ContainsKey(pid)) self.Add(pid, PersonView.Of(room, pid, room.Queue.Strongest()));
        return new(SessionView.Gate(room), self, null, null, null, null);
    }
}

public sealed record SessionView(
    string Id, string Title, string? Purpose, Stage? Stage, long? StartedAt, long? EndedAt, Agreement? Agreement, bool? OffRecord, int? BoardEpoch,
    RoomSettings? Settings)
{
    internal static SessionView Of(RoomState room)
    {
        var session = room.Session;
        return new(session.Id, session.Title, session.Purpose, session.Stage, session.StartedAt, session.EndedAt, session.Agreement, session.OffRecord,
            session.BoardEpoch > 0 ? session.BoardEpoch : null, session.Settings);
    }

    internal static SessionView Gate(RoomState room) => new(room.Session.Id, room.Session.Title, null, null, null, null, room.Session.Agreement, null, null, null);
}

public sealed record PersonView(
    string Name, Role Role, Place Place, bool Online, bool Agreed, string? SeatOf, HandView? Hand, int Turns, long TalkMs, long? InvitedAt)
{
    internal static PersonView Of(RoomState room, string pid, Dictionary<string, Hand> hands)
    {
        var (person, hand) = (room.People[pid], hands.GetValueOrDefault(pid));
        return new(person.Name, person.Role, person.Place, room.IsOnline(person), room.HasAgreed(pid), person.SeatOf,
            hand is null ? null : new(hand.Intent, hand.At), person.Turns, person.TalkMs, person.InvitedAt);
    }
}

/// <summary>The strongest hand that a person has up, and since when.</summary>
public sealed record HandView(Intent Intent, long At);

public sealed record AgendaView(ImmutableArray<ItemView> Items, string? Current, long? Since, LedgerView Ledger)
{
    internal static AgendaView Of(RoomState room) => new(
        [.. room.Agenda.Items.Select(item => new ItemView(item.Item.Id!, item.Item.Title, item.Item.Kind, item.Item.DurationMs, item.Item.PresenterId, item.SpentMs))],
        room.Agenda.Current, room.Agenda.Since, LedgerView.Of(room));
}

/// <param name="SpentMs">Time spent on it in stretches that are over; the current one began at the agenda's <c>since</c>.</param>
public sealed record ItemView(string Id, string Title, string? Kind, long DurationMs, string? PresenterId, long SpentMs);

/// <summary>The ledger as of the last event that moved it; whoever draws it adds the overtime since.</summary>
/// <param name="ExpectedEndAt">When the session ends if the rest keeps to its timeboxes; absent before the start and after the end.</param>
public sealed record LedgerView(long PlannedMs, long BorrowedMs, long? ExpectedEndAt)
{
    internal static LedgerView Of(RoomState room)
    {
        var ledger = TimeLedger.Of(room, room.Agenda.AccountedAt);
        return new(ledger.PlannedMs, ledger.BorrowedMs, room.Session.Stage == Stage.Live ? room.Session.StartedAt + ledger.LengthMs : null);
    }
}

public sealed record TimerView(TimerStatus Status, long? DurationMs, long? EndsAt, long? RemainingMs, string? ItemId)
{
    internal static TimerView Of(SessionTimer timer) => new(timer.Status, timer.DurationMs, timer.EndsAt, timer.RemainingMs, timer.ItemId);
}

public sealed record QueueView(bool Open, ImmutableArray<EntryView> Entries)
{
    internal static QueueView Of(RoomState room) => new(room.Queue.Open, [.. SpeakingOrder.Of(room).Select(hand => EntryView.Of(room, hand))]);
}

public sealed record EntryView(string Id, string Pid, Intent Intent, long At, bool Pinned, WhyView Why)
{
    internal static EntryView Of(RoomState room, Hand hand)
    {
        var (person, policy) = (room.People[hand.Pid], room.Session.Settings.QueuePolicy);
        return new(hand.EntryId, hand.Pid, hand.Intent, hand.At, hand.Slot is not null, new(
            hand.Intent, policy == QueuePolicy.Round ? person.RoundTurns : person.Turns, person.TalkMs, hand.At, hand.Slot is not null,
            policy == QueuePolicy.Fair ? person.Place : null, policy == QueuePolicy.Round ? person.Joined : null));
    }
}

/// <summary>The keys that placed an entry.</summary>
/// <param name="Turns">Turns so far; under <c>round</c>, turns of this round.</param>
/// <param name="Place">Under <c>fair</c>: compared with the place that spoke last.</param>
/// <param name="Joined">Under <c>round</c>: the joining order, 1 for the first.</param>
public sealed record WhyView(Intent Intent, int Turns, long TalkMs, long At, bool Pinned, Place? Place, int? Joined);

public sealed record FloorView(string? EntryId, string? Pid, Intent? Intent, long? Since, long? LimitMs, ImmutableArray<HeldTurn> Held)
{
    internal static FloorView Of(Floor floor) => new(floor.Turn?.EntryId, floor.Turn?.Pid, floor.Turn?.Intent, floor.Turn?.Since, floor.Turn?.LimitMs, floor.Held);
}
