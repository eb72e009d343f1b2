using System.Diagnostics;

namespace SessionRoom.LoadTests.Peers;

/// <summary>The servers that npm has: installed at run time into a temporary folder that later runs use again.</summary>
internal static class NodePackages
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly string Sources = Path.Combine(AppContext.BaseDirectory, "Peers");

    /// <summary>Where they are installed: another folder for another list of packages.</summary>
    public static string Folder { get; } = Path.Combine(Path.GetTempPath(), $"sessionroom-load-peers-{Fingerprint()}");

    /// <summary>Whether a contender of this key is one of them.</summary>
    public static bool Serve(string key) => key is "socketio" or "socketio-tell" or "hocuspocus" or "y-websocket";

    /// <summary>Installs what is missing. The native part of an SQLite is built where no binary of it can be had.</summary>
    /// <returns>Why they cannot be had; null if they can.</returns>
    public static async Task<string?> InstallAsync()
    {
        try
        {
            Directory.CreateDirectory(Folder);
            foreach (var file in Directory.EnumerateFiles(Sources)) File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)), overwrite: true);
            if (File.Exists(Path.Combine(Folder, "installed"))) return null;
            await NpmAsync("install", "--no-audit", "--no-fund", "--ignore-scripts");
            // Newer versions of npm run a package's own scripts only where that was said to be right; older ones do not know how to say it.
            await NpmAsync("pkg", "set", "allowScripts.better-sqlite3=true", "--json");
            await NpmAsync("rebuild", "better-sqlite3");
            await File.WriteAllTextAsync(Path.Combine(Folder, "installed"), "");
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException or System.ComponentModel.Win32Exception)
        {
            return e.Message;
        }
    }

    /// <summary>Starts one of the scripts beside this file on a free port.</summary>
    public static Task<Child> StartAsync(int? core, string script, params string[] arguments) =>
        Child.StartAsync(core, Folder, new Dictionary<string, string>(StringComparer.Ordinal) { ["NODE_ENV"] = "production" }, ["node", script, .. arguments]);

    private static string Fingerprint() =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(Sources, "package.json"))))[..8];

    private static async Task NpmAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("npm", arguments) { WorkingDirectory = Folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var npm = Process.Start(start)!;
        var said = Task.WhenAll(npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
        await npm.WaitForExitAsync().WaitAsync(Patience);
        if (npm.ExitCode != 0) throw new InvalidOperationException($"npm {string.Join(' ', arguments)}: {string.Join('\n', await said)}");
    }
}
