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

    private int Count { get; init; } = InOrder.Count();

    /// <summary>Made when it is first asked for: a room that looks answers up all the time keeps an index of its own.</summary>
    private ImmutableDictionary<(string By, string Id), Answer>? Index { get; set; }

    private ImmutableDictionary<(string By, string Id), Answer> ById => Index ??= InOrder.ToImmutableDictionary(answer => (answer.By, answer.Id));

    public Answer? Find(string by, string id) => ById.GetValueOrDefault((by, id));

    /// <summary>Remembers an answer; the first one to a command stays.</summary>
    public AnsweredCommands Remember(Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (ById.ContainsKey((answer.By, answer.Id))) return this;
        var (order, byId) = (InOrder.Enqueue(answer), ById.Add((answer.By, answer.Id), answer));
        while (IsTooOld(order, byId.Count, answer))
        {
            order = order.Dequeue(out var oldest);
            byId = byId.Remove((oldest.By, oldest.Id));
        }
        return this with { InOrder = order, Count = byId.Count, Index = byId };
    }

    /// <summary>Remembers answers to commands that are known to be new, without looking them up.</summary>
    public AnsweredCommands RememberNew(IReadOnlyList<Answer> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        if (answers.Count == 0) return this;
        var (order, count) = (InOrder, Count);
        foreach (var answer in answers)
            for ((order, count) = (order.Enqueue(answer), count + 1); IsTooOld(order, count, answer); count--) order = order.Dequeue();
        return this with { InOrder = order, Count = count, Index = null };
    }

    private static bool IsTooOld(ImmutableQueue<Answer> order, int count, Answer newest) => count > MostAnswers || order.Peek().At < newest.At - LongestMs;
}
