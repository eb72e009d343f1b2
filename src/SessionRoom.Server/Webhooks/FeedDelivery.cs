using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>Delivers one key's feed: one event after the other, each until it is taken. Where several nodes share the feed, the one that holds it does.</summary>
/// <remarks>It holds a page of the feed at a time, however much waits. A node that has died holds the feed for as long as its lease lasts; no try begins that could outlast that.</remarks>
internal sealed class FeedDelivery(Webhook hook, IEventFeeds feeds, IKeyedRooms keyed, ActionReports reports, SealedEvents telling, WebhookSender sender, WebhookPace pace, WebhookMeters meters, TimeProvider time, ILogger logger) : IDisposable
{
    private const int Page = 50;

    /// <summary>How long a page may be gone by: a room that was deleted has no events any more.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim wake = new(0);
    private long heldAt, keptAt, saidOf = -1;
    private bool holds;
    private Failing? failing;

    /// <param name="Number">Of the event that is not taken.</param>
    /// <param name="Rewinds">As of the feed: another count makes it void.</param>
    private sealed record Failing(long Number, long Rewinds, int Tries, long Since, long LastAt, TimeSpan Wait);

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                try { await FollowAsync(stop); }
                // Whatever it is: the server goes on, and so do the other keys.
                catch (Exception problem) when (!stop.IsCancellationRequested)
                {
                    Log.FeedFailed(logger, hook.Key, problem);
                    holds = false;
                    await wake.WaitAsync(Least(pace.GatherEvery, TimeSpan.FromSeconds(1)), stop);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
        finally
        {
            meters.Forget(hook.Key);
            if (holds) await LetGoAsync();
        }
    }

    public void Dispose() => wake.Dispose();

    private async Task FollowAsync(CancellationToken stop)
    {
        using var watch = await feeds.WatchAsync(hook.Key, Wake);
        while (true)
        {
            var wait = await StepAsync(stop);
            if (wait > TimeSpan.Zero) await wake.WaitAsync(wait, stop);
        }
    }

    private void Wake()
    {
        if (wake.CurrentCount == 0) wake.Release();
    }

    /// <summary>Delivers what there is. Answers how long there is nothing to do.</summary>
    private async Task<TimeSpan> StepAsync(CancellationToken stop)
    {
        if (!await HoldAsync(stop)) return Idle;
        await KeepAsync(stop);
        var readAt = time.GetTimestamp();
        var state = await feeds.StateAsync(hook.Key, stop);
        var page = await feeds.ReadAsync(hook.Key, state.Delivered, Page, stop);
        // Its first event came in between, or it began anew: what was read belongs to another epoch.
        if (page.Count > 0 && (await feeds.StateAsync(hook.Key, stop)).Epoch != state.Epoch) return TimeSpan.Zero;
        meters.Stands(hook.Key, state, page);
        if (state.Trimmed > state.Delivered && saidOf != state.Delivered)
        {
            saidOf = state.Delivered;
            Log.EventsWentBy(logger, hook.Key);
        }
        if (state.IsStopped || page.Count == 0) return Idle;
        if (failing is { } before && (before.Number != page[0].Number || before.Rewinds != state.Rewinds)) failing = null;
        if (failing is { } waiting && waiting.Wait - time.GetElapsedTime(waiting.LastAt) is { Ticks: > 0 } left) return Least(left, Idle);
        await foreach (var each in telling.NowAsync(page, stop))
        {
            if (!await HoldAsync(stop)) return Idle;
            var sent = await sender.SendAsync(hook, each.IdOf(), each.BodyOf(state.Epoch), stop);
            if (sent.Became != Sent.Outcome.Taken) return await FailAsync(state, each, sent, stop);
            meters.Delivered.Add(1);
            failing = null;
            // Somebody has set it elsewhere meanwhile.
            if (!await feeds.AdvanceAsync(hook.Key, state, each.Number, stop)) return TimeSpan.Zero;
            state = state with { Delivered = each.Number };
            if (time.GetElapsedTime(readAt) > Fresh) return TimeSpan.Zero;
        }
        return TimeSpan.Zero;
    }

