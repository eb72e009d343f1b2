using Microsoft.Data.Sqlite;

namespace SessionRoom.Rooms;

/// <summary>The writer's prepared statements. Each runs inside the transaction that the writer holds open.</summary>
internal sealed partial class SqliteStatements(SqliteConnection connection) : IDisposable
{
    private readonly List<SqliteCommand> prepared = [];
    private SqliteCommand? begin, commit, insertRoom, insertBatch, advance, find, deleteRoom, probe, insertEdit, advanceBoard;
    private readonly Dictionary<string, SqliteCommand> ofTables = new(StringComparer.Ordinal);

    public void Begin() => (begin ??= Prepare("BEGIN IMMEDIATE")).ExecuteNonQuery();

    public void Commit() => (commit ??= Prepare("COMMIT")).ExecuteNonQuery();

    /// <summary>After some failures SQLite has rolled back by itself already.</summary>
    public void Rollback()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0) SqliteSchema.Run(connection, "ROLLBACK");
    }

    public LogPosition? Create(string room, ReadOnlyMemory<byte> first)
    {
        if (Find(room) is not null) return null;
        var epoch = MemoryRoomLog.NewEpoch();
        insertRoom ??= Prepare("INSERT INTO room (id, epoch, seq) VALUES ($id, $epoch, 1)", "$id", "$epoch");
        Run(insertRoom, room, epoch);
        Insert(Find(room)!.Value.Key, 1, first);
        return new(epoch, 1);
    }

    public LogPosition? Append(string room, LogPosition expected, ReadOnlyMemory<byte> batch, Outgoing? outgoing)
    {
        advance ??= Prepare("UPDATE room SET seq = $seq + 1 WHERE id = $id AND epoch = $epoch AND seq = $seq RETURNING key", "$id", "$epoch", "$seq");
        Bind(advance, room, expected.Epoch, expected.Seq);
        if (advance.ExecuteScalar() is not long key) return null;
        Insert(key, expected.Seq + 1, batch);
        if (outgoing is not null) Tell(key, outgoing);
        return expected with { Seq = expected.Seq + 1 };
    }

    public long? AppendBoard(string room, string epoch, ReadOnlyMemory<byte> record)
    {
        advanceBoard ??= Prepare("UPDATE room SET n = n + 1 WHERE id = $id AND epoch = $epoch RETURNING key, n", "$id", "$epoch");
        Bind(advanceBoard, room, epoch);
        (long Key, long N) at;
        using (var row = advanceBoard.ExecuteReader())
        {
            if (!row.Read()) return null;
            at = (row.GetInt64(0), row.GetInt64(1));
        }
        Run(insertEdit ??= Prepare("INSERT INTO edit (place, bytes) VALUES ($place, $bytes)", "$place", "$bytes"), SqliteSchema.Place(at.Key, at.N), Array(record));
        return at.N;
    }

    public bool SaveBoard(string room, string epoch, long n, ReadOnlyMemory<byte> board) =>
        Find(room) is { } found && found.Epoch == epoch && found.N >= n && Save("board", "edit", found.Key, n, board);

    public bool SaveSnapshot(string room, LogPosition at, ReadOnlyMemory<byte> state) =>
        Find(room) is { } found && found.Epoch == at.Epoch && found.Seq >= at.Seq && Save("snapshot", "batch", found.Key, at.Seq, state);

    /// <summary>Keeps a snapshot, reads it back, and drops the records that it stands for.</summary>
    private bool Save(string snapshots, string records, long key, long seq, ReadOnlyMemory<byte> bytes)
    {
        var save = Of(snapshots, "INSERT INTO {0} (room, seq, bytes) VALUES ($room, $seq, $bytes) ON CONFLICT (room) DO UPDATE SET seq = $seq, bytes = $bytes WHERE seq < $seq", "$room", "$seq", "$bytes");
        if (Run(save, key, seq, Array(bytes)) == 0) return false;
        var read = Of(snapshots, "SELECT bytes FROM {0} WHERE room = $room AND seq = $seq", "$room", "$seq");
        Bind(read, key, seq);
        if (read.ExecuteScalar() is not byte[] stored || !bytes.Span.SequenceEqual(stored)) throw new RoomLogException("a snapshot reads back differently");
        Trim(records, SqliteSchema.Place(key, 0), SqliteSchema.Place(key, seq));
        return true;
    }

    public bool Delete(string room)
    {
        if (Find(room) is not { } found) return false;
        foreach (var records in (string[])["batch", "edit"]) Trim(records, SqliteSchema.Place(found.Key, 0), SqliteSchema.Place(found.Key + 1, 0) - 1);
        foreach (var snapshots in (string[])["snapshot", "board", "report", "event"]) Run(Of(snapshots, "DELETE FROM {0} WHERE room = $room", "$room"), found.Key);
        Run(deleteRoom ??= Prepare("DELETE FROM room WHERE key = $key", "$key"), found.Key);
        return true;
    }

    public bool Probe() => (probe ??= Prepare("UPDATE probe SET writes = writes + 1")).ExecuteNonQuery() == 1;

    public void Dispose() => prepared.ForEach(command => command.Dispose());

    private (long Key, string Epoch, long Seq, long N)? Find(string room)
    {
        find ??= Prepare("SELECT key, epoch, seq, n FROM room WHERE id = $id", "$id");
        Bind(find, room);
        using var row = find.ExecuteReader();
        return row.Read() ? (row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3)) : null;
    }

    private void Insert(long key, long seq, ReadOnlyMemory<byte> bytes)
    {
        insertBatch ??= Prepare("INSERT INTO batch (place, bytes) VALUES ($place, $bytes)", "$place", "$bytes");
        Run(insertBatch, SqliteSchema.Place(key, seq), Array(bytes));
    }

    private void Trim(string records, long from, long to) => Run(Of(records, "DELETE FROM {0} WHERE place BETWEEN $from AND $to", "$from", "$to"), from, to);

    /// <summary>A statement that is the same for the tables of states and of boards.</summary>
    private SqliteCommand Of(string table, string sql, params ReadOnlySpan<string> names)
    {
        sql = string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, table);
        return ofTables.TryGetValue(sql, out var known) ? known : ofTables[sql] = Prepare(sql, names);
    }

    private SqliteCommand Prepare(string sql, params ReadOnlySpan<string> names)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in names) command.Parameters.Add(new SqliteParameter { ParameterName = name });
        prepared.Add(command);
        return command;
    }

    private static void Bind(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var index = 0; index < values.Length; index++) command.Parameters[index].Value = values[index];
    }

    private static int Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        Bind(command, values);
        return command.ExecuteNonQuery();
    }

    private static byte[] Array(ReadOnlyMemory<byte> bytes) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out var part) && part.Offset == 0 && part.Count == part.Array!.Length ? part.Array : bytes.ToArray();
}
