using System.Net.WebSockets;

namespace SessionRoom.Server.Tests;

public sealed class SecretsTests
{
    [Fact]
    public async Task no_log_line_at_any_level_holds_a_token_an_invite_or_a_secret()
    {
        await using var server = await RunningServer.StartAsync(
            ("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Microsoft.AspNetCore", "Trace"), ($"Logging:LogLevel:{typeof(BearerAuthentication).FullName}", "Trace"));
        var room = await server.MakeRoomAsync(new { title = "Weekly", agreement = "Be kind" }, RunningServer.SchoolSecret);
        var (ann, eve) = (await server.JoinAsync(room, "Ann", "facilitator"), Jwt.Sign(Jwt.Claims(room.Id), RunningServer.SchoolSecret));
        var (stale, wrong) = (Jwt.With(room.Id, "exp", 1), "wrong-secret-0123456789-abcdefghij");

        var (socket, _) = await server.ConnectAsync(ann);
        await socket.DoAsync("agreement.accept", new { version = 1 });
        await socket.SendAsync("not a frame");
        await socket.Closed;
        await socket.DisposeAsync();
        await Assert.ThrowsAsync<WebSocketException>(() => HubSocket.ConnectAsync(server, stale));
        await Assert.ThrowsAsync<WebSocketException>(() => HubSocket.ConnectAsync(server, ann.Token, "https://evil.example"));
        (await server.GetAsync($"/api/rooms/{room.Id}", eve)).Dispose();
        (await server.GetAsync($"/api/rooms/{room.Id}?access_token={ann.Token}")).Dispose();
        (await server.PostAsync($"/hubs/room/negotiate?ACCESS_TOKEN={ann.Token}&negotiateVersion=1", new { }, stale)).Dispose();
        (await server.PostAsync("/api/rooms", new { title = "t" }, wrong)).Dispose();
        (await server.PostAsync($"/api/rooms/{room.Id}/join", new { invite = "wrong-invite-abcdef", name = "Eve" })).Dispose();
        (await server.PostAsync($"/api/rooms/{room.Id}/join", new StringContent($"{{\"invite\":\"{room.Invites["member"]}\",\"name\":7}}", System.Text.Encoding.UTF8, "application/json"))).Dispose();
        (await server.SendAsync(HttpMethod.Delete, $"/api/rooms/{room.Id}", ann.Token)).Dispose();
        await server.StopAsync();

        string[] secrets = [ann.Token, eve, stale, wrong, "wrong-invite-abcdef", RunningServer.SchoolSecret, RunningServer.ClinicSecret, .. room.Invites.Values];
        // A token's signature alone would be enough to know it by.
        var forbidden = secrets.Concat(secrets.Where(secret => secret.Contains('.')).Select(token => token.Split('.')[2])).ToList();
        Assert.Contains(server.Logs.Lines, line => line.Contains("Request starting", StringComparison.Ordinal) && line.Contains("/hubs/room", StringComparison.Ordinal));
        Assert.All(server.Logs.Lines, line => Assert.DoesNotContain(forbidden, secret => line.Contains(secret, StringComparison.Ordinal)));
    }
}
