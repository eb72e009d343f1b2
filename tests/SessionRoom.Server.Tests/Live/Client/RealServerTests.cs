using System.Text.Json.Nodes;
using SessionRoom.Server.Tests;

namespace SessionRoom.Client.Tests;

/// <summary>The client and the server over real sockets, in both hub protocols.</summary>
public sealed class RealServerTests : IDisposedAfterwards
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(30));
    private readonly List<RoomClient> _clients = [];
    private RunningServer _server = null!;
    private MadeRoom _room = null!;

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) await client.DisposeAsync();
        await _server.DisposeAsync();
        _deadline.Dispose();
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task people_see_what_others_do_and_the_folded_state_is_the_served_one(bool binary)
    {
        await StartAsync();
        var (chair, _) = await ComeAsync("Chair", "facilitator", binary);
        var (ann, token) = await ComeAsync("Ann", "member", binary);

        Assert.True((await ann.DoAsync("hand.raise", new JsonObject { ["intent"] = "question" })).Ok);
        await chair.WaitForAsync(room => room.Queue.Contains(ann.You), _deadline.Token);
        var seat = await chair.DoAsync("people.seat", new JsonObject { ["name"] = "Bob" });
        Assert.True((await chair.DoAsync("timer.start", new JsonObject { ["durationMs"] = 60_000 })).Ok);
        var next = await chair.DoAsync("floor.next");
        var room = await ann.WaitForAsync(room => room.Seq >= next.Seq, _deadline.Token);

        Assert.Equal((ann.You, "running"), (room.Speaker, room.Timer.Status));
        Assert.Equal("Bob", room.Person(seat.Result!.Pid!)!["name"]!.GetValue<string>());
        Assert.InRange(ann.TimeLeft!.Value, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(60));
        var served = await new RoomApi(_server.Http).ReadAsync(_room.Id, token, _deadline.Token);
        Assert.Equal(served.Seq, room.Seq);
        Assert.True(JsonNode.DeepEquals(served.State, room.State));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task a_refusal_comes_as_an_answer_with_its_code(bool binary)
    {
        await StartAsync();
        var (ann, _) = await ComeAsync("Ann", "member", binary);
        var refused = await ann.DoAsync("session.end");
        Assert.Equal((false, "forbidden"), (refused.Ok, refused.Error!.Code));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task whoever_accepts_the_agreement_sees_the_room_without_joining_again(bool binary)
    {
        await StartAsync(new { title = "Circle", agreement = "Be kind." });
        var (ann, token) = await ComeAsync("Ann", "member", binary);
        Assert.Null(ann.Current.Stage);

        Assert.True((await ann.DoAsync("agreement.accept", new JsonObject { ["version"] = 1 })).Ok);

        var room = await ann.WaitForAsync(room => room.Stage == "lobby", _deadline.Token);
        Assert.True(JsonNode.DeepEquals((await new RoomApi(_server.Http).ReadAsync(_room.Id, token, _deadline.Token)).State, room.State));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task a_removed_person_is_told_and_does_not_come_back(bool binary)
    {
        await StartAsync();
        var (chair, _) = await ComeAsync("Chair", "facilitator", binary);
        var (ann, _) = await ComeAsync("Ann", "member", binary);
        var waiting = ann.WaitForAsync(room => room.Stage == "ended", _deadline.Token);

        Assert.True((await chair.DoAsync("people.remove", new JsonObject { ["pid"] = ann.You })).Ok);

        Assert.Equal("removed", (await Assert.ThrowsAsync<RoomEndedException>(() => waiting)).Reason);
        Assert.Equal(RoomStatus.Ended, ann.Status);
    }

    [Fact]
    public async Task a_wrong_token_is_told_to_the_caller()
    {
        await StartAsync();
        var refused = await Assert.ThrowsAsync<RoomRefusedException>(() => RoomClient.ConnectAsync(new(_server.Address, "not.a.token"), _deadline.Token));
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, refused.Status);
    }

    private async Task StartAsync(object? room = null)
    {
        _server = await RunningServer.StartAsync();
        _room = await _server.MakeRoomAsync(room);
    }

    private async Task<(RoomClient Client, string Token)> ComeAsync(string name, string role, bool binary)
    {
        var token = (await _server.JoinAsync(_room, name, role)).Token;
        var client = await RoomClient.ConnectAsync(new(_server.Address, token) { MessagePack = binary }, _deadline.Token);
        _clients.Add(client);
        return (client, token);
    }
}
