using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SessionRoom.Domain;

/// <summary>How a command was answered. <paramref name="Seq"/> is the room's sequence that holds its effect.</summary>
public sealed record Answer(string By, string Id, long Seq, long At, CommandResult? Result = null, Refusal? Refusal = null);

/// <summary>The answers that a room still remembers, so that a command that is sent again is answered as it was the first time.</summary>
/// <remarks>For <see cref="LongestMs"/> at most, the newest <see cref="NewestOfEach"/> of each caller and the newest <see cref="NewestOfAll"/> of the room are
/// kept: one caller cannot push out what others were answered. Where there are so many callers that this makes more than <see cref="MostAnswers"/>, the oldest
/// go. Up to <see cref="Surplus"/> more are held between two clearings.</remarks>
public sealed record AnsweredCommands(ImmutableQueue<Answer> InOrder)
{
    public const int NewestOfEach = 64;
    public const int NewestOfAll = 2_048;
    public const int MostAnswers = 16_384;
    public const int Surplus = 1_024;
    public const long LongestMs = 60 * 60 * 1000;

    public static readonly AnsweredCommands None = new(ImmutableQueue<Answer>.Empty);

    /// <summary>How many are held.</summary>
    [JsonIgnore]
    public int Count { get; private init; } = InOrder.Count();

    /// <summary>How many the last clearing left. Clearing walks over all of them, so it waits for a surplus.</summary>
    private int Cleared { get; init; }

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
        while (IsTooOld(order.Peek(), answer))
        {
            order = order.Dequeue(out var oldest);
            byId = byId.Remove((oldest.By, oldest.Id));
        }
        return (this with { InOrder = order, Count = byId.Count, Index = byId }).WithoutSurplus();
    }

    /// <summary>Remembers answers to commands that are known to be new, without looking them up.</summary>
    public AnsweredCommands RememberNew(IReadOnlyList<Answer> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        if (answers.Count == 0) return this;
        var (order, count) = (InOrder, Count);
        foreach (var answer in answers)
            for ((order, count) = (order.Enqueue(answer), count + 1); IsTooOld(order.Peek(), answer); count--) order = order.Dequeue();
        return (this with { InOrder = order, Count = count, Index = null }).WithoutSurplus();
    }

    private AnsweredCommands WithoutSurplus()
    {
        if (Count < Cleared + Surplus || Count <= NewestOfAll) return this;
        var (all, kept, ofEach) = (InOrder.ToArray(), new List<Answer>(Count), new Dictionary<string, int>(StringComparer.Ordinal));
        for (var place = all.Length - 1; place >= 0 && kept.Count < MostAnswers; place--)
        {
            var answer = all[place];
            ofEach.TryGetValue(answer.By, out var newer);
            ofEach[answer.By] = newer + 1;
            if (newer < NewestOfEach || all.Length - place <= NewestOfAll) kept.Add(answer);
        }
        kept.Reverse();
        return new(ImmutableQueue.CreateRange(kept)) { Count = kept.Count, Cleared = kept.Count };
    }

    private static bool IsTooOld(Answer oldest, Answer newest) => oldest.At < newest.At - LongestMs;
}
