using System.Collections.Immutable;

namespace SessionRoom.Domain;

/// <summary>How a command was answered. <paramref name="Seq"/> is the room's sequence that holds its effect.</summary>
public sealed record Answer(string By, string Id, long Seq, long At, CommandResult? Result = null, Refusal? Refusal = null);

/// <summary>The answers that a room still remembers, so that a command that is sent again is answered as it was the first time.</summary>
/// <remarks>The newest <see cref="MostAnswers"/> are kept, for <see cref="LongestMs"/> at most.</remarks>
public sealed record AnsweredCommands(ImmutableQueue<Answer> InOrder)
{
    public const int MostAnswers = 2_048;
    public const long LongestMs = 60 * 60 * 1000;

    public static readonly AnsweredCommands None = new(ImmutableQueue<Answer>.Empty);

    private ImmutableDictionary<(string By, string Id), Answer> ById { get; init; } = InOrder.ToImmutableDictionary(answer => (answer.By, answer.Id));

    public Answer? Find(string by, string id) => ById.GetValueOrDefault((by, id));

    public AnsweredCommands Remember(Answer answer)
    {
        if (ById.ContainsKey((answer.By, answer.Id))) return this;
        var (order, byId) = (InOrder.Enqueue(answer), ById.Add((answer.By, answer.Id), answer));
        while (byId.Count > MostAnswers || order.Peek().At < answer.At - LongestMs)
        {
            order = order.Dequeue(out var oldest);
            byId = byId.Remove((oldest.By, oldest.Id));
        }
        return this with { InOrder = order, ById = byId };
    }
}
