using System.Text.Json.Nodes;

namespace SessionRoom.LoadTests.Crowd;

/// <summary>Commands as a broken or malicious client may make them: right ones, nearly right ones, and anything else.</summary>
internal sealed class RandomCommands(Random random, IReadOnlyList<string> pids)
{
    private static readonly string[] Types =
    [
        "agreement.accept", "session.start", "agenda.set", "agenda.go", "timer.start", "timer.pause", "timer.resume", "timer.extend", "timer.stop", "hand.raise", "hand.lower",
        "queue.admit", "queue.remove", "queue.move", "queue.open", "queue.close", "queue.policy", "queue.invite", "floor.next", "floor.give", "floor.yield", "role.assign",
        "role.claim", "people.seat", "people.rename", "people.remove", "record.off", "record.on", "room.created", "people.arrived", "timer.expire", "", "__proto__",
    ];

    private static readonly string[] Fields = ["pid", "intent", "entryId", "afterId", "policy", "expect", "role", "name", "device", "itemId", "version", "durationMs", "byMs", "items", "at", "by", "seq"];

    private int _number;

    /// <summary>The command as JSON text; one in a thousand ends the session, one in eighty is no object at all.</summary>
    public string Next()
    {
        if (random.Next(80) == 0) return Anything(2)?.ToJsonString() ?? "null";
        var command = new JsonObject { ["id"] = random.Next(40) == 0 ? Anything(0) : $"c{(random.Next(10) == 0 ? random.Next(1, _number + 2) : ++_number)}" };
        command["type"] = random.Next(1_000) == 0 ? "session.end" : random.Next(60) == 0 ? Anything(1) : Types[random.Next(Types.Length)];
        foreach (var field in Fields)
            if (random.Next(3) == 0) command[field] = random.Next(30) == 0 ? Anything(2) : Fitting(field);
        if (random.Next(10) == 0) command[Text()] = Anything(3);
        return command.ToJsonString();
    }

    private JsonNode? Fitting(string field) => field switch
    {
        "pid" or "device" or "by" => random.Next(4) == 0 ? $"seat-{random.Next(40)}" : pids[random.Next(pids.Count)],
        "intent" => Of("order", "question", "reply", "topic", "shout"),
        "entryId" or "afterId" or "expect" => $"entry-{random.Next(60)}",
        "policy" => Of("fifo", "fair", "round", "first"),
        "role" => Of("facilitator", "noteTaker", "member", "guest", "observer", "projector", "owner"),
        "name" => Text(),
        "itemId" => $"i{random.Next(5)}",
        "version" => random.Next(-1, 3),
        "items" => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(i => (JsonNode)new JsonObject { ["id"] = $"i{i}", ["title"] = Text(), ["durationMs"] = Number() })]),
        _ => Number(),
    };

    private JsonValue Number() => random.Next(6) switch
    {
        0 => JsonValue.Create(long.MaxValue), 1 => JsonValue.Create(-1L), 2 => JsonValue.Create(0.5), 3 => JsonValue.Create(1e300), _ => JsonValue.Create((long)random.Next(500, 100_000)),
    };

    private string Text() => random.Next(8) switch
    {
        0 => "", 1 => "\0\u0007", 2 => new string('x', random.Next(70, 300)), 3 => "\u202eabc", 4 => "<script>alert(1)</script>", 5 => "😀é" + random.Next(9), 6 => "   ", _ => "name " + random.Next(100),
    };

    private string Of(params string[] words) => words[random.Next(words.Length)];

    private JsonNode? Anything(int depth) => random.Next(depth > 0 ? 8 : 6) switch
    {
        0 => null, 1 => true, 2 => Number(), 3 => Text(), 4 => new string('i', 65), 5 => random.Next(),
        6 => new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => Anything(depth - 1))]),
        _ => new JsonObject { [Text()] = Anything(depth - 1), ["type"] = Anything(depth - 1) },
    };
}
