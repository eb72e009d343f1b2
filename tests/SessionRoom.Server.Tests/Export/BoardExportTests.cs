using System.Collections.Immutable;
using System.Text;
using SessionRoom.Domain;
using SessionRoom.Rooms;

namespace SessionRoom.Server.Tests;

/// <summary>What each form of the record makes of a board, to the byte.</summary>
public sealed class BoardExportTests
{
    private const string Nasty = "=1+1, \"a\";\\ <b> & | `x` *y*\r\n-z\u2028w\u0000\v\u0085end 💡";

    private static readonly BoardView Board = new(
        [new("todo", "To do"), new("done", "Done | <b>")],
        [
            new("a1", "Book a room, a big one", "todo", "a0") { Owner = "ann", Due = new(2026, 12, 1), Notes = "Ask: for 40\nand tea; or not", CreatedBy = "bo", CreatedAt = 1795686000000 },
            new("a2", "", "todo", "a1") { Owner = "p|gone", Due = new(9999, 12, 31) },
            new("a3", "Between us", "todo", "a2") { Sealed = true, Due = new(2026, 12, 2) },
            new("1. <x>", Nasty, "done", "a0") { Notes = Nasty, Outcome = "- none" },
        ],
        [new("We meet\nmonthly", 1795686060000), new("+ more", null)],
        "# Agreed\n\n- all");

    private static readonly Record Written = Record.Of(
        RoomState.Empty with
        {
            Session = new() { Id = "circle", Title = "Weekly, open; \"all\"" },
            People = RoomState.Empty.People.Add("ann", new("Ann, the \"first\"", Role.Member, Place.Remote) { Joined = 1 }),
        },
        Board, DateTimeOffset.FromUnixTimeMilliseconds(1795687200000));

    [Fact]
    public void json() => Equal(
        """
          "actions": [
            {
              "id": "a1",
              "title": "Book a room, a big one",
              "columnId": "todo",
              "column": "To do",
              "ownerId": "ann",
              "owner": "Ann, the \u0022first\u0022",
              "due": "2026-12-01",
              "notes": "Ask: for 40\nand tea; or not",
              "createdBy": "bo",
              "createdAt": 1795686000000
            },
            {
              "id": "a2",
              "title": "",
              "columnId": "todo",
              "column": "To do",
              "ownerId": "p|gone",
              "due": "9999-12-31"
            },
        """,
        From(Written.ToJson(), "  \"actions\"", 21));

    [Fact]
    public void json_ends_with_decisions_and_notes() => Equal(
        """
          "decisions": [
            {
              "text": "We meet\nmonthly",
              "at": 1795686060000
            },
            {
              "text": "\u002B more"
            }
          ],
          "notes": "# Agreed\n\n- all"
        }
        """,
        From(Written.ToJson(), "  \"decisions\"", 12));

    [Fact]
    public void markdown() => Equal(
        """
        ## Decisions

        - We meet monthly (2026-11-26 09:41 UTC)
        - \+ more

        ## Actions

        | action | owner | due | column | notes | outcome |
        | --- | --- | --- | --- | --- | --- |
        | Book a room, a big one | Ann, the "first" | 2026-12-01 | To do | Ask: for 40 and tea; or not |  |
        |  | p\|gone | 9999-12-31 | To do |  |  |
        | \=1+1, "a";\\ &lt;b> &amp; \| \`x\` \*y\*  -z w   end 💡 |  |  | Done \| &lt;b> | \=1+1, "a";\\ &lt;b> &amp; \| \`x\` \*y\*  -z w   end 💡 | \- none |

        ## Notes

        > \# Agreed
        >
        > \- all

        """,
        From(MarkdownRecord.Write(Written), "## Decisions", int.MaxValue));

