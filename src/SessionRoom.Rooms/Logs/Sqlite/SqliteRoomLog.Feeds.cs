using Microsoft.Data.Sqlite;

namespace SessionRoom.Rooms;

// Feeds lie in the same database: one transaction stores a batch and what others are told of it.
public sealed partial class SqliteRoomLog
{
    private readonly FeedWatchers watchers = new();

    public Task<IReadOnlyCollection<string>> AllAsync(CancellationToken cancel) => QueryAsync<IReadOnlyCollection<string>>(connection =>
    {
        using var select = Command(connection, "SELECT id FROM feed");
        using var rows = select.ExecuteReader();
        var feeds = new List<string>();
        while (rows.Read()) feeds.Add(rows.GetString(0));
        return feeds;
    }, cancel);

    public Task<FeedState> StateAsync(string feed, CancellationToken cancel) => QueryAsync(connection =>
    {
        using var find = Command(connection, "SELECT epoch, newest, trimmed, delivered, rewinds, stopped FROM feed WHERE id = $id", ("$id", feed));
        using var row = find.ExecuteReader();
        return row.Read() ? new FeedState(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5) != 0) : default;
    }, cancel);

    public Task<IReadOnlyList<FeedEvent>> ReadAsync(string feed, long after, int most, CancellationToken cancel) => QueryAsync<IReadOnlyList<FeedEvent>>(connection =>
    {
        using var select = Command(connection, "SELECT number, at, bytes FROM event WHERE feed = (SELECT key FROM feed WHERE id = $id) AND number > $after ORDER BY number LIMIT $most",
            ("$id", feed), ("$after", after), ("$most", most));
        using var rows = select.ExecuteReader();
        var events = new List<FeedEvent>();
        while (rows.Read()) events.Add(new(rows.GetInt64(0), rows.GetInt64(1), rows.GetFieldValue<byte[]>(2)));
        return events;
    }, cancel);

    public Task<bool> AdvanceAsync(string feed, FeedState seen, long to, CancellationToken cancel) => writer.DoAsync(statements => statements.Advance(feed, seen, to), cancel);

    public Task StopAsync(string feed, FeedState seen, CancellationToken cancel) => writer.DoAsync(statements => statements.Stop(feed, seen), cancel);

    public async Task RewindAsync(string feed, long to, CancellationToken cancel)
    {
        await writer.DoAsync(statements => statements.Rewind(feed, to), cancel);
        watchers.Tell(feed);
    }

    public async Task TrimAsync(string feed, long before, int most, CancellationToken cancel)
    {
        while (await writer.DoAsync(statements => statements.TrimFeed(feed, before, most), cancel))
        {
            // There may be more. In between rooms write.
        }
    }

    public Task<IDisposable> WatchAsync(string feed, Action hear) => Task.FromResult(watchers.Add(feed, hear));

    // One process holds the database.
    public Task<bool> HoldAsync(string feed, TimeSpan lasts, CancellationToken cancel) => Task.FromResult(true);

    public Task ReleaseAsync(string feed, CancellationToken cancel) => Task.CompletedTask;

    public Task<IReadOnlyList<string>> GatherAsync(string feed, IReadOnlyCollection<string> rooms, CancellationToken cancel) => QueryAsync<IReadOnlyList<string>>(connection =>
    {
        using var select = Command(connection, "SELECT id FROM room LEFT JOIN report ON report.room = room.key WHERE room.n > ifnull(report.n, 0)");
        using var rows = select.ExecuteReader();
        var (known, behind) = (rooms.ToHashSet(StringComparer.Ordinal), new List<string>());
        while (rows.Read())
            if (rows.GetString(0) is var room && known.Contains(room)) behind.Add(room);
        return behind;
    }, cancel);

    public Task<StoredReport> LoadReportAsync(string room, CancellationToken cancel) => QueryAsync(connection =>
    {
        using var find = Command(connection, "SELECT version, epoch, report.n, bytes FROM report JOIN room ON room.key = report.room WHERE room.id = $id", ("$id", room));
        using var row = find.ExecuteReader();
        return row.Read() ? new(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetFieldValue<byte[]>(3)) : StoredReport.None;
    }, cancel);

    public async Task<bool> ReportAsync(string room, StoredReport report, Outgoing outgoing, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(outgoing);
        var stored = await writer.DoAsync(statements => statements.Report(room, report, outgoing), cancel);
        if (stored && outgoing.Events.Count > 0) watchers.Tell(outgoing.Feed);
        return stored;
    }

    private async Task<LogPosition?> TellAsync(Task<LogPosition?> append, string feed)
    {
        var reached = await append;
        if (reached is not null) watchers.Tell(feed);
        return reached;
    }

    private Task<T> QueryAsync<T>(Func<SqliteConnection, T> query, CancellationToken cancel) => Task.Run(() =>
    {
        try
        {
            using var connection = new SqliteConnection(reading);
            connection.Open();
            return query(connection);
        }
        catch (SqliteException problem) { throw new RoomLogException("the log could not be read", problem); }
    }, cancel);
}
