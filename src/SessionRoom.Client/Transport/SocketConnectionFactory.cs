using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;

namespace SessionRoom.Client.Transport;

/// <summary>Opens the hub's WebSocket directly, without the negotiation request.</summary>
internal sealed class SocketConnectionFactory(RoomClientOptions options, string token) : IConnectionFactory
{
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var open = options.OpenSocket ?? OpenAsync;
        return new SocketConnection(await open(options.HubAddress, token, cancellationToken), options.MessagePack);
    }

    private static async Task<WebSocket> OpenAsync(Uri address, string token, CancellationToken cancel)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(address, cancel);
            return socket;
        }
        catch (WebSocketException) when (socket.HttpStatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            throw new RoomRefusedException(socket.HttpStatusCode);
        }
        finally
        {
            if (socket.State != WebSocketState.Open) socket.Dispose();
        }
    }
}
