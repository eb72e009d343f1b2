using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using SessionRoom.Domain;
using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>What remains of a session: who was there, what was planned and what it took, who spoke how long, what was decided and who does what.
/// Times are Unix milliseconds. What is sealed is not in it.</summary>
internal sealed record Record(
    string Id, string Title, string? Purpose, string Stage, long ExportedAt, long? StartedAt, long? EndedAt, string? Agreement,
    long PlannedMs, long SpentMs, long BorrowedMs, ImmutableArray<RecordedItem> Agenda, ImmutableArray<RecordedPerson> People,
    ImmutableArray<RecordedAction> Actions, ImmutableArray<BoardDecision> Decisions, string? Notes)
{
    // Names in any script stay readable.
    private static readonly RecordJson Readable = new(new JsonSerializerOptions(RecordJson.Default.Options) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });

    /// <param name="board">Read without what is sealed.</param>
    public static Record Of(RoomState room, BoardView board, DateTimeOffset now)
    {
        var (session, at) = (room.Session, Math.Max(room.At, now.ToUnixTimeMilliseconds()));
        var ledger = TimeLedger.Of(room, session.EndedAt ?? at);
        return new(session.Id, session.Title, session.Purpose, JsonNamingPolicy.CamelCase.ConvertName(session.Stage.ToString()), at, session.StartedAt, session.EndedAt,
            session.Agreement?.Text, ledger.PlannedMs, ledger.SpentMs, ledger.BorrowedMs,
            [.. room.Agenda.Items.Select(item => Item(room, item, at))],
            [.. room.People.OrderBy(pair => pair.Value.Joined).Select(pair => Person(room, pair.Key, pair.Value, at))],
            ActionsOf(room, board), board.Decisions, board.Notes.Length > 0 ? board.Notes : null);
    }

    public string ToJson() => JsonSerializer.Serialize(this, Readable.Record);

    private static RecordedItem Item(RoomState room, PlannedItem planned, long now)
    {
        var (item, agenda) = (planned.Item, room.Agenda);
        var running = agenda.Current == item.Id && agenda.Since is { } since ? now - since : 0;
        return new(item.Id!, item.Title, item.Kind, item.DurationMs, planned.SpentMs + running, item.PresenterId, NameOf(room, item.PresenterId));
    }

    private static ImmutableArray<RecordedAction> ActionsOf(RoomState room, BoardView board)
    {
        var columns = board.Columns.ToDictionary(column => column.Id, column => column.Title, StringComparer.Ordinal);
        return [.. board.Actions.Where(action => !action.Sealed).Select(action => new RecordedAction(action.Id, action.Title, action.Column, columns[action.Column],
            action.Owner, NameOf(room, action.Owner), action.Due, action.Notes, action.Outcome, action.CreatedBy, action.CreatedAt))];
    }

    private static string? NameOf(RoomState room, string? pid) => pid is not null && room.People.TryGetValue(pid, out var person) ? person.Name : null;

    private static RecordedPerson Person(RoomState room, string pid, Person person, long now)
    {
        var speaking = room.Floor.Turn is { } turn && turn.Pid == pid ? now - turn.Since : room.Floor.Held.Where(held => held.Pid == pid).Sum(held => held.SpentMs);
        return new(pid, person.Name, Words.Of(person.Role), Words.Of(person.Place), person.Turns, person.TalkMs + speaking);
    }
}

/// <param name="SpentMs">Up to the export, also for the item that is being discussed.</param>
internal sealed record RecordedItem(string Id, string Title, string? Kind, long PlannedMs, long SpentMs, string? PresenterId, string? Presenter);

/// <param name="TalkMs">Up to the export, also of a turn that goes on.</param>
internal sealed record RecordedPerson(string Id, string Name, string Role, string Place, int Turns, long TalkMs);

/// <param name="OwnerId">As the board has it: whoever it names need not be in the room.</param>
/// <param name="Owner">The owner's name, where they are.</param>
internal sealed record RecordedAction(string Id, string Title, string ColumnId, string Column, string? OwnerId, string? Owner, DateOnly? Due,
    string? Notes, string? Outcome, string? CreatedBy, long? CreatedAt)
{
    /// <summary>Who does it, as far as anybody can tell.</summary>
    [JsonIgnore]
    public string? Doer => Owner ?? OwnerId;

    /// <summary><c>YYYY-MM-DD</c>.</summary>
    [JsonIgnore]
    public string? DueDay => Due?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Record))]
internal sealed partial class RecordJson : JsonSerializerContext;
