using System.Collections.Immutable;
using System.Diagnostics;

namespace SessionRoom.Domain;

public sealed record StartSession : MemberCommand;
public sealed record EndSession : MemberCommand;
public sealed record GoOffRecord : MemberCommand;

/// <summary>Ends the time off the record. What was written on the board in it is thrown away, or with <paramref name="Keep"/> stored.</summary>
public sealed record GoOnRecord(bool Keep = false) : MemberCommand;

/// <summary>The room's first event. <paramref name="Invites"/> maps a role to the SHA-256 of its invite, in lower-case hex.</summary>
public sealed record RoomCreated(
    string Id, string Title, RoomSettings Settings, ImmutableArray<AgendaItem> Agenda, ImmutableDictionary<Role, string> Invites,
    string? Purpose = null, string? Agreement = null) : RoomEvent;
public sealed record SessionStarted : RoomEvent;
public sealed record SessionEnded : RoomEvent;
public sealed record WentOffRecord : RoomEvent;
public sealed record WentOnRecord(bool Kept = false) : RoomEvent;

/// <summary>How a room behaves; set when it is made.</summary>
public sealed record RoomSettings
{
    public QueuePolicy QueuePolicy { get; init; } = QueuePolicy.Fair;
    public QueueMode QueueMode { get; init; } = QueueMode.Open;

    /// <summary>How long a turn may last before it counts as overtime, in milliseconds; 0 for no limit. 2 minutes by default.</summary>
    public long SpeakerLimitMs { get; init; } = 120_000;

    /// <summary>How long the facilitator may be away before a member may claim the role, in milliseconds. 60 seconds by default.</summary>
    public long GraceMs { get; init; } = 60_000;
}

/// <summary>The text that everyone accepts before they see anything else of the room.</summary>
public sealed record Agreement(int Version, string Text);

/// <summary>What a session is about and how far it is.</summary>
public sealed record Session
{
    public string Id { get; init; } = "";
    public string Title { get; init; } = "";
    public string? Purpose { get; init; }
    public Stage Stage { get; init; }
    public long? StartedAt { get; init; }
    public long? EndedAt { get; init; }
    public Agreement? Agreement { get; init; }
    public bool OffRecord { get; init; }

    /// <summary>How often the board went back to what it was before the room went off the record. Replicas of an earlier number are void.</summary>
    public int BoardEpoch { get; init; }

    public RoomSettings Settings { get; init; } = new();

    internal static void Decide(Unfolding room, RoomCommand command)
    {
        switch (command)
        {
            case StartSession when room.State.Session.Stage == Stage.Lobby:
                room.Emit(new SessionStarted());
                if (room.State.Agenda is { Current: null, Items: [var first, ..] }) AgendaRules.Enter(room, first);
                break;
            case EndSession:
                FloorRules.Leave(room);
                if (room.State.Timer.Status != TimerStatus.Idle) room.Emit(new TimerStopped());
                if (room.State.Session.OffRecord) room.Emit(new WentOnRecord());
                room.Emit(new SessionEnded());
                break;
            case GoOffRecord when !room.State.Session.OffRecord: room.Emit(new WentOffRecord()); break;
            case GoOnRecord on when room.State.Session.OffRecord: room.Emit(new WentOnRecord(on.Keep)); break;
            case StartSession or GoOffRecord or GoOnRecord: break;
            default: throw new UnreachableException(command.ToString());
        }
    }

    internal static RoomState Evolve(RoomState room, RoomEvent @event) => @event switch
    {
        RoomCreated made => room with
        {
            Session = new()
            {
                Id = made.Id, Title = made.Title, Purpose = made.Purpose, Settings = made.Settings,
                Agreement = made.Agreement is null ? null : new(1, made.Agreement),
            },
            Agenda = room.Agenda with { Items = [.. made.Agenda.Select(item => new PlannedItem(item))] },
            MadeBy = made.By,
            CreatedAt = made.At,
            Invites = made.Invites,
        },
        SessionStarted => room with { Session = room.Session with { Stage = Stage.Live, StartedAt = @event.At } },
        SessionEnded => room with { Session = room.Session with { Stage = Stage.Ended, EndedAt = @event.At } },
        WentOffRecord => room with { Session = room.Session with { OffRecord = true } },
        WentOnRecord on => room with
        {
            Session = room.Session with { OffRecord = false, BoardEpoch = room.Session.BoardEpoch + (on.Kept ? 0 : 1) },
        },
        _ => throw new UnreachableException(@event.ToString()),
    };
}
