using System.Security.Cryptography;
using System.Text;
using SessionRoom.Rooms;
using StackExchange.Redis;

namespace SessionRoom.Redis;

/// <summary>What this project asks of the Redis client, and its guards: a deadline for every call, and scripts that survive <c>SCRIPT FLUSH</c>.</summary>
/// <remarks>Only API that client versions 1.2.6 to 3.x share. Version 1.2.6 lets a call to a server that hangs wait for ever, and throws <c>NOSCRIPT</c> instead of sending the script again.</remarks>
internal sealed class RedisLink : IAsyncDisposable
{
    private readonly ConnectionMultiplexer connections;
    private readonly TimeSpan patience;

    private RedisLink(ConnectionMultiplexer connections, TimeSpan patience) => (this.connections, this.patience) = (connections, patience);

    /// <exception cref="RoomLogException">Nobody answers at the address.</exception>
    public static async Task<RedisLink> OpenAsync(string address, TimeSpan patience)
    {
        try
        {
            var options = ConfigurationOptions.Parse(address);
            options.AbortOnConnectFail = true;
            options.ReconnectRetryPolicy = new LinearRetry(1_000);
            return new(await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(patience), patience);
        }
        // The address may hold a password: it is not repeated.
        catch (Exception problem) when (problem is RedisException or TimeoutException or ArgumentException) { throw new RoomLogException("Redis does not answer at the address that is set", problem); }
    }

    /// <summary>Runs a script as one step.</summary>
    /// <exception cref="RoomLogException">Redis does not answer in time, or refuses.</exception>
    public async Task<RedisResult> RunAsync(Script script, RedisKey[] keys, RedisValue[] values, CancellationToken cancel)
    {
        try
        {
            try
            {
                return await connections.GetDatabase().ScriptEvaluateAsync(script.Hash, keys, values).WaitAsync(patience, cancel);
            }
            catch (RedisServerException problem) when (problem.Message.Contains("NOSCRIPT", StringComparison.Ordinal))
            {
                await connections.GetDatabase().ExecuteAsync("SCRIPT", "LOAD", script.Text).WaitAsync(patience, cancel);
                return await connections.GetDatabase().ScriptEvaluateAsync(script.Hash, keys, values).WaitAsync(patience, cancel);
            }
        }
        catch (Exception problem) when (problem is RedisException or TimeoutException) { throw new RoomLogException("Redis could not be reached", problem); }
    }

    /// <summary>Sets a key for a moment: proves that a write can happen.</summary>
    public async Task ProbeAsync(CancellationToken cancel)
    {
        try
        {
            await connections.GetDatabase().StringSetAsync("sr:probe", 1, TimeSpan.FromMinutes(1)).WaitAsync(patience, cancel);
        }
        catch (Exception problem) when (problem is RedisException or TimeoutException) { throw new RoomLogException("Redis cannot be written", problem); }
    }

    public async ValueTask DisposeAsync()
    {
        // Closing waits for answers that a hung server never gives.
        await Task.WhenAny(connections.CloseAsync(), Task.Delay(TimeSpan.FromSeconds(1)));
        connections.Dispose();
    }
}

/// <summary>A script of the <c>Scripts</c> folder, and the SHA-1 that Redis calls it by.</summary>
internal sealed record Script(string Text, byte[] Hash)
{
    public static readonly Script Create = Read("create"), Append = Read("append"), AppendBoard = Read("append-board"), Load = Read("load"), Save = Read("save"), Delete = Read("delete");

    private static Script Read(string name)
    {
        using var reader = new StreamReader(typeof(Script).Assembly.GetManifestResourceStream(name)!);
        var text = reader.ReadToEnd();
        return new(text, SHA1.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
