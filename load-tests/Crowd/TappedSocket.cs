using System.Net.WebSockets;

namespace SessionRoom.LoadTests.Crowd;

/// <summary>A socket whose bytes are looked at as they go through it.</summary>
/// <param name="inner">Goes with it.</param>
/// <param name="received">Gets each part of a message that came.</param>
/// <param name="sent">Gets each part of a message before it leaves.</param>
internal sealed class TappedSocket(WebSocket inner, Action<ReadOnlySpan<byte>> received, Action<ReadOnlySpan<byte>>? sent = null) : WebSocket
{
    public override WebSocketCloseStatus? CloseStatus => inner.CloseStatus;
    public override string? CloseStatusDescription => inner.CloseStatusDescription;
    public override WebSocketState State => inner.State;
    public override string? SubProtocol => inner.SubProtocol;

    public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        var part = await inner.ReceiveAsync(buffer, cancellationToken);
        received(buffer.AsSpan(0, part.Count));
        return part;
    }

    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var part = await inner.ReceiveAsync(buffer, cancellationToken);
        received(buffer.Span[..part.Count]);
        return part;
    }

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        sent?.Invoke(buffer);
        return inner.SendAsync(buffer, messageType, endOfMessage, cancellationToken);
    }

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => inner.CloseAsync(closeStatus, statusDescription, cancellationToken);

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => inner.CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override void Abort() => inner.Abort();

    public override void Dispose() => inner.Dispose();
}
