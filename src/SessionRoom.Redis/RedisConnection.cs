using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using SessionRoom.Rooms;
using StackExchange.Redis;

namespace SessionRoom.Redis;

/// <summary>One life of the client's connections: it is never mended, but dropped and followed by another.</summary>
/// <remarks>Only API that client versions 1.2.6 to 3.x share. Version 1.2.6 lets a call to a server that hangs wait for ever: whoever calls, waits with a limit.</remarks>
internal sealed class RedisConnection
{
    /// <summary>Publications under way; what comes on top is dropped.</summary>
    public const int MostPublications = 10_000;

    private readonly ConnectionMultiplexer client;
    private readonly ConcurrentDictionary<long, TaskCompletionSource> echoes = new();
    private readonly Dictionary<string, Task> channels = new(StringComparer.Ordinal);
    private readonly string echo = $"sr:link:{Guid.NewGuid():N}";
    private readonly Action<RedisConnection, string, byte[]> hear;
    private long echoed;
    private int publishing, unanswered, unheard;
    private volatile bool wasCut;

    private RedisConnection(ConnectionMultiplexer client, Action<RedisConnection, string, byte[]> hear) => (this.client, this.hear) = (client, hear);

    /// <summary>Beats in a row that had no answer, on the connection with fewer of them.</summary>
    public int Silence => Math.Max(Volatile.Read(ref unanswered), Volatile.Read(ref unheard));

    /// <summary>Whether something of it was there and is not, or was made again by the client itself.</summary>
    public bool WasCut { get => wasCut; private set => wasCut = value; }

    public IDatabase Database => client.GetDatabase();

    /// <summary>What a durable script waits for; null where its answer says it all.</summary>
    public DiskBarrier? Barrier { get; private set; }

    /// <summary>Connects, and knows that commands are run, publications heard, and the durability kept.</summary>
    /// <param name="address">In the client's own notation.</param>
    /// <param name="link">Each step may take its patience.</param>
    /// <param name="hear">Called with channel and message; must be quick.</param>
    /// <param name="cut">Called when a connection that was there is there no more.</param>
    /// <exception cref="RoomLogException">The durability cannot be had from this server.</exception>
    public static async Task<RedisConnection> OpenAsync(string address, LinkOptions link, Action<RedisConnection, string, byte[]> hear, Action<RedisConnection, ConnectionFailedEventArgs> cut)
    {
        var patience = link.Patience;
        var connection = new RedisConnection(await ConnectAsync(address, patience), hear);
        try
        {
            connection.client.ConnectionFailed += (_, failed) =>
            {
                // A connection that cannot be made was not there before; the client goes on trying by itself.
                if (failed.FailureType == ConnectionFailureType.UnableToConnect) return;
                connection.WasCut = true;
                cut(connection, failed);
            };
            await connection.ListenAsync(patience);
            // Refused while a server that starts is still reading its files, unlike PUBLISH and TIME.
            await connection.Database.KeyExistsAsync("sr:probe").WaitAsync(patience);
            if (link.Durability == Durability.Disk)
            {
                var masters = (await connection.MastersAsync(patience)).ConvertAll(master => master.Server);
                connection.Barrier = await DiskBarrier.ForAsync(masters, connection.Database, () => ConnectAsync(address, patience), patience, link.Logger);
            }
            return connection;
        }
        catch
        {
            connection.Drop();
            throw;
        }
    }

    private static async Task<ConnectionMultiplexer> ConnectAsync(string address, TimeSpan patience)
    {
        var options = ConfigurationOptions.Parse(address);
        options.AbortOnConnectFail = true;
        options.AllowAdmin = true; // INFO counts as such
        options.ConnectRetry = 1;
        // Nothing is called synchronously but, within the client, good-bye to a server that it could not connect to: on a thread of the pool.
        options.SyncTimeout = 50;
        options.ConnectTimeout = (int)patience.TotalMilliseconds;
        options.ReconnectRetryPolicy = new LinearRetry(1_000);
#if NEW_REDIS_CLIENT
        options.AsyncTimeout = (int)patience.TotalMilliseconds;
        // As 1.2.6: what finds no connection fails. A script that waited could run in another life of the server.
        options.BacklogPolicy = BacklogPolicy.FailFast;
#endif
        var connecting = ConnectionMultiplexer.ConnectAsync(options);
        try { return await connecting.WaitAsync(patience); }
        catch (TimeoutException)
        {
            DropLate(connecting);
            throw;
        }
    }

    // Client 1.2.6 takes a subscription before its own connection for them is there, and makes it later.
    private async Task ListenAsync(TimeSpan patience)
    {
        var began = Stopwatch.GetTimestamp();
        await SubscribeAsync(echo).WaitAsync(patience);
        while (true)
        {
            try { await EchoAsync(patience / 20); return; }
            catch (TimeoutException) when (Stopwatch.GetElapsedTime(began) < patience) { /* once more */ }
        }
    }

    /// <summary>Asks for the time, and whether publications are heard, without waiting for either.</summary>
    public void Beat(TimeSpan patience, RedisTime time)
    {
        Interlocked.Increment(ref unanswered);
        Interlocked.Increment(ref unheard);
        _ = AskAsync();
        _ = ListenAsync();

        async Task AskAsync()
        {
            try { await MeasureAsync(patience, time); Volatile.Write(ref unanswered, 0); }
            catch (Exception) { /* counted */ }
        }

        async Task ListenAsync()
        {
            try { await EchoAsync(patience); Volatile.Write(ref unheard, 0); }
            catch (Exception) { /* counted */ }
        }
    }

