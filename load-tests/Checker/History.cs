using System.Text.Json.Nodes;

namespace SessionRoom.LoadTests.Checker;

/// <summary>A command that a client sent, however often, and its last answer.</summary>
internal sealed record Told(string Who, string Type, JsonObject Command, JsonNode? Answer)
{
    public bool Ok => Answer?["ok"]?.GetValue<bool>() is true;
    public long Seq => Answer!["seq"]!.GetValue<long>();
}

/// <summary>One client's history, read from its file and folded by merge patches (RFC 7396): the checker's own fold, which shares nothing with client or server.</summary>
internal sealed class History
{
    private readonly Dictionary<string, (string Type, JsonObject Command, JsonNode? Answer)> _commands = new(StringComparer.Ordinal);

    public string Name { get; }
    public string You { get; private set; } = "";
    public List<string> Marks { get; } = [];

    /// <summary>Every patch that came, by epoch and sequence.</summary>
    public Dictionary<(string Epoch, long Seq), JsonNode> Patches { get; } = [];

    public List<string> Holes { get; } = [];
    public int Resyncs { get; private set; }

    /// <summary>Where the fold ended.</summary>
    public (string Epoch, long Seq, JsonNode? State) Folded { get; private set; } = ("", -1, null);

    /// <summary>What the client said in the end.</summary>
    public JsonObject? End { get; private set; }

    public IEnumerable<Told> Told => _commands.Values.Select(command => new Told(You, command.Type, command.Command, command.Answer));

    private History(string name) => Name = name;

    public static History Read(string path)
    {
        var history = new History(Path.GetFileNameWithoutExtension(path));
        var lines = File.ReadAllLines(path);
        if (Array.FindLast(lines, line => line.StartsWith("{\"state\":", StringComparison.Ordinal)) is { } last) history.End = JsonNode.Parse(last)!.AsObject();
        var (calls, at) = (new Dictionary<(int, string), (string Target, string? Id)>(), -1);
        foreach (var line in lines)
        {
            var entry = JsonNode.Parse(line)!.AsObject();
            if (entry["marked"] is { } mark) history.Marks.Add(mark.GetValue<string>());
            else if (entry["state"] is not null) break;
            else
            {
                var connection = entry["connection"]!.GetValue<int>();
                if (entry["sent"] is JsonObject sent) history.Sent(connection, sent, calls);
                else history.Received(connection, entry["received"]!.AsObject(), calls, ref at);
            }
        }
        history.You = history.End?["you"]?.GetValue<string>() ?? history.You;
        return history;
    }

    private void Sent(int connection, JsonObject message, Dictionary<(int, string), (string Target, string? Id)> calls)
    {
        if (message["invocationId"]?.GetValue<string>() is not { } call) return;
        var target = message["target"]!.GetValue<string>();
        if (target != "Do")
        {
            calls[(connection, call)] = (target, null);
            return;
        }
        var command = message["arguments"]![0]!.AsObject();
        var id = command["id"]!.GetValue<string>();
        calls[(connection, call)] = (target, id);
        if (!_commands.ContainsKey(id)) _commands[id] = (command["type"]!.GetValue<string>(), command, null);
    }

    private void Received(int connection, JsonObject message, Dictionary<(int, string), (string Target, string? Id)> calls, ref int at)
    {
        switch (message["type"]?.GetValue<int>())
        {
            case 3 when calls.TryGetValue((connection, message["invocationId"]!.GetValue<string>()), out var call):
                if (message["result"] is not JsonObject result) return;
                if (call.Target == "Join") Begin(result, connection, ref at);
                // An answer of trouble is asked for again.
                else if (call.Id is { } id && result["error"]?["code"]?.GetValue<string>() is not ("unavailable" or "rate_limited")) _commands[id] = _commands[id] with { Answer = result };
                break;
            case 1 when message["target"]?.GetValue<string>() == "resync":
                Resyncs++;
                Begin(message["arguments"]![0]!.AsObject(), connection, ref at);
                break;
            // Before the answer of Join there is nothing that a patch could follow.
            case 1 when message["target"]?.GetValue<string>() == "patch" && at == connection:
                Patch(message["arguments"]![0]!.AsObject());
                break;
        }
    }

    private void Begin(JsonObject from, int connection, ref int at)
    {
        at = connection;
        if (IsAfterEnd(from["epoch"]!.GetValue<string>(), from["seq"]!.GetValue<long>())) return;
        Folded = (from["epoch"]!.GetValue<string>(), from["seq"]!.GetValue<long>(), from["state"]!.DeepClone());
    }

    private void Patch(JsonObject patch)
    {
        var seq = patch["seq"]!.GetValue<long>();
        if (IsAfterEnd(Folded.Epoch, seq)) return;
        if (seq != Folded.Seq + 1) Holes.Add($"{Name} has {Folded.Seq} and gets {seq}");
        Patches[(Folded.Epoch, seq)] = patch;
        Folded = (Folded.Epoch, seq, Merge(Folded.State, patch["patch"]));
    }

    // What comes after what the client said in the end is others leaving.
    private bool IsAfterEnd(string epoch, long seq) => End is not null && End["epoch"]!.GetValue<string>() == epoch && seq > End["seq"]!.GetValue<long>();

    private static JsonNode? Merge(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes) return patch?.DeepClone();
        var into = target as JsonObject ?? [];
        foreach (var (name, change) in changes)
        {
            if (change is null) into.Remove(name);
            else if (change is JsonObject && into[name] is JsonObject held) Merge(held, change);
            else into[name] = Merge(null, change);
        }
        return into;
    }
}
