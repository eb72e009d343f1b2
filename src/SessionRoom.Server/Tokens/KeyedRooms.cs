using System.Collections.Concurrent;

namespace SessionRoom.Server;

/// <summary>A file per room in the data directory, <c>keys/{key}/{room}</c>, so that the count survives a restart.</summary>
internal sealed class KeyedRooms(ServerOptions options) : IKeyedRooms
{
    private readonly ConcurrentDictionary<string, HashSet<string>> byKey = new(StringComparer.Ordinal);
    private readonly string folder = Path.Combine(options.DataDirectory, "keys");

    /// <summary>The id of the key that made a room; null where it was none.</summary>
    public static string? KeyOf(string madeBy) => madeBy.StartsWith("key:", StringComparison.Ordinal) ? madeBy["key:".Length..] : null;

    public ValueTask<bool> TryAddAsync(ApiKey key, string room) => new(TryAdd(key, room));

    public ValueTask<bool> HasAsync(ApiKey key, string room)
    {
        var rooms = RoomsOf(key.Id);
        lock (rooms) return new(rooms.Contains(room));
    }

    public ValueTask<IReadOnlyCollection<string>> AllAsync(string key)
    {
        var rooms = RoomsOf(key);
        lock (rooms) return new([.. rooms]);
    }

    public ValueTask RemoveAsync(string madeBy, string room)
    {
        if (KeyOf(madeBy) is not { } key) return ValueTask.CompletedTask;
        var rooms = RoomsOf(key);
        lock (rooms)
        {
            if (rooms.Remove(room)) File.Delete(Path.Combine(folder, key, room));
        }
        return ValueTask.CompletedTask;
    }

    private bool TryAdd(ApiKey key, string room)
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

    private HashSet<string> RoomsOf(string key) => byKey.GetOrAdd(key, id =>
    {
        var kept = Path.Combine(folder, id);
        return Directory.Exists(kept) ? Directory.EnumerateFiles(kept).Select(file => Path.GetFileName(file)).ToHashSet(StringComparer.Ordinal) : new(StringComparer.Ordinal);
    });
}
