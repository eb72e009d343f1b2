using System.Collections.Concurrent;
using System.Diagnostics;
using SessionRoom.Rooms;
using StackExchange.Redis;

namespace SessionRoom.Redis;

/// <summary>The connections in use, those that follow them, and what is heard over them.</summary>
/// <remarks>
/// A connection that was cut is followed by another at once, and calls wait for that; a server that says nothing for three beats, or cannot be reached, is away: calls fail at once, and a
/// connection is tried every second. The following one is in use from when it hears every channel.
/// </remarks>
internal sealed partial class RedisLink
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private const int MostSilence = 3, SubscribedAtOnce = 1_000;

    private readonly ConcurrentDictionary<string, Subscription> subscriptions = new(StringComparer.Ordinal);
    private RedisConnection? current;
    private bool disposed, mending;
    private volatile bool away;

    // What calls wait for while a connection that was cut is followed; null when that fails.
    private TaskCompletionSource<RedisConnection?> up = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether Redis is known to be away: then calls fail at once.</summary>
    public bool IsAway => away;

    /// <summary>Hears a channel from when the task is done, whatever becomes of the connections, until disposed. A later handler of the same channel replaces an earlier one.</summary>
    /// <param name="channel">The name, literally.</param>
    /// <param name="hear">Called with one message after the other; what it throws is logged. Above <see cref="Subscription.MostWaiting"/> messages that wait for it, more are dropped.</param>
    /// <exception cref="RoomLogException">Redis is away or does not answer in time: the handler is never called.</exception>
    public async Task<IDisposable> SubscribeAsync(string channel, Action<byte[]> hear)
    {
        var began = Stopwatch.GetTimestamp();
        var subscription = new Subscription(channel, hear, End, options.Logger);
        lock (gate) subscriptions[channel] = subscription;
        try
        {
            while (true)
            {
                var connection = await ConnectedAsync(began, CancellationToken.None);
                await connection.SubscribeAsync(channel).WaitAsync(Left(began));
                // One that follows in the meantime may not have known of this channel.
                lock (gate) if (current == connection) return subscription;
            }
        }
        catch (Exception problem)
        {
            subscription.Dispose();
            if (IsRedis(problem)) throw new RoomLogException("Redis could not be subscribed to", problem);
            throw;
        }
    }

    private async ValueTask<RedisConnection> ConnectedAsync(long began, CancellationToken cancel)
    {
        if (away) throw new RoomLogException("Redis is away");
        return current ?? await Volatile.Read(ref up).Task.WaitAsync(Left(began), cancel) ?? throw new RoomLogException("Redis is away");
    }

    private Task<RedisConnection> ConnectAsync() => RedisConnection.OpenAsync(address, options, Hear, Cut);

    private void Hear(RedisConnection connection, string channel, byte[] message)
    {
        if (connection == current && subscriptions.TryGetValue(channel, out var subscription)) subscription.Hear(message);
    }

    private void End(Subscription subscription)
    {
        lock (gate)
            if (subscriptions.TryRemove(new(subscription.Name, subscription))) current?.Unsubscribe(subscription.Name);
    }

    private void Cut(RedisConnection connection, ConnectionFailedEventArgs failed)
    {
        lock (gate)
        {
            if (connection != current) return;
            Log.Cut(options.Logger, failed.ConnectionType.ToString(), failed.FailureType.ToString());
            Follow(connection, failed.ConnectionType == ConnectionType.Interactive);
        }
    }

    // What still runs commands is used until the one that follows is there.
    private void Follow(RedisConnection connection, bool unusable)
    {
        if (disposed) return;
        if (unusable)
        {
            current = null;
            if (!away) Volatile.Write(ref up, new(TaskCreationOptions.RunContinuationsAsynchronously));
            connection.Drop();
        }
        if (mending) return;
        mending = true;
        var stopped = stop.Token;
        _ = Task.Run(() => MendAsync(stopped));
    }

    private void GoAway(string why, Exception? problem)
    {
        lock (gate)
        {
            if (away) return;
            away = true;
            up.TrySetResult(null);
        }
        Log.Away(options.Logger, why, problem);
    }

    private async Task MendAsync(CancellationToken stopped)
    {
        var since = Stopwatch.GetTimestamp();
        while (!stopped.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            RedisConnection? connection = null;
            try
            {
                connection = await ConnectAsync();
                while (!await TakeOverAsync(connection)) { }
                Log.Back(options.Logger, (long)Stopwatch.GetElapsedTime(since).TotalMilliseconds, subscriptions.Count);
                Raise();
                return;
            }
            catch (Exception problem)
            {
                connection?.Drop();
                GoAway("no connection can be made", problem);
            }
            var pause = Beat - Stopwatch.GetElapsedTime(began);
            if (pause > TimeSpan.Zero) await Task.Delay(pause, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Subscribes to what is listened to; once nothing is missing, the connection is in use.</summary>
    private async Task<bool> TakeOverAsync(RedisConnection connection)
    {
        var missing = subscriptions.Keys.Except(connection.Subscribed(), StringComparer.Ordinal).ToList();
        foreach (var some in missing.Chunk(SubscribedAtOnce))
            await Task.WhenAll(some.Select(connection.SubscribeAsync)).WaitAsync(options.Patience);
        lock (gate)
        {
            var subscribed = connection.Subscribed();
            if (subscriptions.Keys.Except(subscribed, StringComparer.Ordinal).Any()) return false;
            foreach (var channel in subscribed.Where(channel => !subscriptions.ContainsKey(channel))) connection.Unsubscribe(channel);
            if (connection.WasCut || disposed) throw new RoomLogException("The connection was cut again");
            mending = false;
            Use(connection);
            return true;
        }
    }

    private void Use(RedisConnection connection)
    {
        lock (gate)
        {
            if (disposed) { connection.Drop(); return; }
            current?.DropAfter(options.Patience);
            current = connection;
            away = false;
            up.TrySetResult(connection);
            // It may have been cut before it was known here.
            if (connection.WasCut) Follow(connection, unusable: true);
        }
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Beat);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                if (current is not { } connection) continue;
                if (connection.Silence < MostSilence) { connection.Beat(options.Patience, time); continue; }
                GoAway("it does not answer", null);
                lock (gate) if (connection == current) Follow(connection, unusable: true);
            }
        }
        catch (OperationCanceledException) { /* the link is closed */ }
        catch (Exception problem) { Log.WatchEnded(options.Logger, problem); }
    }
}
