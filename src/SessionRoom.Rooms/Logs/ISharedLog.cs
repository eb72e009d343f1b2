namespace SessionRoom.Rooms;

/// <summary>A log that several nodes write, and what they tell each other beside it.</summary>
/// <remarks>
/// <para>An epoch names a room's log. Where the log lost what nodes still hold, one of them writes it back under another epoch of the same room: see <see cref="IsSameRoom"/>.</para>
/// <para>Calls fail as those of <see cref="IRoomLog"/> do.</para>
/// </remarks>
public interface ISharedLog : IRoomLog
{
    /// <summary>Called when the connection was away and is back: whoever follows a room looks where its log stands.</summary>
    Action? WhenBack { get; set; }

    /// <summary>The clock that all nodes go by.</summary>
    TimeProvider Time { get; }

    /// <summary>Hears what becomes of a room from now on, in order. What is missed is found by looking.</summary>
    /// <param name="room">The room's id.</param>
    /// <param name="hear">Called one at a time; must be quick.</param>
    Task<IDisposable> FollowAsync(string room, Action<RoomNews> hear);

    /// <summary>Says whom this node holds connections of, for the next <see cref="Lease"/>, and learns where the log stands and who is connected to other nodes.</summary>
    /// <returns>Null when there is no such room.</returns>
    Task<RoomOutlook?> LookAsync(string room, IReadOnlyCollection<string> here, CancellationToken cancel);

    /// <summary>Tells the other nodes something that is not stored. It may be lost.</summary>
    void Tell(string room, PassingNews news);

    /// <summary>What the log holds behind <paramref name="known"/>; the whole where it does not go on from there. The log may turn out to be behind.</summary>
    Task<StoredRoom?> LoadAsync(string room, LogPosition known, CancellationToken cancel);

    /// <summary>What the board's log holds behind record <paramref name="known"/> of that epoch; the whole where it does not go on from there.</summary>
    Task<StoredBoard?> LoadBoardAsync(string room, string epoch, long known, CancellationToken cancel);

    /// <summary>Stores a record of the board right behind record <paramref name="expected"/>, or stores nothing and returns null.</summary>
    Task<long?> AppendBoardAsync(string room, string epoch, long expected, ReadOnlyMemory<byte> record, CancellationToken cancel);

    /// <summary>Writes a room back that the log lost, wholly or its newest part, under a new epoch. Nothing happens where the room was deleted, where its log is another
    /// one by now or ahead of <paramref name="held"/>, and where it lacks nothing.</summary>
    /// <param name="room">The room's id.</param>
    /// <param name="held">What this node's state stands behind.</param>
    /// <param name="state">That state.</param>
    /// <param name="n">The newest record of the board that this node knows of.</param>
    /// <param name="board">A snapshot of the board behind that record; absent where this node does not hold the board: then what the log has of it stays.</param>
    /// <param name="cancel">Stops the wait.</param>
    Task WriteBackAsync(string room, LogPosition held, ReadOnlyMemory<byte> state, long n, ReadOnlyMemory<byte>? board, CancellationToken cancel);

    /// <summary>For how long a node counts as holding the connections that it named.</summary>
    static TimeSpan Lease { get; } = TimeSpan.FromSeconds(8);

    /// <summary>How often a node looks.</summary>
    static TimeSpan LookEvery { get; } = TimeSpan.FromSeconds(2.5);

    /// <summary>Whether both epochs are of one room: what stands before the dash was made with the room.</summary>
    static bool IsSameRoom(string one, string other) => one.AsSpan(0, Birth(one)).SequenceEqual(other.AsSpan(0, Birth(other)));

    private static int Birth(string epoch) => epoch.IndexOf('-', StringComparison.Ordinal) is >= 0 and var dash ? dash : epoch.Length;
}

/// <summary>Where a room's log stands, and who is connected to other nodes.</summary>
/// <param name="N">The newest record of the board.</param>
public sealed record RoomOutlook(string Epoch, long Seq, long N, IReadOnlySet<string> Elsewhere);

/// <summary>What a node hears of a room.</summary>
public abstract record RoomNews;

/// <summary>A batch was appended. Own ones are heard too.</summary>
/// <param name="Bytes">Absent where they are too many to be told.</param>
public sealed record BatchNews(string Epoch, long Seq, ReadOnlyMemory<byte>? Bytes) : RoomNews;

/// <summary>A record of the board was appended. Own ones are heard too.</summary>
/// <param name="Bytes">Absent where they are too many to be told.</param>
public sealed record RecordNews(string Epoch, long N, ReadOnlyMemory<byte>? Bytes) : RoomNews;

/// <summary>The log was deleted or written back.</summary>
public sealed record LogNews : RoomNews;

/// <summary>Something of another node that is not stored.</summary>
public sealed record PassingNews(PassingKind Kind, ReadOnlyMemory<byte> Bytes) : RoomNews;

public enum PassingKind
{
    /// <summary>An awareness message for everybody.</summary>
    Awareness,

    /// <summary>Which awareness states do you hold? No bytes.</summary>
    AwarenessAsked,

    /// <summary>What was written on the board off the record, as a board's record.</summary>
    OffRecord,

    /// <summary>What was written off the record that this state vector lacks?</summary>
    OffRecordAsked,
}
