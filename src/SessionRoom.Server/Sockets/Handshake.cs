using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace SessionRoom.Server;

/// <summary>Turns a request into a WebSocket: what comes in, and the wire that goes out.</summary>
/// <remarks>RFC 6455, section 4.2; over HTTP/2 RFC 8441. No extension and no subprotocol is offered.</remarks>
internal static class Handshake
{
    private const string Version = "13", KeySuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const int KeyBytes = 16;

    /// <summary>Null where the request is none for a WebSocket.</summary>
    public static async Task<(Stream In, IWire Out)?> AcceptAsync(HttpContext http)
    {
        var headers = http.Request.Headers;
        if (headers.SecWebSocketVersion != Version) return null;
        if (http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" } tunnel)
        {
            var accepted = await tunnel.AcceptAsync();
            return (accepted, new StreamWire(accepted));
        }
        if (http.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade || !HttpMethods.IsGet(http.Request.Method)) return null;
        if (!headers.GetCommaSeparatedValues(HeaderNames.Upgrade).Contains("websocket", StringComparer.OrdinalIgnoreCase)) return null;
        if (headers.SecWebSocketKey.ToString() is not { Length: 24 } key || !Convert.TryFromBase64String(key, stackalloc byte[KeyBytes + 2], out var length) || length != KeyBytes) return null;

        http.Response.Headers.Upgrade = "websocket";
        http.Response.Headers.SecWebSocketAccept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + KeySuffix)));
        var stream = await upgrade.UpgradeAsync();
        // With TLS the bytes of the socket are not those of the stream.
        var socket = http.Features.Get<ITlsHandshakeFeature>() is null ? http.Features.Get<IConnectionSocketFeature>()?.Socket : null;
        return (stream, socket is { SocketType: SocketType.Stream } ? new SocketWire(socket) : new StreamWire(stream));
    }
}
