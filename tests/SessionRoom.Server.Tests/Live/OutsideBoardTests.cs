using System.Text.Json.Nodes;
using SessionRoom.MessagePack.Tests.Peers;

namespace SessionRoom.Server.Tests;

/// <summary>The official SignalR client and the real Yjs at a room's board: <c>tests/peers/board.js</c>.</summary>
public sealed class OutsideBoardTests
{
    [PeerTheory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task the_real_yjs_edits_the_board_by_the_protocols_page_alone(string protocol)
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync();
        var (fay, mel) = (await server.JoinAsync(room, "Fay", "facilitator"), await server.JoinAsync(room, "Mel"));
        var seen = JsonNode.Parse(await PeerFiles.RunAsync("board.js", server.Http.BaseAddress!.ToString().TrimEnd('/'), room.Id, protocol, fay.Token, mel.Token))!;
        Assert.Equal("[0,0]", seen["empty"]!.ToJsonString());
        Assert.Equal("[0]", seen["missing"]!.ToJsonString());
        Assert.Equal("[true,true]", seen["pushed"]!.ToJsonString());
        Assert.True((bool)seen["back"]!["ok"]!);
        Assert.True((bool)seen["same"]!);
        Assert.Equal("Tomorrow: Call the supplier", (string?)seen["title"]);
        Assert.Equal((mel.Pid, "a1"), ((string?)seen["aware"]!["pid"], (string?)seen["aware"]!["card"]));
        Assert.Equal(("stale", 1, "Agreed. Grüße 🙂"), ((string?)seen["late"], (int)seen["boardEpoch"]!, (string?)seen["notes"]));
        var frames = seen["frames"]!.AsArray().Select(n => (long)n!).ToList();
        Assert.Equal(frames.Order(), frames);
    }
}
