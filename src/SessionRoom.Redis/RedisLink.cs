using System.Diagnostics;
using Microsoft.Extensions.Logging;
using SessionRoom.Rooms;
using StackExchange.Redis;

namespace SessionRoom.Redis;

/// <summary>What this project asks of Redis, and its guards: a deadline for every call, connections that are watched and made anew, a restart that nobody overlooks.</summary>
/// <remarks>Safe from any thread; no call blocks one.</remarks>
internal sealed partial class RedisLink : IAsyncDisposable
{
    private readonly string address;
    private readonly LinkOptions options;
    private readonly RedisTime time;
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private Task watch = Task.CompletedTask;

    private RedisLink(string address, LinkOptions options) => (this.address, this.options, time) = (address, options, new(options.Clock));

    /// <summary>Raised on a pool thread after the connections, the subscriptions or the server's memory were away and are back: publications may have been missed.</summary>
    public event Action? Restored;

    public ILogger Logger => options.Logger;

    /// <summary>Redis' time of day, by a measured offset; timestamps and timers are those of <see cref="LinkOptions.Clock"/>.</summary>
    public TimeProvider Time => time;

    /// <exception cref="RoomLogException">Nobody answers at the address, or the durability cannot be had there.</exception>
    public static async Task<RedisLink> OpenAsync(string address, LinkOptions options)
    {
        var link = new RedisLink(address, options);
        try
        {
            var connection = await link.ConnectAsync();
            link.run = new(await connection.RunIdAsync(options.Patience), options.Clock.GetTimestamp());
            await connection.LoadAsync(link.run, options.Patience);
            for (var sample = 0; sample < 3; sample++) await connection.MeasureAsync(options.Patience, link.time);
            link.Use(connection);
            link.watch = Task.Run(link.WatchAsync);
            return link;
        }
        // The address may hold a password: it is not repeated.
        catch (Exception problem) when (IsRedis(problem)) { await link.DisposeAsync(); throw new RoomLogException("Redis does not answer at the address that is set", problem); }
        catch { await link.DisposeAsync(); throw; }
    }

    /// <summary>Proves that a write can happen and that this node hears what is published.</summary>
    /// <exception cref="RoomLogException">One of them does not.</exception>
    public async Task ProbeAsync(CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            var connection = await ConnectedAsync(began, cancel);
            await Task.WhenAll(connection.Database.StringSetAsync("sr:probe", 1, TimeSpan.FromMinutes(1)), connection.EchoAsync(options.Patience)).WaitAsync(Left(began), cancel);
        }
        catch (Exception problem) when (IsRedis(problem) && !cancel.IsCancellationRequested) { throw new RoomLogException("Redis cannot be written or heard", problem); }
    }

    /// <summary>Publishes without waiting. While Redis is away, and above <see cref="RedisConnection.MostPublications"/> under way, the message is dropped.</summary>
    public void Publish(string channel, byte[] message) => current?.Publish(channel, message);

    public async ValueTask DisposeAsync()
    {
        RedisConnection? last;
        lock (gate)
        {
            if (disposed) return;
            (last, current) = (current, null);
            disposed = away = true;
            up.TrySetResult(null);
        }
        last?.Drop();
        await stop.CancelAsync();
        await watch;
        stop.Dispose();
    }

    private TimeSpan Left(long began) => options.Patience - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    private static bool IsRedis(Exception problem) =>
        problem is RedisException or RedisCommandException or TimeoutException or ArgumentException or ObjectDisposedException or OperationCanceledException or InvalidOperationException;

    private void Raise() => ThreadPool.QueueUserWorkItem(_ =>
    {
        foreach (var hear in Restored?.GetInvocationList() ?? [])
        {
            try { ((Action)hear)(); }
            catch (Exception problem) { Log.RestoredThrew(options.Logger, problem); }
        }
    });
}
