using System.Text.Json.Nodes;
using SessionRoom.Client;
using SessionRoom.LoadTests.Crowd;

namespace SessionRoom.LoadTests.Peers;

/// <summary>A server of boards: a process of its own, on a core of its own.</summary>
internal abstract class BoardPeer : IAsyncDisposable
{
    public abstract string Name { get; }
    public abstract int Pid { get; }

    /// <summary>Makes the rooms that members come to.</summary>
    public abstract Task PrepareAsync(IReadOnlyList<string> rooms);

    /// <summary>Somebody who is about to come to a room.</summary>
    /// <param name="letter">Theirs alone in the room.</param>
    public abstract PeerMember Member(string room, char letter);

    /// <summary>Ends it so that everything is stored, and starts it on what it stored.</summary>
    public abstract Task RestartAsync();

    public abstract ValueTask DisposeAsync();
}

/// <summary>This repository's server.</summary>
internal sealed class OwnPeer : BoardPeer
{
    private static readonly IntegratorKey Key = new("peers", "a secret of at least thirty-two bytes", "https://peers.example");

    private readonly ServerProcess _server;

    private OwnPeer(ServerProcess server) => _server = server;

    public override string Name => "SessionRoom";
    public override int Pid => _server.Id;

    public static async Task<BoardPeer> StartAsync(int core) => new OwnPeer(await ServerProcess.StartAsync(Key.Settings, core));

    public override async Task PrepareAsync(IReadOnlyList<string> rooms)
    {
        using var http = new HttpClient { BaseAddress = _server.Address };
        var api = new RoomApi(http, Key.Secret);
        foreach (var room in rooms) await api.CreateAsync(room, new JsonObject { ["id"] = room });
    }

    public override PeerMember Member(string room, char letter) => new OwnMember(_server.Address, Key.Sign(room, $"member-{letter}", "member", TimeSpan.FromHours(1)), letter);

    public override async Task RestartAsync()
    {
        await _server.KillAsync();
        await _server.StartAgainAsync();
    }

    public override ValueTask DisposeAsync() => _server.DisposeAsync();
}
