using System.Text.Json;

namespace SessionRoom.Client;

/// <summary>Something that a client noticed.</summary>
public abstract record RoomChange;

/// <summary>A patch was folded into the state.</summary>
/// <param name="Seq">The sequence that the state has now.</param>
/// <param name="At">When it happened, in Unix milliseconds of the server.</param>
/// <param name="Events">What happened: objects with a <c>type</c>.</param>
public sealed record RoomPatched(long Seq, long At, JsonElement Events) : RoomChange;

/// <summary>The whole state was replaced: after joining, joining again or falling behind.</summary>
public sealed record RoomReplaced(string Epoch, long Seq, ReplacedBy By) : RoomChange;

/// <summary>Others changed the board.</summary>
/// <param name="N">As of <see cref="RoomBoard.N"/>.</param>
public sealed record BoardChanged(long? N) : RoomChange;

/// <summary>The board's document is another one from now on: the first content came, or it started over.</summary>
public sealed record BoardReplaced(long? N) : RoomChange;

/// <summary>An awareness update of y-protocols came; the server has stamped its states with <c>pid</c>.</summary>
public sealed record BoardAware(byte[] Update) : RoomChange;

public enum ReplacedBy { Join, Resync }

/// <summary>The client's own state changed.</summary>
/// <param name="Status">What it is now.</param>
/// <param name="Bye">What the server said before it closed the connection.</param>
/// <param name="Failure">Why the connection went down otherwise.</param>
public sealed record RoomStatusChanged(RoomStatus Status, ByeFrame? Bye, Exception? Failure) : RoomChange;

public enum RoomStatus
{
    /// <summary>Before the first state came.</summary>
    Connecting,

    /// <summary>The state follows the room.</summary>
    Live,

    /// <summary>The connection is down; the state is the last known one and commands wait.</summary>
    Reconnecting,

    /// <summary>For good: refused, removed, deleted, expired or disposed.</summary>
    Ended,
}
