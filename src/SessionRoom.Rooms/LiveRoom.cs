using SessionRoom.Domain;

namespace SessionRoom.Rooms;

/// <summary>A loaded room: a mailbox that decides what waits in order, appends once, publishes one patch, then answers.</summary>
public sealed class LiveRoom
{
    internal LiveRoom(string id, RoomSnapshot current) => (Id, Current) = (id, current);

    public string Id { get; }

    /// <summary>The room as last made durable. Swapped after each append; read without waiting.</summary>
    public RoomSnapshot Current { get; private set; }

    /// <summary>Decides a command. A refusal is an answer; <c>unavailable</c> when the log fails, <c>not_found</c> when the room was deleted.</summary>
    /// <remarks>Cancelling stops the wait for the answer; a command that was handed over is still decided.</remarks>
    public Task<Answer> DoAsync(Caller by, MemberCommand command, CancellationToken cancel) => throw new NotSupportedException("to come");

    /// <summary>Records that somebody's first connection to this node is up. Done when the room's state holds them. In large rooms arrivals wait for others.</summary>
    public Task<Refusal?> ArriveAsync(Arrive arrive, CancellationToken cancel) => throw new NotSupportedException("to come");

    /// <summary>Records that somebody's last connection to this node is down.</summary>
    public Task DepartAsync(string pid, CancellationToken cancel) => throw new NotSupportedException("to come");
}
