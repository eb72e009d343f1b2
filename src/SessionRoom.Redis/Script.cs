using System.Security.Cryptography;
using System.Text;

namespace SessionRoom.Redis;

/// <summary>A script of the <c>Scripts</c> folder. A durable one is answered only when what it wrote is as safe as the link's durability says.</summary>
internal sealed class Script
{
    private static readonly List<Script> Known = [];

    public static readonly Script
        Create = Read("create", durable: true),
        Append = Read("append", durable: true),
        AppendBoard = Read("append-board", durable: true),
        Load = Read("load"),
        Save = Read("save"),
        Delete = Read("delete", durable: true),
        Look = Read("look"),
        Adopt = Read("adopt"),
        WriteBack = Read("write-back", durable: true),
        Note = Read("note", durable: true),
        IsNoted = Read("is-noted"),
        Noted = Read("noted"),
        Forget = Read("forget"),
        Waiting = Read("waiting"),
        Move = Read("move", durable: true),
        Moved = Read("moved"),
        Purge = Read("purge", durable: true),
        SetFeed = Read("set-feed", durable: true),
        ReadFeed = Read("read-feed"),
        TrimFeed = Read("trim-feed"),
        Hold = Read("hold"),
        Told = Read("told"),
        LoadReport = Read("load-report"),
        Report = Read("report", durable: true),
        Sync = Read("sync");

    private Script(string text, bool durable) => (Text, Durable, Index) = (text, durable, Known.Count);

    public static IReadOnlyList<Script> All => Known;

    public string Text { get; }

    public bool Durable { get; }

    public int Index { get; }

    private static Script Read(string name, bool durable = false)
    {
        using var reader = new StreamReader(typeof(Script).Assembly.GetManifestResourceStream(name)!);
        var script = new Script(reader.ReadToEnd(), durable);
        Known.Add(script);
        return script;
    }
}

/// <summary>One life of the redis-server process, and the scripts as they are called in it.</summary>
/// <remarks>Each text begins with the process' run id, so that its SHA-1 is another one in every life: after a restart a call gets <c>NOSCRIPT</c>, also when somebody else has
/// loaded the scripts again, and nothing runs on a log that may have lost its newest entries before somebody has looked.</remarks>
internal sealed class ServerRun
{
    private readonly byte[][] hashes;
    private int loads;

    public ServerRun(string id, long seenAt)
    {
        (Id, SeenAt) = (id, seenAt);
        hashes = [.. Script.All.Select(script => SHA1.HashData(Encoding.UTF8.GetBytes(TextOf(script))))];
    }

    public string Id { get; }

    /// <summary>The clock's timestamp when this link first knew of it.</summary>
    public long SeenAt { get; }

    /// <summary>How often the scripts were loaded in this life.</summary>
    public int Loads => Volatile.Read(ref loads);

    public byte[] HashOf(Script script) => hashes[script.Index];

    public string TextOf(Script script) => $"local run = '{Id}'\n{script.Text}";

    public void Loaded() => Interlocked.Increment(ref loads);
}
