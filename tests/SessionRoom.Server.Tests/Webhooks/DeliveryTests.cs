using System.Net;
using System.Text.Json.Nodes;

namespace SessionRoom.Server.Tests;

/// <summary>Retries, order, cursors, replay.</summary>
public sealed class DeliveryTests
{
    [Fact]
    public async Task what_a_receiver_does_not_take_is_sent_again_as_it_was_before_what_follows()
    {
        await using var told = await Told.StartAsync();
        var refusals = new Queue<int>([500, 302, 404, 429]);
        told.Receiver.Answer = (_, http) =>
        {
            http.Response.StatusCode = refusals.TryDequeue(out var status) ? status : 200;
            if (http.Response.StatusCode == 302) http.Response.Headers.Location = "/elsewhere";
            if (http.Response.StatusCode == 429) http.Response.Headers.RetryAfter = "1";
            return http.Response.Body.WriteAsync(new byte[http.Response.StatusCode == 200 ? 200_000 : 10]).AsTask();
        };
        await told.Socket.DoAsync("session.start");
        await told.Socket.DoAsync("session.end");
        await told.Receiver.NextAsync("session.ended");
        Assert.Equal([.. Enumerable.Repeat("session.started", 5), "session.ended"], told.Receiver.All.Select(delivery => delivery.Type));
        Assert.Single(told.Receiver.All.Take(5).Select(delivery => delivery.Text).Distinct(StringComparer.Ordinal));
        Assert.All(told.Receiver.All, delivery => Assert.True(delivery.IsSigned));
        var metrics = await told.Server.Http.GetStringAsync("/metrics");
        Assert.Contains("sessionroom_webhooks_failed_total 4", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain(told.Server.Logs.Lines, line => line.Contains(Receiver.Secret, StringComparison.Ordinal) || line.Contains("/hooks", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_receiver_that_hangs_holds_up_neither_the_room_nor_others_and_is_asked_again()
    {
        await using var other = await Receiver.StartAsync();
        await using var told = await Told.StartAsync(("ApiKeys:1:Webhook:Url", other.Address), ("ApiKeys:1:Webhook:Secret", Receiver.Secret));
        var hung = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = true;
        told.Receiver.Answer = async (_, http) =>
        {
            if (!first) return;
            first = false;
            hung.SetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        };
        await told.Socket.DoAsync("session.start");
        await hung.Task.WaitAsync(HubSocket.Patience);
        for (var number = 0; number < 100; number++) Assert.True((bool)(await told.Socket.DoAsync("timer.start", new { durationMs = 60_000 + number }))["ok"]!);
        var room = await told.Server.MakeRoomAsync(new { title = "Clinic" }, RunningServer.ClinicSecret);
        var (socket, _) = await told.Server.ConnectAsync(await told.Server.JoinAsync(room, "Cid", "facilitator"));
        await socket.DoAsync("session.start");
        Assert.Equal(room.Id, (await other.NextAsync("session.started")).Room);
        Assert.Equal(told.Room.Id, (await told.Receiver.NextAsync("session.started")).Room);
        await socket.DisposeAsync();
    }

    [Theory]
    [InlineData(410, "3.00:00:00")]
    [InlineData(500, "00:00:00.010")]
    public async Task a_receiver_that_is_gone_or_never_takes_it_is_told_nothing_more_until_a_replay(int status, string giveUpAfter)
    {
        await using var told = await Told.StartAsync(("Webhooks:GiveUpAfter", giveUpAfter));
        told.Receiver.Answer = Receiver.Status(status);
        await told.Socket.DoAsync("session.start");
        await told.Receiver.NextAsync("session.started");
        await UntilAsync(told.Server, "sessionroom_webhooks_stopped 1");
        told.Receiver.Answer = Receiver.Status(204);
        var tried = told.Receiver.All.Count;
        await told.Socket.DoAsync("session.end");
        var page = await PageAsync(told.Server, "limit=10");
        Assert.Equal(["session.started", "session.ended"], page["events"]!.AsArray().Select(found => (string)found!["type"]!));
        Assert.Equal(tried, told.Receiver.All.Count);
        await (await told.Server.PostAsync("/api/webhooks/replay", new { }, RunningServer.SchoolSecret)).JsonAsync(HttpStatusCode.Accepted);
        await told.Receiver.NextAsync("session.started");
        await told.Receiver.NextAsync("session.ended");
        // Nothing came in between either.
        Assert.Equal(tried + 2, told.Receiver.All.Count);
    }

    [Fact]
    public async Task events_are_read_and_replayed_from_any_cursor()
    {
        await using var told = await Told.StartAsync();
        var empty = await PageAsync(told.Server, "");
        Assert.Empty(empty["events"]!.AsArray());
        await told.Socket.DoAsync("session.start");
        await told.CardAsync("a1", "One");
        await told.Receiver.NextAsync("action.created");
        await told.Socket.DoAsync("session.end");
        var last = await told.Receiver.NextAsync("session.ended");
        var sent = told.Receiver.All.ToList();
        var all = await PageAsync(told.Server, $"after={empty["next"]}");
        Assert.Equal(sent.Select(delivery => delivery.Text), all["events"]!.AsArray().Select(found => found!.ToJsonString(Plain)));
        var one = await PageAsync(told.Server, "limit=1");
        Assert.Equal(sent[0].Cursor, (string?)one["next"]);
        Assert.Equal(sent[1].Id, (string?)(await PageAsync(told.Server, $"after={one["next"]}&limit=1"))["events"]![0]!["id"]);
        var end = await PageAsync(told.Server, $"after={last.Cursor}");
        Assert.Empty(end["events"]!.AsArray());
        Assert.Equal(last.Cursor, (string?)end["next"]);

        await (await told.Server.PostAsync("/api/webhooks/replay", new { after = sent[0].Cursor }, RunningServer.SchoolSecret)).JsonAsync(HttpStatusCode.Accepted);
        Assert.Equal(sent[1].Text, (await told.Receiver.NextAsync(sent[1].Type)).Text);
        Assert.Equal(sent[2].Text, (await told.Receiver.NextAsync(sent[2].Type)).Text);
        Assert.Equal(5, told.Receiver.All.Count);
    }

    [Fact]
    public async Task a_card_that_is_sealed_while_its_event_waits_goes_nowhere_neither_by_delivery_nor_by_reading_or_replay()
    {
        await using var told = await Told.StartAsync();
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isSealed = false;
        told.Receiver.Answer = (_, http) =>
        {
            if (!Volatile.Read(ref isSealed)) http.Response.StatusCode = 500;
            seen.TrySetResult();
            return Task.CompletedTask;
        };
        await told.Socket.DoAsync("session.start");
        await seen.Task.WaitAsync(HubSocket.Patience);
        await told.CardAsync("c1", "canary");
        await UntilAsync(async () => (await EventsAsync()).Contains("canary", StringComparison.Ordinal));
        await told.WriteAsync(actions => ((Crdt.YMap)actions["c1"].AsType!).Set("sealed", true));
        Volatile.Write(ref isSealed, true);
        var created = await told.Receiver.NextAsync("action.created");
        Assert.Equal("""{"action":{"id":"c1","removed":true}}""", created.Body["data"]!.ToJsonString());
        Assert.True(created.IsSigned);
        await told.Server.PostAsync("/api/webhooks/replay", new { }, RunningServer.SchoolSecret);
        await told.Receiver.NextAsync("action.created");
        Assert.DoesNotContain("canary", await EventsAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(told.Receiver.All, delivery => delivery.Text.Contains("canary", StringComparison.Ordinal));

        Task<string> EventsAsync() => ReadAsync(told.Server.GetAsync("/api/webhooks/events", RunningServer.SchoolSecret));

        static async Task<string> ReadAsync(Task<HttpResponseMessage> answering)
        {
            using var answer = await answering;
            return await answer.Content.ReadAsStringAsync();
        }
    }

    [Fact]
    public async Task a_cursor_that_is_too_old_is_refused_and_the_oldest_is_named()
    {
        await using var told = await Told.StartAsync(("Webhooks:MostKept", 2));
        await told.Socket.DoAsync("session.start");
        var first = await told.Receiver.NextAsync("session.started");
        await told.CardAsync("a1", "One");
        await told.Receiver.NextAsync("action.created");
        await told.CardAsync("a2", "Two");
        await told.CardAsync("a3", "Three");
        await told.Receiver.NextAsync("action.created", delivery => (string?)delivery.Data["action"]!["id"] == "a3");
        await UntilAsync(async () => (await PageAsync(told.Server, ""))["events"]!.AsArray().Count == 2);
        using var refused = await told.Server.GetAsync($"/api/webhooks/events?after={new Cursor(Cursor.Parse(first.Cursor)!.Value.Epoch, 0)}", RunningServer.SchoolSecret);
        var problem = await refused.JsonAsync(HttpStatusCode.Conflict);
        Assert.Equal("stale", (string?)problem["code"]);
        Assert.Equal(2, (await PageAsync(told.Server, $"after={problem["oldest"]}"))["events"]!.AsArray().Count);
        await told.Server.GetAsync($"/api/webhooks/events?after={new Cursor(7, 1)}", RunningServer.SchoolSecret).RefusesAsync(409, "stale");
        await told.Server.GetAsync("/api/webhooks/events?after=nonsense", RunningServer.SchoolSecret).RefusesAsync(400, "invalid");
        await told.Server.GetAsync("/api/webhooks/events?limit=0", RunningServer.SchoolSecret).RefusesAsync(400, "invalid");
    }

    [Fact]
    public async Task events_that_went_by_before_they_were_taken_are_said_to_have()
    {
        await using var told = await Told.StartAsync(("Webhooks:MostKept", 2));
        told.Receiver.Answer = Receiver.Status(503);
        await told.Socket.DoAsync("session.start");
        for (var number = 1; number <= 3; number++) await told.CardAsync($"a{number}", "Card");
        await UntilAsync(async () => (await PageAsync(told.Server, ""))["events"]!.AsArray() is [_, { } last] && (string?)last["data"]!["action"]!["id"] == "a3");
        told.Receiver.Answer = Receiver.Status(204);
        await told.Receiver.NextAsync("action.created", delivery => (string?)delivery.Data["action"]!["id"] == "a3");
        Assert.Single(told.Server.Logs.Lines, line => line.Contains("Events of key school went by", StringComparison.Ordinal));
    }

    [Fact]
    public async Task events_are_for_a_key_with_a_webhook_and_for_nobody_else()
    {
        await using var told = await Told.StartAsync();
        await told.Server.GetAsync("/api/webhooks/events").RefusesAsync(401, "unauthorized");
        await told.Server.GetAsync("/api/webhooks/events", told.Ann.Token).RefusesAsync(403, "forbidden");
        await told.Server.GetAsync("/api/webhooks/events", RunningServer.ClinicSecret).RefusesAsync(404, "not_found");
        await told.Server.PostAsync("/api/webhooks/replay", new { }, told.Ann.Token).RefusesAsync(403, "forbidden");
        await told.Server.PostAsync("/api/webhooks/replay", new { after = "x" }, RunningServer.SchoolSecret).RefusesAsync(400, "invalid");
    }

    [Fact]
    public async Task a_deleted_rooms_events_are_gone_and_are_not_delivered_any_more()
    {
        await using var told = await Told.StartAsync();
        told.Receiver.Answer = Receiver.Status(503);
        await told.Socket.DoAsync("session.start");
        await told.Receiver.NextAsync("session.started");
        using (var deleted = await told.Server.SendAsync(HttpMethod.Delete, $"/api/rooms/{told.Room.Id}", RunningServer.SchoolSecret)) Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Empty((await PageAsync(told.Server, ""))["events"]!.AsArray());
        told.Receiver.Answer = Receiver.Status(204);
        var room = await told.Server.MakeRoomAsync(new { title = "Next" }, RunningServer.SchoolSecret);
        var (socket, _) = await told.Server.ConnectAsync(await told.Server.JoinAsync(room, "Cid", "facilitator"));
        await socket.DoAsync("session.start");
        Assert.Equal(room.Id, (await told.Receiver.NextAsync("session.started", delivery => delivery.Room == room.Id)).Room);
        await UntilAsync(told.Server, "sessionroom_webhooks_waiting 0");
        Assert.Equal(room.Id, told.Receiver.All.Last().Room);
        await socket.DisposeAsync();
    }

    [Theory]
    [InlineData("http://school.example/hooks", "0123456789abcdef0123456789abcdef")]
    [InlineData("https://u:p@school.example/hooks", "0123456789abcdef0123456789abcdef")]
    [InlineData("https://school.example/hooks", "short")]
    [InlineData("https://school.example/hooks", "whsec_c2hvcnQ=")]
    public async Task a_webhook_that_cannot_hold_is_refused_at_the_start(string url, string secret)
    {
        var refused = await Assert.ThrowsAsync<SettingsException>(() => RunningServer.StartAsync(("ApiKeys:0:Webhook:Url", url), ("ApiKeys:0:Webhook:Secret", secret)));
        Assert.DoesNotContain(secret, refused.Message, StringComparison.Ordinal);
    }

    private static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) };

    private static async Task<JsonObject> PageAsync(RunningServer server, string query) => await (await server.GetAsync($"/api/webhooks/events?{query}", RunningServer.SchoolSecret)).JsonAsync();

    private static Task UntilAsync(RunningServer server, string metric) => UntilAsync(async () => (await server.Http.GetStringAsync("/metrics")).Contains(metric, StringComparison.Ordinal));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var deadline = new CancellationTokenSource(HubSocket.Patience);
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await holds()) await looks.WaitForNextTickAsync(deadline.Token);
    }
}
