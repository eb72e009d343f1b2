using System.Diagnostics;
using SessionRoom.Rooms;
using StackExchange.Redis;

namespace SessionRoom.Redis;

/// <summary>Scripts, and the server's lives that they are bound to.</summary>
internal sealed partial class RedisLink
{
    private const int MostAttempts = 3;

    private readonly SemaphoreSlim learning = new(1);
    private volatile ServerRun run = null!;

    /// <summary>The run id of the redis-server process that scripts are run on.</summary>
    public string Run => run.Id;

    /// <summary>For how long this link has known of that run.</summary>
    public TimeSpan RunAge => options.Clock.GetElapsedTime(run.SeenAt);

    /// <summary>Runs a script as one step.</summary>
    /// <exception cref="RedisRestartedException">The server is in another run: the script was not run.</exception>
    /// <exception cref="RoomLogException">Redis is away or refuses: the script was not run; or it does not answer in time, and whether it was is unknown.</exception>
    /// <remarks>A durable script whose server flushes after it has answered may take three times the patience.</remarks>
    public async Task<RedisResult> RunAsync(Script script, RedisKey[] keys, RedisValue[] values, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        var prepared = run;
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var connection = await ConnectedAsync(began, cancel);
                var loads = prepared.Loads;
                try
                {
                    var result = await connection.Database.ScriptEvaluateAsync(prepared.HashOf(script), keys, values).WaitAsync(Left(began), cancel);
                    if (script.Durable && connection.Barrier is { } barrier && !result.IsNull) await FlushedAsync(barrier, connection, prepared, cancel);
                    return result;
                }
                catch (RedisServerException problem) when (LacksScript(problem) && attempt < MostAttempts)
                {
                    await LearnAsync(connection, prepared, loads).WaitAsync(Left(began), cancel);
                    if (run != prepared) throw new RedisRestartedException();
                }
            }
        }
        catch (RedisServerException problem) { throw new RoomLogException("Redis refused", problem); }
        catch (Exception problem) when (IsRedis(problem) && !cancel.IsCancellationRequested) { throw new RoomLogException("Redis could not be reached", problem); }
    }

    private async Task FlushedAsync(DiskBarrier barrier, RedisConnection connection, ServerRun written, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var loads = written.Loads;
            try
            {
                await barrier.WaitAsync(written).WaitAsync(options.Patience * 2, cancel);
                if (run == written) return;
                throw new RoomLogException("Redis was restarted before it had flushed");
            }
            catch (RedisServerException problem) when (LacksScript(problem) && attempt < MostAttempts) { await LearnAsync(connection, written, loads).WaitAsync(options.Patience, cancel); }
            catch (RedisServerException problem) { throw new RoomLogException("Redis did not flush", problem); }
        }
    }

    private static bool LacksScript(RedisServerException problem) => problem.Message.Contains("NOSCRIPT", StringComparison.Ordinal);

    /// <summary>The server has none of the scripts: either it forgot them, or it is in another run.</summary>
    private async Task LearnAsync(RedisConnection connection, ServerRun seen, int loads)
    {
        await learning.WaitAsync();
        try
        {
            // Whoever was first has done it for all.
            if (run != seen || seen.Loads != loads) return;
            var found = new ServerRun(await connection.RunIdAsync(options.Patience), options.Clock.GetTimestamp());
            if (found.Id == seen.Id)
            {
                await connection.LoadAsync(seen, options.Patience);
                Log.ScriptsLoaded(options.Logger);
                return;
            }
            await connection.LoadAsync(found, options.Patience);
            Log.Restarted(options.Logger, found.Id, seen.Id);
            run = found;
            Raise();
        }
        finally { learning.Release(); }
    }
}
