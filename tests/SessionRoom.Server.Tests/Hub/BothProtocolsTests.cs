using System.Text.Json.Nodes;
using SessionRoom.Client;

namespace SessionRoom.Server.Tests;

public sealed class BothProtocolsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task the_projects_client_sees_the_same_room_over_json_and_messagepack(bool messagePack)
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync(new { title = "Zoë's ✓", agenda = new[] { new { title = "One", durationMs = 60_000 } } });
        var (ann, bo) = (await server.JoinAsync(room, "Ann", "facilitator"), await server.JoinAsync(room, "Bo"));
        await using var lead = await RoomClient.ConnectAsync(new(server.Address, ann.Token) { MessagePack = messagePack });
        await using var other = await RoomClient.ConnectAsync(new(server.Address, bo.Token) { MessagePack = !messagePack });
        Assert.True((await lead.DoAsync("session.start")).Ok);
        Assert.True((await other.DoAsync("hand.raise", new JsonObject { ["intent"] = "question" })).Ok);
        var seated = await lead.DoAsync("people.seat", new JsonObject { ["name"] = "Cho" });
        Assert.NotNull(seated.Result?.Pid);
        var refused = await other.DoAsync("session.end");
        Assert.Equal(("forbidden", false), (refused.Error?.Code, refused.Ok));
        Assert.Equal("invalid", (await other.DoAsync("no.such")).Error?.Code);
        Assert.Equal("invalid", (await other.DoAsync("hand.raise", new JsonObject { ["intent"] = 7 })).Error?.Code);
        var next = await lead.DoAsync("floor.next");
        var (mine, theirs) = (await lead.WaitForAsync(now => now.Seq >= next.Seq), await other.WaitForAsync(now => now.Seq >= next.Seq));
        var served = await (await server.GetAsync($"/api/rooms/{room.Id}", ann.Token)).JsonAsync();
        Assert.Equal(bo.Pid, theirs.Speaker);
        Assert.True(JsonNode.DeepEquals(served["state"], mine.State), $"{served["state"]}\n{mine.State}");
        Assert.True(JsonNode.DeepEquals(mine.State, theirs.State));
    }
}
