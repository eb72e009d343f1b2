using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;
using SessionRoom.Domain;

namespace SessionRoom.Server;

/// <summary>What the contract says beyond the types: bounds, units, examples, and the shapes of what C# passes on as it comes.</summary>
internal static class Facets
{
    private const string RoomId = "^[A-Za-z0-9_-]{1,64}$", PersonId = "^[A-Za-z0-9][A-Za-z0-9._@|+-]{0,63}$";

    private static readonly string[] PersonIds = ["pid", "participantId", "presenterId", "seatOf", "device", "ownerId"];

    private static readonly Dictionary<string, string> Abouts = new(StringComparer.Ordinal)
    {
        ["RoomState"] = "The room as its reader may see it. Before the agreement is accepted: only `room` (its id, title and agreement) and oneself in `people`.",
        ["Command"] = "What is asked of a room, told apart by `type`. The same `id` again is answered as it was the first time and does nothing more.",
        ["RoomEvent"] = "What happened, told apart by `type`. The patch beside it says what became of the state; nobody needs the events for that.",
        ["Ack"] = "The answer to a command or a push. A refusal is an answer too.",
        ["Problem"] = "RFC 9457, with the refusal's code.",
        ["PatchFrame"] = "The state after `seq` is the state before it with `patch` applied (RFC 7396).",
        ["ResyncFrame"] = "Replaces the state; `board` is what this connection's replica lacks.",
        ["BoardFrame"] = "A CRDT update (Yjs, format v1) from somebody else.",
        ["ByeFrame"] = "The last word before the server closes a connection.",
        ["JoinRequest"] = "The argument of `Join`: a replica's state vector, or the number up to which it has everything.",
        ["JoinReply"] = "The answer to `Join`: the room as it is at `seq` of the log named `epoch`.",
        ["RoomLinks"] = "Page addresses relative to the server, each with its invite in the fragment.",
        ["SessionRecord"] = "What remains of a session. Times are Unix milliseconds, durations milliseconds.",
    };

    private static readonly Dictionary<string, string> Examples = new(StringComparer.Ordinal)
    {
        ["RoomPlan"] = """{"title":"Weekly","agreement":"We let each other finish.","agenda":[{"title":"Numbers","durationMs":600000}],"settings":{"queuePolicy":"fair"}}""",
        ["JoinRoom"] = """{"invite":"x3rO0m8Cqg5l2Vw7tN4yZb1uPdKfHsJa","name":"Ann","place":"remote"}""",
        ["IssueToken"] = """{"participantId":"user-17","name":"Ann","role":"member","ttlSeconds":3600}""",
        ["Command"] = """{"id":"c-1","type":"hand.raise","intent":"question"}""",
        ["Ack"] = """{"ok":true,"seq":42}""",
        ["Problem"] = """{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.4","title":"Forbidden","status":403,"detail":"This invite does not open the room.","code":"forbidden"}""",
    };

    public static string? About(string name) => Abouts.GetValueOrDefault(name);

    public static JsonNode? Example(string name) => Examples.TryGetValue(name, out var json) ? JsonNode.Parse(json) : null;

    /// <summary>What is stored and never sent.</summary>
    public static bool IsInternal(Type type) => type == typeof(RoomCreated);

    /// <summary>Set by its initializer in C#, and yet asked of whoever sends it.</summary>
    public static bool IsAlwaysThere(Type type, string field) => (type.IsAssignableTo(typeof(MemberCommand)) && field == "id") || (type == typeof(AgendaItem) && field == "title");

    /// <summary>The shape of a whole type that C# has in another form.</summary>
    public static OpenApiSchema? Instead(Type type, Travels way, ContractSchemas schemas)
    {
        if (type == typeof(Ack))
        {
            var seq = schemas.Of(typeof(long), way);
            return new()
            {
                OneOf =
                [
                    schemas.Named("Accepted", typeof(Ack), way, () => ContractSchemas.Object(("ok", Always(true), true), ("seq", seq, true), ("result", schemas.Of(typeof(AckResult), way), false))),
                    schemas.Named("Refused", typeof(Ack), way, () => ContractSchemas.Object(("ok", Always(false), true), ("seq", seq, true), ("error", schemas.Of(typeof(AckError), way), true))),
                ],
            };
        }
        if (type != typeof(ProblemDetails)) return null;
        var text = schemas.Of(typeof(string), way);
        var codes = ContractSchemas.Text([Problems.NoBearer, Problems.Taken, .. Enum.GetValues<RefusalCode>().Select(Words.Of)]);
        return ContractSchemas.Object(("type", text, false), ("title", text, false), ("status", schemas.Of(typeof(int), way), true), ("detail", text, false), ("code", codes, true), ("oldest", text, false), ("traceId", text, false));
    }

