using System.Text.Json;
using System.Text.Json.Nodes;

namespace SessionRoom.Domain;

/// <summary>The merge patch (RFC 7396) that takes one served state to the next.</summary>
/// <remarks>Sections that an event did not touch are the same object before and after and are not looked at; of the people, only those that changed.</remarks>
public static class StatePatch
{
    public static JsonObject Between(RoomState before, RoomState after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var patch = new JsonObject();
        var (queue, people, session) = (before.Queue != after.Queue, before.People != after.People, before.Session != after.Session);
        if (session) Add(patch, "room", Node(SessionView.Of(before)), Node(SessionView.Of(after)));
        if (people || queue) Add(patch, "people", People(before, after));
        if (before.Agenda != after.Agenda || session || before.Timer != after.Timer) Add(patch, "agenda", Node(AgendaView.Of(before)), Node(AgendaView.Of(after)));
        if (before.Timer != after.Timer) Add(patch, "timer", Node(TimerView.Of(before.Timer)), Node(TimerView.Of(after.Timer)));
        if (queue || people || session) Add(patch, "queue", Node(QueueView.Of(before)), Node(QueueView.Of(after)));
        if (before.Floor != after.Floor) Add(patch, "floor", Node(FloorView.Of(before.Floor)), Node(FloorView.Of(after.Floor)));
        return patch;
    }

    private static JsonObject People(RoomState before, RoomState after)
    {
        var patch = new JsonObject();
        foreach (var pid in Touched(before, after))
            switch (before.People.ContainsKey(pid), after.People.ContainsKey(pid))
            {
                case (true, true): Add(patch, pid, Node(PersonView.Of(before, pid)), Node(PersonView.Of(after, pid))); break;
                case (false, true): patch[pid] = Node(PersonView.Of(after, pid)); break;
                case (true, false): patch[pid] = null; break;
            }
        return patch;
    }

    private static HashSet<string> Touched(RoomState before, RoomState after)
    {
        var touched = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (pid, person) in after.People)
            if (!before.People.TryGetValue(pid, out var was) || was != person) touched.Add(pid);
        foreach (var pid in before.People.Keys)
            if (!after.People.ContainsKey(pid)) touched.Add(pid);
        // A seat shows its device's presence; a hand is held by the queue.
        foreach (var (pid, person) in after.People)
            if (person.SeatOf is { } device && touched.Contains(device)) touched.Add(pid);
        if (before.Queue != after.Queue)
            foreach (var hand in before.Queue.Hands.Concat(after.Queue.Hands)) touched.Add(hand.Pid);
        return touched;
    }

    private static void Add(JsonObject patch, string key, JsonObject part)
    {
        if (part.Count > 0) patch[key] = part;
    }

    private static void Add(JsonObject patch, string key, JsonObject before, JsonObject after)
    {
        if (MergePatch.Between(before, after) is JsonObject { Count: > 0 } part) patch[key] = part;
    }

    private static JsonObject Node<T>(T view) => JsonSerializer.SerializeToNode(view, typeof(T), RoomJson.Default)!.AsObject();
}
