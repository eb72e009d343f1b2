using System.Collections.Immutable;
using System.Text.Json.Nodes;
using SessionRoom.Domain;

namespace SessionRoom.Rooms;

/// <summary>A room as it stands behind <paramref name="Position"/>. Immutable.</summary>
public sealed record RoomSnapshot(LogPosition Position, RoomState State);

/// <summary>One step of a room: what became of it with one sequence number.</summary>
/// <param name="At">Unix milliseconds of the server.</param>
/// <param name="Events">The facts in order. Empty when the room jumped over several sequence numbers at once: a client then sees a hole and joins again.</param>
/// <param name="Patch">The RFC 7396 merge patch from the served state before to the one after. Not to be changed.</param>
/// <param name="Origin">Where the one command came in that made this step, and that is answered next; absent where there were several, or none.</param>
public sealed record RoomPatch(
    LogPosition Position, long At, ImmutableArray<RoomEvent> Events, JsonObject Patch, RoomState Before, RoomState After, object? Origin = null);

/// <summary>Those who watch the rooms of this node.</summary>
/// <remarks>Called from the room's mailbox: per room in order and one at a time, after the change is durable and before its callers are answered.
/// Must neither block nor throw; what it throws is logged and dropped. After a room was unloaded and loaded again its <see cref="LiveRoom"/> is another
/// object with the same <see cref="LiveRoom.Id"/>.</remarks>
public interface IRoomAudience
{
    void Publish(LiveRoom room, RoomPatch patch);

    /// <summary>Something was written on the board.</summary>
    void PublishBoard(LiveRoom room, BoardStep step);

    /// <summary>The board went back to what was stored before: every replica is void, and starts over with the whole board as of <paramref name="step"/> or later.</summary>
    void BoardBegan(LiveRoom room, long step);

    /// <summary>The room goes on under another epoch: everybody starts over with the state, and the board as of <paramref name="step"/> or later.</summary>
    void RoomBegan(LiveRoom room, long step);

    /// <summary>Awareness of another node. Called from any thread.</summary>
    void Heard(LiveRoom room, PassingNews awareness);

    /// <summary>The room and every byte of it is gone.</summary>
    void RoomDeleted(string roomId);
}
