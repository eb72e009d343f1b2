using Microsoft.Extensions.Logging;
using SessionRoom.Domain;

namespace SessionRoom.Rooms;

/// <summary>What a room holds that was written off the record.</summary>
internal enum Unrecorded
{
    Nothing,
    Something,

    /// <summary>Not known: the room was loaded while it was off the record, and its people may hold what it does not.</summary>
    Lost,
}

/// <summary>Decides what waits, in order, each against the state that the ones before it left. Nothing of it holds until the log has it.</summary>
internal sealed class Round(RoomSnapshot from, AnswerIndex known, long now, RoomLimits limits, Unrecorded unrecorded, ILogger logger)
{
    private const int LongestId = 64;
    private static readonly Refusal Broken = new(RefusalCode.Unavailable, "the room could not decide this");
    private static readonly Refusal Lost = new(RefusalCode.Stale, "what was written off the record is gone, it cannot be kept");
    private static readonly Refusal NoId = new(RefusalCode.Invalid, $"id has 1 to {LongestId} characters");

    private readonly AnswerIndex fresh = new();

    /// <summary>What the events lead to; of the answers it holds those that were known before.</summary>
    public RoomState State { get; private set; } = from.State;

    /// <summary>The state with everything that was decided here.</summary>
    public RoomState Reached => State with { Answers = State.Answers.RememberNew(Answers) };

    public List<RoomEvent> Events { get; } = [];

    /// <summary>Where the log stood when this was decided: only right behind that may it be stored.</summary>
    public LogPosition From => from.Position;

    /// <summary>Answers that were given for the first time.</summary>
    public List<Answer> Answers { get; } = [];

    public Answer Do(Caller by, MemberCommand command)
    {
        var actor = by.In(State);
        if (command.Id is not { Length: > 0 and <= LongestId }) return new(actor.Pid, command.Id ?? "", Seq, At, Refusal: NoId);
        if ((known.Find(actor.Pid, command.Id) ?? fresh.Find(actor.Pid, command.Id)) is { } before) return before;

        // Where nothing was written off the record nothing is thrown away, and nobody has to start over.
        if (command is GoOnRecord && unrecorded == Unrecorded.Nothing) command = new GoOnRecord(Keep: true) { Id = command.Id };
        var (result, refusal) = command is GoOnRecord { Keep: true } && unrecorded == Unrecorded.Lost && State.Session.OffRecord ? (null, Lost) : Decide(command, actor);
        var answer = new Answer(actor.Pid, command.Id, Seq, At, result, refusal);
        // A mistake of the house is not the command's answer for ever.
        if (ReferenceEquals(refusal, Broken)) return answer;
        fresh.Add(answer);
        Answers.Add(answer);
        return answer;
    }

    public Refusal? Do(HouseCommand command) => Decide(command, Actor.House).Refusal;

    /// <summary>The sequence number that holds everything decided so far.</summary>
    private long Seq => from.Position.Seq + (Events.Count > 0 ? 1 : 0);

    private long At => Math.Max(now, State.At);

    private (CommandResult? Result, Refusal? Refusal) Decide(RoomCommand command, Actor by)
    {
        try
        {
            switch (Room.Decide(State, command, new(by, At, limits)))
            {
                case Decision.Refused refused: return (null, refused.Refusal);
                case Decision.Accepted accepted:
                    State = accepted.After!;
                    Events.AddRange(accepted.Events);
                    return (accepted.Result, null);
                default: throw new System.Diagnostics.UnreachableException();
            }
        }
        // One command that trips over a rule must not take the room's others with it; the state is as it was.
        catch (Exception problem)
        {
            Log.DecisionThrew(logger, from.State.Session.Id, command.GetType().Name, problem.GetType().Name, problem.StackTrace);
            return (null, Broken);
        }
    }
}
