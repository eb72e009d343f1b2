using System.Collections.Concurrent;

namespace SessionRoom.Server;

/// <summary>How many rooms each key has: a file per room in the data directory, <c>keys/{key}/{room}</c>, so that the count survives a restart.</summary>
/// <remarks>Counted per node. A room is noted before it is made, so a crash in between can only count one too many.</remarks>
internal sealed class KeyedRooms(ServerOptions options)
{
    private readonly ConcurrentDictionary<string, HashSet<string>> byKey = new(StringComparer.Ordinal);
    private readonly string folder = Path.Combine(options.DataDirectory, "keys");

    /// <summary>Notes the room; false, and nothing is noted, when the key has as many as it may.</summary>
    public bool TryAdd(ApiKey key, string room)
    {
        var rooms = RoomsOf(key.Id);
        lock (rooms)
        {
            if (rooms.Count >= options.Limits.RoomsPerKey && !rooms.Contains(room)) return false;
            if (!rooms.Add(room)) return true;
            Directory.CreateDirectory(Path.Combine(folder, key.Id));
            File.WriteAllBytes(Path.Combine(folder, key.Id, room), []);
            return true;
        }
    }

    public bool Has(ApiKey key, string room)
    {
        var rooms = RoomsOf(key.Id);
        lock (rooms) return rooms.Contains(room);
    }

    public void Remove(string madeBy, string room)
    {
        if (!madeBy.StartsWith("key:", StringComparison.Ordinal)) return;
        var key = madeBy["key:".Length..];
        var rooms = RoomsOf(key);
        lock (rooms)
        {
            if (rooms.Remove(room)) File.Delete(Path.Combine(folder, key, room));
        }
    }

    private HashSet<string> RoomsOf(string key) => byKey.GetOrAdd(key, id =>
    {
        var kept = Path.Combine(folder, id);
        return Directory.Exists(kept) ? Directory.EnumerateFiles(kept).Select(file => Path.GetFileName(file)).ToHashSet(StringComparer.Ordinal) : new(StringComparer.Ordinal);
    });
}
