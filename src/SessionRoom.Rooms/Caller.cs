using SessionRoom.Domain;

namespace SessionRoom.Rooms;

/// <summary>Who sends a command: a person of the room, or an integrator's key. The role follows from the room's state when the command is decided.</summary>
public sealed record Caller
{
    private readonly string id;
    private readonly bool isKey;

    private Caller(string id, bool isKey, object? origin) => (this.id, this.isKey, Origin) = (id, isKey, origin);

    /// <summary>Where the command came in, as given to <see cref="Person"/>.</summary>
    internal object? Origin { get; }

    /// <param name="origin">Where the command came in; named in the step that it makes, so that its answer can take that along.</param>
    public static Caller Person(string pid, object? origin = null) => new(pid, isKey: false, origin);

    public static Caller Key(string keyId) => new(keyId, isKey: true, origin: null);

    internal Actor In(RoomState state) => isKey ? Actor.Key(id) : Actor.Person(state, id);
}
