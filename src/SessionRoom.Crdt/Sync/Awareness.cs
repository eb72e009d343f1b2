namespace SessionRoom.Crdt;

/// <summary>What an awareness update changed.</summary>
/// <param name="Added">Clients that appeared.</param>
/// <param name="Updated">Clients whose state was announced again, changed or not.</param>
/// <param name="Removed">Clients that left.</param>
/// <param name="Changed">The clients among <paramref name="Updated"/> whose state really differs.</param>
public sealed record AwarenessChange(IReadOnlyList<ulong> Added, IReadOnlyList<ulong> Updated, IReadOnlyList<ulong> Removed, IReadOnlyList<ulong> Changed)
{
    /// <summary>Whether any client differs.</summary>
    public bool IsEmpty => Added.Count + Updated.Count + Removed.Count == 0;
}

/// <summary>Who is present and what they show: one JSON state per client, last clock wins, nothing is stored.</summary>
/// <remarks>y-protocols 1.0.7, awareness.js. Update: <c>varUint(n) • n × (varUint(client) • varUint(clock) • varString(json))</c>.
/// The owner renews after 15 s; a remote client is dropped 30 s after its last word.</remarks>
public sealed class Awareness
{
    /// <summary>Presence for the given client, which starts with the state <c>{}</c> at clock 0.</summary>
    /// <param name="clientId">One's own client id.</param>
    /// <param name="time">The clock; the system's by default.</param>
    public Awareness(ulong clientId, TimeProvider? time = null) => throw new NotSupportedException();

    /// <summary>After how long one's own state is announced again: 15 s.</summary>
    public static readonly TimeSpan RenewAfter = TimeSpan.FromSeconds(15);

    /// <summary>After how long a silent remote client is dropped: 30 s.</summary>
    public static readonly TimeSpan OutdatedAfter = TimeSpan.FromSeconds(30);

    /// <summary>One's own client id.</summary>
    public ulong ClientId => throw new NotSupportedException();

    /// <summary>One's own state as JSON text; null means offline.</summary>
    public string? LocalState { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>All states as JSON text.</summary>
    public IReadOnlyDictionary<ulong, string> States => throw new NotSupportedException();

    /// <summary>The last clock known of a client, gone ones included; 0 if unknown.</summary>
    public ulong GetClock(ulong client) => throw new NotSupportedException();

    /// <summary>Raised when a state really differs.</summary>
    public event Action<AwarenessChange, object?>? Changed { add => throw new NotSupportedException(); remove => throw new NotSupportedException(); }

    /// <summary>Raised at every announcement, even an unchanged one; relay on this.</summary>
    public event Action<AwarenessChange, object?>? Updated { add => throw new NotSupportedException(); remove => throw new NotSupportedException(); }

    /// <summary>The update that announces these clients; all known by default.</summary>
    public byte[] Encode(IReadOnlyCollection<ulong>? clients = null) => throw new NotSupportedException();

    /// <summary>Applies an update; one that is malformed changes nothing.</summary>
    /// <returns>What changed, or null if the bytes are malformed.</returns>
    public AwarenessChange? Apply(ReadOnlySpan<byte> update, object? origin = null) => throw new NotSupportedException();

    /// <summary>Marks clients as gone, re-using their clocks (one's own clock advances).</summary>
    public void Remove(IReadOnlyCollection<ulong> clients, object? origin = null) => throw new NotSupportedException();

    /// <summary>Renews one's own state and drops silent clients; call about every 3 s.</summary>
    public void Tick() => throw new NotSupportedException();
}
