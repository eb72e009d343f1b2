using System.Buffers;
using System.Net.Sockets;

namespace SessionRoom.Server;

/// <summary>A connection's own TCP socket: a send is one call of the kernel, on the thread that has something to send, without a buffer in between.</summary>
/// <remarks>Only where nothing stands between the socket and the request, such as TLS. The web server writes nothing to an upgraded connection, and keeps reading it.</remarks>
internal sealed class SocketWire : IWire
{
    private readonly Socket socket;

    public SocketWire(Socket socket)
    {
        this.socket = socket;
        // Else a send that does not fit would block the thread; the web server's own calls are asynchronous either way.
        socket.Blocking = false;
    }

    public int TrySend(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var taken = socket.Send(bytes, SocketFlags.None, out var error);
            return error switch
            {
                SocketError.Success => taken,
                SocketError.WouldBlock => 0,
                _ => throw new IOException("the connection is down", new SocketException((int)error)),
            };
        }
        catch (ObjectDisposedException gone)
        {
            throw new IOException("the connection is down", gone);
        }
    }

    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return await socket.SendAsync(bytes, SocketFlags.None);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            throw new IOException("the connection is down", gone);
        }
    }
}

/// <summary>The web server's own way out: for TLS, and for streams of HTTP/2.</summary>
internal sealed class StreamWire(Stream stream) : IWire
{
    private Task writing = Task.CompletedTask;

    public int TrySend(ReadOnlySpan<byte> bytes)
    {
        if (!writing.IsCompleted) return 0;
        if (!writing.IsCompletedSuccessfully) throw Down(writing.Exception);
        var copy = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(copy);
        writing = WriteAsync(copy, bytes.Length);
        return bytes.Length;
    }

    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await writing;
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException or OperationCanceledException)
        {
            throw Down(gone);
        }
        return TrySend(bytes.Span);
    }

    private async Task WriteAsync(byte[] copy, int length)
    {
        try
        {
            await stream.WriteAsync(copy.AsMemory(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    private static IOException Down(Exception? why) => new("the connection is down", why);
}
