using System.Collections.Concurrent;

namespace SessionRoom.Rooms;

/// <summary>Who watches the feeds of a log that has one process.</summary>
internal sealed class FeedWatchers
{
    private readonly ConcurrentDictionary<Watching, string> all = new();

    public IDisposable Add(string feed, Action hear)
    {
        var watching = new Watching(this, hear);
        all[watching] = feed;
        return watching;
    }

    public void Tell(string? feed)
    {
        if (feed is null || all.IsEmpty) return;
        foreach (var (watching, of) in all)
            if (of == feed) watching.Hear();
    }

    private sealed class Watching(FeedWatchers of, Action hear) : IDisposable
    {
        public Action Hear => hear;
        public void Dispose() => of.all.TryRemove(this, out _);
    }
}
