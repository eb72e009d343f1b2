using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace SessionRoom.Client.Transport;

/// <summary>A WebSocket as the connection that a hub protocol runs on: what arrives flows into one pipe, what the other pipe holds leaves as one message.</summary>
internal sealed class SocketConnection : ConnectionContext
{
    private const int LeastBuffer = 2048;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly WebSocket _socket;
    private readonly WebSocketMessageType _kind;
    private readonly Duplex _wire;
    private readonly CancellationTokenSource _abort = new();
    private readonly Task _pumps;

    public SocketConnection(WebSocket socket, bool binary)
    {
        _socket = socket;
        _kind = binary ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
        var (toClient, toServer) = (new Pipe(), new Pipe());
        Transport = new Duplex(toClient.Reader, toServer.Writer);
        _wire = new Duplex(toServer.Reader, toClient.Writer);
        _pumps = Task.WhenAll(ReceiveAsync(), SendAsync());
    }

    public override string ConnectionId { get; set; } = Guid.NewGuid().ToString("n");
    public override IFeatureCollection Features { get; } = new FeatureCollection();
    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();
    public override IDuplexPipe Transport { get; set; }

    private async Task ReceiveAsync()
    {
        Exception? failure = null;
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(_wire.Output.GetMemory(LeastBuffer), _abort.Token);
                if (part.MessageType == WebSocketMessageType.Close) break;
                _wire.Output.Advance(part.Count);
                if ((await _wire.Output.FlushAsync(_abort.Token)).IsCompleted) break;
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            failure = _abort.IsCancellationRequested ? null : e;
        }
        await _wire.Output.CompleteAsync(failure);
    }

    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                var read = await _wire.Input.ReadAsync(_abort.Token);
                if (read.Buffer.IsSingleSegment && !read.Buffer.IsEmpty)
                {
                    await _socket.SendAsync(read.Buffer.First, _kind, WebSocketMessageFlags.EndOfMessage, _abort.Token);
                }
                else if (!read.Buffer.IsEmpty)
                {
                    foreach (var segment in read.Buffer) await _socket.SendAsync(segment, _kind, WebSocketMessageFlags.None, _abort.Token);
                    await _socket.SendAsync(ReadOnlyMemory<byte>.Empty, _kind, WebSocketMessageFlags.EndOfMessage, _abort.Token);
                }
                _wire.Input.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) break;
            }
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _abort.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The receiving side reports why; a socket that cannot send is of no use to it either.
            _socket.Abort();
        }
        await _wire.Input.CompleteAsync();
    }

    public override void Abort(ConnectionAbortedException abortReason) => _abort.Cancel();

    public override async ValueTask DisposeAsync()
    {
        await Transport.Output.CompleteAsync();
        _abort.CancelAfter(Farewell);
        await _pumps;
        await Transport.Input.CompleteAsync();
        _socket.Dispose();
        _abort.Dispose();
        await base.DisposeAsync();
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
