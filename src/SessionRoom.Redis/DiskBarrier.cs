using Microsoft.Extensions.Logging;
using SessionRoom.Rooms;
using StackExchange.Redis;

namespace SessionRoom.Redis;

/// <summary>Waits until everything that Redis has answered so far is in its file and flushed, for all who wait at once.</summary>
/// <remarks>
/// <c>WAITAOF</c> (Redis 7.2) holds its connection up and waits for that connection's own writes, so it has one of its own and writes a mark first. One wait is under way; who comes meanwhile
/// shares the next. With <c>appendfsync everysec</c> a wait takes up to a second, so that an answer takes up to two.
/// </remarks>
internal sealed class DiskBarrier
{
    private readonly ConnectionMultiplexer client;
    private readonly TimeSpan patience;
    private readonly Lock gate = new();
    private TaskCompletionSource? next;
    private bool waiting;

    private DiskBarrier(ConnectionMultiplexer client, TimeSpan patience) => (this.client, this.patience) = (client, patience);

    /// <summary>What makes answers of these servers survive their machines: null where Redis does so before it answers.</summary>
    /// <exception cref="RoomLogException">Nothing does.</exception>
    public static async Task<DiskBarrier?> ForAsync(IReadOnlyList<IServer> masters, IDatabase database, Func<Task<ConnectionMultiplexer>> connect, TimeSpan patience, ILogger logger)
    {
        var settings = new List<(string? AppendOnly, string? Fsync)>();
        foreach (var master in masters) settings.Add((await SettingAsync(master, "appendonly", patience), await SettingAsync(master, "appendfsync", patience)));
        // Then Redis flushes before it answers.
        if (settings.TrueForAll(set => set is ("yes", "always"))) return null;
        if (settings.Exists(set => set.AppendOnly == "no")) throw new RoomLogException("Durability is set to disk, and Redis keeps nothing on its disk: set appendonly yes");
        if (masters.Count == 1 && await KnowsWaitAsync(database, patience)) return new(await connect(), patience);
        if (settings.Exists(set => set.Fsync is not (null or "always")))
            throw new RoomLogException("Durability is set to disk, and this Redis answers before it has flushed: set appendfsync always, or use one master of Redis 7.2 or later");
        Log.DurabilityUnknown(logger);
        return null;
    }

    /// <param name="run">The life of the server in which it was written: in another it may be lost.</param>
    /// <exception cref="RoomLogException">Whether it is on the disk is unknown.</exception>
    public Task WaitAsync(ServerRun run)
    {
        lock (gate)
        {
            next ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            var shared = next.Task;
            if (!waiting)
            {
                waiting = true;
                _ = Task.Run(() => TakeTurnsAsync(run));
            }
            return shared;
        }
    }

    public void Drop() => RedisConnection.Drop(client);

    private async Task TakeTurnsAsync(ServerRun run)
    {
        while (true)
        {
            TaskCompletionSource turn;
            lock (gate)
            {
                if (next is null) { waiting = false; return; }
                (turn, next) = (next, null);
            }
            try { await FlushedAsync(run); turn.SetResult(); }
            catch (Exception problem) { turn.SetException(problem); }
        }
    }

    private async Task FlushedAsync(ServerRun run)
    {
        var mark = client.GetDatabase().ScriptEvaluateAsync(run.HashOf(Script.Sync), ["sr:synced"], []);
        var flushed = client.GetDatabase().ExecuteAsync("WAITAOF", "1", "0", $"{(long)patience.TotalMilliseconds}");
        await Task.WhenAll(mark, flushed).WaitAsync(patience * 1.5);
        if ((long)((RedisResult[])(await flushed)!)[0] < 1) throw new RoomLogException("Redis did not bring to its disk in time what it was sent");
    }

    /// <summary>Null where Redis does not tell.</summary>
    private static async Task<string?> SettingAsync(IServer master, string name, TimeSpan patience)
    {
        try { return Array.Find(await master.ConfigGetAsync(name).WaitAsync(patience), setting => setting.Key == name).Value; }
        catch (Exception problem) when (problem is RedisServerException or RedisCommandException) { return null; }
    }

    private static async Task<bool> KnowsWaitAsync(IDatabase database, TimeSpan patience)
    {
        try { return (RedisResult[]?)await database.ExecuteAsync("COMMAND", "INFO", "WAITAOF").WaitAsync(patience) is [{ IsNull: false }]; }
        catch (RedisServerException) { return false; }
    }
}
