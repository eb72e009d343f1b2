using System.Text.Json.Nodes;

namespace SessionRoom.Client;

/// <summary>The room's state after a sequence number. The document is shared between readers: read it, do not change it.</summary>
/// <param name="Epoch">Names the log that <paramref name="Seq"/> counts.</param>
/// <param name="Seq">Grows by one per patch.</param>
/// <param name="State">The document of the protocol's section 3.</param>
public sealed record RoomSnapshot(string Epoch, long Seq, JsonObject State)
{
    public string? Title => Text(State["room"], "title");

    /// <summary><c>lobby</c>, <c>live</c> or <c>ended</c>; absent before the agreement is accepted.</summary>
    public string? Stage => Text(State["room"], "stage");

    /// <summary>Participant ids and what is known of each.</summary>
    public IEnumerable<KeyValuePair<string, JsonObject>> People =>
        from person in State["people"] as JsonObject ?? [] where person.Value is JsonObject select KeyValuePair.Create(person.Key, (JsonObject)person.Value!);

    public JsonObject? Person(string pid) => State["people"]?[pid] as JsonObject;

    /// <summary>Who waits for the floor, in speaking order.</summary>
    public IEnumerable<string> Queue =>
        from entry in State["queue"]?["entries"] as JsonArray ?? [] select Text(entry, "pid")!;

    /// <summary>Who has the floor.</summary>
    public string? Speaker => Text(State["floor"], "pid");

    public RoomTimer Timer => State["timer"] is JsonObject timer
        ? new(Text(timer, "status") ?? "idle", Number(timer, "durationMs"), Number(timer, "endsAt"), Number(timer, "remainingMs"))
        : new("idle", null, null, null);

    private static string? Text(JsonNode? node, string name) => node?[name]?.GetValue<string>();

    private static long? Number(JsonNode node, string name) => node[name]?.GetValue<long>();
}

/// <summary>The shared clock as the state holds it: an absolute end while it runs, a remainder while it is paused.</summary>
/// <param name="Status"><c>idle</c>, <c>running</c>, <c>paused</c> or <c>overtime</c>.</param>
/// <param name="DurationMs">Its whole length, in milliseconds.</param>
/// <param name="EndsAt">Unix milliseconds of the server's clock.</param>
/// <param name="RemainingMs">What is left while it is paused, negative in overtime.</param>
public sealed record RoomTimer(string Status, long? DurationMs, long? EndsAt, long? RemainingMs)
{
    /// <summary>What is left at the server's time <paramref name="now"/>, negative in overtime; null without a timer.</summary>
    public TimeSpan? Left(DateTimeOffset now) =>
        RemainingMs is { } remaining ? TimeSpan.FromMilliseconds(remaining)
        : EndsAt is { } end ? DateTimeOffset.FromUnixTimeMilliseconds(end) - now
        : null;
}
