using System.Text;

namespace SessionRoom.Server;

/// <summary>The record as a page that people read and paste.</summary>
internal static class MarkdownRecord
{
    public static string Write(Record record)
    {
        var page = new StringBuilder();
        page.Append("# ").AppendLine(Inline(record.Title)).AppendLine();
        if (record.Purpose is { } purpose) page.AppendLine(Block(purpose)).AppendLine();
        page.Append("- Started: ").AppendLine(Spans.Moment(record.StartedAt)).Append("- Ended: ").AppendLine(Spans.Moment(record.EndedAt));
        page.Append("- Planned: ").Append(Spans.Length(record.PlannedMs)).Append(", spent: ").Append(Spans.Length(record.SpentMs))
            .Append(", borrowed: ").AppendLine(Spans.Length(record.BorrowedMs)).AppendLine();
        if (record.Agreement is { } agreement) page.AppendLine("## Agreement").AppendLine().AppendLine(Block(agreement)).AppendLine();

        page.AppendLine("## Agenda").AppendLine();
        if (record.Agenda.IsEmpty) page.AppendLine("No agenda.");
        else page.AppendLine("| # | item | kind | presenter | planned | spent |").AppendLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var (number, item) in record.Agenda.Index())
            Row(page, $"{number + 1}", item.Title, item.Kind ?? "", item.Presenter ?? "", item.PlannedMs > 0 ? Spans.Length(item.PlannedMs) : "", Spans.Length(item.SpentMs));

        page.AppendLine().AppendLine("## People").AppendLine().AppendLine("| name | role | place | turns | talk time |").AppendLine("| --- | --- | --- | --- | --- |");
        foreach (var person in record.People) Row(page, person.Name, person.Role, person.Place, $"{person.Turns}", Spans.Length(person.TalkMs));

        page.AppendLine().AppendLine("## Decisions").AppendLine();
        if (record.Decisions.IsEmpty) page.AppendLine("No decision.");
        foreach (var decision in record.Decisions) page.Append("- ").Append(Inline(decision.Text.Trim())).AppendLine(decision.At is { } at ? $" ({Spans.Moment(at)})" : "");

        page.AppendLine().AppendLine("## Actions").AppendLine();
        if (record.Actions.IsEmpty) page.AppendLine("No action.");
        else page.AppendLine("| action | owner | due | column | notes | outcome |").AppendLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var action in record.Actions) Row(page, action.Title, action.Doer ?? "", action.DueDay ?? "", action.Column, action.Notes ?? "", action.Outcome ?? "");

        if (record.Notes is { } notes) page.AppendLine().AppendLine("## Notes").AppendLine().AppendLine(Block(notes));
        return page.Replace("\r\n", "\n").ToString();
    }

    private static void Row(StringBuilder page, params ReadOnlySpan<string> cells)
    {
        page.Append('|');
        foreach (var cell in cells) page.Append(' ').Append(Inline(cell)).Append(" |");
        page.AppendLine();
    }

    /// <summary>One line in which nothing that people wrote is taken for markup or HTML.</summary>
    private static string Inline(string text)
    {
        var safe = new StringBuilder(text.Length);
        if (MarkOf(text) is { } mark)
        {
            safe.Append(text, 0, mark).Append('\\').Append(text[mark]);
            text = text[(mark + 1)..];
        }
        foreach (var unit in text)
        {
            if (char.IsControl(unit) || unit is '\u2028' or '\u2029') safe.Append(' ');
            else if (unit is '<') safe.Append("&lt;");
            else if (unit is '&') safe.Append("&amp;");
            else if (unit is '\\' or '|' or '*' or '_' or '[' or ']' or '`' or '#' or '!' or '~') safe.Append('\\').Append(unit);
            else safe.Append(unit);
        }
        return safe.ToString();
    }

    /// <summary>Where the character stands that makes a line a list, a quote or the rule under a heading.</summary>
    private static int? MarkOf(string text)
    {
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return digits switch
        {
            0 when text[0] is '-' or '+' or '=' or '>' => 0,
            > 0 when text[digits] is '.' or ')' => digits,
            _ => null,
        };
    }

    private static string Block(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim().Length == 0 ? ">" : "> " + Inline(line.Trim())));
}

/// <summary>Times as people write them, in UTC.</summary>
internal static class Spans
{
    public static string Moment(long? at) => at is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd HH:mm 'UTC'") : "not yet";

    /// <summary><c>m:ss</c>, or <c>h:mm:ss</c> from an hour on.</summary>
    public static string Length(long ms)
    {
        var span = TimeSpan.FromMilliseconds(Math.Abs(ms));
        var text = span.TotalHours >= 1 ? $"{(int)span.TotalHours}:{span.Minutes:00}:{span.Seconds:00}" : $"{span.Minutes}:{span.Seconds:00}";
        return ms <= -1_000 ? "-" + text : text;
    }
}
