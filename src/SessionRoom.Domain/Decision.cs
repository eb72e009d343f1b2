using System.Collections.Immutable;

namespace SessionRoom.Domain;

/// <summary>Why a command had no effect: an answer, never an exception.</summary>
public sealed record Refusal(RefusalCode Code, string Message);

/// <summary>What an accepted command tells its caller beyond "done": the seat that it made.</summary>
public sealed record CommandResult(string? Pid = null);

/// <summary>The outcome of a command: events (none when nothing changes) or a refusal.</summary>
public abstract record Decision
{
    private Decision() { }

    public sealed record Accepted(ImmutableArray<RoomEvent> Events, CommandResult? Result = null) : Decision
    {
        /// <summary>What <see cref="Room.Evolve"/> makes of the state and these events; absent for a room's creation.</summary>
        public RoomState? After { get; init; }
    }

    public sealed record Refused(Refusal Refusal) : Decision;

    public static Decision Refuse(RefusalCode code, string message) => new Refused(new(code, message));
}

/// <summary>Who acts. A person of the room, an integrator's key, or the house itself (expiry, presence).</summary>
/// <param name="Pid">The participant id, or the name under which the actor is recorded.</param>
/// <param name="Role">The role that the permission table is asked with; a key acts as facilitator.</param>
/// <param name="IsPerson">Whether <paramref name="Pid"/> is someone in the room, held to the agreement.</param>
public sealed record Actor(string Pid, Role Role, bool IsPerson = true)
{
    public static readonly Actor House = new("house", Role.Facilitator, IsPerson: false);

    /// <summary>A person, with the role that the room gives them now; a token's role counts only when they first arrive.</summary>
    public static Actor Person(RoomState room, string pid)
    {
        ArgumentNullException.ThrowIfNull(room);
        return new(pid, room.People.TryGetValue(pid, out var person) ? person.Role : Role.Observer);
    }

    public static Actor Key(string keyId) => new($"key:{keyId}", Role.Facilitator, IsPerson: false);

    /// <summary>Whether a participant of this id would be taken for the house or for a key.</summary>
    internal static bool IsReserved(string pid) => pid == House.Pid || pid.StartsWith("key:", StringComparison.Ordinal);
}

/// <summary>The circumstances of a decision: who asks, when (Unix milliseconds of the server), and the room's limits.</summary>
public sealed record Asking(Actor By, long Now, RoomLimits Limits);

/// <summary>Sizes that the rules hold a room to; beyond them a command is refused with <c>too_large</c>.</summary>
public sealed record RoomLimits
{
    /// <summary>People per room, seats and people who left included. 2,000 by default.</summary>
    public int People { get; init; } = 2_000;

    /// <summary>Items of an agenda. 100 by default.</summary>
    public int AgendaItems { get; init; } = 100;

    /// <summary>UTF-16 units of a person's name. 80 by default.</summary>
    public int Name { get; init; } = 80;

    /// <summary>UTF-16 units of a title: the room's, an agenda item's. 200 by default.</summary>
    public int Title { get; init; } = 200;

    /// <summary>UTF-16 units of a purpose or an agreement. 10,000 by default.</summary>
    public int Text { get; init; } = 10_000;
}
