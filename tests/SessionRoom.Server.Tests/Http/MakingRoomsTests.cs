namespace SessionRoom.Server.Tests;

public sealed class MakingRoomsTests
{
    [Fact]
    public async Task anyone_makes_a_room_where_open_creation_is_on_and_gets_a_link_for_each_role()
    {
        await using var server = await RunningServer.StartAsync();
        using var response = await server.PostAsync("/api/rooms", new { title = "  Weekly  ", id = "weekly-1" });
        Assert.Equal("/api/rooms/weekly-1", response.Headers.Location?.ToString());
        var made = await response.JsonAsync(System.Net.HttpStatusCode.Created);
        Assert.Equal(("weekly-1", "Weekly"), ((string?)made["id"], (string?)made["title"]));
        var links = made["links"]!.AsObject().Select(link => (string)link.Value!).ToList();
        Assert.Equal(["facilitator", "member", "observer", "projector"], made["links"]!.AsObject().Select(link => link.Key));
        Assert.All(links, link => Assert.Matches("^/r/weekly-1#invite=[A-Za-z0-9_-]{32}$", link));
        Assert.Equal(4, links.Distinct().Count());
    }

    [Fact]
    public async Task without_open_creation_only_a_key_makes_rooms()
    {
        await using var server = await RunningServer.StartAsync(("OpenCreation", false));
        await server.PostAsync("/api/rooms", new { title = "Weekly" }).RefusesAsync(401, "unauthorized");
        await server.MakeRoomAsync(secret: RunningServer.SchoolSecret);
        await server.MakeRoomAsync(secret: $"school:{RunningServer.SchoolSecret}");
    }

    [Fact]
    public async Task a_wrong_key_is_no_anonymous_visitor_even_where_anyone_may()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/rooms", new { title = "Weekly" }, "not-a-key").RefusesAsync(401, "unauthorized");
    }

    [Fact]
    public async Task an_id_that_is_taken_is_refused_and_the_room_that_has_it_stays()
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync(new { title = "First", id = "taken" });
        await server.PostAsync("/api/rooms", new { title = "Second", id = "taken" }).RefusesAsync(409, "taken");
        var ann = await server.JoinAsync(room, "Ann");
        Assert.Equal("First", (string?)(await (await server.GetAsync("/api/rooms/taken", ann.Token)).JsonAsync())["state"]!["room"]!["title"]);
    }

    [Theory]
    [InlineData("""{}""", 400, "invalid")]
    [InlineData("""{"title":null}""", 400, "invalid")]
    [InlineData("""{"title":"   "}""", 400, "invalid")]
    [InlineData("""{"title":"ok","id":"a b"}""", 400, "invalid")]
    [InlineData("""{"title":"ok","id":""}""", 400, "invalid")]
    [InlineData("""{"title":"ok","agreement":7}""", 400, "invalid")]
    [InlineData("""{"title":"ok","agenda":[{"title":""}]}""", 400, "invalid")]
    [InlineData("""{"title":"ok","agenda":[null]}""", 400, "invalid")]
    [InlineData("""{"title":"ok","agenda":[{"title":"a","durationMs":-1}]}""", 400, "invalid")]
    [InlineData("""{"title":"ok","settings":{"queuePolicy":"loudest"}}""", 400, "invalid")]
    [InlineData("""{"title":"ok","settings":{"graceMs":-5}}""", 400, "invalid")]
    [InlineData("""{"title":""", 400, "invalid")]
    [InlineData("""[]""", 400, "invalid")]
    public async Task what_is_no_room_is_refused_with_a_code(string body, int status, string code)
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/rooms", new StringContent(body, System.Text.Encoding.UTF8, "application/json")).RefusesAsync(status, code);
    }

    [Fact]
    public async Task a_title_beyond_its_size_and_a_body_beyond_the_frame_are_too_large()
    {
        await using var server = await RunningServer.StartAsync(("Limits:FrameBytes", 4_096));
        await server.PostAsync("/api/rooms", new { title = new string('x', 201) }).RefusesAsync(413, "too_large");
        await server.PostAsync("/api/rooms", new { title = "ok", purpose = new string('x', 5_000) }).RefusesAsync(413, "too_large");
    }

    [Theory]
    [InlineData("""{"title":"t","agreement":"Be kind"}""")]
    [InlineData("""{"title":"t","agreement":{"text":"Be kind"}}""")]
    public async Task an_agreement_is_a_text_or_an_object_with_one(string body)
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync(new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        var ann = await server.JoinAsync(room, "Ann");
        var read = await (await server.GetAsync($"/api/rooms/{room.Id}", ann.Token)).JsonAsync();
        Assert.Equal("""{"version":1,"text":"Be kind"}""", read["state"]!["room"]!["agreement"]!.ToJsonString());
    }

    [Fact]
    public async Task a_key_has_only_so_many_rooms_and_a_deleted_one_makes_space()
    {
        await using var server = await RunningServer.StartAsync(("Limits:RoomsPerKey", 2));
        var first = await server.MakeRoomAsync(secret: RunningServer.SchoolSecret);
        await server.PostAsync("/api/rooms", new { title = " " }, RunningServer.SchoolSecret).RefusesAsync(400, "invalid");
        await server.MakeRoomAsync(new { title = "t", id = "second" }, RunningServer.SchoolSecret);
        await server.PostAsync("/api/rooms", new { title = "third" }, RunningServer.SchoolSecret).RefusesAsync(413, "too_large");
        await server.PostAsync("/api/rooms", new { title = "t", id = "second" }, RunningServer.SchoolSecret).RefusesAsync(409, "taken");
        await server.MakeRoomAsync(secret: RunningServer.ClinicSecret);
        (await server.SendAsync(HttpMethod.Delete, $"/api/rooms/{first.Id}", RunningServer.SchoolSecret)).EnsureSuccessStatusCode().Dispose();
        await server.MakeRoomAsync(secret: RunningServer.SchoolSecret);
        await server.PostAsync("/api/rooms", new { title = "fourth" }, RunningServer.SchoolSecret).RefusesAsync(413, "too_large");
    }

    [Fact]
    public async Task rooms_without_a_key_are_bounded_per_address_and_rooms_of_a_key_are_not()
    {
        await using var server = await RunningServer.StartAsync(("Limits:OpenRoomsPerMinute", 3));
        for (var made = 0; made < 3; made++) await server.MakeRoomAsync();
        await server.PostAsync("/api/rooms", new { title = "one too many" }).RefusesAsync(429, "rate_limited");
        await server.MakeRoomAsync(secret: RunningServer.SchoolSecret);
    }
}
