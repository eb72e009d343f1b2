using System.Diagnostics;

namespace SessionRoom.Domain;

/// <summary>Who may send which command: one table, command × role, then the exceptions that name whom a command is for.</summary>
public static class Permissions
{
    private const int Facilitator = 1 << (int)Role.Facilitator, NoteTaker = 1 << (int)Role.NoteTaker, Member = 1 << (int)Role.Member;
    private const int Guest = 1 << (int)Role.Guest, Observer = 1 << (int)Role.Observer, Projector = 1 << (int)Role.Projector;
    private const int Speakers = Facilitator | NoteTaker | Member | Guest;
    private const int Everyone = Speakers | Observer | Projector;

    /// <summary>The roles that may send the command for themselves.</summary>
    private static int Table(MemberCommand command) => command switch
    {
        AcceptAgreement or RenamePerson => Everyone,
        StartSession or EndSession or GoOffRecord or GoOnRecord => Facilitator,
        SetAgenda or GoToItem => Facilitator,
        TimerCommand => Facilitator | NoteTaker,
        RaiseHand or LowerHand => Speakers,
        RemoveEntry or MoveEntry or YieldFloor => Speakers,
        QueueCommand => Facilitator,
        FloorCommand => Facilitator,
        AssignRole => Facilitator,
        ClaimRole => NoteTaker | Member,
        SeatPerson or RemovePerson => Facilitator,
        _ => throw new UnreachableException(command.ToString()),
    };

    /// <summary>Why the actor may not send this command now; null when they may.</summary>
    public static Refusal? Check(RoomState room, MemberCommand command, Actor by)
    {
        ArgumentNullException.ThrowIfNull(room);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        // Whoever has not agreed learns nothing of the room, its stage included.
        if (command is not AcceptAgreement && by.IsPerson && !room.HasAgreed(by.Pid)) return new(RefusalCode.NotAgreed, "the agreement was not accepted");
        if (room.Session.Stage == Stage.Ended) return new(RefusalCode.Ended, "the session has ended");
        if (by.IsPerson && !room.People.ContainsKey(by.Pid)) return new(RefusalCode.NotFound, "the caller is not in the room");

        var (target, problem) = Target(room, command, by);
        if (problem is not null) return problem;
        if (target is null || target == by.Pid) return Allows(command, by.Role) ? Lacks(room, command, target) : Forbidden(command, by);
        // An observer only looks, also one who held seats in another role.
        var holds = by.Role != Role.Observer && room.People.TryGetValue(target, out var person) && person.SeatOf == by.Pid;
        var allowed = command is RaiseHand or LowerHand or RemoveEntry or MoveEntry or YieldFloor or RenamePerson
            ? by.Role == Role.Facilitator || holds
            : command is AcceptAgreement ? holds : Allows(command, by.Role);
        return allowed ? Lacks(room, command, target) : Forbidden(command, by);
    }

    /// <summary>Whether the table lets the role send the command for itself.</summary>
    public static bool Allows(MemberCommand command, Role role) => (Table(command) & (1 << (int)role)) != 0;

    /// <summary>Whom the command is for; null where it is for the room.</summary>
    private static (string? Pid, Refusal? Problem) Target(RoomState room, MemberCommand command, Actor by) => command switch
    {
        RaiseHand { Pid: var pid } => (pid ?? by.Pid, null),
        LowerHand { Pid: var pid } => (pid ?? by.Pid, null),
        RenamePerson { Pid: var pid } => (pid ?? by.Pid, null),
        AcceptAgreement { Pid: var pid } => (pid ?? by.Pid, null),
        RemoveEntry { EntryId: var id } => Owner(room, id),
        MoveEntry { EntryId: var id } => Owner(room, id),
        YieldFloor => room.Floor.Turn is { } turn ? (turn.Pid, null) : (null, new(RefusalCode.NotFound, "nobody has the floor")),
        AdmitHand { Pid: var pid } => Named(pid),
        InvitePerson { Pid: var pid } => Named(pid),
        GiveFloor { Pid: var pid } => Named(pid),
        AssignRole { Pid: var pid } => Named(pid),
        RemovePerson { Pid: var pid } => Named(pid),
        _ => (null, null),
    };

    private static (string?, Refusal?) Named(string? pid) => pid is null ? (null, new(RefusalCode.Invalid, "pid is missing")) : (pid, null);

    private static (string?, Refusal?) Owner(RoomState room, string entryId) =>
        room.Queue.Entries.FirstOrDefault(hand => hand.EntryId == entryId) is { } entry
            ? (entry.Pid, null)
            : (null, new(RefusalCode.NotFound, "no such entry"));

    private static Refusal? Lacks(RoomState room, MemberCommand command, string? target)
    {
        if (target is null) return null;
        if (!room.People.TryGetValue(target, out var person)) return new(RefusalCode.NotFound, "no such person");
        if (command is RaiseHand or AdmitHand or InvitePerson or GiveFloor && !person.Speaks) return new(RefusalCode.Forbidden, "this role does not take the floor");
        return null;
    }

    private static Refusal Forbidden(MemberCommand command, Actor by) => new(RefusalCode.Forbidden, $"{by.Role} may not send {command.GetType().Name} here");
}