    /// <summary>The shape of a field that C# passes on as it comes.</summary>
    public static IOpenApiSchema? Instead(Type type, string field, Travels way, ContractSchemas schemas) => (type.Name, field) switch
    {
        (nameof(CreateRoom), "agreement") => new OpenApiSchema { OneOf = [Bounded(10_000), ContractSchemas.Object(("text", Bounded(10_000), true))] },
        (nameof(RoomRead) or nameof(JoinReply) or nameof(ResyncFrame), "state") => schemas.Of(typeof(RoomView), way),
        (nameof(PatchFrame), "events") => new OpenApiSchema { Type = JsonSchemaType.Array, Items = schemas.Of(typeof(RoomEvent), way) },
        (nameof(PatchFrame), "patch") => new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalPropertiesAllowed = true, Description = "A merge patch of RoomState: an absent field is left as it is, `null` removes." },
        (nameof(WebhookPage), "events") => new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Items = schemas.Named("WebhookEvent", typeof(WebhookEvent), way, () => ContractSchemas.Object(("id", schemas.Of(typeof(string), way), true), ("type", ContractSchemas.Text(WebhookTypes.All.Order(StringComparer.Ordinal)), true),
                ("at", schemas.Of(typeof(long), way), true), ("room", schemas.Of(typeof(string), way), true), ("data", schemas.Of(typeof(WebhookData), way), true), ("cursor", schemas.Of(typeof(string), way), true))),
        },
        (nameof(AckError), "code") => schemas.Of(typeof(RefusalCode), way),
        (nameof(ByeFrame), "reason") => ContractSchemas.Text(typeof(ByeReasons).GetFields().Select(reason => (string)reason.GetRawConstantValue()!)),
        (nameof(JoinReply), "protocol") => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Enum = [Calls.Protocol] },
        (nameof(RecordedPerson), "role") => schemas.Of(typeof(Role), way),
        (nameof(RecordedPerson), "place") => schemas.Of(typeof(Place), way),
        (nameof(Record), "stage") => schemas.Of(typeof(Stage), way),
        _ => null,
    };

    /// <summary>Units by the names that the whole protocol keeps to, and bounds of what is sent.</summary>
    public static void Describe(Type type, string field, OpenApiSchema schema)
    {
        if (schema.Type == JsonSchemaType.Integer && schema.Format == "int64")
        {
            if (field.EndsWith("Ms", StringComparison.Ordinal)) schema.Description = "Milliseconds.";
            else if (field is "at" or "since" or "now" || field.EndsWith("At", StringComparison.Ordinal)) schema.Description = "Unix milliseconds of the server's clock.";
            else if (field == "seq") schema.Description = "Counts the room's patches.";
            else if (field == "n") schema.Description = "Counts the room's board updates.";
            else if (field == "ttlSeconds") (schema.Minimum, schema.Maximum) = ("1", "2592000");
        }
        else if (schema.Type == JsonSchemaType.String && schema.Format is null && schema.Enum is not { Count: > 0 })
        {
            if (PersonIds.Contains(field)) schema.Pattern = type.IsAssignableTo(typeof(AgendaItem)) ? null : PersonId;
            else if (field == "id" && type == typeof(CreateRoom)) schema.Pattern = RoomId;
            else if (field == "id" && type.IsAssignableTo(typeof(MemberCommand))) (schema.MinLength, schema.MaxLength, schema.Description) = (1, 64, "The sender's own, unique per command.");
            else if (field == "name") (schema.MinLength, schema.MaxLength) = (1, 80);
            else if (field == "title" && (type == typeof(CreateRoom) || type == typeof(AgendaItem))) (schema.MinLength, schema.MaxLength) = (1, 200);
            else if (field == "by") schema.Description = "A participant id, `key:<id>`, or `house`.";
        }
    }

    /// <summary>What the path's room is called.</summary>
    public static OpenApiSchema PathRoom() => new() { Type = JsonSchemaType.String, Pattern = RoomId };

    private static OpenApiSchema Always(bool value) => new() { Type = JsonSchemaType.Boolean, Enum = [value] };

    private static OpenApiSchema Bounded(int most) => new() { Type = JsonSchemaType.String, MaxLength = most };
}
