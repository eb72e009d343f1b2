using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Threading.Channels;

namespace SessionRoom.Client.Tests;

/// <summary>The other end of a client's sockets, played by the test: every connection that the client opens is handed to it.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Channel<ScriptedPeer> _peers = Channel.CreateUnbounded<ScriptedPeer>();
    private readonly List<ScriptedPeer> _all = [];

    /// <summary>What the server's clock says, in Unix milliseconds.</summary>
    public Func<long> Now { get; set; } = () => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    /// <summary>Thrown instead of opening the next socket.</summary>
    public Exception? Refusal { get; set; }

    /// <summary>The tokens that sockets were asked for with, in order.</summary>
    public List<string> Tokens { get; } = [];

    public CancellationToken Deadline { get; } = new CancellationTokenSource(Patience).Token;

    public RoomClientOptions Options(string token = "token") => new(new Uri("http://scripted"), token)
    {
        OpenSocket = OpenAsync, FirstWait = TimeSpan.FromMilliseconds(1), LongestWait = TimeSpan.FromMilliseconds(5),
    };

    public async Task<ScriptedPeer> AcceptAsync() => await _peers.Reader.ReadAsync(Deadline);

    /// <summary>A client that has joined the state at the sequence, and its peer.</summary>
    public async Task<(RoomClient Client, ScriptedPeer Peer)> JoinedAsync(long seq, string state, RoomClientOptions? options = null)
    {
        var connecting = RoomClient.ConnectAsync(options ?? Options(), Deadline);
        var peer = await AcceptAsync();
        await peer.AnswerJoinAsync(seq, state);
        return (await connecting, peer);
    }

    private async Task<WebSocket> OpenAsync(Uri address, string token, CancellationToken cancel)
    {
        Tokens.Add(token);
        if (Refusal is { } refusal)
        {
            Refusal = null;
            throw refusal;
        }
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var (mine, theirs) = (new TcpClient { NoDelay = true }, listener.AcceptTcpClientAsync(cancel).AsTask());
        await mine.ConnectAsync((IPEndPoint)listener.LocalEndpoint, cancel);
        var peer = new ScriptedPeer(this, WebSocket.CreateFromStream((await theirs).GetStream(), new WebSocketCreationOptions { IsServer = true }));
        _all.Add(peer);
        await _peers.Writer.WriteAsync(peer, cancel);
        return WebSocket.CreateFromStream(mine.GetStream(), new WebSocketCreationOptions { IsServer = false });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _all) await peer.DisposeAsync();
    }
}
