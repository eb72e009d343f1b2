using System.Net;
using System.Net.WebSockets;

namespace SessionRoom.Server.Tests;

public sealed class OriginTests
{
    private const string School = "https://school.example", Clinic = "https://clinic.example:8443";
    private static readonly (string, object)[] BothKeys = [("ApiKeys:1:Origins:0", "https://CLINIC.example:8443/"), ("Limits:GuessesPerMinute", 10)];

    [Fact]
    public async Task a_room_is_joined_from_the_servers_own_pages_and_the_origins_of_its_key()
    {
        await using var server = await RunningServer.StartAsync(BothKeys);
        var (own, room) = (server.Address.GetLeftPart(UriPartial.Authority), await server.MakeRoomAsync(secret: RunningServer.SchoolSecret));
        (await JoinAsync(own)).EnsureSuccessStatusCode().Dispose();
        using (var widget = await JoinAsync(School))
        {
            Assert.Equal(HttpStatusCode.OK, widget.StatusCode);
            Assert.Equal(School, widget.Headers.GetValues("Access-Control-Allow-Origin").Single());
        }
        foreach (var stranger in new[] { "https://evil.example", "https://school.example.evil.example", "http://school.example", "null", "https://school.example.", "https://sub.school.example", Clinic })
            await JoinAsync(stranger).RefusesAsync(403, "forbidden");

        Task<HttpResponseMessage> JoinAsync(string origin) => server.SendAsync(HttpMethod.Post, $"/api/rooms/{room.Id}/join", body: new { invite = room.Invites["member"], name = "Ann" }, origin: origin);
    }

