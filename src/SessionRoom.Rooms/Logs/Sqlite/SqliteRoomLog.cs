using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace SessionRoom.Rooms;

/// <summary>Rooms' logs in one SQLite database, <c>rooms.db</c> in the data directory, with a write-ahead log beside it.</summary>
/// <remarks>
/// <para>A write is answered after its commit: with <see cref="Durability.Process"/> (<c>synchronous=NORMAL</c>) it survives the end of this process, with
/// <see cref="Durability.Disk"/> (<c>synchronous=FULL</c>) that of the machine.</para>
/// <para>Deleting zeroes the bytes (<c>secure_delete</c>); before a delete is answered the write-ahead log, which holds older pages, is copied back and
/// cut to nothing. A reader that holds the log for longer than a second defers that cut to the next commit. Freed pages stay in the file for reuse, as
/// zeroes; what a file system or a disk keeps of overwritten blocks is beyond a program's reach.</para>
/// </remarks>
public sealed partial class SqliteRoomLog : IRoomLog, IEventFeeds
{
    public const string FileName = "rooms.db";

    private readonly string path, reading;
    private readonly SqliteWriter writer;

    private SqliteRoomLog(string path, string reading, SqliteWriter writer) => (this.path, this.reading, this.writer) = (path, reading, writer);

    /// <summary>Opens the log, or makes it.</summary>
    /// <exception cref="RoomLogException">The directory or the file cannot be written, or the file is not a log that this version reads.</exception>
    public static SqliteRoomLog Open(RoomOptions options, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        var directory = Path.GetFullPath(options.DataDirectory);
        var file = Path.Combine(directory, FileName);
        SqliteConnection? connection = null, aside = null;
        try
        {
            Directory.CreateDirectory(directory);
            var writing = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 2 }.ConnectionString;
            (connection, aside) = (new(writing), new(writing));
            connection.Open();
            var durably = $"PRAGMA synchronous = {(options.Durability == Durability.Disk ? "FULL" : "NORMAL")};";
            SqliteSchema.Run(connection, $"PRAGMA busy_timeout = 1000; PRAGMA journal_mode = WAL; {durably} PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 0;");
            SqliteSchema.Prepare(connection);
            var readOnly = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, DefaultTimeout = 2 }.ConnectionString;
            aside.Open();
            SqliteSchema.Run(aside, durably);
            return new(file, readOnly, new(connection, aside, options.MostPerTransaction, logger));
        }
        catch (Exception problem) when (problem is SqliteException or IOException or UnauthorizedAccessException or RoomLogException)
        {
            aside?.Dispose();
            connection?.Dispose();
            throw new RoomLogException($"the data directory '{directory}' cannot be used: {problem.Message}", problem);
        }
    }

    public Task<LogPosition?> CreateAsync(string room, ReadOnlyMemory<byte> first, CancellationToken cancel) =>
        writer.DoAsync(statements => statements.Create(room, first), cancel);

    public Task<LogPosition?> AppendAsync(string room, LogPosition expected, ReadOnlyMemory<byte> batch, Outgoing? outgoing, CancellationToken cancel)
    {
        var append = writer.DoAsync(statements => statements.Append(room, expected, batch, outgoing), cancel);
        return outgoing is null ? append : TellAsync(append, outgoing.Feed);
    }

    public Task<bool> SaveSnapshotAsync(string room, LogPosition at, ReadOnlyMemory<byte> state, CancellationToken cancel) =>
        writer.DoAsync(statements => statements.SaveSnapshot(room, at, state), cancel);

    public Task<long?> AppendBoardAsync(string room, string epoch, ReadOnlyMemory<byte> record, CancellationToken cancel) =>
        writer.DoAsync(statements => statements.AppendBoard(room, epoch, record), cancel);

    public Task<bool> SaveBoardAsync(string room, string epoch, long n, ReadOnlyMemory<byte> board, CancellationToken cancel) =>
        writer.DoAsync(statements => statements.SaveBoard(room, epoch, n, board), cancel);

    public Task<bool> DeleteAsync(string room, CancellationToken cancel) =>
        writer.DoAsync(statements => statements.Delete(room), cancel, erases: true);

    public async Task ProbeAsync(CancellationToken cancel)
    {
        // SQLite would go on writing into a file that somebody has removed.
        if (!File.Exists(path)) throw new RoomLogException("the database file is gone");
        await writer.DoAsync(statements => statements.Probe(), cancel);
    }

    public Task<StoredRoom?> LoadAsync(string room, CancellationToken cancel) =>
        Task.Run(() => Load(room, "seq", "snapshot", "batch") is var (epoch, snapshot, tail) ? new StoredRoom(epoch, snapshot, tail) : null, cancel);

    public Task<StoredBoard?> LoadBoardAsync(string room, CancellationToken cancel) =>
        Task.Run(() => Load(room, "n", "board", "edit") is var (epoch, snapshot, tail) ? new StoredBoard(epoch, snapshot, tail) : null, cancel);

    public async ValueTask DisposeAsync()
    {
        // The last connection to close copies the write-ahead log back and removes it.
        using (var pool = new SqliteConnection(reading)) SqliteConnection.ClearPool(pool);
        await writer.DisposeAsync();
    }

    /// <param name="head">The column that holds the newest record's number.</param>
    private (string Epoch, StoredRecord? Snapshot, IReadOnlyList<StoredRecord> Tail)? Load(string room, string head, string snapshots, string records)
    {
        try
        {
            using var connection = new SqliteConnection(reading);
            connection.Open();
            using var moment = connection.BeginTransaction(deferred: true);
            using var find = Command(connection, $"SELECT key, epoch, {head}, snapshotSeq, bytes FROM room LEFT JOIN (SELECT room, seq AS snapshotSeq, bytes FROM {snapshots}) ON room = key WHERE id = $id", ("$id", room));
            using var row = find.ExecuteReader();
            if (!row.Read()) return null;
            var (key, epoch, newest) = (row.GetInt64(0), row.GetString(1), row.GetInt64(2));
            StoredRecord? snapshot = row.IsDBNull(3) ? null : new StoredRecord(row.GetInt64(3), row.GetFieldValue<byte[]>(4));
            return (epoch, snapshot, Tail(connection, room, records, key, snapshot?.Seq ?? 0, newest));
        }
        catch (SqliteException problem) { throw new RoomLogException("the log could not be read", problem); }
    }

    private static List<StoredRecord> Tail(SqliteConnection connection, string room, string records, long key, long after, long head)
    {
        using var select = Command(connection, $"SELECT place, bytes FROM {records} WHERE place > $after AND place <= $head ORDER BY place",
            ("$after", SqliteSchema.Place(key, after)), ("$head", SqliteSchema.Place(key, head)));
        using var rows = select.ExecuteReader();
        var tail = new List<StoredRecord>();
        for (var seq = after + 1; seq <= head; seq++)
        {
            if (!rows.Read() || SqliteSchema.SeqOf(rows.GetInt64(0)) != seq) throw new UnreadableRecordException(room, seq);
            tail.Add(new(seq, rows.GetFieldValue<byte[]>(1)));
        }
        return tail;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        return command;
    }
}
