using System.Diagnostics;

namespace SessionRoom.Domain;

/// <summary>The rules of a room, composed: who may, then what follows.</summary>
public static class Room
{
    /// <summary>Makes a room, or says why not.</summary>
    public static Decision Create(RoomCreated asked, Asking asking)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(asking);
        var (limits, settings) = (asking.Limits, asked.Settings);
        var refusal = Text.Check(asked.Id, Text.LongestId, "id") ?? Text.Check(asked.Title, limits.Title, "title")
            ?? (asked.Purpose is null ? null : Text.Check(asked.Purpose, limits.Text, "purpose"))
            ?? (asked.Agreement is null ? null : Text.Check(asked.Agreement, limits.Text, "agreement"))
            ?? Duration(settings.SpeakerLimitMs, "speakerLimitMs") ?? Duration(settings.GraceMs, "graceMs")
            ?? (Enum.IsDefined(settings.QueuePolicy) && Enum.IsDefined(settings.QueueMode) ? null : new(RefusalCode.Invalid, "no such policy or mode"));
        var items = asked.Agenda;
        refusal ??= AgendaRules.Prepare(asked.Agenda, limits, out items);
        if (refusal is not null) return new Decision.Refused(refusal);
        return new Decision.Accepted([asked with { Title = asked.Title.Trim(), Agenda = items, By = asking.By.Pid, At = asking.Now }]);
    }

    private static Refusal? Duration(long ms, string field) =>
        ms is < 0 or > SessionTimer.LongestMs ? new(RefusalCode.Invalid, $"{field} is 0 to 24 hours") : null;

    public static Decision Decide(RoomState state, RoomCommand command, Asking asking)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(asking);
        var room = new Unfolding(state, asking);
        if (command is MemberCommand asked && Permissions.Check(state, asked, asking.By) is { } refusal) return new Decision.Refused(refusal);

        switch (command)
        {
            case StartSession or EndSession or GoOffRecord or GoOnRecord: Session.Decide(room, command); break;
            case AcceptAgreement accept: AgreementRules.Decide(room, accept); break;
            case SetAgenda or GoToItem: AgendaRules.Decide(room, command); break;
            case TimerCommand or ExpireTimer: SessionTimer.Decide(room, command); break;
            case HandCommand hand: HandRules.Decide(room, hand); break;
            case QueueCommand queue: QueueRules.Decide(room, queue); break;
            case FloorCommand floor: FloorRules.Decide(room, floor); break;
            case RoleCommand role: RoleRules.Decide(room, role); break;
            case PeopleCommand or Arrive or Depart: PeopleRules.Decide(room, command); break;
            default: throw new UnreachableException(command.ToString());
        }
        return room.Close();
    }

    public static RoomState Evolve(RoomState state, RoomEvent @event)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(@event);
        var next = @event switch
        {
            RoomCreated or WentOffRecord or WentOnRecord => Session.Evolve(state, @event),
            SessionStarted or SessionEnded => Session.Evolve(state, @event) with { Agenda = Agenda.Evolve(state.Agenda, @event) },
            AgendaEvent => state with { Agenda = Agenda.Evolve(state.Agenda, @event) },
            TimerEvent timer => state with { Timer = SessionTimer.Evolve(state.Timer, timer) },
            HandEvent hand => HandRules.Evolve(state, hand),
            QueueEvent queue => QueueRules.Evolve(state, queue),
            FloorEvent floor => FloorRules.Evolve(state, floor),
            PeopleEvent or RoleEvent or AgreementAccepted => PeopleRules.Evolve(state, @event),
            _ => throw new UnreachableException(@event.ToString()),
        };
        if (@event is SessionStarted or SessionEnded or AgendaEvent or TimerEvent) next = next with { Agenda = next.Agenda with { AccountedAt = @event.At } };
        return next with { At = @event.At };
    }
}
