namespace SessionRoom.Rooms;

/// <summary>Feeds that live as long as the process. Not safe by itself: the log's lock is held around every call.</summary>
internal sealed class MemoryFeeds(Func<long> now)
{
    private sealed class Feed
    {
        public FeedState State { get; set; }
        public List<(string Room, FeedEvent Event)> Events { get; } = [];
    }

    private readonly Dictionary<string, Feed> feeds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredReport> reports = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> All => [.. feeds.Keys];

    public FeedState State(string feed) => feeds.GetValueOrDefault(feed)?.State ?? default;

    public IReadOnlyList<FeedEvent> Read(string feed, long after, int most) =>
        feeds.TryGetValue(feed, out var found) ? [.. found.Events.Select(kept => kept.Event).Where(kept => kept.Number > after).Take(most)] : [];

    public void Add(string room, Outgoing? outgoing)
    {
        if (outgoing is null || outgoing.Events.Count == 0) return;
        var feed = Of(outgoing.Feed);
        foreach (var each in outgoing.Events)
        {
            feed.State = feed.State with { Newest = feed.State.Newest + 1 };
            feed.Events.Add((room, new(feed.State.Newest, each.At, each.Bytes.ToArray())));
        }
    }

    public bool Change(string feed, FeedState? seen, Func<FeedState, FeedState> change)
    {
        var found = Of(feed);
        if (seen is { } as_ && (found.State.Epoch, found.State.Delivered, found.State.Rewinds) != (as_.Epoch, as_.Delivered, as_.Rewinds)) return false;
        found.State = change(found.State);
        return true;
    }

    public void Trim(string feed, long before, int most)
    {
        if (!feeds.TryGetValue(feed, out var found)) return;
        var excess = found.Events.TakeWhile((kept, place) => kept.Event.At < before || place < found.Events.Count - most).Count();
        if (excess == 0) return;
        found.State = found.State with { Trimmed = found.Events[excess - 1].Event.Number };
        found.Events.RemoveRange(0, excess);
    }

    public StoredReport Report(string room) => reports.GetValueOrDefault(room) ?? StoredReport.None;

    public bool Report(string room, StoredReport report)
    {
        if (Report(room).Version != report.Version - 1) return false;
        reports[room] = report with { Bytes = report.Bytes.ToArray() };
        return true;
    }

    public void Forget(string room)
    {
        reports.Remove(room);
        foreach (var feed in feeds.Values) feed.Events.RemoveAll(kept => kept.Room == room);
    }

    private Feed Of(string feed) => feeds.TryGetValue(feed, out var found) ? found : feeds[feed] = new() { State = new() { Epoch = now() } };
}
