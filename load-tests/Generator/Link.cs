using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SessionRoom.LoadTests.Generator;

/// <summary>A WebSocket as light as it can be: frames are cut by their header and handed on where they lie.</summary>
/// <remarks>RFC 6455, without extensions. The masking key is zero, which is one of those allowed.</remarks>
internal abstract class Link : IDisposable
{
    private const byte Final = 0x80, Masked = 0x80, Close = 8, Ping = 9, Pong = 10;

    private readonly Reactor _reactor;
    private readonly Socket _socket;
    private byte[] _held = [], _unsent = [];
    private int _heldCount, _unsentCount;
    private bool _open, _deaf;

    protected Link(Reactor reactor, IPEndPoint server, int? receiveBuffer = null)
    {
        (_reactor, Began) = (reactor, System.Diagnostics.Stopwatch.GetTimestamp());
        _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer is { } bytes) _socket.ReceiveBufferSize = bytes;
        _socket.Connect(server);
        Descriptor = (int)_socket.Handle;
        reactor.Add(this);
    }

    public int Descriptor { get; }

    /// <summary>When it began to connect, by the stopwatch.</summary>
    public long Began { get; }

    /// <summary>Why it ended; null while it lives.</summary>
    public string? Ended { get; private set; }

    public long BytesReceived { get; private set; }

    /// <summary>Sends the request that makes a WebSocket of the connection.</summary>
    /// <param name="target">Path and query.</param>
    /// <param name="headers">Whole lines, each with its line end.</param>
    protected void Upgrade(string target, string headers = "") => SendRaw(Encoding.ASCII.GetBytes(
        $"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n{headers}\r\n"));

    /// <summary>The server has said yes.</summary>
    protected abstract void Opened();

    /// <summary>A frame came; <paramref name="final"/> unless the message goes on in the next.</summary>
    protected abstract void Hear(ReadOnlySpan<byte> payload, bool final, long now);

    public void Send(ReadOnlySpan<byte> payload, bool binary = false) => SendFrame(payload, binary ? (byte)2 : (byte)1);

    /// <summary>Whether it hears what comes; what is not heard waits in the kernel.</summary>
    public void SetDeaf(bool deaf)
    {
        _deaf = deaf;
        if (Ended is null) _reactor.Listen(this, !deaf, _unsentCount > 0);
    }

    internal void Take(ReadOnlySpan<byte> bytes, long now)
    {
        BytesReceived += bytes.Length;
        if (_heldCount == 0)
        {
            var used = Cut(bytes, now);
            if (used < bytes.Length) Hold(bytes[used..]);
            return;
        }
        Hold(bytes);
        var taken = Cut(_held.AsSpan(0, _heldCount), now);
        if (taken == 0) return;
        _held.AsSpan(taken, _heldCount - taken).CopyTo(_held);
        _heldCount -= taken;
        if (_heldCount == 0 && _held.Length > 1 << 16) _held = [];
    }

    /// <returns>How many bytes were whole.</returns>
    private int Cut(ReadOnlySpan<byte> bytes, long now)
    {
        var at = 0;
        if (!_open)
        {
            var end = bytes.IndexOf("\r\n\r\n"u8);
            if (end < 0) return 0;
            at = end + 4;
            if (!bytes.StartsWith("HTTP/1.1 101"u8))
            {
                Break(Encoding.ASCII.GetString(bytes[..bytes.IndexOf("\r\n"u8)]));
                return bytes.Length;
            }
            _open = true;
            Opened();
        }
        while (Ended is null)
        {
            var rest = bytes[at..];
            if (rest.Length < 2) return at;
            var (head, length) = (2, (long)(rest[1] & 0x7F));
            if (length == 126)
            {
                if (rest.Length < 4) return at;
                (head, length) = (4, BinaryPrimitives.ReadUInt16BigEndian(rest[2..]));
            }
            else if (length == 127)
            {
                if (rest.Length < 10) return at;
                (head, length) = (10, BinaryPrimitives.ReadInt64BigEndian(rest[2..]));
            }
            if (rest.Length < head + length) return at;
            var payload = rest.Slice(head, (int)length);
            switch (rest[0] & 0xF)
            {
                case Close:
                    Break(payload.Length > 1 ? $"closed: {BinaryPrimitives.ReadUInt16BigEndian(payload)} {Encoding.UTF8.GetString(payload[2..])}" : "closed");
                    break;
                case Ping:
                    SendFrame(payload, Pong);
                    break;
                case Pong:
                    break;
                default:
                    Hear(payload, (rest[0] & Final) != 0, now);
                    break;
            }
            at += head + (int)length;
        }
        return bytes.Length;
    }

    private void Hold(ReadOnlySpan<byte> bytes)
    {
        if (_held.Length < _heldCount + bytes.Length) Array.Resize(ref _held, Math.Max(_held.Length * 2, _heldCount + bytes.Length));
        bytes.CopyTo(_held.AsSpan(_heldCount));
        _heldCount += bytes.Length;
    }

    private void SendFrame(ReadOnlySpan<byte> payload, byte kind)
    {
        var frame = payload.Length < 4000 ? stackalloc byte[payload.Length + 14] : new byte[payload.Length + 14];
        frame[0] = (byte)(Final | kind);
        int at;
        if (payload.Length < 126) (frame[1], at) = ((byte)(Masked | payload.Length), 2);
        else if (payload.Length <= ushort.MaxValue)
        {
            (frame[1], at) = (Masked | 126, 4);
            BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)payload.Length);
        }
        else
        {
            (frame[1], at) = (Masked | 127, 10);
            BinaryPrimitives.WriteInt64BigEndian(frame[2..], payload.Length);
        }
        frame.Slice(at, 4).Clear();
        payload.CopyTo(frame[(at + 4)..]);
        SendRaw(frame[..(at + 4 + payload.Length)]);
    }

    /// <summary>Bytes as they are, whatever they say.</summary>
    public void SendRaw(ReadOnlySpan<byte> bytes)
    {
        if (Ended is not null) return;
        if (_unsentCount == 0)
        {
            var sent = Kernel.Send(Descriptor, bytes);
            if (sent < 0)
            {
                Break("broken");
                return;
            }
            if (sent == bytes.Length) return;
            bytes = bytes[sent..];
            _reactor.Listen(this, !_deaf, writing: true);
        }
        if (_unsent.Length < _unsentCount + bytes.Length) Array.Resize(ref _unsent, Math.Max(_unsent.Length * 2, _unsentCount + bytes.Length));
        bytes.CopyTo(_unsent.AsSpan(_unsentCount));
        _unsentCount += bytes.Length;
    }

    internal void Flush()
    {
        var sent = Kernel.Send(Descriptor, _unsent.AsSpan(0, _unsentCount));
        if (sent < 0)
        {
            Break("broken");
            return;
        }
        _unsent.AsSpan(sent, _unsentCount - sent).CopyTo(_unsent);
        _unsentCount -= sent;
        if (_unsentCount == 0) _reactor.Listen(this, !_deaf, writing: false);
    }

    internal void Break(string why)
    {
        if (Ended is not null) return;
        Ended = why;
        _reactor.Remove(this);
        _socket.Dispose();
    }

    public void Dispose() => Break("left");
}
