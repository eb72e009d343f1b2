using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using SessionRoom.Domain;
using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>An event as it is stored: the body without its cursor, which is its place in the feed.</summary>
internal sealed record WebhookEvent(string Id, string Type, long At, string Room, WebhookData Data)
{
    private static readonly WebhookJson Readable = new(new JsonSerializerOptions(WebhookJson.Default.Options) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });

    public OutgoingEvent Stored() => new(At, JsonSerializer.SerializeToUtf8Bytes(this, Readable.WebhookEvent));
}

/// <summary>What an event says beside what every one says; unset where it does not apply.</summary>
internal sealed record WebhookData
{
    public string? Title { get; init; }
    public long? StartedAt { get; init; }
    public long? EndedAt { get; init; }
    public WebhookPerson? Person { get; init; }
    public int? Version { get; init; }
    public WebhookAction? Action { get; init; }
    public ImmutableArray<string>? Changed { get; init; }
}

/// <param name="Name">Absent where they are not in the room.</param>
internal sealed record WebhookPerson(string Pid, string? Name);

/// <summary>An action; only its id where it is removed.</summary>
/// <param name="Done">Whether it is in the column <c>done</c>, or where there is none in the last one.</param>
internal sealed record WebhookAction(string Id, string? Title = null, WebhookPerson? Owner = null, string? Due = null, WebhookColumn? Column = null, bool? Done = null, bool? Removed = null);

internal sealed record WebhookColumn(string Id, string Title);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WebhookEvent))]
[JsonSerializable(typeof(Dictionary<string, ToldAction>))]
internal sealed partial class WebhookJson : JsonSerializerContext;

/// <summary>A place in a feed: when the feed began and a number, in hex of fixed length, so that cursors order as texts do. Whoever holds one need not know.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct Cursor(long Epoch, long Number)
{
    private const int Digits = 12;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch:x12}{Number:x12}");

    public static Cursor? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 2 * Digits && TryRead(text.AsSpan(0, Digits), out var epoch) && TryRead(text.AsSpan(Digits), out var number) ? new(epoch, number) : null;
    }

    private static bool TryRead(ReadOnlySpan<char> digits, out long value) => long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}

internal static class WebhookBodies
{
    /// <summary>The body as it is sent, the same at every try: what is stored is an object, and its cursor becomes its last member.</summary>
    public static byte[] BodyOf(this FeedEvent stored, long epoch) =>
        [.. stored.Bytes.Span[..^1], .. System.Text.Encoding.ASCII.GetBytes($",\"cursor\":\"{new Cursor(epoch, stored.Number)}\"}}")];

    public static string IdOf(this FeedEvent stored)
    {
        var reader = new Utf8JsonReader(stored.Bytes.Span);
        while (reader.Read())
            if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } && reader.ValueTextEquals("id"u8) && reader.Read()) return reader.GetString()!;
        throw new RoomLogException("an event without an id");
    }
}

/// <summary>What receivers are told of a room's facts. An event's id names its cause: epoch and sequence number of the batch, and its place in that.</summary>
internal sealed class Announcements(Webhooks hooks)
{
    /// <summary>Null where nobody is told.</summary>
    public Outgoing? Of(RoomState room, LogPosition at, IReadOnlyList<RoomEvent> events)
    {
        if (hooks.Of(room.MadeBy) is not { } hook) return null;
        List<OutgoingEvent>? told = null;
        for (var place = 0; place < events.Count; place++)
        {
            if (DataOf(room, events[place]) is not var (type, data) || !hook.Types.Contains(type)) continue;
            (told ??= []).Add(new WebhookEvent($"evt_{at.Epoch}_{at.Seq}_{place}", type, events[place].At, room.Session.Id, data).Stored());
        }
        return told is null ? null : new(hook.Key, told);
    }

    private static (string Type, WebhookData Data)? DataOf(RoomState room, RoomEvent @event) => @event switch
    {
        SessionStarted => (WebhookTypes.SessionStarted, new() { Title = room.Session.Title, StartedAt = @event.At }),
        SessionEnded => (WebhookTypes.SessionEnded, new() { Title = room.Session.Title, StartedAt = room.Session.StartedAt, EndedAt = @event.At }),
        AgreementAccepted accepted => (WebhookTypes.AgreementAccepted, new() { Person = PersonOf(room, accepted.Pid), Version = accepted.Version }),
        _ => null,
    };

    public static WebhookPerson PersonOf(RoomState room, string pid) => new(pid, room.People.TryGetValue(pid, out var person) ? person.Name : null);
}
