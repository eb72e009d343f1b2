using System.Text.Json;
using System.Text.Json.Nodes;
using SessionRoom.Crdt;
using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>What one connection shows of itself on the board: its awareness states, stamped with its participant.</summary>
internal sealed class Presence(string pid)
{
    /// <summary>A page has one; another one after it started over.</summary>
    private const int MostClients = 8;

    /// <summary>What a newcomer is shown at once, in characters of states: some hundred people.</summary>
    private const int MostShown = 64 * 1024;

    private readonly Lock gate = new();
    private readonly Dictionary<ulong, AwarenessEntry> entries = [];
    private bool left;

    /// <summary>What the others are to be sent of an awareness message; null where nothing of it may be relayed.</summary>
    public async ValueTask<byte[]?> TakeAsync(byte[] message, LiveRoom room, CancellationToken cancel)
    {
        if (AwarenessUpdate.Decode(message) is not { } shown) return null;
        var relayed = new List<AwarenessEntry>();
        foreach (var entry in shown)
        {
            // Whoever says that somebody is gone has not used their id.
            if (Stamped(entry) is not { } stamped || !MayKeep(stamped)) continue;
            if (stamped.State is not null && !await room.ClaimClientAsync(pid, entry.Client, cancel)) continue;
            if (Keep(stamped)) relayed.Add(stamped);
        }
        return relayed.Count > 0 ? AwarenessUpdate.Encode(relayed) : null;
    }

    /// <summary>All that these show; null where it is nothing.</summary>
    public static byte[]? Of(IEnumerable<Presence> everybody)
    {
        var (shown, size) = (new List<AwarenessEntry>(), 0);
        foreach (var entry in everybody.SelectMany(presence => presence.Shown()))
        {
            if ((size += entry.State!.Length) > MostShown) break;
            shown.Add(entry);
        }
        return shown.Count > 0 ? AwarenessUpdate.Encode(shown) : null;
    }

    /// <summary>The connection is down: what tells the others so. Under the clock that they know, so that the next announcement of a client that comes back is a newer one.</summary>
    public byte[]? Leave()
    {
        lock (gate) left = true;
        var gone = Shown();
        return gone.Count > 0 ? AwarenessUpdate.Encode([.. gone.Select(entry => entry with { State = null })]) : null;
    }

    private bool Keep(AwarenessEntry entry)
    {
        lock (gate)
        {
            if (!MayKeep(entry)) return false;
            entries[entry.Client] = entry;
            return true;
        }
    }

    private bool MayKeep(AwarenessEntry entry)
    {
        lock (gate)
            return !left && (entries.TryGetValue(entry.Client, out var known) ? known.Clock <= entry.Clock : entry.State is not null && entries.Count < MostClients);
    }

    private List<AwarenessEntry> Shown()
    {
        lock (gate) return [.. entries.Values.Where(entry => entry.State is not null)];
    }

    private AwarenessEntry? Stamped(AwarenessEntry entry)
    {
        if (entry.State is null) return entry;
        try
        {
            if (JsonNode.Parse(entry.State) is not JsonObject state) return null;
            state["pid"] = pid;
            return entry with { State = state.ToJsonString() };
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException or InvalidOperationException)
        {
            // Nested too deep, a name twice, or half a character.
            return null;
        }
    }
}
