using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SessionRoom.Redis.Tests;

/// <summary>A real <c>redis-server</c> of the test's own on a free loopback port and in a folder of its own; both go with it.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("session-room-redis-");
    private readonly string fsync;
    private Process process;

    private RedisServer(int port, string fsync) => (Port, this.fsync, process) = (port, fsync, new());

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    /// <summary>Why there is none here; null if there is. Under CI there must be.</summary>
    public static string? Lacking =>
        Environment.GetEnvironmentVariable("CI") is "true" || File.Exists("/usr/bin/redis-server") ? null : "redis-server is not installed.";

    /// <param name="fsync">Redis' <c>appendfsync</c>.</param>
    public static async Task<RedisServer> StartAsync(string fsync = "everysec")
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var server = new RedisServer(port, fsync);
        await server.RunAsync();
        return server;
    }

    /// <summary>Starts it, on the data that it had before.</summary>
    public async Task RunAsync()
    {
        string[] arguments = ["--port", $"{Port}", "--bind", "127.0.0.1", "--dir", folder.FullName, "--appendonly", "yes", "--appendfsync", fsync, "--save", "", "--daemonize", "no"];
        process = new() { StartInfo = new("redis-server", arguments) { RedirectStandardOutput = true, UseShellExecute = false } };
        process.Start();
        using var deadline = new CancellationTokenSource(Patience);
        while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal)) break;
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
    }

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

    public async Task InitializeAsync() => Server = await RedisServer.StartAsync();

    public Task DisposeAsync() => Server.DisposeAsync().AsTask();
}
