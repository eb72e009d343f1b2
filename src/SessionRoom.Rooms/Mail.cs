using SessionRoom.Domain;

namespace SessionRoom.Rooms;

/// <summary>What waits in a room's mailbox: decided with others, answered once that is durable.</summary>
internal abstract class Mail
{
    /// <summary>Whether nothing behind it may be handled with it.</summary>
    public virtual bool EndsBatch => false;

    public virtual void Decide(Round round) { }

    /// <summary>Answers as decided.</summary>
    public virtual void Complete() { }

    /// <summary>Answers with a refusal, as of <paramref name="room"/>.</summary>
    public abstract void Refuse(Refusal refusal, RoomSnapshot room);
}

/// <summary>Makes the reader look at what is due.</summary>
internal sealed class Wake : Mail
{
    public static readonly Wake Up = new();
    public override void Refuse(Refusal refusal, RoomSnapshot room) { }
}

internal sealed class CommandMail(Caller by, MemberCommand command) : Mail
{
    private readonly TaskCompletionSource<Answer> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Answer? answer;

    public Task<Answer> Done => done.Task;

    public object? Origin => by.Origin;

    public override bool EndsBatch => command is GoOffRecord or GoOnRecord or EndSession;

    public override void Decide(Round round) => answer = round.Do(by, command);

    public override void Complete() => done.TrySetResult(answer!);

    public override void Refuse(Refusal refusal, RoomSnapshot room) =>
        done.TrySetResult(new(by.In(room.State).Pid, command.Id, room.Position.Seq, room.State.At, Refusal: refusal));
}

/// <summary>An arrival or a departure: it may wait for others.</summary>
internal sealed class PresenceMail(HouseCommand command) : Mail
{
    private readonly TaskCompletionSource<Refusal?> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Refusal? refused;

    public HouseCommand Command { get; } = command;

    /// <summary>Whom this connects here; null when it was refused, or does not connect anybody.</summary>
    public string? Arrived => refused is null && Command is Arrive { Online: true } arrive ? arrive.Pid : null;

    public Task<Refusal?> Done => done.Task;

    public override void Decide(Round round) => refused = round.Do(Command);

    public override void Complete() => done.TrySetResult(refused);

    public override void Refuse(Refusal refusal, RoomSnapshot room) => done.TrySetResult(refusal);
}

internal sealed class DeleteMail : Mail
{
    private readonly TaskCompletionSource<bool> done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<bool> Done => done.Task;

    public override bool EndsBatch => true;

    public void Complete(bool found) => done.TrySetResult(found);

    public void Fail(Exception problem) => done.TrySetException(problem);

    public override void Refuse(Refusal refusal, RoomSnapshot room)
    {
        if (refusal.Code == RefusalCode.NotFound) Complete(found: false);
        else Fail(new RoomLogException(refusal.Message));
    }
}
