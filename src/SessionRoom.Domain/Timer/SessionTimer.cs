using System.Diagnostics;

namespace SessionRoom.Domain;

public abstract record TimerCommand : MemberCommand;
/// <summary>Starts a timer of <paramref name="DurationMs"/> milliseconds (1 s – 24 h); without it, the current item's timebox.</summary>
public sealed record StartTimer(long? DurationMs = null) : TimerCommand;
public sealed record PauseTimer : TimerCommand;
public sealed record ResumeTimer : TimerCommand;
/// <summary>Lengthens (or, negative, shortens) the timer by up to 24 h.</summary>
public sealed record ExtendTimer(long ByMs) : TimerCommand;
public sealed record StopTimer : TimerCommand;
/// <summary>The house noticed that the running timer reached its end.</summary>
public sealed record ExpireTimer : HouseCommand;

public abstract record TimerEvent : RoomEvent;
public sealed record TimerStarted(long DurationMs, long EndsAt, string? ItemId = null) : TimerEvent;
public sealed record TimerPaused(long RemainingMs) : TimerEvent;
public sealed record TimerResumed(long EndsAt) : TimerEvent;
public sealed record TimerExtended(long ByMs) : TimerEvent;
public sealed record TimerExpired : TimerEvent;
public sealed record TimerStopped : TimerEvent;

/// <summary>The shared clock: an absolute end while it runs (also in overtime), a remainder while it is paused, never both.</summary>
public sealed record SessionTimer
{
    public const long LongestMs = 24 * 60 * 60 * 1000;

    public TimerStatus Status { get; init; }
    public long? DurationMs { get; init; }
    public long? EndsAt { get; init; }
    public long? RemainingMs { get; init; }
    public string? ItemId { get; init; }

    internal static void Decide(Unfolding room, RoomCommand command)
    {
        var timer = room.State.Timer;
        switch (command)
        {
            case StartTimer start: Start(room, start.DurationMs); break;
            case PauseTimer when timer.EndsAt is { } end: room.Emit(new TimerPaused(end - room.Now)); break;
            case ResumeTimer when timer.RemainingMs is { } left: room.Emit(new TimerResumed(room.Now + left)); break;
            case PauseTimer or ResumeTimer: break;
            case ExtendTimer extend when extend.ByMs is 0 or < -LongestMs or > LongestMs:
                room.Refuse(RefusalCode.Invalid, "byMs is not 0 and at most 24 hours either way"); break;
            case ExtendTimer when timer.Status == TimerStatus.Idle: room.Refuse(RefusalCode.Invalid, "no timer to extend"); break;
            case ExtendTimer extend when timer.DurationMs + extend.ByMs is < 0 or > LongestMs:
                room.Refuse(RefusalCode.Invalid, "a timer lasts 0 to 24 hours"); break;
            case ExtendTimer extend: room.Emit(new TimerExtended(extend.ByMs)); break;
            case StopTimer when timer.Status != TimerStatus.Idle: room.Emit(new TimerStopped()); break;
            case StopTimer: break;
            case ExpireTimer when timer.Status == TimerStatus.Running && timer.EndsAt <= room.Now: room.Emit(new TimerExpired()); break;
            case ExpireTimer: break;
            default: throw new UnreachableException(command.ToString());
        }
    }

    private static void Start(Unfolding room, long? asked)
    {
        var current = room.State.Agenda.CurrentItem;
        var duration = asked ?? current?.Item.DurationMs ?? 0;
        if (duration is < 1_000 or > LongestMs)
            room.Refuse(RefusalCode.Invalid, asked is null && current is null ? "durationMs is missing and no agenda item is current" : "durationMs is 1 second to 24 hours");
        else if (room.State.Timer is not { Status: TimerStatus.Running } running || running.DurationMs != duration || running.ItemId != current?.Item.Id)
            room.Emit(new TimerStarted(duration, room.Now + duration, current?.Item.Id));
    }

    internal static SessionTimer Evolve(SessionTimer timer, TimerEvent @event) => @event switch
    {
        TimerStarted started => new() { Status = TimerStatus.Running, DurationMs = started.DurationMs, EndsAt = started.EndsAt, ItemId = started.ItemId },
        TimerPaused paused => timer with { Status = TimerStatus.Paused, EndsAt = null, RemainingMs = paused.RemainingMs },
        TimerResumed resumed => timer with { Status = Toward(resumed.EndsAt, resumed.At), EndsAt = resumed.EndsAt, RemainingMs = null },
        TimerExtended { ByMs: var by } when timer.RemainingMs is { } left =>
            timer with { DurationMs = timer.DurationMs + by, RemainingMs = left + by },
        TimerExtended { ByMs: var by } when timer.EndsAt is { } end =>
            timer with { DurationMs = timer.DurationMs + by, EndsAt = end + by, Status = Toward(end + by, @event.At) },
        TimerExpired => timer with { Status = TimerStatus.Overtime },
        TimerStopped => new(),
        _ => throw new UnreachableException(@event.ToString()),
    };

    private static TimerStatus Toward(long endsAt, long now) => endsAt > now ? TimerStatus.Running : TimerStatus.Overtime;
}
