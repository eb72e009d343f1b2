using System.Text.Json.Nodes;

namespace SessionRoom.Server.Tests;

/// <summary>Commands of every type with fields that fit, nearly fit, or do not fit at all.</summary>
internal sealed class RandomCommands(Random random, IReadOnlyList<string> pids)
{
    // The session is not ended and nobody removed here: either would leave nothing to go on with.
    private static readonly string[] Types =
    [
        "agreement.accept", "session.start", "agenda.set", "agenda.go", "timer.start", "timer.pause", "timer.resume", "timer.extend", "timer.stop", "hand.raise", "hand.lower",
        "queue.admit", "queue.remove", "queue.move", "queue.open", "queue.close", "queue.policy", "queue.invite", "floor.next", "floor.give", "floor.yield", "role.claim",
        "people.seat", "people.rename", "record.off", "record.on", "no.such", "", "room.created", "people.arrived",
    ];

    private int sent;

    public int Below(int bound) => random.Next(bound);

    public JsonObject Next()
    {
        var command = new JsonObject { ["type"] = Types[random.Next(Types.Length)], ["id"] = random.Next(20) == 0 ? $"c{random.Next(50)}" : $"n{sent++}" };
        foreach (var field in Fields().OrderBy(_ => random.Next()).Take(random.Next(6))) command[field.Key] = field.Value;
        // Most commands need their own fields to have a chance.
        switch ((string?)command["type"])
        {
            case "timer.start": command["durationMs"] = random.Next(0, 90_000); break;
            case "timer.extend": command["byMs"] = random.Next(-30_000, 30_000); break;
            case "floor.give" or "queue.invite" or "queue.admit": command["pid"] = Pid(); break;
            case "queue.move" or "queue.remove": command["entryId"] = $"entry-{random.Next(1, 400)}"; break;
            case "agenda.set": command["items"] = new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => new JsonObject { ["title"] = Text(), ["durationMs"] = random.Next(0, 9) * 30_000 })]); break;
            case "agenda.go": command["itemId"] = $"item-{random.Next(1, 4)}"; break;
            case "people.rename": command["name"] = Text(); break;
            default: break;
        }
        if (random.Next(15) == 0) command[command.ElementAt(random.Next(command.Count)).Key] = Nonsense();
        return command;
    }

    private string Pid() => random.Next(8) == 0 ? $"seat-{random.Next(40)}" : pids[random.Next(pids.Count)];

    private string Text() => random.Next(6) switch { 0 => "", 1 => new string('x', random.Next(300)), 2 => "Zoë \u0000", _ => $"name {random.Next(1_000)} ✓" };

    private Dictionary<string, JsonNode?> Fields() => new(StringComparer.Ordinal)
    {
        ["pid"] = Pid(), ["name"] = Text(), ["intent"] = random.Next(5) switch { 0 => "order", 1 => "question", 2 => "reply", 3 => "topic", _ => "shout" },
        ["policy"] = random.Next(4) switch { 0 => "fifo", 1 => "fair", 2 => "round", _ => "loud" }, ["mode"] = random.Next(3) switch { 0 => "open", 1 => "moderated", _ => "odd" },
        ["expect"] = $"entry-{random.Next(1, 400)}", ["afterId"] = $"entry-{random.Next(1, 400)}", ["version"] = random.Next(3), ["device"] = Pid(),
    };

    private JsonNode? Nonsense() => random.Next(6) switch { 0 => null, 1 => random.NextDouble() * 1e18, 2 => new JsonArray(1, null, "x"), 3 => new JsonObject { ["a"] = true }, 4 => false, _ => long.MinValue };
}
