namespace SessionRoom.Domain.Tests;

/// <summary>The people that the tests are about, by participant id, and the moments that they speak of.</summary>
internal static class Circle
{
    public const string Chair = "chair", Clerk = "clerk", Ann = "ann", Bob = "bob", Cleo = "cleo";
    public const string Guest = "guest", Watcher = "watcher", Screen = "screen", Integrator = "key:back-end", House = "house";

    public const long Second = 1_000, Minute = 60 * Second, Hour = 60 * Minute, Day = 24 * Hour;

    /// <summary>When the room was made.</summary>
    public const long Dawn = 1_000 * Day;

    public static Actor Acting(RoomState room, string pid) => pid switch
    {
        House => Actor.House,
        _ when pid.StartsWith("key:", StringComparison.Ordinal) => Actor.Key(pid["key:".Length..]),
        _ => Actor.Person(room, pid),
    };

    /// <summary>Everybody comes in: a facilitator, a note-taker, three members, a guest, an observer, a projector; Bob and Cleo sit in the room.</summary>
    public static IEnumerable<RoomEvent> EverybodyComes =>
    [
        new PersonArrived(Chair, "Chair", Role.Facilitator, Place.InRoom, Online: true),
        new PersonArrived(Clerk, "Clerk", Role.NoteTaker, Place.InRoom, Online: true),
        new PersonArrived(Ann, "Ann", Role.Member, Place.Remote, Online: true),
        new PersonArrived(Bob, "Bob", Role.Member, Place.InRoom, Online: true),
        new PersonArrived(Cleo, "Cleo", Role.Member, Place.InRoom, Online: true),
        new PersonArrived(Guest, "Guest", Role.Guest, Place.Remote, Online: true),
        new PersonArrived(Watcher, "Watcher", Role.Observer, Place.Remote, Online: true),
        new PersonArrived(Screen, "Screen", Role.Projector, Place.InRoom, Online: true),
    ];
}
