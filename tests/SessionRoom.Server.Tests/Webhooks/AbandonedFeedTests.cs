using Microsoft.Extensions.DependencyInjection;
using SessionRoom.LoadTests.Fleet;
using SessionRoom.Rooms;

namespace SessionRoom.Server.Tests;

/// <summary>What is kept for a key whose webhook was taken out of the settings.</summary>
public sealed class AbandonedFeedTests
{
    private const string Feed = "school";

    [Fact]
    public async Task what_is_kept_for_a_key_without_a_webhook_goes_by_all_the_same_and_the_rest_is_told_when_it_has_one_again()
    {
        var folder = Directory.CreateTempSubdirectory("session-room-abandoned-");
        try { await GoesByAsync(("DataDirectory", folder.FullName)); }
        finally { folder.Delete(recursive: true); }
    }

    [RedisFact]
    public async Task so_it_does_on_redis()
    {
        await using var redis = await RedisProcess.StartAsync();
        await GoesByAsync(("Redis", redis.Address), ("SigningKey", "signing-key-0123456789-abcdefghijklmn"));
    }

    private static async Task GoesByAsync(params (string, object)[] where)
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = Receiver.Status(503);
        string room;
        await using (var server = await RunningServer.StartWithItsLogAsync([.. where, .. receiver.Settings]))
        {
            room = await EndedRoomAsync(server);
            await UntilAsync(server, kept => kept is ["session.started", "session.ended"]);
        }
        // Looked at when it starts, and four times a second.
        await using (var server = await RunningServer.StartWithItsLogAsync([.. where, ("Webhooks:MostKept", 1), ("Webhooks:GatherEvery", "00:00:00.001")]))
        {
            await server.GetAsync("/api/webhooks/events", RunningServer.SchoolSecret).RefusesAsync(404, "not_found");
            await UntilAsync(server, kept => kept is ["session.ended"]);
            // As a node tells that has other settings yet.
            await TellAsync(server, room, "action.created");
            await UntilAsync(server, kept => kept is ["action.created"]);
        }
        (receiver.Answer, var before) = (Receiver.Status(204), receiver.All.Count);
        await using (var server = await RunningServer.StartWithItsLogAsync([.. where, .. receiver.Settings]))
        {
            await receiver.NextAsync("action.created");
            Assert.Equal("action.created", receiver.All.Skip(before).First().Type);
            await EndedRoomAsync(server);
            await receiver.NextAsync("session.ended");
        }
    }

    private static async Task<string> EndedRoomAsync(RunningServer server)
    {
        var room = await server.MakeRoomAsync(new { title = "Weekly" }, RunningServer.SchoolSecret);
        foreach (var type in new[] { "session.start", "session.end" })
            await (await server.PostAsync($"/api/rooms/{room.Id}/commands", new { id = type, type }, RunningServer.SchoolSecret)).JsonAsync();
        return room.Id;
    }

    private static async Task TellAsync(RunningServer server, string id, string type)
    {
        var (feeds, room) = (server.Services.GetRequiredService<IEventFeeds>(), (await server.Rooms.OpenAsync(id, default))!);
        var known = await feeds.LoadReportAsync(id, default);
        var told = new WebhookEvent("evt_1", type, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), id, new() { Action = new("a1", Removed: true) });
        Assert.True(await feeds.ReportAsync(id, new(known.Version + 1, room.Current.Position.Epoch, 0, known.Bytes), new(Feed, [told.Stored()]), default));
    }

    private static async Task UntilAsync(RunningServer server, Func<string[], bool> holds)
    {
        var feeds = server.Services.GetRequiredService<IEventFeeds>();
        using var deadline = new CancellationTokenSource(HubSocket.Patience);
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!holds([.. (await feeds.ReadAsync(Feed, 0, 10, default)).Select(kept => (string)System.Text.Json.Nodes.JsonNode.Parse(kept.Bytes.Span)!["type"]!)]))
            await looks.WaitForNextTickAsync(deadline.Token);
    }
}
