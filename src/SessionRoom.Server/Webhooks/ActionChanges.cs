using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using SessionRoom.Domain;
using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>What was last told of an action, as prints from which nothing can be read.</summary>
internal sealed record ToldAction(
    [property: JsonPropertyName("t")] string Title, [property: JsonPropertyName("o")] string Owner, [property: JsonPropertyName("d")] string Due,
    [property: JsonPropertyName("c")] string Column, [property: JsonPropertyName("n")] string Notes, [property: JsonPropertyName("u")] string Outcome)
{
    public static ToldAction Of(BoardAction action) =>
        new(Print(action.Title), Print(action.Owner), Print(ActionChanges.DayOf(action)), Print(action.Column), Print(action.Notes), Print(action.Outcome));

    /// <summary>The fields in which the two differ, by the board's names.</summary>
    public ImmutableArray<string> Differing(ToldAction other) =>
    [
        .. new[] { ("title", Title, other.Title), ("owner", Owner, other.Owner), ("due", Due, other.Due), ("column", Column, other.Column), ("notes", Notes, other.Notes), ("outcome", Outcome, other.Outcome) }
            .Where(field => field.Item2 != field.Item3).Select(field => field.Item1),
    ];

    private static string Print(string? text) => text is null ? "" : Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 9));
}

/// <summary>What happened to a board's actions since it was last told: at most so many at once, and what is told then.</summary>
/// <param name="Told">Actions by id.</param>
/// <param name="IsAll">Whether nothing is left.</param>
internal sealed record ActionChanges(IReadOnlyList<(string Type, WebhookData Data)> Events, Dictionary<string, ToldAction> Told, bool IsAll)
{
    private const int LongestId = 200, LongestTitle = 1_000, LongestOwner = 64;

    /// <param name="board">Read without what is sealed: whoever was told of an action that is sealed now learns that it is gone.</param>
    public static ActionChanges Between(Dictionary<string, ToldAction> told, BoardView board, RoomState room, int most)
    {
        var (now, events) = (new Dictionary<string, ToldAction>(told, StringComparer.Ordinal), new List<(string, WebhookData)>());
        var present = new HashSet<string>(StringComparer.Ordinal);
        var done = board.Columns.Any(column => column.Id == "done") ? "done" : board.Columns[^1].Id;
        foreach (var action in board.Actions)
        {
            if (action.Sealed || action.Id.Length is 0 or > LongestId) continue;
            present.Add(action.Id);
            var (before, after) = (told.GetValueOrDefault(action.Id), ToldAction.Of(action));
            var changed = before?.Differing(after);
            if (changed is { IsEmpty: true }) continue;
            if (events.Count == most) return new(events, now, IsAll: false);
            now[action.Id] = after;
            events.Add((before is null ? WebhookTypes.ActionCreated : WebhookTypes.ActionChanged, new() { Action = DataOf(action, board, room, done), Changed = changed }));
        }
        foreach (var gone in told.Keys.Where(id => !present.Contains(id)).Order(StringComparer.Ordinal))
        {
            if (events.Count == most) return new(events, now, IsAll: false);
            now.Remove(gone);
            events.Add((WebhookTypes.ActionChanged, new() { Action = new(gone, Removed: true), Changed = ["removed"] }));
        }
        return new(events, now, IsAll: true);
    }

    public static Dictionary<string, ToldAction> Read(ReadOnlyMemory<byte> bytes) =>
        bytes.IsEmpty ? new(StringComparer.Ordinal) : new(JsonSerializer.Deserialize(bytes.Span, WebhookJson.Default.DictionaryStringToldAction)!, StringComparer.Ordinal);

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(Told, WebhookJson.Default.DictionaryStringToldAction);

    /// <summary><c>YYYY-MM-DD</c>.</summary>
    public static string? DayOf(BoardAction action) => action.Due?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static WebhookAction DataOf(BoardAction action, BoardView board, RoomState room, string done)
    {
        var column = board.Columns.First(column => column.Id == action.Column);
        return new(action.Id, Cut(action.Title, LongestTitle), action.Owner is { Length: <= LongestOwner } owner ? Announcements.PersonOf(room, owner) : null, DayOf(action),
            new(Cut(column.Id, LongestId), Cut(column.Title, LongestId)), action.Column == done);
    }

    /// <summary>At most so many UTF-16 units, and no half of a pair.</summary>
    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}
