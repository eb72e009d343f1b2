using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>Has what is kept for keys that have no receiver any more go by as it would if they had one: whoever delivers a feed looks after it, and theirs nobody delivers.</summary>
internal sealed class AbandonedFeeds(Webhooks hooks, IServiceProvider all, IKeyedRooms keyed, ServerOptions options, TimeProvider time, ILogger<AbandonedFeeds> logger) : BackgroundService
{
    /// <summary>Nothing is added to them: an hour by default.</summary>
    private const int Rarer = 240;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (all.GetService<IEventFeeds>() is not { } feeds) return;
        var every = options.Webhooks.GatherEvery < Longest / Rarer ? options.Webhooks.GatherEvery * Rarer : Longest;
        using var looks = new PeriodicTimer(every, time);
        do
        {
            try
            {
                foreach (var feed in await feeds.AllAsync(stoppingToken))
                    if (hooks.All.All(hook => hook.Key != feed)) await KeepAsync(feeds, feed, stoppingToken);
            }
            catch (Exception problem) when (!stoppingToken.IsCancellationRequested) { Log.NotTrimmed(logger, problem); }
        }
        while (await looks.WaitForNextTickAsync(stoppingToken));
    }

    private async Task KeepAsync(IEventFeeds feeds, string feed, CancellationToken stop)
    {
        // A node that knows of a receiver looks after it, and one does for all that do not.
        if (!await feeds.HoldAsync(feed, options.Webhooks.Lease, stop)) return;
        try
        {
            await feeds.GatherAsync(feed, await keyed.AllAsync(feed), stop);
            await feeds.TrimAsync(feed, (time.GetUtcNow() - options.Webhooks.KeptFor).ToUnixTimeMilliseconds(), options.Webhooks.MostKept, stop);
        }
        finally { await feeds.ReleaseAsync(feed, CancellationToken.None); }
    }
}
