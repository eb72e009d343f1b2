using System.Net;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace SessionRoom.Server.Tests;

public sealed class GoodByeTests
{
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task an_expired_token_closes_its_connection_within_two_seconds()
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync(secret: RunningServer.SchoolSecret);
        var expires = DateTimeOffset.UtcNow.AddSeconds(3).ToUnixTimeSeconds();
        var (socket, _) = await server.ConnectAsync(new("ann", Jwt.Sign(Jwt.Claims(room.Id, expires: expires), RunningServer.SchoolSecret), room.Id));
        await using var connection = socket;
        Assert.Equal("expired", (string?)(await socket.NextAsync("bye"))["reason"]);
        await socket.Closed;
        Assert.InRange(DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeSeconds(expires), TimeSpan.Zero, Prompt);
    }

    [Fact]
    public async Task whoever_is_removed_is_told_and_closed_and_their_token_opens_nothing_any_more()
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync();
        var (ann, bo) = (await server.JoinAsync(room, "Ann", "facilitator"), await server.JoinAsync(room, "Bo"));
        var ((lead, _), (socket, _)) = (await server.ConnectAsync(ann), await server.ConnectAsync(bo));
        await using var leading = lead;
        await using var connection = socket;
        await lead.DoAsync("people.remove", new { pid = bo.Pid });
        var watch = Stopwatch.StartNew();
        Assert.Equal("removed", (string?)(await socket.NextAsync("bye"))["reason"]);
        await socket.Closed;
        Assert.True(watch.Elapsed < Prompt);
        Assert.DoesNotContain(socket.Heard, heard => heard.Argument!["events"]?.ToJsonString().Contains("people.removed", StringComparison.Ordinal) is true);
        await server.GetAsync($"/api/rooms/{room.Id}", bo.Token).RefusesAsync(403, "forbidden");
        await using var again = await HubSocket.ConnectAsync(server, bo.Token);
        var joining = again.InvokeAsync("Join", new { });
        Assert.Equal("removed", (string?)(await again.NextAsync("bye"))["reason"]);
        await again.Closed;
        await Assert.ThrowsAnyAsync<Exception>(async () => Assert.NotNull((await joining)["result"]));
    }

    [Fact]
    public async Task a_deleted_room_says_good_bye_to_all_and_lets_nobody_in()
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync();
        var (ann, bo) = (await server.JoinAsync(room, "Ann", "facilitator"), await server.JoinAsync(room, "Bo"));
        var ((first, _), (second, _)) = (await server.ConnectAsync(ann), await server.ConnectAsync(bo));
        await using var one = first;
        await using var two = second;
        (await server.SendAsync(HttpMethod.Delete, $"/api/rooms/{room.Id}", ann.Token)).EnsureSuccessStatusCode().Dispose();
        foreach (var socket in new[] { first, second })
        {
            Assert.Equal("room_deleted", (string?)(await socket.NextAsync("bye"))["reason"]);
            await socket.Closed;
        }
        await using var late = await HubSocket.ConnectAsync(server, bo.Token);
        _ = late.InvokeAsync("Join", new { }).ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.Equal("room_deleted", (string?)(await late.NextAsync("bye"))["reason"]);
        await late.Closed;
    }

    [Fact]
    public async Task a_server_that_stops_says_so_to_each_at_another_moment_and_leaves_its_people_online()
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync();
        var sockets = new List<HubSocket>();
        for (var person = 0; person < 8; person++) sockets.Add((await server.ConnectAsync(await server.JoinAsync(room, $"P{person}"))).Socket);
        await server.StopAsync();
        var waits = new HashSet<long>();
        foreach (var socket in sockets)
        {
            var bye = await socket.NextAsync("bye");
            Assert.Equal("server_stopping", (string?)bye["reason"]);
            Assert.InRange((long)bye["retryAfterMs"]!, 250, 3_250);
            waits.Add((long)bye["retryAfterMs"]!);
            await socket.Closed;
            Assert.DoesNotContain(socket.Heard, heard => heard.Argument!["events"]?.ToJsonString().Contains("people.disconnected", StringComparison.Ordinal) is true);
        }
        Assert.True(waits.Count > 1);
        foreach (var socket in sockets) await socket.DisposeAsync();
    }

    [Fact]
    public async Task too_many_commands_are_refused_and_who_floods_is_closed_and_stays_out_for_a_while()
    {
        await using var server = await RunningServer.StartAsync(("Limits:CommandBurst", 5), ("Limits:CommandsPerSecond", 0.01), ("Limits:FloodAfter", 10), ("Limits:OutAfterFlood", "00:01:00"));
        var room = await server.MakeRoomAsync();
        var ann = await server.JoinAsync(room, "Ann");
        var (socket, _) = await server.ConnectAsync(ann);
        await using var connection = socket;
        for (var call = 0; call < 4; call++) Assert.True((bool)(await socket.DoAsync("hand.raise"))["ok"]!);
        Assert.Equal("rate_limited", (string?)(await socket.DoAsync("hand.raise"))["error"]!["code"]);
        Assert.Contains("rate_limited: ", (await Assert.ThrowsAsync<HubCallException>(() => socket.CallAsync("Time"))).Message, StringComparison.Ordinal);
        for (var call = 0; call < 12; call++) _ = socket.InvokeAsync("Time").ContinueWith(_ => { }, TaskScheduler.Default);
        var bye = await socket.NextAsync("bye");
        Assert.Equal(("rate_limited", 60_000), ((string?)bye["reason"], (long)bye["retryAfterMs"]!));
        await socket.Closed;

        using var knock = new HttpRequestMessage(HttpMethod.Get, "/hubs/room") { Headers = { Authorization = new("Bearer", ann.Token) } };
        using var refused = await server.Http.SendAsync(knock);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        await using var other = (await server.ConnectAsync(await server.JoinAsync(room, "Bo"))).Socket;
        Assert.True((bool)(await other.DoAsync("hand.raise"))["ok"]!);
    }

    [Fact]
    public async Task a_connection_that_never_joins_is_closed()
    {
        await using var server = await RunningServer.StartAsync(("Limits:JoinWithin", "00:00:01"));
        await using var socket = await HubSocket.ConnectAsync(server, (await server.JoinAsync(await server.MakeRoomAsync(), "Ann")).Token);
        Assert.Equal("too_slow", (string?)(await socket.NextAsync("bye"))["reason"]);
        await socket.Closed;
        Assert.Equal(0, server.Services.GetRequiredService<RoomAudience>().Rooms);
    }
}
