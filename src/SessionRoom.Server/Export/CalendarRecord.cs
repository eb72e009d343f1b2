namespace SessionRoom.Server;

/// <summary>The record's due dates as a calendar (RFC 5545). Actions live on the board, so until rooms have one it holds no event.</summary>
internal static class CalendarRecord
{
    public static string Write(Record record) => string.Join("\r\n",
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//SessionRoom//SessionRoom//EN", "CALSCALE:GREGORIAN", Fold($"X-WR-CALNAME:{Text(record.Title)}"), "END:VCALENDAR", "");

    private static string Text(string text) => text.Replace("\\", @"\\", StringComparison.Ordinal).Replace(";", @"\;", StringComparison.Ordinal)
        .Replace(",", @"\,", StringComparison.Ordinal).ReplaceLineEndings(@"\n");

    /// <summary>No line is longer than 75 bytes of UTF-8; what follows goes on behind a space.</summary>
    private static string Fold(string line)
    {
        var (folded, length) = (new System.Text.StringBuilder(), 0);
        foreach (var rune in line.EnumerateRunes())
        {
            if (length + rune.Utf8SequenceLength > 75)
            {
                folded.Append("\r\n ");
                length = 1;
            }
            folded.Append(rune);
            length += rune.Utf8SequenceLength;
        }
        return folded.ToString();
    }
}
