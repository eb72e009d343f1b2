using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SessionRoom.Domain;

/// <summary>The merge patch (RFC 7396) that takes one served state to the next.</summary>
/// <remarks>Sections that an event did not touch are the same object before and after and are not looked at. People and the queue's entries
/// are compared as records: only people whose view changed, and a queue whose order or reasons changed, become JSON.</remarks>
public static class StatePatch
{
    public static JsonObject Between(RoomState before, RoomState after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var patch = new JsonObject();
        var (queue, session, timer) = (before.Queue != after.Queue, before.Session != after.Session, before.Timer != after.Timer);
        var changed = before.People == after.People ? [] : Changed(before, after);
        if (session) Add(patch, "room", Node(SessionView.Of(before)), Node(SessionView.Of(after)));
        if (changed.Count > 0 || queue || session) Add(patch, "people", People(before, after, changed));
        if (before.Agenda != after.Agenda || session || timer) Add(patch, "agenda", Node(AgendaView.Of(before)), Node(AgendaView.Of(after)));
        if (timer) Add(patch, "timer", Node(TimerView.Of(before.Timer)), Node(TimerView.Of(after.Timer)));
        if (queue || session || after.Queue.Hands.Any(hand => changed.Contains(hand.Pid))) Add(patch, "queue", Queue(QueueView.Of(before), QueueView.Of(after)));
        if (before.Floor != after.Floor) Add(patch, "floor", Node(FloorView.Of(before.Floor)), Node(FloorView.Of(after.Floor)));
        return patch;
    }

    /// <summary>Who came, went, or is another record than before.</summary>
    private static HashSet<string> Changed(RoomState before, RoomState after)
    {
        var changed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (pid, person) in after.People)
            if (!before.People.TryGetValue(pid, out var was) || !ReferenceEquals(was, person)) changed.Add(pid);
        foreach (var pid in before.People.Keys)
            if (!after.People.ContainsKey(pid)) changed.Add(pid);
        return changed;
    }

    private static JsonObject People(RoomState before, RoomState after, HashSet<string> changed)
    {
        var were = before.Queue.Strongest();
        var are = before.Queue.Hands == after.Queue.Hands ? were : after.Queue.Strongest();
        var patch = new JsonObject();
        foreach (var pid in Touched(before, after, changed, were, are))
        {
            var was = before.People.ContainsKey(pid) ? PersonView.Of(before, pid, were) : null;
            var now = after.People.ContainsKey(pid) ? PersonView.Of(after, pid, are) : null;
            if (now is null) patch[pid] = null;
            else if (was is null) patch[pid] = Node(now);
            else if (was != now) Add(patch, pid, Node(was), Node(now));
        }
        return patch;
    }

    /// <summary>A person's view also shows the presence of the device that holds their seat, their hand, and whether they agreed.</summary>
    private static HashSet<string> Touched(
        RoomState before, RoomState after, HashSet<string> changed, Dictionary<string, Hand> were, Dictionary<string, Hand> are)
    {
        if (before.Session.Agreement != after.Session.Agreement) return [.. before.People.Keys, .. after.People.Keys];
        var touched = new HashSet<string>(changed, StringComparer.Ordinal);
        if (changed.Count > 0)
            foreach (var (pid, person) in after.People)
                if (person.SeatOf is { } device && changed.Contains(device)) touched.Add(pid);
        if (!ReferenceEquals(were, are))
        {
            foreach (var (pid, hand) in were)
                if (!are.TryGetValue(pid, out var now) || now != hand) touched.Add(pid);
            touched.UnionWith(are.Keys.Where(pid => !were.ContainsKey(pid)));
        }
        return touched;
    }

    private static JsonObject Queue(QueueView before, QueueView after)
    {
        var patch = new JsonObject();
        if (before.Open != after.Open) patch["open"] = after.Open;
        // An array is replaced whole: the format has no other way.
        if (!before.Entries.SequenceEqual(after.Entries)) patch["entries"] = JsonSerializer.SerializeToNode(after.Entries, typeof(ImmutableArray<EntryView>), RoomJson.Default);
        return patch;
    }

    private static void Add(JsonObject patch, string key, JsonObject part)
    {
        if (part.Count > 0) patch[key] = part;
    }

    private static void Add(JsonObject patch, string key, JsonObject before, JsonObject after)
    {
        if (MergePatch.Between(before, after) is { Count: > 0 } part) patch[key] = part;
    }

    private static JsonObject Node<T>(T view) => JsonSerializer.SerializeToNode(view, typeof(T), RoomJson.Default)!.AsObject();
}