    private async Task<TimeSpan> FailAsync(FeedState state, FeedEvent each, Sent sent, CancellationToken stop)
    {
        meters.Failed.Add(1);
        var now = time.GetTimestamp();
        var tries = (failing?.Tries ?? 0) + 1;
        failing = new(each.Number, state.Rewinds, tries, failing?.Since ?? now, now, WaitAfter(tries, sent.Wait));
        if (sent.Became == Sent.Outcome.Gone || time.GetElapsedTime(failing.Since) >= pace.GiveUpAfter)
        {
            await feeds.StopAsync(hook.Key, state, stop);
            Log.WebhookStopped(logger, hook.Key, tries, sent.Why);
            failing = null;
            return TimeSpan.Zero;
        }
        Log.WebhookFailed(logger, hook.Key, tries, sent.Why, (long)failing.Wait.TotalMilliseconds);
        return TimeSpan.Zero;
    }

    private TimeSpan WaitAfter(int tries, TimeSpan? asked)
    {
        var wait = Least(pace.FirstRetry * Math.Pow(4, Math.Min(tries - 1, 12)), pace.LongestRetry) * (0.8 + (0.4 * Random.Shared.NextDouble()));
        return asked is { } longer && longer > wait ? Least(longer, pace.LongestRetry) : wait;
    }

    /// <summary>Every so often: events that a node left beside their rooms when it died, boards that nobody has reported, and what is kept no more.</summary>
    private async Task KeepAsync(CancellationToken stop)
    {
        if (keptAt != 0 && time.GetElapsedTime(keptAt) < pace.GatherEvery) return;
        keptAt = time.GetTimestamp();
        foreach (var room in await feeds.GatherAsync(hook.Key, await keyed.AllAsync(hook.Key), stop))
            if (hook.TellsOfActions) reports.Note(room);
        await feeds.TrimAsync(hook.Key, (time.GetUtcNow() - pace.KeptFor).ToUnixTimeMilliseconds(), pace.MostKept, stop);
    }

    private async Task<bool> HoldAsync(CancellationToken stop)
    {
        if (holds && time.GetElapsedTime(heldAt) < (pace.Lease - pace.Timeout) / 2) return true;
        var asked = time.GetTimestamp();
        holds = await feeds.HoldAsync(hook.Key, pace.Lease, stop);
        if (holds) heldAt = asked;
        else meters.Forget(hook.Key);
        return holds;
    }

    private async Task LetGoAsync()
    {
        try { await feeds.ReleaseAsync(hook.Key, CancellationToken.None); }
        catch (RoomLogException) { } // Its lease ends by itself.
    }

    /// <summary>Short enough to renew the lease, and to take over from whoever lets it end.</summary>
    private TimeSpan Idle => Least(pace.GatherEvery, (pace.Lease - pace.Timeout) / 2);

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

/// <summary>Delivers every key's feed.</summary>
internal sealed class WebhookDeliveries(
    Webhooks hooks, IServiceProvider all, IKeyedRooms keyed, ServerOptions options, WebhookMeters meters, TimeProvider time, RoomAudience audience, ILogger<WebhookDeliveries> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (hooks.All.Count == 0) return;
        var (feeds, reports, sender) = (all.GetRequiredService<IEventFeeds>(), all.GetRequiredService<ActionReports>(), all.GetRequiredService<WebhookSender>());
        audience.WhenWritten = reports.Note;
        await Task.WhenAll(hooks.All.Select(async hook =>
        {
            using var delivery = new FeedDelivery(hook, feeds, keyed, reports, all.GetRequiredService<SealedEvents>(), sender, options.Webhooks, meters, time, logger);
            await Task.Run(() => delivery.RunAsync(stoppingToken), CancellationToken.None);
        }));
    }
}
