using System.Text.Json.Serialization;

namespace SessionRoom.Domain;

/// <summary>Somebody of the circle: with a device of their own, or with a seat that a device holds for them.</summary>
public sealed record Person(string Name, Role Role, Place Place)
{
    /// <summary>Whether a connection of theirs is up. A seat is online with its device.</summary>
    public bool Online { get; init; }

    /// <summary>The version of the agreement that they accepted; 0 for none.</summary>
    public int AgreedVersion { get; init; }

    /// <summary>The participant whose device holds this seat; absent for people with a device of their own.</summary>
    public string? SeatOf { get; init; }

    /// <summary>Turns at the floor, the one being held included.</summary>
    public int Turns { get; init; }

    /// <summary>Under the <c>round</c> policy, turns in this round: 0 or 1.</summary>
    public int RoundTurns { get; init; }

    /// <summary>Talk time of turns that are over, in milliseconds.</summary>
    public long TalkMs { get; init; }

    /// <summary>Joining order: 1 for the first.</summary>
    public int Joined { get; init; }

    /// <summary>When they were asked whether they want the floor; absent once they answered.</summary>
    public long? InvitedAt { get; init; }

    /// <summary>Whether this role takes the floor; observers and projectors only look.</summary>
    [JsonIgnore]
    public bool Speaks => Role is not (Role.Observer or Role.Projector);

    /// <summary>Whether this is somebody who may claim the facilitator's role when there is none.</summary>
    [JsonIgnore]
    public bool MayClaim => SeatOf is null && Permissions.Allows(new ClaimRole(), Role);

    /// <summary>Refuses what cannot be anybody's name: text as any other, and on one line.</summary>
    public static Refusal? CheckName(string? name, int longest) =>
        Text.Check(name, longest, "name") ?? (name!.Trim().Any(char.IsControl) ? new(RefusalCode.Invalid, "name has control characters") : null);
}
