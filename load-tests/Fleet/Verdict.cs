using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Fleet;

/// <summary>What became of a crew's work.</summary>
/// <param name="Answered">Commands.</param>
/// <param name="Edits">Of the board, that were answered with <c>ok</c>.</param>
/// <param name="Refused">Edits that were answered otherwise.</param>
/// <param name="Unanswered">Commands and edits that had no answer a minute after everybody stopped.</param>
/// <param name="Missing">Answered commands and edits whose effect the room, its log or the board does not have.</param>
/// <param name="Twice">Commands whose effect is there more than once.</param>
/// <param name="Differing">Clients and nodes with another state in the end, and with another board.</param>
/// <param name="Unseen">Answered commands whose patch no client was sent, each being resynced over it: the log could not be asked about these, the state was.</param>
public sealed record Verdict(int Answered, int Edits, int Refused, int Unanswered, int Missing, int Twice, int Differing, int Unseen, int Disagreements, int Holes, int Back, int Behind, int Resyncs, int Patches, int Epochs,
    double LongestWaitMs, IReadOnlyList<string> Wrong)
{
    internal Verdict(int answered, int edits, int refused, int unanswered, int missing, int twice, int differing, int unseen, Histories seen, TimeSpan longest, IEnumerable<string> wrong)
        : this(answered, edits, refused, unanswered, missing, twice, differing, unseen, seen.Disagreements, seen.Holes, seen.Back, seen.Behind, seen.Resyncs, seen.Patches, seen.Epochs, longest.TotalMilliseconds, [.. wrong.Take(20), .. seen.Wrong])
    {
    }

    /// <summary>Nothing done twice, nobody with another state, and one sequence for all.</summary>
    public bool IsOne => Unanswered == 0 && Twice == 0 && Differing == 0 && Disagreements == 0 && Holes == 0 && Back == 0;

    /// <summary>And nothing missing, over one log.</summary>
    public bool IsWhole => IsOne && Missing == 0 && Refused == 0 && Epochs == 1;

    internal Table AddTo(Table table) => table
        .Row("commands answered", Answered).Row("edits of the board answered", Edits).Row("edits refused", Refused).Row("never answered", Unanswered).Row("answered and missing", Missing).Row("done twice", Twice)
        .Row("clients or nodes with another state or board in the end", Differing).Row("patches, as some client was sent them", Patches).Row("sequences with two patches", Disagreements)
        .Row("holes without a resync", Holes).Row("resynced to what was before", Back).Row("epochs", Epochs).Row("resyncs", Resyncs).Row("reconnected to a node that was behind for a moment", Behind)
        .Row("answered, their patch sent to nobody", Unseen).Row("longest wait for any answer, ms", LongestWaitMs);

    internal string Lines => string.Concat(Wrong.Select(line => "\n" + line));
}
