using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SessionRoom.LoadTests.Fleet;

/// <summary>A <c>redis-server</c> on a free loopback port and in a folder of its own; both go with it. Everything is in its append-only file.</summary>
public sealed class RedisProcess : IAsyncDisposable
{
    private const string Binary = "/usr/bin/redis-server";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sessionroom-load-redis-");
    private readonly string _fsync;
    private DirectoryInfo? _copy;
    private Process? _process;

    private readonly int? _core;

    private RedisProcess(int port, string fsync, int? core) => (Port, _fsync, _core) = (port, fsync, core);

    /// <summary>Why there can be none here; null if there can. Under CI there must be.</summary>
    public static string? Lacking => Environment.GetEnvironmentVariable("CI") is "true" || File.Exists(Binary) ? null : "redis-server is not installed.";

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    public int Id => _process!.Id;

    public TimeSpan CpuTime
    {
        get
        {
            _process!.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <param name="fsync">Redis' <c>appendfsync</c>: <c>always</c>, <c>everysec</c> or <c>no</c>.</param>
    /// <param name="core">The only core that it gets; all of them by default.</param>
    public static async Task<RedisProcess> StartAsync(string fsync = "everysec", int? core = null)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var redis = new RedisProcess(port, fsync, core);
        AppDomain.CurrentDomain.ProcessExit += redis.KillNow;
        try
        {
            await redis.StartAgainAsync();
            return redis;
        }
        catch
        {
            await redis.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it on the data and the port that it had before; completes when it has read the data.</summary>
    public async Task StartAgainAsync()
    {
        string[] arguments = ["--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _folder.FullName, "--appendonly", "yes", "--appendfsync", _fsync, "--save", "", "--daemonize", "no"];
        var process = _process = new() { StartInfo = new(_core is null ? Binary : "taskset", _core is null ? arguments : ["-c", $"{_core}", Binary, .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false } };
        process.Start();
        var said = new StringBuilder();
        using var deadline = new CancellationTokenSource(Patience);
        while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            said.AppendLine(line);
            if (!line.Contains("Ready to accept connections", StringComparison.Ordinal)) continue;
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return;
        }
        throw new InvalidOperationException($"redis-server ended before it listened:\n{said}");
    }

    /// <summary><c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process) return;
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync().WaitAsync(Patience);
        process.Dispose();
        _process = null;
    }

    /// <summary>Keeps a copy of its data as it is on disk now.</summary>
    public void Remember()
    {
        _copy?.Delete(recursive: true);
        _copy = Directory.CreateTempSubdirectory("sessionroom-load-redis-old-");
        Copy(_folder, _copy);
    }

    /// <summary>While it is down: its data is that of the copy, as after a restore from an older append-only file.</summary>
    public void GoBack()
    {
        foreach (var entry in _folder.EnumerateDirectories()) entry.Delete(recursive: true);
        Copy(_copy!, _folder);
    }

    /// <summary><c>SIGSTOP</c>: its sockets stay open, and nothing is answered until <see cref="GoOnAsync"/>.</summary>
    public Task StopAsync() => SignalAsync("STOP");

    /// <summary><c>SIGCONT</c>.</summary>
    public Task GoOnAsync() => SignalAsync("CONT");

    /// <summary>Everything in it is gone.</summary>
    public async Task FlushAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        var stream = client.GetStream();
        await stream.WriteAsync("FLUSHALL\r\n"u8.ToArray());
        using var reader = new StreamReader(stream);
        using var deadline = new CancellationTokenSource(Patience);
        if (await reader.ReadLineAsync(deadline.Token) is not "+OK" and var answer) throw new InvalidOperationException($"FLUSHALL: {answer}");
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process!.Id}"]);
        await kill.WaitForExitAsync().WaitAsync(Patience);
        if (kill.ExitCode != 0) throw new InvalidOperationException($"SIG{signal} was not delivered");
    }

    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (var folder in from.EnumerateDirectories()) Copy(folder, to.CreateSubdirectory(folder.Name));
        foreach (var file in from.EnumerateFiles()) file.CopyTo(Path.Combine(to.FullName, file.Name), overwrite: true);
    }

    private void KillNow(object? sender, EventArgs e) => _process?.Kill();

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillNow;
        await KillAsync();
        _folder.Delete(recursive: true);
        _copy?.Delete(recursive: true);
    }
}
