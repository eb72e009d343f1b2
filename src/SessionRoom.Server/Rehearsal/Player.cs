using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Protocol;
using SessionRoom.Crdt;

namespace SessionRoom.Server;

/// <summary>One who takes part in the rehearsal: as little code as a client can be, for it is not what is to be compiled.</summary>
internal sealed class Player : IDisposable
{
    private const byte Masked = 0x80;
    private const int MaskLength = 4;

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[32 * 1024];
    private readonly IHubProtocol? protocol;
    private readonly Doc board = new();
    private byte[] written = [];
    private int held, calls;

    private Player(IHubProtocol? protocol)
    {
        this.protocol = protocol;
        board.UpdateV1 += (_, update, _, _) => written = update.ToArray();
    }

    /// <summary>Makes a room and joins it over HTTP; the token.</summary>
    public static async Task<string> GetInAsync(IPEndPoint server, CancellationToken cancel)
    {
        var made = await PostAsync(server, "/api/rooms", """{"title":"Rehearsal","agenda":[{"title":"All of it","durationMs":60000}]}""", cancel);
        var invite = made.GetProperty("links").GetProperty("facilitator").GetString()!.Split('=')[^1];
        var joined = await PostAsync(server, $"/api/rooms/{made.GetProperty("id").GetString()}/join", $$"""{"invite":"{{invite}}","name":"Player"}""", cancel);
        return joined.GetProperty("token").GetString()!;
    }

    /// <summary>Connects, and joins the room.</summary>
    public static async Task<Player> ComeAsync(IPEndPoint server, string token, IHubProtocol protocol, CancellationToken cancel)
    {
        var player = new Player(protocol);
        try
        {
            await player.socket.ConnectAsync(server, cancel);
            await player.SendAsync(Encoding.ASCII.GetBytes($"""
                GET {Calls.HubPath} HTTP/1.1
                Host: 127.0.0.1
                Authorization: Bearer {token}
                Connection: Upgrade
                Upgrade: websocket
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==


                """.ReplaceLineEndings("\r\n")), cancel);
            await player.HearAsync("\r\n\r\n"u8.ToArray(), cancel);
            await player.SendAsync(Frame(Opcode.Text, Encoding.ASCII.GetBytes($"{{\"protocol\":\"{protocol.Name}\",\"version\":1}}\u001e")), cancel);
            await player.CallAsync(Calls.Join, [new JoinRequest()], cancel);
            return player;
        }
        catch
        {
            player.Dispose();
            throw;
        }
    }

    /// <summary>Does one of the things that people do.</summary>
    public Task ActAsync(int round, CancellationToken cancel)
    {
        switch (round % 4)
        {
            case 0:
                var notes = board.GetText("notes");
                notes.Insert(notes.Length, "word ");
                return CallAsync(Calls.Push, [written], cancel);
            case 1: return DoAsync("hand.raise", cancel);
            case 2: return DoAsync("hand.lower", cancel);
            default: return CallAsync(Calls.Time, [], cancel);
        }
    }

    public void Dispose() => socket.Dispose();

    private async Task DoAsync(string type, CancellationToken cancel)
    {
        using var command = JsonDocument.Parse($$"""{"id":"{{Guid.NewGuid():N}}","type":"{{type}}"}""");
        await CallAsync(Calls.Do, [command.RootElement], cancel);
    }

    private async Task CallAsync(string target, object?[] arguments, CancellationToken cancel)
    {
        var id = $"rehearsed-{++calls};";
        await SendAsync(Frame(Opcode.Binary, protocol!.GetMessageBytes(new InvocationMessage(id, target, arguments)).Span), cancel);
        await HearAsync(Encoding.ASCII.GetBytes(id), cancel);
    }

    /// <summary>Reads until these bytes come: both protocols write an id as it is.</summary>
    private async Task HearAsync(byte[] until, CancellationToken cancel)
    {
        held = 0;
        while (true)
        {
            var taken = await socket.ReceiveAsync(buffer.AsMemory(held), cancel);
            if (taken == 0) throw new IOException("the rehearsal's connection was closed");
            held += taken;
            if (buffer.AsSpan(0, held).IndexOf(until) >= 0) return;
            // What came may end amid them.
            var kept = Math.Min(held, until.Length - 1);
            buffer.AsSpan(held - kept, kept).CopyTo(buffer);
            held = kept;
        }
    }

    private async Task SendAsync(byte[] bytes, CancellationToken cancel)
    {
        for (var sent = 0; sent < bytes.Length;) sent += await socket.SendAsync(bytes.AsMemory(sent), cancel);
    }

    private static async Task<JsonElement> PostAsync(IPEndPoint server, string path, string body, CancellationToken cancel)
    {
        using var player = new Player(null);
        await player.socket.ConnectAsync(server, cancel);
        await player.SendAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"), cancel);
        var (answer, taken) = (new StringBuilder(), 0);
        while ((taken = await player.socket.ReceiveAsync(player.buffer.AsMemory(), cancel)) > 0) answer.Append(Encoding.UTF8.GetString(player.buffer, 0, taken));
        var text = answer.ToString();
        var from = text.IndexOf('{', StringComparison.Ordinal);
        if (from < 0) throw new InvalidDataException("the rehearsal got no answer");
        using var json = JsonDocument.Parse(text[from..(text.LastIndexOf('}') + 1)]);
        return json.RootElement.Clone();
    }

    /// <summary>A frame under the mask of zeros.</summary>
    private static byte[] Frame(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        var head = Frames.HeadLength(payload.Length);
        var frame = new byte[head + MaskLength + payload.Length];
        Frames.WriteHead(frame.AsSpan(0, head), opcode, payload.Length);
        frame[1] |= Masked;
        payload.CopyTo(frame.AsSpan(head + MaskLength));
        return frame;
    }
}
