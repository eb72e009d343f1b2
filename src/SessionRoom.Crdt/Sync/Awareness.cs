using System.Text;

namespace SessionRoom.Crdt;

/// <summary>What an awareness update changed.</summary>
/// <param name="Added">Clients that appeared.</param>
/// <param name="Updated">Clients whose state was announced again, changed or not.</param>
/// <param name="Removed">Clients that left.</param>
/// <param name="Changed">The clients among <paramref name="Updated"/> whose state really differs.</param>
public sealed record AwarenessChange(IReadOnlyList<ulong> Added, IReadOnlyList<ulong> Updated, IReadOnlyList<ulong> Removed, IReadOnlyList<ulong> Changed)
{
    /// <summary>Whether nothing was announced.</summary>
    public bool IsEmpty => Added.Count + Updated.Count + Removed.Count == 0;
}

/// <summary>Who is present and what they show: one JSON state per client, the highest clock wins, nothing is stored. Not thread-safe.</summary>
/// <remarks>y-protocols 1.0.7, awareness.js. Update: <c>varUint(n) • n × (varUint(client) • varUint(clock) • varString(json))</c>;
/// the JSON <c>null</c> says that the client is gone. An update is believed as it is: whoever relays it between people checks whose client ids it names.</remarks>
public sealed class Awareness
{
    /// <summary>After how long one's own state is announced again: 15 s.</summary>
    public static readonly TimeSpan RenewAfter = TimeSpan.FromSeconds(15);

    /// <summary>After how long a silent remote client is dropped: 30 s.</summary>
    public static readonly TimeSpan OutdatedAfter = TimeSpan.FromSeconds(30);

    private readonly Dictionary<ulong, Meta> _metas = [];
    private readonly Dictionary<ulong, string> _states = [];
    private readonly TimeProvider _time;

    /// <summary>The clock outlives the state, so that a client that left does not come back by an old update.</summary>
    private record struct Meta(ulong Clock, long HeardAt);

    /// <summary>Presence for the given client, which starts with the state <c>{}</c> at clock 0.</summary>
    /// <param name="clientId">One's own client id.</param>
    /// <param name="time">The clock; the system's by default.</param>
    public Awareness(ulong clientId, TimeProvider? time = null)
    {
        ClientId = clientId;
        _time = time ?? TimeProvider.System;
        _states[clientId] = "{}";
        _metas[clientId] = new(0, _time.GetTimestamp());
    }

    /// <summary>One's own client id.</summary>
    public ulong ClientId { get; }

    /// <summary>One's own state as JSON text; null means offline.</summary>
    /// <exception cref="FormatException">The text set is not JSON.</exception>
    public string? LocalState
    {
        get => _states.GetValueOrDefault(ClientId);
        set
        {
            if (value is not null && !JsonText.IsValid(Encoding.UTF8.GetBytes(value), AnyCodec.DeepestPossible)) throw new FormatException("The state is not JSON.");
            var changes = new Changes();
            Put(changes, ClientId, _metas[ClientId].Clock + 1, value is AwarenessUpdate.Gone ? null : value);
            Raise(changes, origin: "local");
        }
    }

    /// <summary>All states as JSON text.</summary>
    public IReadOnlyDictionary<ulong, string> States => _states;

    /// <summary>Raised when a state really differs.</summary>
    public event Action<AwarenessChange, object?>? Changed;

    /// <summary>Raised at every announcement, also of an unchanged state; relay on this one.</summary>
    public event Action<AwarenessChange, object?>? Updated;

    /// <summary>The last clock known of a client, gone ones included; 0 if it is unknown.</summary>
    public ulong GetClock(ulong client) => _metas.GetValueOrDefault(client).Clock;

    /// <summary>The update that announces these clients (those never heard of are left out); all that are present by default.</summary>
    public byte[] Encode(IReadOnlyCollection<ulong>? clients = null)
    {
        var known = (clients ?? _states.Keys).Where(_metas.ContainsKey);
        return AwarenessUpdate.Encode([.. known.Select(client => new AwarenessEntry(client, _metas[client].Clock, _states.GetValueOrDefault(client)))]);
    }

    /// <summary>Applies an update; one that is malformed changes nothing.</summary>
    /// <returns>What changed, or null if the bytes are malformed.</returns>
    public AwarenessChange? Apply(ReadOnlySpan<byte> update, object? origin = null)
    {
        if (AwarenessUpdate.Decode(update) is not { } entries) return null;
        var changes = new Changes();
        foreach (var (client, clock, state) in entries)
        {
            var known = GetClock(client);
            var leaves = clock == known && state is null && _states.ContainsKey(client);
            if (clock <= known && !leaves) continue;
            // Somebody else says that we are gone: we are not, and say so with a newer clock.
            if (client == ClientId && state is null && _states.TryGetValue(client, out var own)) Put(changes, client, clock + 1, own);
            else Put(changes, client, clock, state);
        }
        return Raise(changes, origin);
    }

    /// <summary>Marks clients as gone under the clock that they last used; one's own clock advances.</summary>
    public void Remove(IReadOnlyCollection<ulong> clients, object? origin = null)
    {
        ArgumentNullException.ThrowIfNull(clients);
        var changes = new Changes();
        foreach (var client in clients.Where(_states.ContainsKey))
            Put(changes, client, client == ClientId ? GetClock(client) + 1 : GetClock(client), null);
        Raise(changes, origin);
    }

    /// <summary>Renews one's own state and drops silent clients; to be called about every 3 s.</summary>
    public void Tick()
    {
        var changes = new Changes();
        if (LocalState is { } own && _time.GetElapsedTime(_metas[ClientId].HeardAt) >= RenewAfter) Put(changes, ClientId, GetClock(ClientId) + 1, own);
        var silent = _states.Keys.Where(client => client != ClientId && _time.GetElapsedTime(_metas[client].HeardAt) >= OutdatedAfter).ToList();
        foreach (var client in silent) Put(changes, client, GetClock(client), null);
        Raise(changes, origin: "timeout");
    }

    private void Put(Changes changes, ulong client, ulong clock, string? state)
    {
        var before = _states.GetValueOrDefault(client);
        _metas[client] = new(clock, _time.GetTimestamp());
        if (state is null) _states.Remove(client);
        else _states[client] = state;
        if (before is null && state is not null) changes.Added.Add(client);
        else if (before is not null && state is null) changes.Removed.Add(client);
        else if (state is not null)
        {
            changes.Updated.Add(client);
            if (before != state) changes.Changed.Add(client);
        }
    }

    private AwarenessChange Raise(Changes changes, object? origin)
    {
        var change = new AwarenessChange(changes.Added, changes.Updated, changes.Removed, changes.Changed);
        if (change.Added.Count + change.Removed.Count + change.Changed.Count > 0) Changed?.Invoke(change, origin);
        if (!change.IsEmpty) Updated?.Invoke(change, origin);
        return change;
    }

    private sealed class Changes
    {
        public readonly List<ulong> Added = [], Updated = [], Removed = [], Changed = [];
    }
}