    [Fact]
    public async Task a_page_of_another_keys_origin_is_told_what_to_do_and_reads_nothing_of_the_room()
    {
        await using var server = await RunningServer.StartAsync(BothKeys);
        var room = await server.MakeRoomAsync(secret: RunningServer.SchoolSecret);
        var ann = await server.JoinAsync(room, "Ann", "facilitator");
        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, "", null), (HttpMethod.Get, "/board", null), (HttpMethod.Get, "/export", null),
            (HttpMethod.Post, "/commands", new { id = "1", type = "session.start" }), (HttpMethod.Delete, "", null),
        })
        {
            (await server.SendAsync(HttpMethod.Get, $"/api/rooms/{room.Id}", ann.Token, origin: School)).EnsureSuccessStatusCode().Dispose();
            var refused = await (await server.SendAsync(method, $"/api/rooms/{room.Id}{path}", ann.Token, body, Clinic)).JsonAsync(HttpStatusCode.Forbidden);
            Assert.Contains("Origins of the key that made the room", (string)refused["detail"]!, StringComparison.Ordinal);
            Assert.DoesNotContain("Weekly", refused.ToJsonString(), StringComparison.Ordinal);
        }
        Assert.Contains(server.Logs.Lines, line => line.Contains($"A page of origin {Clinic} was refused: the key that made room {room.Id} does not list it", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Logs.Lines, line => line.Contains(ann.Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_room_that_no_key_made_opens_in_the_servers_own_pages_only()
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync();
        var ann = await server.JoinAsync(room, "Ann");
        await server.SendAsync(HttpMethod.Get, $"/api/rooms/{room.Id}", ann.Token, origin: School).RefusesAsync(403, "forbidden");
        await server.SendAsync(HttpMethod.Post, $"/api/rooms/{room.Id}/join", body: new { invite = room.Invites["member"], name = "Bob" }, origin: School).RefusesAsync(403, "forbidden");
        await server.SendAsync(HttpMethod.Post, "/api/rooms", body: new { title = "Nobody's" }, origin: School).RefusesAsync(403, "forbidden");
        await Assert.ThrowsAsync<WebSocketException>(() => HubSocket.ConnectAsync(server, ann.Token, School));
    }

    [Fact]
    public async Task a_key_and_what_it_signs_are_taken_from_its_own_origins()
    {
        await using var server = await RunningServer.StartAsync(BothKeys);
        var room = await server.MakeRoomAsync(secret: RunningServer.SchoolSecret);
        await server.SendAsync(HttpMethod.Post, "/api/rooms", RunningServer.SchoolSecret, new { title = "t" }, Clinic).RefusesAsync(403, "forbidden");
        (await server.SendAsync(HttpMethod.Post, "/api/rooms", RunningServer.ClinicSecret, new { title = "t" }, Clinic)).EnsureSuccessStatusCode().Dispose();
        var signed = Jwt.Sign(Jwt.Claims(room.Id), RunningServer.SchoolSecret);
        (await server.SendAsync(HttpMethod.Get, $"/api/rooms/{room.Id}", signed, origin: School)).EnsureSuccessStatusCode().Dispose();
        await server.SendAsync(HttpMethod.Get, $"/api/rooms/{room.Id}", signed, origin: Clinic).RefusesAsync(403, "forbidden");
    }

    [Fact]
    public async Task a_socket_opens_from_the_same_origins_only()
    {
        await using var server = await RunningServer.StartAsync(BothKeys);
        var ann = await server.JoinAsync(await server.MakeRoomAsync(secret: RunningServer.SchoolSecret), "Ann");
        foreach (var good in new[] { server.Address.GetLeftPart(UriPartial.Authority), School })
        {
            await using var socket = await HubSocket.ConnectAsync(server, ann.Token, good);
            Assert.NotNull(await socket.CallAsync("Join", new { }));
        }
        foreach (var bad in new[] { "https://evil.example", "null", $"{School}.", Clinic })
        {
            var refused = await Assert.ThrowsAsync<WebSocketException>(() => HubSocket.ConnectAsync(server, ann.Token, bad));
            Assert.Contains("403", refused.Message, StringComparison.Ordinal);
            await server.SendAsync(HttpMethod.Post, "/hubs/room/negotiate?negotiateVersion=1", ann.Token, new { }, bad).RefusesAsync(403, "forbidden");
        }
    }

    [Fact]
    public async Task a_room_that_is_gone_is_answered_as_ever_and_asking_which_rooms_there_are_has_an_end()
    {
        await using var server = await RunningServer.StartAsync(BothKeys);
        var room = await server.MakeRoomAsync(secret: RunningServer.SchoolSecret);
        var ann = await server.JoinAsync(room, "Ann", "facilitator");
        (await server.SendAsync(HttpMethod.Delete, $"/api/rooms/{room.Id}", ann.Token)).EnsureSuccessStatusCode().Dispose();
        await server.SendAsync(HttpMethod.Get, $"/api/rooms/{room.Id}", ann.Token, origin: School).RefusesAsync(404, "not_found");
        var other = await server.MakeRoomAsync(secret: RunningServer.SchoolSecret);
        for (var guess = 0; guess < 10; guess++) await GuessAsync().RefusesAsync(403, "forbidden");
        await GuessAsync().RefusesAsync(429, "rate_limited");

        Task<HttpResponseMessage> GuessAsync() => server.SendAsync(HttpMethod.Post, $"/api/rooms/{other.Id}/join", body: new { invite = "x", name = "Eve" }, origin: Clinic);
    }

    [Fact]
    public async Task a_preflight_is_answered_for_a_keys_origin_and_refused_for_another()
    {
        await using var server = await RunningServer.StartAsync();
        using var allowed = await PreflightAsync(School);
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

    [Fact]
    public async Task only_pages_of_the_rooms_key_may_show_it_in_a_frame()
    {
        await using var server = await RunningServer.StartAsync(BothKeys);
        Assert.Equal($"'self' {School}", await FramedByAsync($"/embed/{(await server.MakeRoomAsync(secret: RunningServer.SchoolSecret)).Id}"));
        Assert.Equal($"'self' {Clinic}", await FramedByAsync($"/embed/{(await server.MakeRoomAsync(secret: RunningServer.ClinicSecret)).Id}"));
        Assert.Equal("'self'", await FramedByAsync($"/embed/{(await server.MakeRoomAsync()).Id}"));
        Assert.Equal("'self'", await FramedByAsync("/embed/nowhere"));
        Assert.Equal("'self'", await FramedByAsync("/r/nowhere"));

        async Task<string> FramedByAsync(string path)
        {
            using var page = await server.GetAsync(path);
            Assert.False(page.Headers.Contains("X-Frame-Options"));
            return page.Headers.GetValues("Content-Security-Policy").Single().Split("frame-ancestors ")[1];
        }
    }

    [Fact]
    public async Task which_rooms_there_are_cannot_be_asked_without_end_by_frames()
    {
        await using var server = await RunningServer.StartAsync(("Limits:NewPeoplePerMinute", 3));
        var room = await server.MakeRoomAsync(secret: RunningServer.SchoolSecret);
        for (var frame = 0; frame < 3; frame++) (await server.GetAsync("/embed/nowhere")).Dispose();
        // What is there is answered as what is not: the bound itself tells nothing.
        foreach (var id in new[] { room.Id, "nowhere" }) await server.GetAsync($"/embed/{id}").RefusesAsync(429, "rate_limited");
    }

    [Theory]
    [InlineData("school.example")]
    [InlineData("https://school.example/room")]
    [InlineData("https://*.school.example")]
    [InlineData("https://school.example; script-src *")]
    [InlineData("ftp://school.example")]
    [InlineData("null")]
    public async Task an_origin_that_no_browser_sends_is_a_setting_that_cannot_hold(string origin)
    {
        var refused = await Assert.ThrowsAsync<SettingsException>(() => RunningServer.StartAsync(("ApiKeys:1:Origins:0", origin)));
        Assert.Contains("an Origin of clinic", refused.Message, StringComparison.Ordinal);
    }
}
