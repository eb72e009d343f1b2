using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace SessionRoom.Rooms;

/// <summary>What a room hears from the nodes that share its log, until its mailbox's reader takes it. Safe from any thread.</summary>
internal sealed class NewsInbox : IDisposable
{
    private const int Most = 4_096;

    private readonly ConcurrentQueue<RoomNews> waiting = [];
    private volatile bool lostSome;
    private volatile Action? wake;
    private volatile IDisposable? following;

    /// <summary>Starts to hear.</summary>
    public static async Task<NewsInbox> FollowAsync(ISharedLog log, string room)
    {
        var inbox = new NewsInbox();
        inbox.following = await log.FollowAsync(room, inbox.Add);
        return inbox;
    }

    /// <summary>From here on <paramref name="reader"/> is called whenever something is there.</summary>
    public void WakeBy(Action reader)
    {
        wake = reader;
        if (!waiting.IsEmpty) reader();
    }

    public void Add(RoomNews news)
    {
        if (waiting.Count < Most) waiting.Enqueue(news);
        else lostSome = true;
        wake?.Invoke();
    }

    public bool TryTake([NotNullWhen(true)] out RoomNews? news) => waiting.TryDequeue(out news);

    /// <summary>Whether something found no place since the last call.</summary>
    public bool LostSome()
    {
        var lost = lostSome;
        lostSome = false;
        return lost;
    }

    public void Dispose() => following?.Dispose();
}
