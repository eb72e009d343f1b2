namespace SessionRoom.Server.Tests;

public sealed class GettingInTests
{
    [Theory]
    [InlineData("facilitator")]
    [InlineData("member")]
    [InlineData("observer")]
    [InlineData("projector")]
    public async Task each_invite_gives_its_role_and_a_token_that_works(string role)
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync();
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var joined = await (await server.PostAsync($"/api/rooms/{room.Id}/join", new { invite = room.Invites[role], name = " Ann ", place = "inRoom" })).JsonAsync();
        Assert.Equal(role, (string?)joined["role"]);
        Assert.InRange((long)joined["expiresAt"]!, before + (11 * 3_600_000L), before + (13 * 3_600_000L));
        var (socket, reply) = await server.ConnectAsync(new((string)joined["participantId"]!, (string)joined["token"]!, room.Id));
        await using var _ = socket;
        var me = reply["state"]!["people"]![(string)joined["participantId"]!]!;
        Assert.Equal(("Ann", role, "inRoom", true), ((string?)me["name"], (string?)me["role"], (string?)me["place"], (bool)me["online"]!));
    }

    [Fact]
    public async Task wrong_invites_names_and_rooms_are_refused()
    {
        await using var server = await RunningServer.StartAsync();
        var (room, other) = (await server.MakeRoomAsync(), await server.MakeRoomAsync());
        await server.PostAsync($"/api/rooms/{room.Id}/join", new { invite = "nonsense", name = "Eve" }).RefusesAsync(403, "forbidden");
        await server.PostAsync($"/api/rooms/{room.Id}/join", new { invite = other.Invites["member"], name = "Eve" }).RefusesAsync(403, "forbidden");
        await server.PostAsync("/api/rooms/nowhere/join", new { invite = room.Invites["member"], name = "Eve" }).RefusesAsync(404, "not_found");
        await server.PostAsync($"/api/rooms/{room.Id}/join", new { invite = room.Invites["member"], name = " " }).RefusesAsync(400, "invalid");
        await server.PostAsync($"/api/rooms/{room.Id}/join", new { invite = room.Invites["member"], name = new string('n', 81) }).RefusesAsync(413, "too_large");
        await server.PostAsync($"/api/rooms/{room.Id}/join", new { invite = room.Invites["member"], name = "\u200b\u2060" }).RefusesAsync(400, "invalid");
        await server.PostAsync($"/api/rooms/{room.Id}/join", new { invite = room.Invites["member"] }).RefusesAsync(400, "invalid");
        await server.PostAsync($"/api/rooms/{room.Id}/join", new { invite = room.Invites["member"], name = "Ann", place = "moon" }).RefusesAsync(400, "invalid");
    }

    [Fact]
    public async Task whoever_holds_an_invite_reads_the_title_and_the_agreement_before_anybody_has_joined()
    {
        await using var server = await RunningServer.StartAsync();
        var gated = await server.MakeRoomAsync(new { title = "Confidential", purpose = "Hidden", agreement = "What is said here stays here." });
        foreach (var invite in gated.Invites.Values)
        {
            using var answer = await server.PostAsync($"/api/rooms/{gated.Id}/invite", new { invite });
            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.Equal("""{"title":"Confidential","agreement":{"version":1,"text":"What is said here stays here."}}""", await answer.Content.ReadAsStringAsync());
        }
        var open = await server.MakeRoomAsync();
        using (var answer = await server.PostAsync($"/api/rooms/{open.Id}/invite", new { invite = open.Invites["member"] }))
            Assert.Equal("""{"title":"Weekly"}""", await answer.Content.ReadAsStringAsync());
        Assert.Empty((await server.Rooms.OpenAsync(gated.Id, default))!.Current.State.People);
    }

    [Fact]
    public async Task an_invite_that_opens_nothing_shows_nothing_and_costs_a_guess_as_in_joining()
    {
        await using var server = await RunningServer.StartAsync(("Limits:GuessesPerMinute", 4));
        var (room, other) = (await server.MakeRoomAsync(new { title = "Secret", agreement = "Secret" }), await server.MakeRoomAsync());
        await server.PostAsync($"/api/rooms/{room.Id}/invite", new { }).RefusesAsync(400, "invalid");
        foreach (var (path, invite) in new[] { (room.Id, "nonsense"), (room.Id, other.Invites["member"]), ("nowhere", room.Invites["member"]) })
        {
            var (look, join) = (await TextAsync("invite"), await TextAsync("join"));
            // Two guesses each: what the one says is what the other says, but for the number of the request.
            Assert.DoesNotContain("Secret", look, StringComparison.Ordinal);
            if (path == "nowhere") continue;
            Assert.Equal(join.Split("\"traceId\"")[0], look.Split("\"traceId\"")[0]);

            async Task<string> TextAsync(string call)
            {
                using var answer = await server.PostAsync($"/api/rooms/{path}/{call}", new { invite, name = "Eve" });
                return await answer.Content.ReadAsStringAsync();
            }
        }
        await server.PostAsync($"/api/rooms/{room.Id}/invite", new { invite = "guess" }).RefusesAsync(429, "rate_limited");
        (await server.PostAsync($"/api/rooms/{room.Id}/invite", new { invite = room.Invites["member"] })).EnsureSuccessStatusCode().Dispose();
    }

    [Fact]
    public async Task looks_at_right_invites_are_bounded_and_take_nothing_from_those_who_join()
    {
        await using var server = await RunningServer.StartAsync(("Limits:NewPeoplePerMinute", 2));
        var room = await server.MakeRoomAsync();
        for (var look = 0; look < 2; look++) (await LookAsync()).EnsureSuccessStatusCode().Dispose();
        await LookAsync().RefusesAsync(429, "rate_limited");
        await server.JoinAsync(room, "Ann");

        Task<HttpResponseMessage> LookAsync() => server.PostAsync($"/api/rooms/{room.Id}/invite", new { invite = room.Invites["member"] });
    }

    [Fact]
    public async Task guessing_invites_ends_for_that_address_and_the_right_one_opens_all_the_same()
    {
        await using var server = await RunningServer.StartAsync(("Limits:GuessesPerMinute", 5));
        var room = await server.MakeRoomAsync();
        for (var joined = 0; joined < 20; joined++) await server.JoinAsync(room, "Ann");
        for (var wrong = 0; wrong < 5; wrong++) await server.PostAsync($"/api/rooms/{room.Id}/join", new { invite = "guess", name = "Eve" }).RefusesAsync(403, "forbidden");
        await server.PostAsync($"/api/rooms/{room.Id}/join", new { invite = "guess", name = "Eve" }).RefusesAsync(429, "rate_limited");
        using (var told = await server.PostAsync("/api/rooms/nowhere/join", new { invite = "guess", name = "Eve" })) Assert.InRange(told.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        await server.JoinAsync(room, "Ann");
    }

    [Fact]
    public async Task guessing_keys_ends_for_that_address_and_the_right_one_works_all_the_same()
    {
        await using var server = await RunningServer.StartAsync(("Limits:GuessesPerMinute", 3));
        for (var wrong = 0; wrong < 3; wrong++) await server.PostAsync("/api/rooms", new { title = "t" }, $"guess-{wrong}").RefusesAsync(401, "unauthorized");
        await server.PostAsync("/api/rooms", new { title = "t" }, "guess-3").RefusesAsync(429, "rate_limited");
        await server.GetAsync("/api/rooms/any", "guess-4").RefusesAsync(429, "rate_limited");
        await server.MakeRoomAsync(secret: RunningServer.SchoolSecret);
    }

    [Fact]
    public async Task a_key_issues_tokens_for_its_own_rooms_with_the_time_it_asks_for()
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync(secret: RunningServer.SchoolSecret);
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var issued = await (await server.PostAsync($"/api/rooms/{room.Id}/tokens", new { participantId = "pupil@7", name = "Bo", role = "noteTaker", ttlSeconds = 60 }, RunningServer.SchoolSecret)).JsonAsync();
        Assert.Equal(("pupil@7", "noteTaker"), ((string?)issued["participantId"], (string?)issued["role"]));
        Assert.InRange((long)issued["expiresAt"]!, now + 58_000, now + 62_000);
        var (socket, joined) = await server.ConnectAsync(new("pupil@7", (string)issued["token"]!, room.Id));
        await using var _ = socket;
        Assert.Equal("noteTaker", (string?)joined["state"]!["people"]!["pupil@7"]!["role"]);
    }

    [Theory]
    [InlineData("""{"name":"Bo","role":"emperor"}""", 400, "invalid")]
    [InlineData("""{"name":"Bo"}""", 400, "invalid")]
    [InlineData("""{"name":"","role":"member"}""", 400, "invalid")]
    [InlineData("""{"name":"012345678901234567890123456789012345678901234567890123456789012345678901234567890","role":"member"}""", 413, "too_large")]
    [InlineData("""{"name":"Bo","role":"member","participantId":"__proto__"}""", 400, "invalid")]
    [InlineData("""{"name":"Bo","role":"member","participantId":"key:school"}""", 400, "invalid")]
    [InlineData("""{"name":"Bo","role":"member","participantId":"house"}""", 400, "invalid")]
    [InlineData("""{"name":"Bo","role":"member","ttlSeconds":0}""", 400, "invalid")]
    [InlineData("""{"name":"Bo","role":"member","ttlSeconds":9999999999}""", 400, "invalid")]
    public async Task a_token_for_nobody_in_particular_is_refused(string body, int status, string code)
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync(secret: RunningServer.SchoolSecret);
        await server.PostAsync($"/api/rooms/{room.Id}/tokens", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), RunningServer.SchoolSecret).RefusesAsync(status, code);
    }

    [Fact]
    public async Task a_key_reaches_neither_anothers_rooms_nor_those_that_nobody_owns()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var room in new[] { await server.MakeRoomAsync(secret: RunningServer.SchoolSecret), await server.MakeRoomAsync() })
        {
            await server.PostAsync($"/api/rooms/{room.Id}/tokens", new { name = "Eve", role = "facilitator" }, RunningServer.ClinicSecret).RefusesAsync(403, "forbidden");
            await server.GetAsync($"/api/rooms/{room.Id}", RunningServer.ClinicSecret).RefusesAsync(403, "forbidden");
            await server.GetAsync($"/api/rooms/{room.Id}/export", RunningServer.ClinicSecret).RefusesAsync(403, "forbidden");
            await server.PostAsync($"/api/rooms/{room.Id}/commands", new { type = "session.start", id = "1" }, RunningServer.ClinicSecret).RefusesAsync(403, "forbidden");
            await server.SendAsync(HttpMethod.Delete, $"/api/rooms/{room.Id}", RunningServer.ClinicSecret).RefusesAsync(403, "forbidden");
        }
    }

    [Fact]
    public async Task new_people_of_one_address_are_bounded_and_those_who_come_back_are_not()
    {
        await using var server = await RunningServer.StartAsync(("Limits:NewPeoplePerMinute", 2));
        var room = await server.MakeRoomAsync();
        var ann = await server.JoinAsync(room, "Ann");
        await server.JoinAsync(room, "Bo");
        using (var full = await server.PostAsync($"/api/rooms/{room.Id}/join", new { invite = room.Invites["observer"], name = "Cho" }))
            Assert.Equal((429, true), ((int)full.StatusCode, full.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1)));
        (await server.PostAsync($"/api/rooms/{room.Id}/join", new { invite = room.Invites["member"], name = "Ann" }, ann.Token)).EnsureSuccessStatusCode().Dispose();
    }

    [Fact]
    public async Task no_token_is_issued_for_a_seat_and_the_answer_names_the_role_that_the_room_holds()
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync(secret: RunningServer.SchoolSecret);
        var ann = await server.JoinAsync(room, "Ann", "projector");
        var (path, key) = ($"/api/rooms/{room.Id}", RunningServer.SchoolSecret);
        var (socket, _) = await server.ConnectAsync(ann);
        await using var connection = socket;
        var seated = await (await server.PostAsync($"{path}/commands", new { type = "people.seat", id = "1", name = "Cho", device = ann.Pid }, key)).JsonAsync();
        Assert.True((bool)seated["ok"]!, seated.ToJsonString());
        var seat = (string)seated["result"]!["pid"]!;
        await server.PostAsync($"{path}/tokens", new { participantId = seat, name = "Cho", role = "member" }, key).RefusesAsync(403, "forbidden");
        await server.PostAsync($"{path}/commands", new { type = "hand.raise", id = "2" }, Jwt.Sign(Jwt.Claims(room.Id, seat), key)).RefusesAsync(403, "forbidden");
        var again = await (await server.PostAsync($"{path}/tokens", new { participantId = ann.Pid, name = "Ann", role = "facilitator" }, key)).JsonAsync();
        Assert.Equal("projector", (string?)again["role"]);
    }

    [Fact]
    public async Task a_token_issues_no_tokens()
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync();
        var ann = await server.JoinAsync(room, "Ann", "facilitator");
        await server.PostAsync($"/api/rooms/{room.Id}/tokens", new { name = "Bo", role = "member" }, ann.Token).RefusesAsync(403, "forbidden");
    }
}
