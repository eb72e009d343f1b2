using System.Collections.Immutable;

namespace SessionRoom.Domain;

/// <summary>All that a room knows, folded from its events.</summary>
public sealed record RoomState
{
    public static readonly RoomState Empty = new();

    public Session Session { get; init; } = new();
    public ImmutableDictionary<string, Person> People { get; init; } = ImmutableDictionary.Create<string, Person>(StringComparer.Ordinal);
    public Agenda Agenda { get; init; } = new();
    public SessionTimer Timer { get; init; } = new();
    public SpeakingQueue Queue { get; init; } = new();
    public Floor Floor { get; init; } = new();

    /// <summary>Who made the room: <c>key:…</c> for an integrator, <c>house</c> where anybody may.</summary>
    public string MadeBy { get; init; } = "";

    /// <summary>When the room was made. 0 in a snapshot of a version that did not note it.</summary>
    public long CreatedAt { get; init; }

    /// <summary>SHA-256 of each role's invite, lower-case hex.</summary>
    public ImmutableDictionary<Role, string> Invites { get; init; } = ImmutableDictionary<Role, string>.Empty;

    /// <summary>Participant ids that were removed: their tokens open nothing any more.</summary>
    public ImmutableHashSet<string> Removed { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>When the last connected facilitator left, or where none ever came, when the first who may claim the role did; absent while one is here, and
    /// before anybody came.</summary>
    public long? FacilitatorAwaySince { get; init; }

    /// <summary>The time of the last event; a room's time never runs backwards.</summary>
    public long At { get; init; }

    /// <summary>The number that the next entry, seat or newcomer gets.</summary>
    public int Next { get; init; } = 1;

    public AnsweredCommands Answers { get; init; } = AnsweredCommands.None;

    /// <summary>Whether this person may see the room: there is no agreement, or they accepted its current version.</summary>
    public bool HasAgreed(string pid) => Session.Agreement is not { } agreement
        || (People.TryGetValue(pid, out var person) && person.AgreedVersion == agreement.Version);

    /// <summary>Online: oneself, or for a seat the device that holds it.</summary>
    public bool IsOnline(Person person) => person.SeatOf is { } device
        ? People.TryGetValue(device, out var holder) && holder.Online
        : person.Online;
}
