using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using SessionRoom.Domain;

namespace SessionRoom.Server;

/// <summary>What remains of a session: who was there, what was planned and what it took, who spoke how long. Times are Unix milliseconds.</summary>
internal sealed record Record(
    string Id, string Title, string? Purpose, string Stage, long ExportedAt, long? StartedAt, long? EndedAt, string? Agreement,
    long PlannedMs, long SpentMs, long BorrowedMs, ImmutableArray<RecordedItem> Agenda, ImmutableArray<RecordedPerson> People)
{
    // Names in any script stay readable.
    private static readonly RecordJson Readable = new(new JsonSerializerOptions(RecordJson.Default.Options) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });

    public static Record Of(RoomState room, DateTimeOffset now)
    {
        var (session, at) = (room.Session, Math.Max(room.At, now.ToUnixTimeMilliseconds()));
        var ledger = TimeLedger.Of(room, session.EndedAt ?? at);
        return new(session.Id, session.Title, session.Purpose, JsonNamingPolicy.CamelCase.ConvertName(session.Stage.ToString()), at, session.StartedAt, session.EndedAt,
            session.Agreement?.Text, ledger.PlannedMs, ledger.SpentMs, ledger.BorrowedMs,
            [.. room.Agenda.Items.Select(item => Item(room, item, at))],
            [.. room.People.OrderBy(pair => pair.Value.Joined).Select(pair => Person(room, pair.Key, pair.Value, at))]);
    }

    public string ToJson() => JsonSerializer.Serialize(this, Readable.Record);

    private static RecordedItem Item(RoomState room, PlannedItem planned, long now)
    {
        var (item, agenda) = (planned.Item, room.Agenda);
        var running = agenda.Current == item.Id && agenda.Since is { } since ? now - since : 0;
        var presenter = item.PresenterId is { } pid && room.People.TryGetValue(pid, out var person) ? person.Name : null;
        return new(item.Id!, item.Title, item.Kind, item.DurationMs, planned.SpentMs + running, item.PresenterId, presenter);
    }

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

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Record))]
internal sealed partial class RecordJson : JsonSerializerContext;