    [Fact]
    public void csv() => Assert.Equal(
        "row,id,name,kind,place,plannedMs,spentMs,turns,talkMs,column,owner,due,notes,outcome,at\r\n" +
        "person,ann,\"Ann, the \"\"first\"\"\",member,remote,,,0,0,,,,,,\r\n" +
        "action,a1,\"Book a room, a big one\",,,,,,,To do,\"Ann, the \"\"first\"\"\",2026-12-01,\"Ask: for 40\nand tea; or not\",,1795686000000\r\n" +
        "action,a2,,,,,,,,To do,p|gone,9999-12-31,,,\r\n" +
        $"action,1. <x>,\"'{Nasty.Replace("\"", "\"\"")}\",,,,,,,Done | <b>,,,\"'{Nasty.Replace("\"", "\"\"")}\",'- none,\r\n" +
        "decision,,\"We meet\nmonthly\",,,,,,,,,,,,1795686060000\r\n" +
        "decision,,'+ more,,,,,,,,,,,,\r\n",
        CsvRecord.Write(Written));

    [Fact]
    public void calendar() => Equal(
        """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//SessionRoom//SessionRoom//EN
        CALSCALE:GREGORIAN
        X-WR-CALNAME:Weekly\, open\; "all"
        BEGIN:VEVENT
        UID:6c17cef381e8aaa6dae11544fe283f43@session-room
        DTSTAMP:20261126T100000Z
        DTSTART;VALUE=DATE:20261201
        TRANSP:TRANSPARENT
        SUMMARY:Book a room\, a big one
        DESCRIPTION:Owner: Ann\, the "first"\n\nAsk: for 40\nand tea\; or not
        END:VEVENT
        BEGIN:VEVENT
        UID:a8a9705e1c857ed22710aecbb8b699ba@session-room
        DTSTAMP:20261126T100000Z
        DTSTART;VALUE=DATE:99991231
        TRANSP:TRANSPARENT
        SUMMARY:Untitled action
        DESCRIPTION:Owner: p|gone
        END:VEVENT
        END:VCALENDAR

        """.ReplaceLineEndings("\r\n"),
        CalendarRecord.Write(Written));

    [Fact]
    public void an_event_keeps_its_uid_whatever_becomes_of_its_action_and_no_other_has_it()
    {
        string[] uids = [.. Of("a"), .. Of("a"), .. Of("b"), .. Of("a", room: "other"), .. Of("")];
        Assert.Equal([uids[0], uids[0], uids[2], uids[3], uids[4]], uids);
        Assert.Equal(4, uids.Distinct().Count());

        static IEnumerable<string> Of(string id, string room = "circle") =>
            Lines(CalendarRecord.Write(Recorded(new BoardAction(id, $"{Random.Shared.Next()}", "todo", "") { Due = new(2026, 1, 1) }, room))).Where(line => line.StartsWith("UID:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Nasty)]
    [InlineData("\\n \\, \\; \\\\ END:VEVENT\r\nEND:VCALENDAR\nBEGIN:VEVENT\rUID:1")]
    [InlineData("💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡💡")]
    [InlineData("Ein sehr langer Titel mit Umlauten äöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöü und שלום עולם שלום עולם שלום עולם")]
    public void a_calendar_gives_any_text_back_and_no_line_of_it_is_too_long(string text)
    {
        var calendar = CalendarRecord.Write(Recorded(new BoardAction(text, text, "todo", "") { Due = new(2026, 1, 1), Notes = text }));
        Assert.All(calendar.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.DoesNotContain(calendar.Replace("\r\n", "", StringComparison.Ordinal), unit => char.IsControl(unit) && unit != '\t');
        var lines = Lines(calendar);
        Assert.Equal(["BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR"], lines.Where(line => line.StartsWith("BEGIN:", StringComparison.Ordinal) || line.StartsWith("END:", StringComparison.Ordinal)));
        var shown = new string([.. text.ReplaceLineEndings("\n").Where(unit => unit == '\n' || !char.IsControl(unit))]);
        Assert.Equal(shown, Unescape(lines.Single(line => line.StartsWith("SUMMARY:", StringComparison.Ordinal))["SUMMARY:".Length..]));
        Assert.Equal(shown, Unescape(lines.Single(line => line.StartsWith("DESCRIPTION:", StringComparison.Ordinal))["DESCRIPTION:".Length..]));
    }

    [Fact]
    public void a_sealed_action_is_in_no_form_of_the_record() =>
        Assert.All([Written.ToJson(), MarkdownRecord.Write(Written), CsvRecord.Write(Written), CalendarRecord.Write(Written)], form => Assert.DoesNotContain("Between us", form, StringComparison.Ordinal));

    private static Record Recorded(BoardAction action, string room = "circle") => Record.Of(
        RoomState.Empty with { Session = new() { Id = room, Title = "t" } }, new([new("todo", "To do")], [action], [], ""), DateTimeOffset.UnixEpoch);

    private static List<string> Lines(string calendar) => [.. calendar.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)];

    private static string Unescape(string value)
    {
        var text = new StringBuilder();
        for (var at = 0; at < value.Length; at++)
            text.Append(value[at] != '\\' ? value[at] : value[++at] == 'n' ? '\n' : value[at]);
        return text.ToString();
    }

    private static string From(string text, string first, int lines) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').SkipWhile(line => !line.StartsWith(first, StringComparison.Ordinal)).Take(lines));

    private static void Equal(string expected, string actual) => Assert.Equal(expected, actual);
}
