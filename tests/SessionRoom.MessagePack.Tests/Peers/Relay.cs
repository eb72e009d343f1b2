using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace SessionRoom.MessagePack.Tests.Peers;

/// <summary>A cable that can be cut: passes TCP connections on to a port, and drops them all with a reset on demand.</summary>
public sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, byte> _sockets = new();
    private Task _accepting = Task.CompletedTask;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Whether the cable stays cut: whoever connects is dropped.</summary>
    public bool Severed { get; set; }

    public void Start(int target)
    {
        _listener.Start();
        _accepting = AcceptAsync(target);
    }

    public void Cut()
    {
        foreach (var socket in _sockets.Keys)
        {
            // Whoever takes it off the list disposes of it.
            if (!_sockets.TryRemove(socket, out _)) continue;
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Cut();
        await _accepting;
        _listener.Dispose();
    }

    private async Task AcceptAsync(int target)
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptSocketAsync();
                if (Severed)
                {
                    near.Dispose();
                    continue;
                }
                var far = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                near.NoDelay = true;
                await far.ConnectAsync(IPAddress.Loopback, target);
                _sockets[near] = 0;
                _sockets[far] = 0;
                _ = PumpAsync(near, far);
                _ = PumpAsync(far, near);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The listener stopped.
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer)) > 0;)
            {
                for (var sent = 0; sent < read;) sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            if (_sockets.TryRemove(to, out _)) to.Dispose();
        }
    }
}
