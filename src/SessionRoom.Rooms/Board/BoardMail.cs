using SessionRoom.Domain;

namespace SessionRoom.Rooms;

/// <summary>What concerns the board: handled after the commands that came with it.</summary>
internal abstract class BoardMail : Mail
{
    /// <summary>Whether it was answered already, with a refusal.</summary>
    public abstract bool IsDone { get; }
}

/// <summary>An update that somebody pushed.</summary>
internal sealed class PushMail(string pid, ReadOnlyMemory<byte> update, object? origin) : BoardMail
{
    private readonly TaskCompletionSource<PushAnswer> done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Pid => pid;
    public ReadOnlyMemory<byte> Update => update;
    public object? Origin => origin;
    public Task<PushAnswer> Done => done.Task;
    public override bool IsDone => done.Task.IsCompleted;

    public void Accept(RoomSnapshot room) => done.TrySetResult(new(room.Position.Seq, null));

    public override void Refuse(Refusal refusal, RoomSnapshot room) => done.TrySetResult(new(room.Position.Seq, refusal));
}

/// <summary>Somebody asks for what their replica lacks, or for the board as it is stored.</summary>
internal sealed class ReadMail<T>(Func<LiveBoard, T> read) : BoardMail, IRead
{
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Done => done.Task;
    public override bool IsDone => done.Task.IsCompleted;

    public void Answer(LiveBoard board)
    {
        try { done.TrySetResult(read(board)); }
        catch (FormatException problem) { done.TrySetException(problem); }
    }

    public override void Refuse(Refusal refusal, RoomSnapshot room) => done.TrySetException(new RoomLogException(refusal.Message));
}

internal interface IRead
{
    void Answer(LiveBoard board);
}

/// <summary>The answer to a push: stored, or refused without effect.</summary>
/// <param name="Seq">The room's sequence number as of then.</param>
public sealed record PushAnswer(long Seq, Refusal? Refusal);
