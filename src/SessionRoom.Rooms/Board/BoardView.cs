using System.Collections.Immutable;
using SessionRoom.Crdt;

namespace SessionRoom.Rooms;

/// <summary>A board as people see it: what its document holds, as far as it can be understood. Never changes.</summary>
/// <param name="Columns">Left to right, at least one; <c>todo</c>, <c>doing</c> and <c>done</c> where the document names none.</param>
/// <param name="Actions">By column, then rank, then id.</param>
/// <param name="Decisions">As they were written down.</param>
/// <param name="Notes">The shared notes; empty where there are none.</param>
public sealed record BoardView(ImmutableArray<BoardColumn> Columns, ImmutableArray<BoardAction> Actions, ImmutableArray<BoardDecision> Decisions, string Notes)
{
    private static readonly ImmutableArray<BoardColumn> Usual = [new("todo", "To do"), new("doing", "Doing"), new("done", "Done")];

    /// <summary>Reads a document. What is of another type than the board's schema says, or of none that is known, is passed over: this never fails, and builds
    /// no more than what it answers.</summary>
    /// <param name="doc">Must not be written to meanwhile. The board's roots are made where it lacks them.</param>
    /// <param name="withSealed">Whether sealed actions and decisions are in it. What leaves the room is read without them.</param>
    public static BoardView Of(Doc doc, bool withSealed)
    {
        ArgumentNullException.ThrowIfNull(doc);
        var columns = ColumnsOf(doc);
        var order = columns.Index().ToDictionary(column => column.Item.Id, column => column.Index, StringComparer.Ordinal);
        var actions = ActionsOf(doc, columns[0].Id, order).Where(action => withSealed || !action.Sealed)
            .OrderBy(action => order[action.Column]).ThenBy(action => action.Rank, StringComparer.Ordinal).ThenBy(action => action.Id, StringComparer.Ordinal);
        return new(columns, [.. actions], [.. DecisionsOf(doc, withSealed)], BoardFields.Root(doc.GetText, "notes") is { } notes ? BoardFields.Text(notes) : "");
    }

    private static ImmutableArray<BoardColumn> ColumnsOf(Doc doc)
    {
        var (columns, seen) = (ImmutableArray.CreateBuilder<BoardColumn>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var map in BoardFields.MapsOf(doc, "columns"))
            if (map.Text("id") is { } id && seen.Add(id)) columns.Add(new(id, map.Text("title") ?? id));
        return columns.Count > 0 ? columns.ToImmutable() : Usual;
    }

    private static IEnumerable<BoardAction> ActionsOf(Doc doc, string firstColumn, Dictionary<string, int> columns)
    {
        if (BoardFields.Root(doc.GetMap, "actions") is not { } actions) yield break;
        foreach (var id in actions.Keys)
        {
            if (actions.KindOf(id) != YValueKind.Type || actions[id].AsType is not YMap map) continue;
            yield return new(id, map.Text("title") ?? "", map.Text("column") is { } column && columns.ContainsKey(column) ? column : firstColumn, map.Text("rank") ?? "")
            {
                Notes = map.Text("notes"), Owner = map.Text("owner"), Due = map.Day("due"), CreatedBy = map.Text("createdBy"), CreatedAt = map.Moment("createdAt"),
                Outcome = map.Text("outcome"), Sealed = map.IsSealed(),
            };
        }
    }

    private static IEnumerable<BoardDecision> DecisionsOf(Doc doc, bool withSealed)
    {
        foreach (var map in BoardFields.MapsOf(doc, "decisions"))
            if (map.Text("text") is { } text && (withSealed || !map.IsSealed())) yield return new(text, map.Moment("at"));
    }
}

/// <param name="Title">What it is headed with; its id where it has no title.</param>
public sealed record BoardColumn(string Id, string Title);

/// <summary>A card: something that somebody will do.</summary>
/// <param name="Id">Its key on the board: any text, also the empty one.</param>
/// <param name="Column">A column of the board; the first where the document names none that is there.</param>
/// <param name="Rank">A fractional index: its place in the column.</param>
public sealed record BoardAction(string Id, string Title, string Column, string Rank)
{
    /// <summary>Absent where it was left empty, as are the owner and the outcome.</summary>
    public string? Notes { get; init; }

    /// <summary>A participant id, perhaps of nobody in the room.</summary>
    public string? Owner { get; init; }
    public DateOnly? Due { get; init; }
    public string? CreatedBy { get; init; }

    /// <summary>Unix milliseconds, by the clock of whoever made it.</summary>
    public long? CreatedAt { get; init; }
    public string? Outcome { get; init; }

    /// <summary>It leaves the room nowhere. Whatever its field holds but <c>false</c> and nothing counts as sealed.</summary>
    public bool Sealed { get; init; }
}

/// <param name="At">Unix milliseconds, by the clock of whoever wrote it down.</param>
public sealed record BoardDecision(string Text, long? At);
