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
        foreach (var unit in text)
        {
            if (unit is '\r' or '\n' or '\t') safe.Append(' ');
            else if (unit is '<') safe.Append("&lt;");
            else if (unit is '&') safe.Append("&amp;");
            else if (unit is '\\' or '|' or '*' or '_' or '[' or ']' or '`' or '#' or '!' or '~') safe.Append('\\').Append(unit);
            else safe.Append(unit);
        }
        return safe.ToString();
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