    public async Task MeasureAsync(TimeSpan patience, RedisTime time)
    {
        var asked = time.GetTimestamp();
        time.Take(new(await Servers().First().TimeAsync().WaitAsync(patience), TimeSpan.Zero), asked);
    }

    /// <summary>Publishes on a channel of this connection's own and hears it.</summary>
    public async Task EchoAsync(TimeSpan patience)
    {
        var number = Interlocked.Increment(ref echoed);
        var heard = echoes[number] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await Database.PublishAsync(Channel(echo), number).WaitAsync(patience);
            await heard.Task.WaitAsync(patience);
        }
        finally { echoes.TryRemove(number, out _); }
    }

    /// <summary>Which process answers; of a cluster, which processes.</summary>
    public async Task<string> RunIdAsync(TimeSpan patience) =>
        string.Join('+', (await MastersAsync(patience)).Select(master => master.Run).Order(StringComparer.Ordinal));

    public async Task LoadAsync(ServerRun run, TimeSpan patience)
    {
        var loads = from server in Servers() from script in Script.All select server.ScriptLoadAsync(run.TextOf(script));
        await Task.WhenAll(loads.ToList()).WaitAsync(patience);
        run.Loaded();
    }

    /// <summary>Subscribes to a channel; nothing where it is subscribed to.</summary>
    public Task SubscribeAsync(string channel)
    {
        lock (channels)
        {
            if (channels.TryGetValue(channel, out var subscribed) && !subscribed.IsFaulted && !subscribed.IsCanceled) return subscribed;
            return channels[channel] = HearAsync(Channel(channel));
        }
    }

#if NEW_REDIS_CLIENT
    // A plain handler would be called with several messages of a channel at once.
    private async Task HearAsync(RedisChannel channel) => (await client.GetSubscriber().SubscribeAsync(channel)).OnMessage(message => Hear(message.Channel, message.Message));

    private Task EndAsync(RedisChannel channel) => client.GetSubscriber().UnsubscribeAsync(channel);
#else
    private Task HearAsync(RedisChannel channel) => client.GetSubscriber().SubscribeAsync(channel, Hear);

    private Task EndAsync(RedisChannel channel) => client.GetSubscriber().UnsubscribeAsync(channel, Hear);
#endif

    public void Unsubscribe(string channel)
    {
        lock (channels)
            if (channels.Remove(channel)) Forget(EndAsync(Channel(channel)));
    }

    public List<string> Subscribed()
    {
        lock (channels) return [.. channels.Keys.Where(channel => channel != echo)];
    }

    public void Publish(string channel, byte[] message)
    {
        if (Interlocked.Increment(ref publishing) > MostPublications) Interlocked.Decrement(ref publishing);
        else _ = PublishAsync();

        async Task PublishAsync()
        {
            try { await Database.PublishAsync(Channel(channel), message); }
            catch (Exception) { /* it is as if nobody had heard it */ }
            finally { Interlocked.Decrement(ref publishing); }
        }
    }

    public void Drop()
    {
        Drop(client);
        Barrier?.Drop();
    }

    /// <summary>Drops it once the calls that are under way have had their time.</summary>
    public void DropAfter(TimeSpan time) => _ = Task.Delay(time).ContinueWith(_ => Drop(), TaskScheduler.Default);

    // Closing waits for a server that may never answer: not on a thread of the pool.
    internal static void Drop(ConnectionMultiplexer client) => new Thread(() =>
    {
        try { client.Close(allowCommandsToComplete: false); client.Dispose(); }
        catch (Exception) { /* nothing depends on it */ }
    }) { IsBackground = true, Name = "A Redis connection is closed" }.Start();

    private static async void DropLate(Task<ConnectionMultiplexer> connecting)
    {
        try { Drop(await connecting); }
        catch (Exception) { /* it was never there */ }
    }

    private static async void Forget(Task task)
    {
        try { await task; }
        catch (Exception) { /* the connection is being dropped */ }
    }

    private static RedisChannel Channel(string name) => new(name, RedisChannel.PatternMode.Literal);

    private IEnumerable<IServer> Servers() => client.GetEndPoints().Select(address => client.GetServer(address)).Where(server => server.IsConnected);

    private async Task<List<(IServer Server, string Run)>> MastersAsync(TimeSpan patience)
    {
        var masters = new List<(IServer, string)>();
        foreach (var server in Servers())
        {
            var told = (await server.InfoRawAsync().WaitAsync(patience))!.Split('\n', StringSplitOptions.TrimEntries);
            string? Value(string name) => Array.Find(told, line => line.StartsWith(name + ":", StringComparison.Ordinal))?[(name.Length + 1)..];
            if (Value("role") == "master") masters.Add((server, Value("run_id") ?? throw new RoomLogException("Redis does not name its run")));
        }
        return masters.Count > 0 ? masters : throw new RoomLogException("Redis has no master that can be reached");
    }

    private void Hear(RedisChannel channel, RedisValue message)
    {
        if (channel == Channel(echo))
        {
            if (echoes.TryGetValue(long.Parse((string)message!, CultureInfo.InvariantCulture), out var waiting)) waiting.TrySetResult();
        }
        else hear(this, (string)channel!, (byte[])message!);
    }
}
