using SessionRoom.Domain;

namespace SessionRoom.Rooms;

/// <summary>Who sends a command: a person of the room, or an integrator's key. The role follows from the room's state when the command is decided.</summary>
public sealed record Caller
{
    private readonly string id;
    private readonly bool isKey;

    private Caller(string id, bool isKey) => (this.id, this.isKey) = (id, isKey);

    public static Caller Person(string pid) => new(pid, isKey: false);

    public static Caller Key(string keyId) => new(keyId, isKey: true);

    internal Actor In(RoomState state) => isKey ? Actor.Key(id) : Actor.Person(state, id);
}
