using System.Collections.Concurrent;

namespace SessionRoom.Rooms;

/// <summary>Whose each CRDT client id is: the participant's who used it first. Safe from any thread.</summary>
internal sealed class ClientIds
{
    private readonly ConcurrentDictionary<ulong, string> owners = new();
    private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);

    public IReadOnlyCollection<KeyValuePair<ulong, string>> All => owners.ToArray();

    public string? OwnerOf(ulong client) => owners.GetValueOrDefault(client);

    /// <summary>The log says whose the id is; what was taken for true before is not.</summary>
    public void Assign(ulong client, string pid)
    {
        if (TryClaim(client, pid)) return;
        counts.AddOrUpdate(owners[client], 0, static (_, count) => count - 1);
        owners[client] = pid;
        counts.AddOrUpdate(pid, 1, static (_, count) => count + 1);
    }

    /// <summary>How many ids this participant has.</summary>
    public int CountOf(string pid) => counts.GetValueOrDefault(pid);

    /// <summary>Whether the id is this participant's, from now on if it was nobody's.</summary>
    public bool TryClaim(ulong client, string pid)
    {
        if (!owners.TryAdd(client, pid)) return owners[client] == pid;
        counts.AddOrUpdate(pid, 1, static (_, count) => count + 1);
        return true;
    }
}
