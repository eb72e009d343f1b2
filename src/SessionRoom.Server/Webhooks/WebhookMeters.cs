using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>How webhooks fare on this node. Names as in <c>PROTOCOL.md</c>, section 7.</summary>
internal sealed class WebhookMeters
{
    private readonly ConcurrentDictionary<string, Standing> feeds = new(StringComparer.Ordinal);

    private sealed record Standing(long Waiting, long? OldestAt, bool IsStopped);

    public WebhookMeters(ServerMeters server, TimeProvider time)
    {
        var meter = server.Meter;
        Delivered = meter.CreateCounter<long>("sessionroom.webhooks.delivered", description: "Events that a receiver took.");
        Failed = meter.CreateCounter<long>("sessionroom.webhooks.failed", description: "Tries that a receiver did not take.");
        meter.CreateObservableGauge("sessionroom.webhooks.waiting", () => feeds.Values.Sum(feed => feed.Waiting), description: "Events that are not delivered yet, of the keys that this node delivers for.");
        meter.CreateObservableGauge("sessionroom.webhooks.stopped", () => feeds.Values.Count(feed => feed.IsStopped), description: "Keys of those whose delivery has stopped.");
        meter.CreateObservableGauge("sessionroom.webhooks.lag", () => feeds.Values.Min(feed => feed.OldestAt) is { } oldest
            ? Math.Max(0, time.GetUtcNow().ToUnixTimeMilliseconds() - oldest) / 1_000.0 : 0, "s", "The age of the oldest of them.");
    }

    public Counter<long> Delivered { get; }
    public Counter<long> Failed { get; }

    /// <param name="page">The oldest of what is not delivered.</param>
    public void Stands(string feed, FeedState state, IReadOnlyList<FeedEvent> page) => feeds[feed] =
        new(page.Count == 0 ? 0 : state.Newest - page[0].Number + 1, page.Count == 0 ? null : page[0].At, state.IsStopped);

    public void Forget(string feed) => feeds.TryRemove(feed, out _);
}
