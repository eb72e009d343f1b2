using SessionRoom.Domain;

namespace SessionRoom.Rooms;

/// <summary>What an answered command survives.</summary>
public enum Durability
{
    /// <summary>The end of this process, also by <c>kill -9</c>; the operating system may still hold the bytes.</summary>
    Process,

    /// <summary>The end of the machine: every commit is flushed to the disk (fsync).</summary>
    Disk,
}

/// <summary>How rooms are kept.</summary>
public sealed record RoomOptions
{
    /// <summary>Sizes that the rules hold a room to.</summary>
    public RoomLimits Limits { get; init; } = new();

    /// <summary>Sizes that a board is held to.</summary>
    public BoardLimits Board { get; init; } = new();

    /// <summary>The folder of the embedded log; made when it is missing. <c>./data</c> by default.</summary>
    public string DataDirectory { get; init; } = "./data";

    /// <summary><see cref="Durability.Process"/> by default.</summary>
    public Durability Durability { get; init; } = Durability.Process;

    /// <summary>How long a room that nobody is in and nothing is due in stays in memory after its last command. 60 seconds by default.</summary>
    public TimeSpan UnloadAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a room that nobody is in keeps what was written off the record. One hour by default.</summary>
    public TimeSpan OffRecordLasts { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a board that nobody writes on or asks for stays open. 20 seconds by default; then it is held as bytes until the next use.</summary>
    public TimeSpan BoardRestsAfter { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Batches, and records of the board, between two snapshots; of batches up to eight times as many while they are smaller than the last snapshot. 500 by default; at least 1.</summary>
    public int SnapshotEvery { get; init; } = 500;

    /// <summary>How long after a load somebody whom the log says is online may take to connect before they count as gone. 10 seconds by default.</summary>
    public TimeSpan SettleAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>People in a room from whom on arrivals and departures wait for others. 50 by default: in smaller rooms each is told at once.</summary>
    public int PresenceWaitsFrom { get; init; } = 50;

    /// <summary>How long arrivals and departures wait for others after the last patch, per person in the room. 0.1 ms by default.</summary>
    public TimeSpan PresenceDelayPerPerson { get; init; } = TimeSpan.FromMilliseconds(0.1);

    /// <summary>The longest that an arrival or departure waits for others. 100 ms by default.</summary>
    public TimeSpan LongestPresenceDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long an update of the board waits for others after the last one that people were sent, per person who wrote within the last second. 10 ms by default:
    /// of two who write, each sees the other's within 20 ms. It goes sooner where everybody who writes has one waiting, and where nobody writes any more.</summary>
    public TimeSpan BoardDelayPerWriter { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The longest that an update of the board waits for others. 200 ms by default; zero sends each at once.</summary>
    public TimeSpan LongestBoardDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>What others are told of a room's facts: given the state after them, the position that they are to get, and the facts. Stored with them, where the log keeps feeds
    /// (<see cref="IEventFeeds"/>). Called on the room's mailbox; must be quick. Absent by default: nobody is told.</summary>
    public Func<RoomState, LogPosition, IReadOnlyList<RoomEvent>, Outgoing?>? Tells { get; init; }

    /// <summary>Commands that may wait for one room; further callers wait until there is space. 4,096 by default; at least 1.</summary>
    public int MostWaiting { get; init; } = 4_096;

    /// <summary>Commands that one batch of a room takes at most. 1,024 by default; 1 turns the room's group commit off.</summary>
    public int MostPerBatch { get; init; } = 1_024;

    /// <summary>Writes of all rooms that one SQLite transaction takes at most. 1,024 by default; 1 turns the group commit across rooms off.</summary>
    public int MostPerTransaction { get; init; } = 1_024;
}
