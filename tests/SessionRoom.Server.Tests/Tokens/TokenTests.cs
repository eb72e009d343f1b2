using System.Net;
using System.Net.WebSockets;

namespace SessionRoom.Server.Tests;

public sealed class TokenTests
{
    [Fact]
    public async Task an_integrator_signs_its_own_tokens_with_a_keys_secret()
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync(secret: RunningServer.SchoolSecret);
        var (socket, joined) = await server.ConnectAsync(new("ann", Jwt.Sign(Jwt.Claims(room.Id), RunningServer.SchoolSecret), room.Id));
        await using var _ = socket;
        var ann = joined["state"]!["people"]!["ann"]!;
        Assert.Equal(("Ann", "member", "inRoom"), ((string?)ann["name"], (string?)ann["role"], (string?)ann["place"]));
    }

    public static TheoryData<string> Wrong => ["signature", "none", "HS512", "kid", "no kid", "expired", "no exp", "aud", "no aud", "no iss", "our iss", "no iat", "iat", "role", "sub", "proto", "no sub", "name", "no name", "place", "garbage", "cut"];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task a_token_that_is_wrong_opens_nothing(string what)
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync(new { title = "t" }, RunningServer.SchoolSecret);
        var claims = Jwt.Claims(room.Id);
        var good = Jwt.Sign(claims, RunningServer.SchoolSecret);
        var token = what switch
        {
            "signature" => Jwt.Sign(claims, RunningServer.ClinicSecret),
            "none" => Jwt.Sign(claims, RunningServer.SchoolSecret, algorithm: "none"),
            "HS512" => Jwt.Sign(claims, RunningServer.SchoolSecret, algorithm: "HS512"),
            "kid" => Jwt.Sign(claims, RunningServer.SchoolSecret, "clinic"),
            "no kid" => Jwt.Sign(claims, RunningServer.SchoolSecret, null),
            "expired" => Jwt.With(room.Id, "exp", DateTimeOffset.UtcNow.AddSeconds(-1).ToUnixTimeSeconds()),
            "no exp" => Jwt.With(room.Id, "exp", null),
            "aud" => Jwt.With(room.Id, "aud", "another-service"),
            "no aud" => Jwt.With(room.Id, "aud", null),
            "no iss" => Jwt.With(room.Id, "iss", null),
            "our iss" => Jwt.Sign(new(claims) { ["iss"] = "session-room" }, RunningServer.SchoolSecret, "session-room"),
            "no iat" => Jwt.With(room.Id, "iat", null),
            "iat" => Jwt.With(room.Id, "iat", "today"),
            "role" => Jwt.With(room.Id, "role", "emperor"),
            "sub" => Jwt.With(room.Id, "sub", "key:school"),
            "proto" => Jwt.With(room.Id, "sub", "__proto__"),
            "no sub" => Jwt.With(room.Id, "sub", null),
            "name" => Jwt.With(room.Id, "name", "  "),
            "no name" => Jwt.With(room.Id, "name", null),
            "place" => Jwt.With(room.Id, "place", "moon"),
            "garbage" => "ey.not.a-token",
            _ => good[..^3],
        };
        await server.GetAsync($"/api/rooms/{room.Id}", token).RefusesAsync(401, "unauthorized");
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => HubSocket.ConnectAsync(server, token));
        Assert.Contains("401", refused.Message, StringComparison.Ordinal);
        (await server.GetAsync($"/api/rooms/{room.Id}", good)).EnsureSuccessStatusCode().Dispose();
    }

    [Fact]
    public async Task a_keys_token_opens_neither_anothers_room_nor_one_that_nobody_owns()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var room in new[] { await server.MakeRoomAsync(secret: RunningServer.ClinicSecret), await server.MakeRoomAsync() })
        {
            var token = Jwt.Sign(Jwt.Claims(room.Id, role: "facilitator"), RunningServer.SchoolSecret);
            await server.GetAsync($"/api/rooms/{room.Id}", token).RefusesAsync(403, "forbidden");
            await using var socket = await HubSocket.ConnectAsync(server, token);
            var refused = await Assert.ThrowsAsync<HubCallException>(() => socket.CallAsync("Join", new { }));
            Assert.Contains("forbidden: ", refused.Message, StringComparison.Ordinal);
            Assert.Equal("not_found", (string?)(await socket.DoAsync("session.end"))["error"]!["code"]);
        }
    }

    [Fact]
    public async Task the_hub_is_closed_to_keys_and_to_strangers()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/hubs/room/negotiate?negotiateVersion=1", new { }).RefusesAsync(401, "unauthorized");
        await server.PostAsync("/hubs/room/negotiate?negotiateVersion=1", new { }, RunningServer.SchoolSecret).RefusesAsync(403, "forbidden");
    }

    [Fact]
    public async Task a_token_in_the_query_opens_the_hub_and_nothing_else()
    {
        await using var server = await RunningServer.StartAsync();
        var ann = await server.JoinAsync(await server.MakeRoomAsync(), "Ann");
        await server.GetAsync($"/api/rooms/{ann.RoomId}?access_token={ann.Token}").RefusesAsync(401, "unauthorized");
        using var negotiated = await server.PostAsync($"/hubs/room/negotiate?negotiateVersion=1&access_token={ann.Token}", new { });
        Assert.Equal(HttpStatusCode.OK, negotiated.StatusCode);
    }

    [Fact]
    public async Task the_signing_key_is_made_once_and_only_the_servers_user_may_read_it()
    {
        await using var server = await RunningServer.StartAsync();
        var file = new FileInfo(Path.Combine(server.Folder.FullName, "data", "signing.key"));
        Assert.Equal(32, file.Length);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode);
        var again = new TokenSigner(new() { DataDirectory = file.DirectoryName! });
        Assert.Equal(await File.ReadAllBytesAsync(file.FullName), again.Key.Key);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("")]
    public void a_signing_key_that_is_too_short_stops_the_start(string secret) =>
        Assert.Contains("32 bytes", Assert.Throws<SettingsException>(() => new TokenSigner(new() { SigningKey = secret })).Message, StringComparison.Ordinal);

    [Fact]
    public void settings_that_cannot_hold_stop_the_start_and_say_which()
    {
        ServerOptions With(string id, string secret) => new() { ApiKeys = [new() { Id = id, Secret = secret }] };
        Assert.Contains("32 bytes", Assert.Throws<SettingsException>(With("a", new string('s', 31)).Check).Message, StringComparison.Ordinal);
        Assert.Contains("Id", Assert.Throws<SettingsException>(With("a:b", RunningServer.SchoolSecret).Check).Message, StringComparison.Ordinal);
        Assert.Contains("own", Assert.Throws<SettingsException>(With("session-room", RunningServer.SchoolSecret).Check).Message, StringComparison.Ordinal);
    }
}
