using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace SessionRoom.Server.Tests;

public sealed class FrameTests
{
    private const string Time = "{\"type\":1,\"invocationId\":\"t\",\"target\":\"Time\",\"arguments\":[]}\u001e";

    [Fact]
    public async Task a_message_may_come_in_fragments_with_control_frames_in_between()
    {
        await using var server = await RunningServer.StartAsync();
        await using var socket = await ConnectAsync(server);
        await socket.SendAsync(
            RawSocket.Frame(0x1, Time[..10], fin: false), RawSocket.Frame(0x9, "are you there"), RawSocket.Frame(0x0, Time[10..11], fin: false), RawSocket.Frame(0x0, "", fin: false),
            RawSocket.Frame(0xA, "unasked"), RawSocket.Frame(0x0, Time[11..]));
        Assert.Equal("are you there", Encoding.UTF8.GetString((await socket.NextAsync(0xA))!));
        await HasTimeAsync(socket);
    }

    [Fact]
    public async Task bytes_may_come_one_by_one()
    {
        await using var server = await RunningServer.StartAsync();
        await using var socket = await ConnectAsync(server);
        foreach (var unit in RawSocket.Frame(0x1, Time)) await socket.SendAsync([unit]);
        await HasTimeAsync(socket);
        foreach (var unit in RawSocket.Frame(0x9, new byte[125])) await socket.SendAsync([unit]);
        Assert.Equal(125, (await socket.NextAsync(0xA))!.Length);
    }

