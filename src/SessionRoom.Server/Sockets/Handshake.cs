using System.IO.Pipelines;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace SessionRoom.Server;

/// <summary>A WebSocket without its request.</summary>
/// <param name="In">What comes.</param>
/// <param name="Out">What takes that which goes.</param>
/// <param name="Abort">Cuts it.</param>
/// <param name="Handover">The web server's connection, where it goes on without the request; else the request has to last as long as the WebSocket.</param>
internal sealed record Accepted(PipeReader In, IWire Out, Action Abort, Handover? Handover = null);

/// <summary>Turns a request into a WebSocket.</summary>
/// <remarks>RFC 6455, section 4.2; over HTTP/2 RFC 8441. No extension and no subprotocol is offered.</remarks>
internal static class Handshake
{
    private const string Version = "13", KeySuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const int KeyBytes = 16;

    private static readonly StreamPipeReaderOptions Idling = new(useZeroByteReads: true);

    /// <summary>Null where the request is none for a WebSocket.</summary>
    public static async Task<Accepted?> AcceptAsync(HttpContext http)
    {
        var headers = http.Request.Headers;
        if (headers.SecWebSocketVersion != Version) return null;
        if (http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" } tunnel)
        {
            var accepted = await tunnel.AcceptAsync();
            return On(accepted, http);
        }
        if (http.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade || !HttpMethods.IsGet(http.Request.Method)) return null;
        if (!headers.GetCommaSeparatedValues(HeaderNames.Upgrade).Contains("websocket", StringComparer.OrdinalIgnoreCase)) return null;
        if (headers.SecWebSocketKey.ToString() is not { Length: 24 } key || !Convert.TryFromBase64String(key, stackalloc byte[KeyBytes + 2], out var length) || length != KeyBytes) return null;

        http.Response.Headers.Upgrade = "websocket";
        http.Response.Headers.SecWebSocketAccept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + KeySuffix)));
        var stream = await upgrade.UpgradeAsync();
        // With TLS the bytes of the socket are not those of the stream.
        if (http.Features.Get<ITlsHandshakeFeature>() is not null || http.Features.Get<Handover>() is not { } handover || http.Features.Get<IConnectionSocketFeature>()?.Socket is not { SocketType: SocketType.Stream } socket)
            return On(stream, http);
        return new(handover.In, new SocketWire(socket), handover.Abort, handover);
    }

    private static Accepted On(Stream stream, HttpContext http) => new(PipeReader.Create(stream, Idling), new StreamWire(stream), http.Abort);
}
