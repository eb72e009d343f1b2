namespace SessionRoom.LoadTests.Peers;

/// <summary>Hocuspocus with its SQLite extension.</summary>
internal sealed class HocuspocusPeer : BoardPeer
{
    private readonly int _core;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("sessionroom-load-");
    private Child? _child;

    private HocuspocusPeer(int core) => _core = core;

    public override string Name => "Hocuspocus";
    public override int Pid => _child!.Pid;

    public static async Task<BoardPeer> StartAsync(int core)
    {
        var peer = new HocuspocusPeer(core);
        await peer.StartAsync();
        return peer;
    }

    public override Task PrepareAsync(IReadOnlyList<string> rooms) => Task.CompletedTask;

    public override PeerMember Member(string room, char letter) => new HocuspocusMember(_child!.Address, room, letter);

    /// <remarks>It stores what is unsaved when it is asked to end.</remarks>
    public override async Task RestartAsync()
    {
        await _child!.StopAsync();
        await _child.DisposeAsync();
        await StartAsync();
    }

    private async Task StartAsync() => _child = await NodePackages.StartAsync(_core, "hocuspocus.mjs", Path.Combine(_data.FullName, "boards.sqlite"));

    public override async ValueTask DisposeAsync()
    {
        if (_child is not null) await _child.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
