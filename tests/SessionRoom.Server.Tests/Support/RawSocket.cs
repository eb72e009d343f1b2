using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace SessionRoom.Server.Tests;

/// <summary>A WebSocket client that writes every byte by hand: what no sound client sends, it sends.</summary>
internal sealed class RawSocket : IAsyncDisposable
{
    /// <summary>The key of RFC 6455, section 1.3, and what it is to be answered with.</summary>
    public const string Key = "dGhlIHNhbXBsZSBub25jZQ==", Accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private static readonly byte[] Mask = [0x37, 0xFA, 0x21, 0x3D];

    private readonly TcpClient client;
    private readonly Stream stream;

    private RawSocket(TcpClient client, Stream stream, string answer) => (this.client, this.stream, Answer) = (client, stream, answer);

    /// <summary>The head of the answer to the upgrade.</summary>
    public string Answer { get; }

    public static async Task<RawSocket> AskAsync(Uri server, string token, string headers = $"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Key}\r\n", string query = "")
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(server.Host, server.Port);
        Stream way = tcp.GetStream();
        if (server.Scheme == "https")
        {
            // Whoever signed it: the test made it itself.
            var secured = new SslStream(way, leaveInnerStreamOpen: false, (_, certificate, _, _) => certificate is { Subject: "CN=localhost" });
            await secured.AuthenticateAsClientAsync("localhost");
            way = secured;
        }
        await way.WriteAsync(Encoding.ASCII.GetBytes($"GET {Calls.HubPath}{query} HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {token}\r\n{headers}\r\n"));
        var head = new StringBuilder();
        for (var unit = new byte[1]; !head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal);)
        {
            await way.ReadExactlyAsync(unit).AsTask().WaitAsync(HubSocket.Patience);
            head.Append((char)unit[0]);
        }
        return new(tcp, way, head.ToString());
    }

    /// <summary>A connection whose hub protocol is agreed on.</summary>
    public static async Task<RawSocket> ConnectAsync(RunningServer server, string token, Uri? address = null)
    {
        var socket = await AskAsync(address ?? server.Address, token);
        await socket.SendAsync(Frame(0x1, "{\"protocol\":\"json\",\"version\":1}\u001e"));
        Assert.Equal("{}\u001e", Encoding.UTF8.GetString((await socket.NextAsync(0x1))!));
        return socket;
    }

    public static byte[] Frame(int opcode, string payload, bool fin = true) => Frame(opcode, Encoding.UTF8.GetBytes(payload), fin);

    public static byte[] Frame(int opcode, byte[] payload, bool fin = true, bool masked = true, int reserved = 0)
    {
        var frame = new List<byte> { (byte)((fin ? 0x80 : 0) | (reserved << 4) | opcode) };
        var bit = masked ? 0x80 : 0;
        if (payload.Length < 126) frame.Add((byte)(bit | payload.Length));
        else if (payload.Length <= ushort.MaxValue) frame.AddRange([(byte)(bit | 126), (byte)(payload.Length >> 8), (byte)payload.Length]);
        else
        {
            var length = new byte[8];
            BinaryPrimitives.WriteUInt64BigEndian(length, (ulong)payload.Length);
            frame.AddRange([(byte)(bit | 127), .. length]);
        }
        if (masked) frame.AddRange(Mask);
        frame.AddRange(payload.Select((unit, at) => (byte)(unit ^ (masked ? Mask[at % 4] : 0))));
        return [.. frame];
    }

    public async Task SendAsync(params byte[][] frames) => await stream.WriteAsync(frames.SelectMany(frame => frame).ToArray());

    /// <summary>The next frame; null at the end of the stream.</summary>
    public async Task<(int Opcode, byte[] Payload)?> NextAsync()
    {
        var head = new byte[2];
        if (await ReadAsync(head) < 2) return null;
        Assert.Equal((0x80, 0), (head[0] & 0xF0, head[1] & 0x80));
        var length = (ulong)head[1];
        if (head[1] >= 126)
        {
            var wide = new byte[head[1] == 126 ? 2 : 8];
            await ReadAsync(wide);
            length = wide.Length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(wide) : BinaryPrimitives.ReadUInt64BigEndian(wide);
        }
        var payload = new byte[length];
        await ReadAsync(payload);
        return (head[0] & 0xF, payload);
    }

    /// <summary>The payload of the next frame of this kind; others are passed over.</summary>
    public async Task<byte[]?> NextAsync(int opcode)
    {
        while (await NextAsync() is { } frame)
            if (frame.Opcode == opcode) return frame.Payload;
        return null;
    }

    /// <summary>The code of the close frame, 0 where it has none, after which the stream ends.</summary>
    public async Task<int> ClosedAsync()
    {
        var payload = await NextAsync(0x8) ?? throw new IOException("ended without a close frame");
        Assert.Null(await NextAsync());
        return payload.Length == 0 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(payload);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return stream.DisposeAsync();
    }

    private async Task<int> ReadAsync(byte[] into) => await stream.ReadAtLeastAsync(into, into.Length, throwOnEndOfStream: false).AsTask().WaitAsync(HubSocket.Patience);
}
