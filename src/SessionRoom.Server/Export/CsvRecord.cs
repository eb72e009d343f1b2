using System.Text;

namespace SessionRoom.Server;

/// <summary>The record as one table (RFC 4180): a row per agenda item, person, action and decision.</summary>
internal static class CsvRecord
{
    public static string Write(Record record)
    {
        var table = new StringBuilder();
        Row(table, "row", "id", "name", "kind", "place", "plannedMs", "spentMs", "turns", "talkMs", "column", "owner", "due", "notes", "outcome", "at");
        foreach (var item in record.Agenda) Row(table, "agenda", item.Id, item.Title, item.Kind, "", $"{item.PlannedMs}", $"{item.SpentMs}");
        foreach (var person in record.People) Row(table, "person", person.Id, person.Name, person.Role, person.Place, "", "", $"{person.Turns}", $"{person.TalkMs}");
        foreach (var action in record.Actions)
            Row(table, "action", action.Id, action.Title, "", "", "", "", "", "", action.Column, action.Doer, action.DueDay, action.Notes, action.Outcome, $"{action.CreatedAt}");
        foreach (var decision in record.Decisions) Row(table, "decision", "", decision.Text, "", "", "", "", "", "", "", "", "", "", "", $"{decision.At}");
        return table.ToString();
    }

    private const int Columns = 15;

    private static void Row(StringBuilder table, params ReadOnlySpan<string?> cells)
    {
        for (var at = 0; at < Columns; at++) table.Append(at > 0 ? "," : "").Append(at < cells.Length ? Cell(cells[at] ?? "") : "");
        table.Append("\r\n");
    }

    private static string Cell(string text)
    {
        // A spreadsheet runs what begins like a formula; an apostrophe makes it text.
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠') text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
