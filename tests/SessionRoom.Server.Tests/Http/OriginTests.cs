using System.Net;
using System.Net.WebSockets;

namespace SessionRoom.Server.Tests;

public sealed class OriginTests
{
    [Fact]
    public async Task the_servers_own_pages_and_a_keys_origins_may_call_and_others_may_not()
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync();
        var join = new { invite = room.Invites["member"], name = "Ann" };
        var own = server.Address.GetLeftPart(UriPartial.Authority);
        (await server.SendAsync(HttpMethod.Post, $"/api/rooms/{room.Id}/join", body: join, origin: own)).EnsureSuccessStatusCode().Dispose();
        using (var widget = await server.SendAsync(HttpMethod.Post, $"/api/rooms/{room.Id}/join", body: join, origin: "https://school.example"))
        {
            Assert.Equal(HttpStatusCode.OK, widget.StatusCode);
            Assert.Equal("https://school.example", widget.Headers.GetValues("Access-Control-Allow-Origin").Single());
        }
        foreach (var stranger in new[] { "https://evil.example", "https://school.example.evil.example", "http://school.example", "null", "https://sub.school.example" })
            await server.SendAsync(HttpMethod.Post, $"/api/rooms/{room.Id}/join", body: join, origin: stranger).RefusesAsync(403, "forbidden");
    }

    [Fact]
    public async Task a_socket_opens_from_the_same_origins_only()
    {
        await using var server = await RunningServer.StartAsync();
        var ann = await server.JoinAsync(await server.MakeRoomAsync(), "Ann");
        foreach (var good in new[] { server.Address.GetLeftPart(UriPartial.Authority), "https://school.example" })
        {
            await using var socket = await HubSocket.ConnectAsync(server, ann.Token, good);
            Assert.NotNull(await socket.CallAsync("Join", new { }));
        }
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => HubSocket.ConnectAsync(server, ann.Token, "https://evil.example"));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
        await server.SendAsync(HttpMethod.Post, "/hubs/room/negotiate?negotiateVersion=1", ann.Token, new { }, "https://evil.example").RefusesAsync(403, "forbidden");
    }

    [Fact]
    public async Task a_preflight_is_answered_for_a_keys_origin_and_refused_for_another()
    {
        await using var server = await RunningServer.StartAsync();
        using var allowed = await PreflightAsync("https://school.example");
        Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
        Assert.Equal("authorization", allowed.Headers.GetValues("Access-Control-Allow-Headers").Single());
        using var refused = await PreflightAsync("https://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.False(refused.Headers.Contains("Access-Control-Allow-Origin"));

        async Task<HttpResponseMessage> PreflightAsync(string origin)
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, "/api/rooms");
            request.Headers.Add("Origin", origin);
            request.Headers.Add("Access-Control-Request-Method", "POST");
            request.Headers.Add("Access-Control-Request-Headers", "authorization");
            return await server.Http.SendAsync(request);
        }
    }
}
