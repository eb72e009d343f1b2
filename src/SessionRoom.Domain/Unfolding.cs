using System.Collections.Immutable;

namespace SessionRoom.Domain;

/// <summary>A decision in the making: each emitted event is evolved at once, so that the next step sees its effect.</summary>
internal sealed class Unfolding(RoomState state, Asking asking)
{
    private readonly ImmutableArray<RoomEvent>.Builder events = ImmutableArray.CreateBuilder<RoomEvent>();

    public RoomState State { get; private set; } = state;
    public long Now { get; } = Math.Max(asking.Now, state.At);
    public Actor By => asking.By;
    public RoomLimits Limits => asking.Limits;
    public CommandResult? Result { get; set; }
    public Refusal? Refusal { get; private set; }

    public void Emit(RoomEvent @event)
    {
        var stamped = @event with { By = By.Pid, At = Now };
        State = Room.Evolve(State, stamped);
        events.Add(stamped);
    }

    public void Refuse(RefusalCode code, string message) => Refusal ??= new(code, message);

    public Decision Close() => Refusal is null ? new Decision.Accepted(events.ToImmutable(), Result) { After = State } : new Decision.Refused(Refusal);
}
