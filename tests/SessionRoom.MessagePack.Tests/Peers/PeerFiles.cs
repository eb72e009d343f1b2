using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace SessionRoom.MessagePack.Tests.Peers;

/// <summary>The folder of the real peers, and its programs run to the end.</summary>
internal static class PeerFiles
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(Here(), "..", "..", "peers"));

    public static IReadOnlyList<(string Path, string File)> Scripts { get; } =
    [
        ("/signalr.js", InFolder("node_modules/@microsoft/signalr/dist/browser/signalr.js")),
        ("/msgpack.js", InFolder("node_modules/@microsoft/signalr-protocol-msgpack/dist/browser/signalr-protocol-msgpack.js")),
        ("/signalr-scenarios.js", InFolder("signalr-scenarios.js")),
        ("/signalr-values.js", InFolder("signalr-values.js")),
    ];

    /// <summary>Why the peers cannot run here; null if they can. Under CI they must.</summary>
    public static string? Lacking(bool browser)
    {
        if (Environment.GetEnvironmentVariable("CI") is "true") return null;
        if (!Directory.Exists(InFolder("node_modules"))) return "Run npm ci in tests/peers first.";
        return browser && !File.Exists(Chromium) ? "Chromium is not installed." : null;
    }

    private static string Chromium => Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";

    public static async Task<string> RunAsync(params string[] arguments)
    {
        using var node = new Process
        {
            StartInfo = new ProcessStartInfo("node", arguments)
            {
                WorkingDirectory = Folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        node.Start();
        var output = node.StandardOutput.ReadToEndAsync();
        var errors = node.StandardError.ReadToEndAsync();
        try
        {
            await node.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3));
        }
        finally
        {
            if (!node.HasExited) node.Kill(entireProcessTree: true);
        }

        Assert.True(node.ExitCode == 0, await errors);
        return await output;
    }

    private static string InFolder(string path) => Path.Combine(Folder, path);

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}

/// <summary>A test that needs Node and its packages.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PeerTheoryAttribute : TheoryAttribute
{
    public PeerTheoryAttribute(bool browser = false)
    {
        Browser = browser;
        Skip = PeerFiles.Lacking(browser);
    }

    public bool Browser { get; }
}
