namespace SessionRoom.Rooms;

// Feeds: an event is one row, in the transaction of what it follows from.
internal sealed partial class SqliteStatements
{
    private const int MostTrimmed = 1_000;
    private const string AsSeen = "WHERE id = $id AND epoch = $epoch AND delivered = $delivered AND rewinds = $rewinds";

    public bool Advance(string feed, FeedState seen, long to) =>
        Run(Of("feed", $"UPDATE {{0}} SET delivered = $to {AsSeen}", "$id", "$epoch", "$delivered", "$rewinds", "$to"), feed, seen.Epoch, seen.Delivered, seen.Rewinds, to) > 0;

    public bool Stop(string feed, FeedState seen) =>
        Run(Of("feed", $"UPDATE {{0}} SET stopped = 1 {AsSeen}", "$id", "$epoch", "$delivered", "$rewinds"), feed, seen.Epoch, seen.Delivered, seen.Rewinds) > 0;

    public bool Rewind(string feed, long to) =>
        Run(Of("feed", "UPDATE {0} SET delivered = $to, rewinds = rewinds + 1, stopped = 0 WHERE id = $id", "$to", "$id"), to, feed) > 0;

    /// <summary>Forgets the oldest, at most so many at once. Whether it was as many.</summary>
    public bool TrimFeed(string feed, long before, int most)
    {
        if (KnownFeed(feed) is not { } key) return false;
        // Read from the oldest on: where none goes by, one row is read however many are kept.
        var stays = Of("event", "SELECT number FROM {0} WHERE feed = $feed AND at >= $before AND number > (SELECT newest FROM feed WHERE key = $feed) - $most ORDER BY number LIMIT 1", "$feed", "$before", "$most");
        Bind(stays, key, before, most);
        var end = stays.ExecuteScalar() as long? ?? long.MaxValue;
        var oldest = Of("event", "SELECT max(number), count(*) FROM (SELECT number FROM {0} WHERE feed = $feed AND number < $end ORDER BY number LIMIT $most)", "$feed", "$end", "$most");
        Bind(oldest, key, end, MostTrimmed);
        (long Last, long Count) trimmed;
        using (var row = oldest.ExecuteReader())
        {
            if (!row.Read() || row.IsDBNull(0)) return false;
            trimmed = (row.GetInt64(0), row.GetInt64(1));
        }
        Run(Of("event", "DELETE FROM {0} WHERE feed = $feed AND number <= $last", "$feed", "$last"), key, trimmed.Last);
        Run(Of("feed", "UPDATE {0} SET trimmed = $last WHERE key = $key", "$last", "$key"), trimmed.Last, key);
        return trimmed.Count == MostTrimmed;
    }

    public bool Report(string room, StoredReport report, Outgoing outgoing)
    {
        if (Find(room) is not { } found || found.Epoch != report.Epoch) return false;
        var known = Of("report", "SELECT version FROM {0} WHERE room = $room", "$room");
        Bind(known, found.Key);
        if ((known.ExecuteScalar() as long? ?? 0) != report.Version - 1) return false;
        Run(Of("report", "INSERT OR REPLACE INTO {0} (room, version, n, bytes) VALUES ($room, $version, $n, $bytes)", "$room", "$version", "$n", "$bytes"),
            found.Key, report.Version, report.N, Array(report.Bytes));
        Tell(found.Key, outgoing);
        return true;
    }

    private void Tell(long room, Outgoing outgoing)
    {
        if (outgoing.Events.Count == 0) return;
        var key = FeedKey(outgoing.Feed, outgoing.Events[0].At);
        foreach (var each in outgoing.Events)
        {
            var next = Of("feed", "UPDATE {0} SET newest = newest + 1 WHERE key = $key RETURNING newest", "$key");
            Bind(next, key);
            Run(Of("event", "INSERT INTO {0} (feed, number, room, at, bytes) VALUES ($feed, $number, $room, $at, $bytes)", "$feed", "$number", "$room", "$at", "$bytes"),
                key, (long)next.ExecuteScalar()!, room, each.At, Array(each.Bytes));
        }
    }

    /// <summary>The feed's key; it begins where there is none, with its first event.</summary>
    private long FeedKey(string feed, long at)
    {
        if (KnownFeed(feed) is { } key) return key;
        Run(Of("feed", "INSERT INTO {0} (id, epoch) VALUES ($id, $epoch)", "$id", "$epoch"), feed, Math.Max(1, at));
        return KnownFeed(feed)!.Value;
    }

    private long? KnownFeed(string feed)
    {
        var known = Of("feed", "SELECT key FROM {0} WHERE id = $id", "$id");
        Bind(known, feed);
        return known.ExecuteScalar() as long?;
    }
}
