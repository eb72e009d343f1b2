using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SessionRoom.Domain;

/// <summary>The merge patch (RFC 7396) that takes one served state to the next.</summary>
/// <remarks>Sections that an event did not touch are the same object before and after and are not looked at. People and the queue's
/// entries are compared as records, and only what changed becomes JSON; of the other sections both sides are written and compared.</remarks>
public static class StatePatch
{
    [ThreadStatic]
    private static JsonDraft? patches, olds, news;

    public static JsonElement Between(RoomState before, RoomState after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (queue, session, timer) = (before.Queue != after.Queue, before.Session != after.Session, before.Timer != after.Timer);
        var changed = before.People == after.People ? [] : Changed(before, after);
        var patch = (patches ??= new()).Begin();
        patch.WriteStartObject();
        if (session) Section(patch, "room", SessionView.Of(before), SessionView.Of(after), RoomJson.Default.SessionView);
        if (changed.Count > 0 || queue || session) People(patch, before, after, changed);
        if (before.Agenda != after.Agenda || session || timer) Section(patch, "agenda", AgendaView.Of(before), AgendaView.Of(after), RoomJson.Default.AgendaView);
        if (timer) Section(patch, "timer", TimerView.Of(before.Timer), TimerView.Of(after.Timer), RoomJson.Default.TimerView);
        if (queue || session || after.Queue.Hands.Any(hand => changed.Contains(hand.Pid))) Queue(patch, before, after);
        if (before.Floor != after.Floor) Section(patch, "floor", FloorView.Of(before.Floor), FloorView.Of(after.Floor), RoomJson.Default.FloorView);
        patch.WriteEndObject();
        return JsonElement.Parse(patches.End());
    }

    /// <summary>Who came, went, or is another record than before, and who has a seat with one of those: it is online with them.</summary>
    private static HashSet<string> Changed(RoomState before, RoomState after)
    {
        var (changed, seats, stayed) = (new HashSet<string>(StringComparer.Ordinal), new List<KeyValuePair<string, Person>>(), 0);
        foreach (var each in after.People)
        {
            if (before.People.TryGetValue(each.Key, out var was)) stayed++;
            if (!ReferenceEquals(was, each.Value)) changed.Add(each.Key);
            else if (was.SeatOf is not null) seats.Add(each);
        }
        if (stayed < before.People.Count) changed.UnionWith(before.People.Keys.Where(pid => !after.People.ContainsKey(pid)));
        foreach (var (pid, seat) in seats)
            if (changed.Contains(seat.SeatOf!)) changed.Add(pid);
        return changed;
    }

    private static void People(Utf8JsonWriter patch, RoomState before, RoomState after, HashSet<string> changed)
    {
        var touched = Touched(before, after, changed);
        var (were, are, any) = (before.Queue.Strongest(touched), after.Queue.Strongest(touched), false);
        foreach (var pid in touched)
        {
            var was = before.People.ContainsKey(pid) ? PersonView.Of(before, pid, were) : null;
            var now = after.People.ContainsKey(pid) ? PersonView.Of(after, pid, are) : null;
            if (was == now) continue;
            if (!any) patch.WriteStartObject("people");
            any = true;
            if (now is null) patch.WriteNull(pid);
            else if (was is null)
            {
                patch.WritePropertyName(pid);
                JsonSerializer.Serialize(patch, now, RoomJson.Default.PersonView);
            }
            else Section(patch, pid, was, now, RoomJson.Default.PersonView);
        }
        if (any) patch.WriteEndObject();
    }

    /// <summary>A person's view also shows their hand, and whether they agreed.</summary>
    private static HashSet<string> Touched(RoomState before, RoomState after, HashSet<string> changed)
    {
        if (before.Session.Agreement != after.Session.Agreement) return [.. before.People.Keys, .. after.People.Keys];
        if (before.Queue.Hands == after.Queue.Hands) return changed;
        var touched = new HashSet<string>(changed, StringComparer.Ordinal);
        var were = before.Queue.Hands.AsSpan();
        var are = after.Queue.Hands.AsSpan();
        // Hands come at the end and leave from anywhere: between what both rows begin and end with there is mostly one.
        var (first, last) = (were.CommonPrefixLength(are), 0);
        while (last < Math.Min(were.Length, are.Length) - first && were[^(last + 1)] == are[^(last + 1)]) last++;
        foreach (var hand in were[first..^last]) touched.Add(hand.Pid);
        foreach (var hand in are[first..^last]) touched.Add(hand.Pid);
        return touched;
    }

    private static void Queue(Utf8JsonWriter patch, RoomState before, RoomState after)
    {
        var now = QueueView.Of(after);
        var moved = before.Queue.Entries.Count() != now.Entries.Length || !QueueView.Of(before).Entries.SequenceEqual(now.Entries);
        if (!moved && before.Queue.Open == now.Open) return;
        patch.WriteStartObject("queue");
        if (before.Queue.Open != now.Open) patch.WriteBoolean("open", now.Open);
        if (moved)
        {
            // An array is replaced whole: the format has no other way.
            patch.WritePropertyName("entries");
            JsonSerializer.Serialize(patch, now.Entries, RoomJson.Default.ImmutableArrayEntryView);
        }
        patch.WriteEndObject();
    }

    private static void Section<T>(Utf8JsonWriter patch, string name, T before, T after, JsonTypeInfo<T> type)
    {
        var was = Written(olds ??= new(), before, type);
        var now = Written(news ??= new(), after, type);
        if (was.SequenceEqual(now)) return;
        patch.WritePropertyName(name);
        MergePatch.Write(patch, was, now);
    }

    private static ReadOnlySpan<byte> Written<T>(JsonDraft draft, T view, JsonTypeInfo<T> type)
    {
        JsonSerializer.Serialize(draft.Begin(), view, type);
        return draft.End();
    }
}
