using System.Diagnostics;

namespace SessionRoom.LoadTests.Peers;

/// <summary>Hocuspocus, installed with npm into a temporary folder that later runs use again.</summary>
internal sealed class HocuspocusPeer : BoardPeer
{
    private const string Listening = "listening on ", Version = "4.7.0";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60), InstallPatience = TimeSpan.FromMinutes(10);
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), $"sessionroom-load-hocuspocus-{Version}");

    private readonly int _core;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("sessionroom-load-");
    private Process? _process;
    private Uri _address = new("http://127.0.0.1:0");

    private HocuspocusPeer(int core) => _core = core;

    public override string Name => $"Hocuspocus {Version}";
    public override int Pid => _process!.Id;

    /// <summary>Installs what it needs, unless an earlier run did. The native part of its SQLite is built where no binary of it can be had.</summary>
    public static async Task InstallAsync()
    {
        if (File.Exists(Path.Combine(Folder, "installed"))) return;
        Directory.CreateDirectory(Folder);
        foreach (var file in (string[])["package.json", "hocuspocus.mjs"]) File.Copy(Path.Combine(AppContext.BaseDirectory, "Peers", file), Path.Combine(Folder, file), overwrite: true);
        await NpmAsync("install", "--no-audit", "--no-fund", "--ignore-scripts");
        // Newer versions of npm run a package's own scripts only where that was said to be right; older ones do not know how to say it.
        await NpmAsync("pkg", "set", "allowScripts.better-sqlite3=true", "--json");
        await NpmAsync("rebuild", "better-sqlite3");
        await File.WriteAllTextAsync(Path.Combine(Folder, "installed"), Version);
    }

    public static async Task<BoardPeer> StartAsync(int core)
    {
        var peer = new HocuspocusPeer(core);
        AppDomain.CurrentDomain.ProcessExit += peer.KillNow;
        await peer.StartAsync();
        return peer;
    }

    public override Task PrepareAsync(IReadOnlyList<string> rooms) => Task.CompletedTask;

    public override PeerMember Member(string room, char letter) => new HocuspocusMember(_address, room, letter);

    public override async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    private async Task StartAsync()
    {
        var start = new ProcessStartInfo("taskset", ["-c", $"{_core}", "node", "hocuspocus.mjs", Path.Combine(_data.FullName, "boards.sqlite")])
        {
            WorkingDirectory = Folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["NODE_ENV"] = "production";
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => { if (line.Data?.StartsWith(Listening, StringComparison.Ordinal) is true) listening.TrySetResult(new Uri(line.Data[Listening.Length..])); };
        process.ErrorDataReceived += (_, line) => { if (line.Data is not null) Console.Error.WriteLine(line.Data); };
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("node ended before it listened"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _address = await listening.Task.WaitAsync(Patience);
    }

    /// <summary>It stores what is unsaved when it is asked to end.</summary>
    private async Task StopAsync()
    {
        if (_process is not { } process) return;
        using (var asking = Process.Start("kill", ["-TERM", $"{process.Id}"])) await asking.WaitForExitAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        process.Dispose();
        _process = null;
    }

    private void KillNow(object? sender, EventArgs e) => _process?.Kill();

    private static async Task NpmAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("npm", arguments) { WorkingDirectory = Folder, UseShellExecute = false, RedirectStandardOutput = true };
        using var npm = Process.Start(start)!;
        var said = npm.StandardOutput.ReadToEndAsync();
        await npm.WaitForExitAsync().WaitAsync(InstallPatience);
        if (npm.ExitCode != 0) throw new InvalidOperationException($"npm {string.Join(' ', arguments)}: {await said}");
    }

    public override async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillNow;
        await StopAsync();
        _data.Delete(recursive: true);
    }
}
