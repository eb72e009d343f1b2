using System.Net.Http.Headers;
using System.Net.Http.Json;
using SessionRoom.LoadTests;
using SessionRoom.LoadTests.Fleet;

namespace SessionRoom.Server.Tests;

/// <summary>Servers as processes of their own that are killed between a fact and its delivery.</summary>
public sealed class SurvivalTests
{
    [Fact]
    public async Task what_was_answered_before_a_kill_is_told_after_the_restart_once_by_id()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = Receiver.Status(503);
        // Long enough that nothing of the board is told before the kill.
        await using var server = await ServerProcess.StartAsync(With(receiver, ("SessionRoom__Webhooks__Quiet", "00:00:04"), ("SessionRoom__Webhooks__LongestQuiet", "00:00:04")));
        using var http = Client(server);
        var rooms = new List<string>();
        for (var number = 0; number < 5; number++) rooms.Add(await LiveRoomAsync(http, number));
        await PushAsync(server, http, rooms[0]);
        await server.KillAsync();
        Assert.DoesNotContain(receiver.All, delivery => delivery.Type == "action.created");

        receiver.All.Clear();
        receiver.Answer = Receiver.Status(204);
        await server.StartAgainAsync();
        Assert.Equal("Survives", (string?)(await receiver.NextAsync("action.created")).Data["action"]!["title"]);
        var sessions = receiver.All.Where(delivery => delivery.Type == "session.started").ToList();
        Assert.Equal(rooms, sessions.Select(delivery => delivery.Room));
        Assert.Equal(receiver.All.Count, receiver.All.DistinctBy(delivery => delivery.Id).Count());
    }

    [Fact]
    public async Task a_kill_while_the_receiver_takes_it_sends_it_again_under_the_same_id()
    {
        await using var receiver = await Receiver.StartAsync();
        var (taking, go) = (new TaskCompletionSource<Delivery>(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        receiver.Answer = async (delivery, _) => { taking.TrySetResult(delivery); await go.Task; };
        await using var server = await ServerProcess.StartAsync(With(receiver));
        using var http = Client(server);
        await LiveRoomAsync(http, 0);
        var first = await taking.Task.WaitAsync(HubSocket.Patience);
        await server.KillAsync();
        (receiver.Answer, _) = (Receiver.Status(204), go.TrySetResult());
        await server.StartAgainAsync();
        Assert.Equal(first.Text, (await receiver.NextAsync("session.started", delivery => !ReferenceEquals(delivery, first))).Text);
    }

    [RedisFact]
    public async Task of_many_nodes_one_delivers_and_another_takes_over_when_it_is_killed()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var redis = await RedisProcess.StartAsync();
        // On a machine that is busy a receiver may need more than a second to answer, and would be asked again.
        var settings = With(receiver, ("SessionRoom__Redis", redis.Address), ("SessionRoom__SigningKey", "signing-key-0123456789-abcdefghijklmn"),
            ("SessionRoom__Webhooks__Timeout", "00:00:05"), ("SessionRoom__Webhooks__Lease", "00:00:06"));
        var nodes = new List<ServerProcess>();
        try
        {
            for (var number = 0; number < 3; number++) nodes.Add(await ServerProcess.StartAsync(settings));
            var clients = nodes.ConvertAll(Client);
            var rooms = await Task.WhenAll(Enumerable.Range(0, 30).Select(number => LiveRoomAsync(clients[number % 3], number)));
            for (var number = 0; number < 30; number++) await receiver.NextAsync("session.started");
            var twice = receiver.All.GroupBy(delivery => delivery.Room, StringComparer.Ordinal).Where(room => room.Count() > 1).SelectMany(room => room);
            Assert.True(!twice.Any(), string.Join('\n', [.. twice.Select(delivery => $"{delivery.Id} at {delivery.Headers["webhook-timestamp"]}: {delivery.Text}"), .. nodes.Select(node => node.Said)]));
            Assert.Equal(rooms.Order(StringComparer.Ordinal), receiver.All.Select(delivery => delivery.Room).Order(StringComparer.Ordinal));

            await PushAsync(nodes[1], clients[1], rooms[0]);
            await receiver.NextAsync("action.created");
            Assert.Equal(31, receiver.All.Count);
            // The first node was alone when it took the feed, and has renewed its lease since.
            await nodes[0].KillAsync();
            await nodes[1].KillAsync();
            await EndAsync(clients[2], rooms[0]);
            Assert.Equal(rooms[0], (await receiver.NextAsync("session.ended")).Room);
            var page = await clients[2].GetFromJsonAsync<System.Text.Json.Nodes.JsonObject>("/api/webhooks/events?limit=1000");
            Assert.Equal(32, page!["events"]!.AsArray().Count);
            using (var deleted = await clients[2].DeleteAsync(new Uri($"/api/rooms/{rooms[0]}", UriKind.Relative))) deleted.EnsureSuccessStatusCode();
            page = await clients[2].GetFromJsonAsync<System.Text.Json.Nodes.JsonObject>("/api/webhooks/events?limit=1000");
            Assert.Equal(29, page!["events"]!.AsArray().Count);
            clients.ForEach(client => client.Dispose());
        }
        finally
        {
            foreach (var node in nodes) await node.DisposeAsync();
        }
    }

    private static Dictionary<string, string> With(Receiver receiver, params (string Name, string Value)[] more)
    {
        var settings = receiver.Environment;
        foreach (var (name, value) in more) settings[name] = value;
        return settings;
    }

    private static HttpClient Client(ServerProcess server) => new() { BaseAddress = server.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", RunningServer.SchoolSecret) } };

    private static async Task<string> LiveRoomAsync(HttpClient http, int number)
    {
        var made = await (await http.PostAsJsonAsync("/api/rooms", new { title = $"Room {number}" })).JsonAsync(System.Net.HttpStatusCode.Created);
        var id = (string)made["id"]!;
        Assert.True((bool)(await (await http.PostAsJsonAsync($"/api/rooms/{id}/commands", new { id = "start", type = "session.start" })).JsonAsync())["ok"]!);
        return id;
    }

    private static async Task EndAsync(HttpClient http, string room) =>
        Assert.True((bool)(await (await http.PostAsJsonAsync($"/api/rooms/{room}/commands", new { id = "end", type = "session.end" })).JsonAsync())["ok"]!);

    private static async Task PushAsync(ServerProcess server, HttpClient http, string room)
    {
        var issued = await (await http.PostAsJsonAsync($"/api/rooms/{room}/tokens", new { name = "Ann", role = "facilitator" })).JsonAsync();
        await using var socket = await HubSocket.ConnectAsync(server.Address, (string)issued["token"]!);
        await socket.CallAsync("Join", new { });
        var board = new Replica();
        board.Doc.GetMap("actions").SetMap("a1").SetText("title", "Survives");
        Assert.True((bool)(await socket.CallAsync("Push", Convert.ToBase64String(board.Doc.EncodeStateAsUpdate())))!["ok"]!);
    }
}
