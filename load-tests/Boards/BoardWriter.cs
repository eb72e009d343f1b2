using System.Net.WebSockets;
using SessionRoom.Client;
using SessionRoom.LoadTests.Crowd;

namespace SessionRoom.LoadTests.Boards;

/// <summary>Somebody whose replica follows a room's board and whose connection can be cut.</summary>
internal sealed class BoardWriter : IAsyncDisposable
{
    private WebSocket? _socket;

    public RoomClient Client { get; private set; } = null!;
    public RoomBoard Board => Client.Board!;
    public Lives Lives { get; } = new();

    public static async Task<BoardWriter> JoinAsync(Uri server, string token, bool binary, int seed)
    {
        var writer = new BoardWriter();
        writer.Client = await RoomClient.ConnectAsync(new(server, token)
        {
            Board = true, MessagePack = binary, FirstWait = TimeSpan.FromMilliseconds(20), LongestWait = TimeSpan.FromMilliseconds(200), Seed = seed,
            OpenSocket = writer.OpenAsync, OnChange = writer.Lives.Notice,
        });
        return writer;
    }

    /// <summary>The connection is gone without a word.</summary>
    public void Cut() => _socket?.Abort();

    public BoardContent Content => Board.Read(BoardContent.Of);

    private async Task<WebSocket> OpenAsync(Uri address, string token, CancellationToken cancel)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        try
        {
            await socket.ConnectAsync(address, cancel);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        return _socket = socket;
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
