using System.Diagnostics;
using System.Text;

namespace SessionRoom.LoadTests.Peers;

/// <summary>A server process that says where it listens, on one core; it ends with this program.</summary>
internal sealed class Child : IAsyncDisposable
{
    private const string Loopback = "http://127.0.0.1:";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private Child(Process process) => _process = process;

    public int Pid => _process.Id;
    public Uri Address { get; private set; } = new(Loopback + "0");

    public bool Runs => !_process.HasExited;

    public static async Task<Child> StartAsync(int? core, string folder, IReadOnlyDictionary<string, string> environment, params string[] command)
    {
        if (core is not null) command = ["taskset", "-c", $"{core}", .. command];
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var child = new Child(new() { StartInfo = start, EnableRaisingEvents = true });
        child._process.OutputDataReceived += (_, line) => child.Hear(line.Data, listening);
        child._process.ErrorDataReceived += (_, line) => child.Hear(line.Data, listening);
        child._process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"{string.Join(' ', command)} ended before it listened:\n{child.Said}"));
        child._process.Start();
        AppDomain.CurrentDomain.ProcessExit += child.KillNow;
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        try
        {
            child.Address = await listening.Task.WaitAsync(Patience);
            return child;
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    public string Said
    {
        get { lock (_said) return _said.ToString(); }
    }

    /// <summary>Asks it to end, so that it can store what it has.</summary>
    public async Task StopAsync()
    {
        using (var asking = Process.Start("kill", ["-TERM", $"{_process.Id}"])) await asking.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    private void Hear(string? line, TaskCompletionSource<Uri> listening)
    {
        if (line is null) return;
        lock (_said) if (_said.Length < 100_000) _said.AppendLine(line);
        if (line.IndexOf(Loopback, StringComparison.Ordinal) is >= 0 and var at && Uri.TryCreate(line[at..].Trim(), UriKind.Absolute, out var address)) listening.TrySetResult(address);
    }

    private void KillNow(object? sender, EventArgs e) => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillNow;
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
