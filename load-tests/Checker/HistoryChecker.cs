using System.Text.Json.Nodes;

namespace SessionRoom.LoadTests.Checker;

/// <summary>Judges a room by nothing but the histories of its clients, read from files.</summary>
internal static class HistoryChecker
{
    /// <summary>What a command does first, where it does anything.</summary>
    private static readonly Dictionary<string, string> Effects = new(StringComparer.Ordinal)
    {
        ["session.start"] = "session.started", ["session.end"] = "session.ended", ["agenda.set"] = "agenda.set", ["agenda.go"] = "agenda.entered",
        ["timer.start"] = "timer.started", ["timer.pause"] = "timer.paused", ["timer.resume"] = "timer.resumed", ["timer.extend"] = "timer.extended", ["timer.stop"] = "timer.stopped",
        ["hand.raise"] = "hand.raised", ["hand.lower"] = "hand.lowered", ["queue.open"] = "queue.opened", ["queue.close"] = "queue.closed", ["queue.policy"] = "queue.policy",
        ["floor.next"] = "floor.taken", ["floor.give"] = "floor.taken", ["floor.yield"] = "floor.ended", ["role.assign"] = "role.assigned",
        ["people.seat"] = "people.seated", ["people.rename"] = "people.renamed", ["people.remove"] = "people.removed", ["record.off"] = "record.off", ["record.on"] = "record.on",
    };

    /// <summary>These say the same again where they are said again, and then nothing happens.</summary>
    private static readonly HashSet<string> MayDoNothing = new(StringComparer.Ordinal)
    {
        "session.start", "agenda.go", "hand.raise", "hand.lower", "queue.open", "queue.close", "queue.policy", "role.assign", "record.off", "record.on", "timer.pause", "timer.resume", "timer.stop",
    };

    /// <summary>These happen to nobody but by their command.</summary>
    private static readonly HashSet<string> Counted = new(StringComparer.Ordinal) { "people.seated", "people.renamed", "timer.extended", "hand.raised", "agenda.set", "queue.policy" };

    public static Judgement Check(string folder)
    {
        var histories = Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal).Select(History.Read).ToList();
        var wrong = new List<string>();
        var log = new Dictionary<(string Epoch, long Seq), JsonNode>();
        var disagreements = 0;
        foreach (var history in histories)
        {
            foreach (var (at, patch) in history.Patches)
            {
                if (log.TryAdd(at, patch) || JsonNode.DeepEquals(log[at], patch)) continue;
                disagreements++;
                wrong.Add($"two patches {at.Seq}");
            }
        }
        var holes = histories.SelectMany(history => history.Holes).ToList();
        wrong.AddRange(holes.Select(hole => $"hole: {hole}"));
        var (lost, twice, unseen, answered) = Commands(histories, log, wrong);
        var (diverged, missing) = Ends(histories, wrong);
        return new(histories.Count, answered, histories.Sum(history => history.Marks.Count), lost + missing, twice, diverged, disagreements, holes.Count, unseen, log.Count, histories.Sum(history => history.Resyncs),
            log.Keys.Select(at => at.Epoch).Distinct(StringComparer.Ordinal).Count(), [.. wrong.Take(20)]);
    }

    private static (int Lost, int Twice, int Unseen, int Answered) Commands(List<History> histories, Dictionary<(string Epoch, long Seq), JsonNode> log, List<string> wrong)
    {
        // Each event is claimed by the one command that it is the effect of; what is left over was done again.
        var events = new Dictionary<(long Seq, string By, string Type), int>();
        foreach (var (at, patch) in log)
            foreach (var happened in patch["events"]!.AsArray())
                if (happened!["by"]?.GetValue<string>() is { } by)
                {
                    var key = (at.Seq, by, happened["type"]!.GetValue<string>());
                    events[key] = events.GetValueOrDefault(key) + 1;
                }
        var (seen, lost, unseen, answered, open) = (log.Keys.Select(at => at.Seq).ToHashSet(), 0, 0, 0, new Dictionary<(string, string), int>());
        foreach (var told in histories.SelectMany(history => history.Told))
        {
            if (!Effects.TryGetValue(told.Type, out var effect)) continue;
            if (told.Answer is null)
            {
                open[(told.Who, effect)] = open.GetValueOrDefault((told.Who, effect)) + 1;
                continue;
            }
            if (!told.Ok) continue;
            answered++;
            var key = (told.Seq, told.Who, effect);
            // Whoever was held by a point of order goes on instead of the next.
            if (effect == "floor.taken" && events.GetValueOrDefault(key) == 0) key.effect = "floor.resumed";
            if (events.GetValueOrDefault(key) > 0) events[key]--;
            else if (!seen.Contains(told.Seq)) unseen++;
            else if (!MayDoNothing.Contains(told.Type))
            {
                lost++;
                wrong.Add($"lost: {told.Type} of {told.Who}, answered with {told.Seq}");
            }
        }
        var twice = 0;
        foreach (var more in events.Where(left => left.Value > 0 && Counted.Contains(left.Key.Type)).GroupBy(left => (left.Key.By, left.Key.Type)))
        {
            var surplus = more.Sum(left => left.Value) - open.GetValueOrDefault(more.Key);
            if (surplus <= 0) continue;
            twice += surplus;
            wrong.Add($"twice: {more.Key.Type} of {more.Key.By}, {surplus} times more than it was asked for, at {string.Join(", ", more.Select(left => left.Key.Seq).Take(5))}");
        }
        return (lost, twice, unseen, answered);
    }

    /// <summary>In the end everybody has the same, and it is what they were sent; the board has every mark, and everybody has the name that they took last.</summary>
    private static (int Diverged, int Missing) Ends(List<History> histories, List<string> wrong)
    {
        var (diverged, missing, first) = (0, 0, histories.FirstOrDefault(history => history.End is not null)?.End);
        if (first is null) return (histories.Count, 0);
        foreach (var history in histories)
        {
            var end = history.End;
            string? how = end is null ? "says nothing in the end"
                : !JsonNode.DeepEquals(end["epoch"], first["epoch"]) || !JsonNode.DeepEquals(end["seq"], first["seq"]) || !JsonNode.DeepEquals(end["state"], first["state"]) ? "has another state"
                : !JsonNode.DeepEquals(end["board"], first["board"]) ? "has another board"
                : history.Folded.Seq != end["seq"]!.GetValue<long>() || !JsonNode.DeepEquals(history.Folded.State, end["state"]) ? $"has what it was not sent: {history.Folded.Seq}, {end["seq"]}" : null;
            if (how is null) continue;
            diverged++;
            wrong.Add($"diverged: {history.Name} {how}");
        }
        var marks = first["board"]?["marks"]?.AsObject();
        foreach (var mark in histories.SelectMany(history => history.Marks).Where(mark => marks?.ContainsKey(mark) is not true))
        {
            missing++;
            wrong.Add($"lost: the mark {mark}");
        }
        foreach (var history in histories)
        {
            if (history.Told.LastOrDefault(told => told is { Type: "people.rename", Ok: true }) is not { } named) continue;
            if (JsonNode.DeepEquals(first["state"]!["people"]?[history.You]?["name"], named.Command["name"])) continue;
            missing++;
            wrong.Add($"lost: the name {named.Command["name"]} of {history.Name}");
        }
        return (diverged, missing);
    }
}
