using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace SessionRoom.MessagePack.Tests.Peers;

/// <summary>Brings the official .NET client, whose transport is in another package, onto a WebSocket.</summary>
internal sealed class SocketConnectionFactory : IConnectionFactory
{
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = new ClientWebSocket();
        var address = new UriBuilder(((UriEndPoint)endpoint).Uri) { Scheme = "ws" };
        await socket.ConnectAsync(address.Uri, cancellationToken);
        return new SocketConnection(socket);
    }

    private sealed class SocketConnection : ConnectionContext
    {
        private readonly ClientWebSocket _socket;
        private readonly Task _running;

        public SocketConnection(ClientWebSocket socket)
        {
            _socket = socket;
            var (incoming, outgoing) = (new Pipe(), new Pipe());
            Transport = new Duplex(incoming.Reader, outgoing.Writer);
            _running = Task.WhenAll(ReceiveAsync(incoming.Writer), SendAsync(outgoing.Reader));
        }

        public override IDuplexPipe Transport { get; set; }

        public override string ConnectionId { get; set; } = Guid.NewGuid().ToString();

        public override IFeatureCollection Features { get; } = new FeatureCollection();

        public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

        public override async ValueTask DisposeAsync()
        {
            await Transport.Output.CompleteAsync();
            await _running;
            _socket.Dispose();
            await base.DisposeAsync();
        }

        private async Task ReceiveAsync(PipeWriter incoming)
        {
            try
            {
                while (true)
                {
                    var received = await _socket.ReceiveAsync(incoming.GetMemory(4096), CancellationToken.None);
                    if (received.MessageType == WebSocketMessageType.Close) break;
                    incoming.Advance(received.Count);
                    await incoming.FlushAsync();
                }

                await incoming.CompleteAsync();
            }
            catch (Exception e) when (e is WebSocketException or InvalidOperationException)
            {
                await incoming.CompleteAsync(e);
            }
        }

        private async Task SendAsync(PipeReader outgoing)
        {
            try
            {
                while (true)
                {
                    var read = await outgoing.ReadAsync();
                    foreach (var segment in read.Buffer) await _socket.SendAsync(segment, WebSocketMessageType.Binary, endOfMessage: false, CancellationToken.None);
                    if (!read.Buffer.IsEmpty) await _socket.SendAsync(ReadOnlyMemory<byte>.Empty, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
                    outgoing.AdvanceTo(read.Buffer.End);
                    if (read.IsCompleted) break;
                }

                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
            }
            catch (WebSocketException)
            {
                await outgoing.CompleteAsync();
            }
        }
    }

    private sealed class Duplex(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
