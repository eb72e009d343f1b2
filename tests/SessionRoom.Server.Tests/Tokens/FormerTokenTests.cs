namespace SessionRoom.Server.Tests;

public sealed class FormerTokenTests
{
    private const string SigningKey = "signing-key-0123456789-abcdefghijklmn";

    [Theory]
    [InlineData("expired", true)]
    [InlineData("still good", true)]
    [InlineData("of another role", false)]
    [InlineData("of another room", false)]
    [InlineData("removed", false)]
    [InlineData("of a key", false)]
    [InlineData("forged", false)]
    [InlineData("older than the room", false)]
    public async Task whoever_shows_an_old_token_of_the_room_with_its_invite_is_the_same_person_again(string token, bool same)
    {
        await using var server = await RunningServer.StartAsync(("SigningKey", SigningKey));
        var room = await server.MakeRoomAsync(secret: RunningServer.SchoolSecret);
        var ann = await server.JoinAsync(room, "Ann");
        var claims = new Dictionary<string, object?>(Jwt.Claims(room.Id, ann.Pid, expires: DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeSeconds())) { ["iss"] = "session-room" };
        if (token == "of another role") claims["role"] = "facilitator";
        if (token == "of another room") claims["room"] = "elsewhere";
        if (token == "older than the room") claims["iat"] = DateTimeOffset.UtcNow.AddMinutes(-2).ToUnixTimeSeconds();
        var old = token switch
        {
            "still good" => ann.Token,
            "of a key" => Jwt.Sign(claims, RunningServer.SchoolSecret),
            "forged" => Jwt.Sign(claims, RunningServer.SchoolSecret, "session-room"),
            _ => Jwt.Sign(claims, SigningKey, "session-room"),
        };
        (await server.PostAsync($"/api/rooms/{room.Id}/commands", new { type = "hand.raise", id = "1" }, ann.Token)).EnsureSuccessStatusCode().Dispose();
        if (token == "removed") (await server.PostAsync($"/api/rooms/{room.Id}/commands", new { type = "people.remove", id = "1", pid = ann.Pid }, RunningServer.SchoolSecret)).EnsureSuccessStatusCode().Dispose();

        var joined = await (await server.PostAsync($"/api/rooms/{room.Id}/join", new { invite = room.Invites["member"], name = "Ann" }, old)).JsonAsync();
        Assert.Equal(same, ann.Pid == (string?)joined["participantId"]);
        var read = await (await server.GetAsync($"/api/rooms/{room.Id}", (string?)joined["token"])).JsonAsync();
        Assert.Equal(token == "removed" ? 0 : 1, read["state"]!["people"]!.AsObject().Count);
    }

    [Theory]
    [InlineData("session-room")]
    [InlineData("school")]
    public async Task a_token_that_is_older_than_its_room_opens_nothing(string signer)
    {
        await using var server = await RunningServer.StartAsync(("SigningKey", SigningKey));
        var room = await server.MakeRoomAsync(secret: RunningServer.SchoolSecret);
        var claims = new Dictionary<string, object?>(Jwt.Claims(room.Id, role: "facilitator")) { ["iat"] = DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeSeconds(), ["iss"] = signer };
        var token = Jwt.Sign(claims, signer == "school" ? RunningServer.SchoolSecret : SigningKey, signer);
        await server.GetAsync($"/api/rooms/{room.Id}", token).RefusesAsync(403, "forbidden");
        await server.SendAsync(HttpMethod.Delete, $"/api/rooms/{room.Id}", token).RefusesAsync(403, "forbidden");
        await using var socket = await HubSocket.ConnectAsync(server, token);
        var refused = await Assert.ThrowsAsync<HubCallException>(() => socket.CallAsync("Join", new { }));
        Assert.Contains("forbidden: this token is older than the room", refused.Message, StringComparison.Ordinal);
    }
}
