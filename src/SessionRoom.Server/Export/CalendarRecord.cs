using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SessionRoom.Server;

/// <summary>The record's due dates as a calendar (RFC 5545): an all-day event per action that is due.</summary>
internal static class CalendarRecord
{
    private const int LineBytes = 75;

    public static string Write(Record record)
    {
        var calendar = new StringBuilder();
        var stamp = DateTimeOffset.FromUnixTimeMilliseconds(record.ExportedAt).ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        foreach (var line in (string[])["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//SessionRoom//SessionRoom//EN", "CALSCALE:GREGORIAN"]) calendar.Append(line).Append("\r\n");
        Line(calendar, "X-WR-CALNAME", record.Title);
        foreach (var action in record.Actions)
            if (action.Due is { } due) Event(calendar, record, action, due, stamp);
        return calendar.Append("END:VCALENDAR\r\n").ToString();
    }

    private static void Event(StringBuilder calendar, Record record, RecordedAction action, DateOnly due, string stamp)
    {
        // Without an end it lasts its day. Being due takes nobody's time.
        calendar.Append("BEGIN:VEVENT\r\nUID:").Append(Uid(record.Id, action.Id)).Append("\r\nDTSTAMP:").Append(stamp)
            .Append("\r\nDTSTART;VALUE=DATE:").Append(due.ToString("yyyyMMdd", CultureInfo.InvariantCulture)).Append("\r\nTRANSP:TRANSPARENT\r\n");
        Line(calendar, "SUMMARY", action.Title.Length > 0 ? action.Title : "Untitled action");
        var description = string.Join("\n\n", new[] { action.Doer is { } doer ? $"Owner: {doer}" : null, action.Notes }.OfType<string>());
        if (description.Length > 0) Line(calendar, "DESCRIPTION", description);
        calendar.Append("END:VEVENT\r\n");
    }

    /// <summary>The same for the same action at every export, and of a form that every calendar takes: an action's id is any text.</summary>
    private static string Uid(string room, string action) => $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{room}\n{action}")).AsSpan(0, 16))}@session-room";

    private static void Line(StringBuilder calendar, string name, string text) => Fold(calendar, $"{name}:{Escape(text)}");

    /// <summary>A TEXT value: line breaks of any kind as <c>\n</c>, no other control character but the tab.</summary>
    private static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var unit in text.ReplaceLineEndings("\n"))
        {
            if (unit == '\n') safe.Append(@"\n");
            else if (unit is '\\' or ';' or ',') safe.Append('\\').Append(unit);
            else if (unit == '\t' || !char.IsControl(unit)) safe.Append(unit);
        }
        return safe.ToString();
    }

    /// <summary>No line is longer than 75 bytes of UTF-8; what follows goes on behind a space.</summary>
    private static void Fold(StringBuilder calendar, string line)
    {
        var length = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (length + rune.Utf8SequenceLength > LineBytes)
            {
                calendar.Append("\r\n ");
                length = 1;
            }
            calendar.Append(rune);
            length += rune.Utf8SequenceLength;
        }
        calendar.Append("\r\n");
    }
}
