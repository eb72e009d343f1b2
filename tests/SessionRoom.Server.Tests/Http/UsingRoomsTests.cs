using System.Net;

namespace SessionRoom.Server.Tests;

public sealed class UsingRoomsTests
{
    [Fact]
    public async Task a_token_reads_its_room_and_no_other()
    {
        await using var server = await RunningServer.StartAsync();
        var (room, other) = (await server.MakeRoomAsync(), await server.MakeRoomAsync());
        var ann = await server.JoinAsync(room, "Ann");
        var read = await (await server.GetAsync($"/api/rooms/{room.Id}", ann.Token)).JsonAsync();
        Assert.Equal(room.Id, (string?)read["state"]!["room"]!["id"]);
        Assert.Equal((1L, false), ((long)read["seq"]!, string.IsNullOrEmpty((string?)read["epoch"])));
        await server.GetAsync($"/api/rooms/{other.Id}", ann.Token).RefusesAsync(403, "forbidden");
        await server.GetAsync($"/api/rooms/{room.Id}").RefusesAsync(401, "unauthorized");
        await server.GetAsync("/api/rooms/nowhere", RunningServer.SchoolSecret).RefusesAsync(404, "not_found");
    }

    [Fact]
    public async Task a_command_without_a_socket_gets_the_same_ack_and_happens_once_under_one_id()
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync();
        var ann = await server.JoinAsync(room, "Ann", "facilitator");
        var command = new { type = "people.seat", id = "seat-1", name = "Cho" };
        var first = await (await server.PostAsync($"/api/rooms/{room.Id}/commands", command, ann.Token)).JsonAsync();
        var again = await (await server.PostAsync($"/api/rooms/{room.Id}/commands", command, ann.Token)).JsonAsync();
        Assert.True((bool)first["ok"]!);
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        var state = (await (await server.GetAsync($"/api/rooms/{room.Id}", ann.Token)).JsonAsync())["state"]!;
        Assert.Equal("Cho", (string?)state["people"]![(string)first["result"]!["pid"]!]!["name"]);
        Assert.Equal(2, state["people"]!.AsObject().Count);
        Assert.False((bool)state["people"]![ann.Pid]!["online"]!);
    }

    [Fact]
    public async Task a_key_commands_its_room_as_its_facilitator()
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync(secret: RunningServer.SchoolSecret);
        var ack = await (await server.PostAsync($"/api/rooms/{room.Id}/commands", new { type = "session.start", id = "1" }, RunningServer.SchoolSecret)).JsonAsync();
        Assert.True((bool)ack["ok"]!);
        var state = (await (await server.GetAsync($"/api/rooms/{room.Id}", RunningServer.SchoolSecret)).JsonAsync())["state"]!;
        Assert.Equal("live", (string?)state["room"]!["stage"]);
        Assert.Empty(state["people"]!.AsObject());
    }

    [Theory]
    [InlineData("""{"type":"no.such","id":"1"}""", "invalid")]
    [InlineData("""{"type":"session.start"}""", "invalid")]
    [InlineData("""{"type":"session.start","id":""}""", "invalid")]
    [InlineData("""{"type":"session.start","id":7}""", "invalid")]
    [InlineData("""{"id":"1"}""", "invalid")]
    [InlineData("""[1,2]""", "invalid")]
    [InlineData("""{"type":"session.start","id":"1"}""", "forbidden")]
    [InlineData("""{"type":"floor.give","id":"1"}""", "invalid")]
    [InlineData("""{"type":"queue.remove","id":"1","entryId":"none"}""", "not_found")]
    public async Task a_refused_command_is_answered_with_its_code(string command, string code)
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync();
        var ann = await server.JoinAsync(room, "Ann");
        var ack = await (await server.PostAsync($"/api/rooms/{room.Id}/commands", new StringContent(command, System.Text.Encoding.UTF8, "application/json"), ann.Token)).JsonAsync();
        Assert.Equal((false, code), ((bool)ack["ok"]!, (string?)ack["error"]!["code"]));
        Assert.NotEmpty((string)ack["error"]!["message"]!);
    }

    [Fact]
    public async Task a_command_beyond_its_size_is_too_large_and_a_body_that_is_not_json_is_a_problem()
    {
        await using var server = await RunningServer.StartAsync(("Limits:CommandBytes", 500));
        var room = await server.MakeRoomAsync();
        var ann = await server.JoinAsync(room, "Ann");
        var ack = await (await server.PostAsync($"/api/rooms/{room.Id}/commands", new { type = "people.rename", id = "1", name = new string('x', 600) }, ann.Token)).JsonAsync();
        Assert.Equal("too_large", (string?)ack["error"]!["code"]);
        await server.PostAsync($"/api/rooms/{room.Id}/commands", new StringContent("{\"type\":", System.Text.Encoding.UTF8, "application/json"), ann.Token).RefusesAsync(400, "invalid");
        await server.PostAsync($"/api/rooms/{room.Id}/commands", new StringContent("type=session.start"), ann.Token).RefusesAsync(415, "invalid");
    }

    [Fact]
    public async Task calls_over_http_are_bounded_per_bearer()
    {
        await using var server = await RunningServer.StartAsync(("Limits:CommandBurst", 3), ("Limits:CommandsPerSecond", 0.01));
        var room = await server.MakeRoomAsync();
        var (ann, bo) = (await server.JoinAsync(room, "Ann"), await server.JoinAsync(room, "Bo"));
        for (var call = 0; call < 3; call++) (await server.GetAsync($"/api/rooms/{room.Id}", ann.Token)).EnsureSuccessStatusCode().Dispose();
        await server.GetAsync($"/api/rooms/{room.Id}", ann.Token).RefusesAsync(429, "rate_limited");
        (await server.GetAsync($"/api/rooms/{room.Id}", bo.Token)).EnsureSuccessStatusCode().Dispose();
    }

    [Fact]
    public async Task calls_of_a_key_are_bounded_and_so_is_an_agenda()
    {
        await using var server = await RunningServer.StartAsync(("Limits:KeyCallsPerSecond", 2), ("Limits:AgendaItems", 1));
        await server.PostAsync("/api/rooms", new { title = "t", agenda = new[] { new { title = "a" }, new { title = "b" } } }).RefusesAsync(413, "too_large");
        var room = await server.MakeRoomAsync(secret: RunningServer.SchoolSecret);
        var (codes, deadline) = (new HashSet<int>(), DateTime.UtcNow + HubSocket.Patience);
        while (!codes.Contains(429) && DateTime.UtcNow < deadline)
        {
            using var answer = await server.GetAsync($"/api/rooms/{room.Id}", RunningServer.SchoolSecret);
            codes.Add((int)answer.StatusCode);
        }
        Assert.Contains(429, codes);
    }

    [Fact]
    public async Task a_deleted_room_is_gone_and_only_a_facilitator_or_its_key_deletes_it()
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync();
        var (ann, bo) = (await server.JoinAsync(room, "Ann", "facilitator"), await server.JoinAsync(room, "Bo"));
        await server.SendAsync(HttpMethod.Delete, $"/api/rooms/{room.Id}", bo.Token).RefusesAsync(403, "forbidden");
        using (var deleted = await server.SendAsync(HttpMethod.Delete, $"/api/rooms/{room.Id}", ann.Token)) Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await server.GetAsync($"/api/rooms/{room.Id}", ann.Token).RefusesAsync(404, "not_found");
        await server.PostAsync($"/api/rooms/{room.Id}/join", new { invite = room.Invites["member"], name = "Cho" }).RefusesAsync(404, "not_found");

        var keyed = await server.MakeRoomAsync(secret: RunningServer.SchoolSecret);
        using (var deleted = await server.SendAsync(HttpMethod.Delete, $"/api/rooms/{keyed.Id}", RunningServer.SchoolSecret)) Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await server.SendAsync(HttpMethod.Delete, $"/api/rooms/{keyed.Id}", RunningServer.SchoolSecret).RefusesAsync(404, "not_found");
    }
}
