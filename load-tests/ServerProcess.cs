using System.Diagnostics;
using System.Text;

namespace SessionRoom.LoadTests;

/// <summary>A server in a process of its own, on a free loopback port and a data folder of its own; both go with it.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const string Loopback = "http://127.0.0.1:";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Passing = ["address already in use", "Redis does not answer"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sessionroom-load-");
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly StringBuilder _said = new();
    private Process? _process;
    private volatile bool _listens;

    private readonly int? _core;

    private ServerProcess(IReadOnlyDictionary<string, string> settings, int? core) => (_settings, _core) = (settings, core);

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public int Id => _process!.Id;

    /// <summary>Starts a server and waits until it listens. Anyone may create rooms on it.</summary>
    /// <param name="settings">Environment variables.</param>
    /// <param name="core">The only core that it gets; all of them by default.</param>
    public static async Task<ServerProcess> StartAsync(IReadOnlyDictionary<string, string>? settings = null, int? core = null)
    {
        var server = new ServerProcess(settings ?? new Dictionary<string, string>(StringComparer.Ordinal), core);
        AppDomain.CurrentDomain.ProcessExit += server.KillNow;
        try
        {
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it on the data and the port that it had before, which somebody's outgoing connection may have for a moment; and again, as a supervisor does, where its Redis is away.</summary>
    public async Task StartAgainAsync()
    {
        for (var left = 20; ; left--)
        {
            try
            {
                await RunAsync();
                return;
            }
            catch (InvalidOperationException) when (left > 0 && Array.Exists(Passing, why => Said.Contains(why, StringComparison.OrdinalIgnoreCase)))
            {
                lock (_said) _said.Clear();
                await Task.Delay(TimeSpan.FromSeconds(0.5));
            }
        }
    }

    private async Task RunAsync()
    {
        var start = new ProcessStartInfo(_core is null ? "dotnet" : "taskset", _core is null ? [Binary()] : ["-c", $"{_core}", "dotnet", Binary()])
        {
            WorkingDirectory = _folder.FullName, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in _settings) start.Environment[name] = value;
        start.Environment["ASPNETCORE_URLS"] = Address.GetLeftPart(UriPartial.Authority);
        start.Environment["SessionRoom__DataDirectory"] = Path.Combine(_folder.FullName, "data");
        start.Environment["SessionRoom__OpenCreation"] = "true";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";

        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        void Hear(string? line)
        {
            if (line is null) return;
            lock (_said) _said.AppendLine(line);
            if (line.IndexOf(Loopback, StringComparison.Ordinal) is >= 0 and var at && Uri.TryCreate(line[at..].TrimEnd('"', '.', ' '), UriKind.Absolute, out var address)) listening.TrySetResult(address);
        }
        process.OutputDataReceived += (_, e) => Hear(e.Data);
        process.ErrorDataReceived += (_, e) => Hear(e.Data);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"the server ended before it listened:\n{Said}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Address = await listening.Task.WaitAsync(Patience);
        _listens = true;
    }

    /// <summary>What it wrote to its console.</summary>
    public string Said
    {
        get { lock (_said) return _said.ToString(); }
    }

    /// <summary>Whether it listens, as far as is known.</summary>
    public bool Runs => _listens && _process is { HasExited: false };

    public TimeSpan CpuTime
    {
        get
        {
            _process!.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory, in bytes.</summary>
    public long Memory
    {
        get
        {
            _process!.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary><c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        _listens = false;
        if (_process is not { } process) return;
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        _process = null;
    }

    private void KillNow(object? sender, EventArgs e) => _process?.Kill();

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillNow;
        await KillAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Beside this program in the build's output, in the same configuration.</summary>
    private static string Binary()
    {
        var here = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var path = Path.Combine(here.Parent!.Parent!.FullName, "SessionRoom.Server", here.Name, "SessionRoom.Server.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException("the server is not built", path);
    }
}
