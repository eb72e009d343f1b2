using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SessionRoom.Redis.Tests;

/// <summary>A real <c>redis-server</c> of the test's own on a free loopback port and in a folder of its own; both go with it.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    /// <summary>Redis' own name of the folder with its append-only file.</summary>
    private const string Log = "appendonlydir";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("session-room-redis-");
    /// <summary>As on the command line; those of the next start.</summary>
    public string[] Settings { get; }

    private Process process = new();

    private RedisServer(int port, string[] settings) => (Port, Settings) = (port, settings);

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    /// <summary>Why there is none here; null if there is. Under CI there must be.</summary>
    public static string? Lacking =>
        Environment.GetEnvironmentVariable("CI") is "true" || File.Exists("/usr/bin/redis-server") ? null : "redis-server is not installed.";

    /// <param name="fsync">Redis' <c>appendfsync</c>.</param>
    /// <param name="more">Settings as on the command line.</param>
    public static async Task<RedisServer> StartAsync(string fsync = "everysec", params string[] more)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var server = new RedisServer(port, ["--appendonly", "yes", "--appendfsync", fsync, .. more]);
        await server.RunAsync();
        return server;
    }

    /// <summary>Starts it, on the data that it had before.</summary>
    public async Task RunAsync()
    {
        string[] arguments = ["--port", $"{Port}", "--bind", "127.0.0.1", "--dir", folder.FullName, "--save", "", "--daemonize", "no", .. Settings];
        process = new() { StartInfo = new("redis-server", arguments) { RedirectStandardOutput = true, UseShellExecute = false } };
        process.Start();
        using var deadline = new CancellationTokenSource(Patience);
        while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal)) break;
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
    }

    /// <summary>A copy of what it has on disk now.</summary>
    public DirectoryInfo Copy()
    {
        var copy = Directory.CreateDirectory(Path.Combine(folder.FullName, $"copy-{Guid.NewGuid():N}"));
        foreach (var file in new DirectoryInfo(Path.Combine(folder.FullName, Log)).EnumerateFiles()) file.CopyTo(Path.Combine(copy.FullName, file.Name));
        return copy;
    }

    /// <summary>Kills it and starts it on an older copy.</summary>
    public async Task GoBackAsync(DirectoryInfo copy)
    {
        await KillAsync();
        var log = Directory.CreateDirectory(Path.Combine(folder.FullName, Log));
        log.Delete(recursive: true);
        copy.MoveTo(log.FullName);
        await RunAsync();
    }

    /// <summary>Kills it and starts it on the data that it had.</summary>
    public async Task RestartAsync()
    {
        await KillAsync();
        await RunAsync();
    }

    /// <summary>Sends a command over a connection of its own. What is answered is as text, the elements of a list on lines.</summary>
    public Task<string> AskAsync(params string[] command) => Resp.AskAsync(Port, command).WaitAsync(Patience);

    /// <summary>It hangs: connections stay and are made, nothing is answered.</summary>
    public Task PauseAsync() => SignalAsync("-STOP");

    public Task ContinueAsync() => SignalAsync("-CONT");

    /// <summary>As <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync().WaitAsync(Patience);
        process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        folder.Delete(recursive: true);
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{process.Id}"]);
        await kill.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(0, kill.ExitCode);
    }
}

/// <summary>A test that needs Redis.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RedisFactAttribute : FactAttribute
{
    public RedisFactAttribute() => Skip = RedisServer.Lacking;
}

/// <summary>One server for the tests of a class.</summary>
public sealed class SharedRedis : IAsyncLifetime
{
    public RedisServer Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (RedisServer.Lacking is null) Server = await RedisServer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (RedisServer.Lacking is null) await Server.DisposeAsync();
    }
}

/// <summary>A test with cases that needs Redis.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RedisTheoryAttribute : TheoryAttribute
{
    public RedisTheoryAttribute() => Skip = RedisServer.Lacking;
}
