using Microsoft.Data.Sqlite;

namespace SessionRoom.Rooms;

/// <summary>The database's layout, versioned by <c>user_version</c>.</summary>
/// <remarks>
/// A batch's <c>place</c>, and a board record's in <c>edit</c>, is the room's key in the upper 29 bits and the sequence number in the lower 34: one integer key, so that a room's tail is
/// one range of one B-tree and records of up to a page need no overflow page.
/// </remarks>
internal static class SqliteSchema
{
    public const int Version = 3;
    private const int SeqBits = 34;

    // "SRlg": tells our file from anybody else's.
    private const int ApplicationId = 0x53526C67;

    private const string Tables = """
        CREATE TABLE room (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, epoch TEXT NOT NULL, seq INTEGER NOT NULL, n INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE TABLE batch (place INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
        CREATE TABLE snapshot (room INTEGER PRIMARY KEY, seq INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
        CREATE TABLE probe (one INTEGER PRIMARY KEY CHECK (one = 1), writes INTEGER NOT NULL) STRICT;
        INSERT INTO probe VALUES (1, 0);
        """ + BoardTables + FeedTables;

    private const string BoardTables = """
        CREATE TABLE edit (place INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
        CREATE TABLE board (room INTEGER PRIMARY KEY, seq INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
        """;

    private const string FeedTables = """
        CREATE TABLE feed (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, epoch INTEGER NOT NULL, newest INTEGER NOT NULL DEFAULT 0, trimmed INTEGER NOT NULL DEFAULT 0,
            delivered INTEGER NOT NULL DEFAULT 0, rewinds INTEGER NOT NULL DEFAULT 0, stopped INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE TABLE event (feed INTEGER NOT NULL, number INTEGER NOT NULL, room INTEGER NOT NULL, at INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (feed, number)) STRICT, WITHOUT ROWID;
        CREATE INDEX eventOfRoom ON event (room);
        CREATE TABLE report (room INTEGER PRIMARY KEY, version INTEGER NOT NULL, n INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
        """;

    // Version 1 had no boards, version 2 no feeds.
    private const string FromVersion1 = $"ALTER TABLE room ADD COLUMN n INTEGER NOT NULL DEFAULT 0; {BoardTables} {FromVersion2}";
    private const string FromVersion2 = $"{FeedTables} PRAGMA user_version = 3;";

    public static long Place(long key, long seq) => (key << SeqBits) | seq;

    public static long SeqOf(long place) => place & ((1L << SeqBits) - 1);

    /// <summary>Makes the tables in an empty database, and those that an older version lacked.</summary>
    /// <exception cref="RoomLogException">The file belongs to another program, or to a newer version of this one.</exception>
    public static void Prepare(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var (version, application) = (Number(connection, "PRAGMA user_version"), Number(connection, "PRAGMA application_id"));
        var empty = Number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
        if (empty) Run(connection, $"{Tables} PRAGMA user_version = {Version}; PRAGMA application_id = {ApplicationId};");
        else if (application != ApplicationId) throw new RoomLogException("the database file was not made by this program");
        else if (version == 1) Run(connection, FromVersion1);
        else if (version == 2) Run(connection, FromVersion2);
        else if (version != Version) throw new RoomLogException($"the database has schema version {version}, this program reads {Version}");
        transaction.Commit();
    }

    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