    [Theory]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(200_001)]
    public async Task frames_of_every_length_are_taken_and_sent(int length)
    {
        await using var server = await RunningServer.StartAsync(("Limits:CommandBytes", 500_000));
        await using var socket = await ConnectAsync(server);
        var call = Time.Replace("[]}", "[]}" + new string(' ', length - Time.Length), StringComparison.Ordinal);
        await socket.SendAsync(RawSocket.Frame(0x1, call));
        await HasTimeAsync(socket);
    }

    [Fact]
    public async Task a_character_may_be_cut_by_the_end_of_a_fragment()
    {
        await using var server = await RunningServer.StartAsync();
        await using var socket = await ConnectAsync(server);
        var message = Encoding.UTF8.GetBytes("{\"type\":6,\"x\":\"\u00e4\u20ac\U0001F600\"}\u001e");
        await socket.SendAsync([.. message.Select((unit, at) => RawSocket.Frame(at == 0 ? 0x1 : 0x0, [unit], fin: at == message.Length - 1))]);
        await socket.SendAsync(RawSocket.Frame(0x1, Time));
        await HasTimeAsync(socket);
    }

    public static TheoryData<string, byte[], int> Wrong => new()
    {
        { "unmasked", RawSocket.Frame(0x1, "{\"type\":6}\u001e"u8.ToArray(), masked: false), 1002 },
        { "a reserved bit", RawSocket.Frame(0x1, "{\"type\":6}\u001e"u8.ToArray(), reserved: 4), 1002 },
        { "a reserved data opcode", RawSocket.Frame(0x3, "x"), 1002 },
        { "a reserved control opcode", RawSocket.Frame(0xB, "x"), 1002 },
        { "a continuation of nothing", RawSocket.Frame(0x0, "x"), 1002 },
        { "a message within a message", [.. RawSocket.Frame(0x1, "{", fin: false), .. RawSocket.Frame(0x1, "}")], 1002 },
        { "a ping in fragments", RawSocket.Frame(0x9, "x", fin: false), 1002 },
        { "a long ping", RawSocket.Frame(0x9, new byte[126]), 1002 },
        { "a length beyond 63 bits", [0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4], 1002 },
        { "a frame that will be too long", [0x81, 0xFF, 0, 0, 0, 0, 0, 0x10, 0, 1, 1, 2, 3, 4], 1009 },
        { "no UTF-8", RawSocket.Frame(0x1, [0x7B, 0xFF, 0x7D]), 1007 },
        { "half a surrogate", RawSocket.Frame(0x1, [0xED, 0xA0, 0x80]), 1007 },
        { "an overlong character", RawSocket.Frame(0x1, [0xC0, 0xAF]), 1007 },
        { "a lone continuation byte", RawSocket.Frame(0x1, [0x80, 0x80, 0x80, 0x80]), 1007 },
        { "a character without its end", RawSocket.Frame(0x1, [0x7B, 0xE2, 0x82]), 1007 },
        { "a cut character that goes on wrongly", [.. RawSocket.Frame(0x1, [0xE2, 0x82], fin: false), .. RawSocket.Frame(0x0, [0x41])], 1007 },
        { "a close frame of one byte", RawSocket.Frame(0x8, [0x03]), 1002 },
        { "a close code that is never sent", RawSocket.Frame(0x8, [0x03, 0xED]), 1002 },
        { "a close code that is none", RawSocket.Frame(0x8, [0x00, 0x07]), 1002 },
        { "a close reason that is no UTF-8", RawSocket.Frame(0x8, [0x03, 0xE8, 0xFF]), 1007 },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task what_the_protocol_forbids_ends_the_connection_with_its_code(string what, byte[] bytes, int code)
    {
        Assert.NotEmpty(what);
        await using var server = await RunningServer.StartAsync();
        await using var socket = await ConnectAsync(server);
        await socket.SendAsync(bytes);
        Assert.Equal(code, await socket.ClosedAsync());
        Assert.Equal("ready", await server.Http.GetStringAsync("/health/ready"));
    }

    [Theory]
    [InlineData(new byte[0], 0)]
    [InlineData(new byte[] { 0x03, 0xE8 }, 1000)]
    [InlineData(new byte[] { 0x03, 0xE9, 0x62, 0x79, 0x65 }, 1001)]
    [InlineData(new byte[] { 0x0F, 0xA0 }, 4000)]
    public async Task a_close_frame_is_answered_with_its_code(byte[] payload, int code)
    {
        await using var server = await RunningServer.StartAsync();
        await using var socket = await ConnectAsync(server);
        await socket.SendAsync(RawSocket.Frame(0x8, payload), RawSocket.Frame(0x1, "after the end"));
        Assert.Equal(code, await socket.ClosedAsync());
    }

    [Fact]
    public async Task a_client_that_does_not_answer_the_close_frame_is_cut()
    {
        await using var server = await RunningServer.StartAsync(("Limits:JoinWithin", "00:00:01"));
        await using var socket = await ConnectAsync(server);
        Assert.NotNull(await socket.NextAsync(0x8));
        try { Assert.Null(await socket.NextAsync()); }
        catch (IOException) { } // Reset: the other way of cutting it.
    }

    [Theory]
    [InlineData("")]
    [InlineData("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 12\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")]
    [InlineData("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n")]
    [InlineData("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZQ==\r\n")]
    [InlineData("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: !!!!IHNhbXBsZSBub25jZQ==\r\n")]
    [InlineData("Upgrade: h2c\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")]
    public async Task a_request_that_asks_for_no_websocket_is_refused(string headers)
    {
        await using var server = await RunningServer.StartAsync();
        await using var socket = await RawSocket.AskAsync(server.Address, await TokenAsync(server), headers);
        Assert.StartsWith("HTTP/1.1 400 ", socket.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_upgrade_is_answered_as_the_protocol_says_and_any_negotiated_id_is_taken()
    {
        await using var server = await RunningServer.StartAsync();
        await using var socket = await RawSocket.AskAsync(server.Address, await TokenAsync(server), query: "?id=negotiated-elsewhere");
        Assert.StartsWith("HTTP/1.1 101 ", socket.Answer, StringComparison.Ordinal);
        Assert.Contains($"Sec-WebSocket-Accept: {RawSocket.Accept}\r\n", socket.Answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Extensions", socket.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_negotiation_offers_websockets_in_the_version_that_was_asked_for()
    {
        await using var server = await RunningServer.StartAsync();
        var token = await TokenAsync(server);
        foreach (var (asked, version) in new[] { ("", 0), ("?negotiateVersion=1", 1), ("?negotiateVersion=7", 1) })
        {
            var answer = await (await server.PostAsync($"{Calls.HubPath}/negotiate{asked}", new { }, token)).JsonAsync();
            Assert.Equal(version, (int?)answer["negotiateVersion"] ?? 0);
            Assert.Equal(version > 0, answer["connectionToken"] is not null);
            Assert.NotNull(answer["connectionId"]);
            Assert.Equal("""[{"transport":"WebSockets","transferFormats":["Text","Binary"]}]""", answer["availableTransports"]!.ToJsonString());
        }
        Assert.NotNull((await (await server.PostAsync($"{Calls.HubPath}/negotiate?negotiateVersion=-1", new { }, token)).JsonAsync())["error"]);
    }

    [Fact]
    public async Task over_tls_it_is_the_same()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, certificate.Export(X509ContentType.Pfx, "password"));
            await using var server = await RunningServer.StartAsync(("Kestrel:Endpoints:Plain:Url", "http://127.0.0.1:0"), ("Kestrel:Endpoints:Tls:Url", "https://127.0.0.1:0"),
                ("Kestrel:Endpoints:Tls:Certificate:Path", file), ("Kestrel:Endpoints:Tls:Certificate:Password", "password"));
            var room = await server.MakeRoomAsync(new { title = new string('x', 200), agenda = Enumerable.Range(0, 100).Select(item => new { title = $"{item} {new string('x', 190)}" }) });
            await using var socket = await RawSocket.ConnectAsync(server, (await server.JoinAsync(room, "Ann")).Token, server.SecureAddress);
            await socket.SendAsync(RawSocket.Frame(0x1, "{\"type\":1,\"invocationId\":\"j\",\"target\":\"Join\",\"arguments\":[{}]}\u001e"));
            Assert.Contains("\"protocol\":1", Encoding.UTF8.GetString((await socket.NextAsync(0x1))!), StringComparison.Ordinal);
            var (lead, _) = await server.ConnectAsync(await server.JoinAsync(room, "Bo", "facilitator"));
            await using var leading = lead;
            for (var change = 0; change < 20; change++) await lead.DoAsync("people.rename", new { name = $"Bo {change} {new string('o', 60)}" });
            string heard;
            do heard = Encoding.UTF8.GetString((await socket.NextAsync(0x1))!);
            while (!heard.Contains("Bo 19", StringComparison.Ordinal));
            await socket.SendAsync(RawSocket.Frame(0x8, [0x03, 0xE8]));
            Assert.Equal(1000, await socket.ClosedAsync());
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<string> TokenAsync(RunningServer server) => (await server.JoinAsync(await server.MakeRoomAsync(), "Ann")).Token;

    private static async Task<RawSocket> ConnectAsync(RunningServer server) => await RawSocket.ConnectAsync(server, await TokenAsync(server));

    private static async Task HasTimeAsync(RawSocket socket)
    {
        var answer = JsonNode.Parse(Encoding.UTF8.GetString((await socket.NextAsync(0x1))!).TrimEnd('\u001e'))!;
        Assert.Equal("t", (string?)answer["invocationId"]);
        Assert.True((long)answer["result"]! > 0);
    }
}
