using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;

namespace SessionRoom.Client.Tests;

public sealed class ReconnectingTests : IDisposedAfterwards
{
    private const string Done = """{"ok":true,"seq":2}""";
    private const string NotNow = """{"ok":false,"seq":1,"error":{"code":"unavailable","message":"the server is stopping"}}""";
    private readonly ScriptedServer _server = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task a_command_whose_answer_was_lost_goes_out_again_under_its_id_and_before_later_ones()
    {
        var (client, first) = await _server.JoinedAsync(1, "{}");
        await using var _ = client;
        var raising = client.DoAsync("hand.raise", new JsonObject { ["intent"] = "reply" });
        var lost = await first.CallAsync(Calls.Do);

        first.Break();
        var second = await _server.AcceptAsync();
        var lowering = client.DoAsync("hand.lower");
        await second.AnswerJoinAsync(1, "{}");

        var again = await second.CallAsync(Calls.Do);
        Assert.Equal(lost.Command.ToJsonString(), again.Command.ToJsonString());
        Assert.Equal("hand.raise", again.Command["type"]!.GetValue<string>());
        await second.AnswerAsync(again, Done);
        await second.AnswerAsync(await second.CallAsync(Calls.Do), Done);
        Assert.Equal(new Ack(true, 2), await raising);
        Assert.Equal(new Ack(true, 2), await lowering);
    }

    [Fact]
    public async Task an_answered_command_is_not_sent_again()
    {
        var (client, first) = await _server.JoinedAsync(1, "{}");
        await using var _ = client;
        var raising = client.DoAsync("hand.raise");
        await first.AnswerAsync(await first.CallAsync(Calls.Do), Done);
        await raising;

        first.Break();
        var second = await _server.AcceptAsync();
        await second.AnswerJoinAsync(2, "{}");
        var lowering = client.DoAsync("hand.lower");

        var call = await second.CallAsync(Calls.Do);
        Assert.Equal("hand.lower", call.Command["type"]!.GetValue<string>());
        await second.AnswerAsync(call, Done);
        await lowering;
    }

    [Fact]
    public async Task a_refusal_is_an_answer()
    {
        var (client, peer) = await _server.JoinedAsync(1, "{}");
        await using var _ = client;
        var next = client.DoAsync("floor.next");

        await peer.AnswerAsync(await peer.CallAsync(Calls.Do), """{"ok":false,"seq":1,"error":{"code":"forbidden","message":"no"}}""");

        Assert.Equal(new Ack(false, 1, null, new AckError("forbidden", "no")), await next);
    }

    [Fact]
    public async Task a_command_that_the_server_could_not_decide_goes_out_again_under_its_id_until_it_can()
    {
        var (client, peer) = await _server.JoinedAsync(1, "{}");
        await using var _ = client;
        var raising = client.DoAsync("hand.raise", new JsonObject { ["intent"] = "reply" });
        var first = await peer.CallAsync(Calls.Do);
        await peer.AnswerAsync(first, NotNow);

        for (var i = 0; i < 3; i++)
        {
            var again = await peer.CallAsync(Calls.Do);
            Assert.Equal(first.Command.ToJsonString(), again.Command.ToJsonString());
            await peer.AnswerAsync(again, i == 2 ? Done : NotNow);
        }

        Assert.Equal(new Ack(true, 2), await raising.WaitAsync(_server.Deadline));
    }

    [Fact]
    public async Task a_command_that_a_stopping_server_did_not_decide_is_sent_to_the_next_one()
    {
        // Long enough that only coming back can bring the command out again.
        var (client, first) = await _server.JoinedAsync(1, "{}", _server.Options() with { FirstWait = TimeSpan.FromSeconds(2), LongestWait = TimeSpan.FromSeconds(2) });
        await using var _ = client;
        var raising = client.DoAsync("hand.raise");
        var call = await first.CallAsync(Calls.Do);
        await first.AnswerAsync(call, NotNow);
        await first.TellAsync(Calls.Bye, """{"reason":"server_stopping","retryAfterMs":1}""");

        var second = await _server.AcceptAsync();
        await second.AnswerJoinAsync(1, "{}");
        var again = await second.CallAsync(Calls.Do);
        Assert.Equal(call.Command.ToJsonString(), again.Command.ToJsonString());
        await second.AnswerAsync(again, Done);

        Assert.Equal(new Ack(true, 2), await raising.WaitAsync(_server.Deadline));
    }

    [Fact]
    public async Task a_host_whose_callback_throws_is_still_kept_in_the_room()
    {
        var (client, first) = await _server.JoinedAsync(1, "{}", _server.Options() with { OnChange = (_, change) => throw new InvalidOperationException(change.ToString()) });
        await using var _ = client;
        await first.PatchAsync(2, """{"n":2}""");
        await client.WaitForAsync(room => room.Seq == 2, _server.Deadline);

        first.Break();
        await (await _server.AcceptAsync()).AnswerJoinAsync(3, """{"n":3}""");

        await client.WaitForAsync(room => room.Seq == 3, _server.Deadline);
    }

    [Fact]
    public async Task a_call_that_fails_on_a_healthy_connection_fails_for_its_caller_alone()
    {
        var (client, peer) = await _server.JoinedAsync(1, "{}");
        await using var _ = client;
        var next = client.DoAsync("floor.next");

        await peer.FailAsync(await peer.CallAsync(Calls.Do), "broken");

        await Assert.ThrowsAsync<HubException>(() => next.WaitAsync(_server.Deadline));
        Assert.Equal(RoomStatus.Live, client.Status);
    }

    [Fact]
    public async Task it_tries_until_the_server_is_there_and_the_last_state_stays_to_be_seen()
    {
        var statuses = new List<RoomStatus>();
        var (client, first) = await _server.JoinedAsync(1, """{"n":1}""",
            _server.Options() with { OnChange = (_, change) => { if (change is RoomStatusChanged status) statuses.Add(status.Status); } });
        await using var _ = client;

        first.Break();
        for (var i = 0; i < 3; i++) (await _server.AcceptAsync()).Break();
        var last = await _server.AcceptAsync();
        var join = await last.CallAsync(Calls.Join);
        Assert.Equal((RoomStatus.Reconnecting, """{"n":1}"""), (client.Status, client.Current.State.ToJsonString()));
        await last.AnswerJoinAsync(join, 2, """{"n":2}""");

        await client.WaitForAsync(room => room.Seq == 2, _server.Deadline);
        Assert.Equal(RoomStatus.Live, statuses[0]);
        Assert.All(statuses.Skip(1), status => Assert.True(status is RoomStatus.Reconnecting or RoomStatus.Live));
    }

    [Theory]
    [InlineData("removed"), InlineData("room_deleted"), InlineData("expired")]
    public async Task a_final_bye_ends_the_client_and_everything_that_waits(string reason)
    {
        var (client, peer) = await _server.JoinedAsync(1, "{}");
        await using var _ = client;
        var (raising, waiting) = (client.DoAsync("hand.raise"), client.WaitForAsync(room => room.Seq > 1));
        await peer.CallAsync(Calls.Do);

        await peer.TellAsync(Calls.Bye, $$"""{"reason":"{{reason}}"}""");

        Assert.Equal(reason, (await Assert.ThrowsAsync<RoomEndedException>(() => raising.WaitAsync(_server.Deadline))).Reason);
        await Assert.ThrowsAsync<RoomEndedException>(() => waiting.WaitAsync(_server.Deadline));
        Assert.Equal(RoomStatus.Ended, client.Status);
        await Assert.ThrowsAsync<RoomEndedException>(() => client.DoAsync("hand.raise"));
    }

    [Theory]
    [InlineData("too_slow"), InlineData("rate_limited"), InlineData("server_stopping")]
    public async Task any_other_bye_is_followed_by_coming_back(string reason)
    {
        var byes = new List<ByeFrame?>();
        var (client, first) = await _server.JoinedAsync(1, "{}",
            _server.Options() with { OnChange = (_, change) => { if (change is RoomStatusChanged { Status: RoomStatus.Reconnecting } status) byes.Add(status.Bye); } });
        await using var _ = client;

        await first.TellAsync(Calls.Bye, $$"""{"reason":"{{reason}}","retryAfterMs":20}""");
        await (await _server.AcceptAsync()).AnswerJoinAsync(2, "{}");

        await client.WaitForAsync(room => room.Seq == 2, _server.Deadline);
        Assert.Equal([new ByeFrame(reason, 20)], byes);
    }

    [Fact]
    public async Task an_expired_token_is_renewed_where_the_client_can()
    {
        var (client, first) = await _server.JoinedAsync(1, "{}", _server.Options("old") with { RenewToken = _ => Task.FromResult("new") });
        await using var _ = client;

        await first.TellAsync(Calls.Bye, """{"reason":"expired"}""");
        await (await _server.AcceptAsync()).AnswerJoinAsync(2, "{}");

        await client.WaitForAsync(room => room.Seq == 2, _server.Deadline);
        Assert.Equal(["old", "new"], _server.Tokens);
    }

    [Fact]
    public async Task a_refused_first_connection_tells_the_caller()
    {
        _server.Refusal = new RoomRefusedException(HttpStatusCode.Unauthorized);
        var refused = await Assert.ThrowsAsync<RoomRefusedException>(() => RoomClient.ConnectAsync(_server.Options(), _server.Deadline));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
        Assert.Single(_server.Tokens);
    }

    [Theory]
    [InlineData("forbidden: this key did not make the room", "forbidden"), InlineData("removed", "removed")]
    public async Task a_join_that_is_refused_for_good_is_not_tried_again(string said, string reason)
    {
        var connecting = RoomClient.ConnectAsync(_server.Options(), _server.Deadline);
        var peer = await _server.AcceptAsync();

        await peer.FailAsync(await peer.CallAsync(Calls.Join), $"An unexpected error occurred invoking 'Join' on the server. HubException: {said}");

        Assert.Equal(reason, (await Assert.ThrowsAsync<RoomEndedException>(() => connecting)).Reason);
        Assert.Single(_server.Tokens);
    }

    [Fact]
    public async Task a_join_that_is_refused_for_now_is_tried_again()
    {
        var connecting = RoomClient.ConnectAsync(_server.Options(), _server.Deadline);
        var first = await _server.AcceptAsync();
        await first.FailAsync(await first.CallAsync(Calls.Join), "An unexpected error occurred invoking 'Join' on the server. HubException: unavailable: the log cannot be read");

        await (await _server.AcceptAsync()).AnswerJoinAsync(3, "{}");

        await using var client = await connecting;
        Assert.Equal(3, client.Current.Seq);
    }

    [Fact]
    public async Task disposing_ends_what_waits()
    {
        var (client, peer) = await _server.JoinedAsync(1, "{}");
        var raising = client.DoAsync("hand.raise");
        await peer.CallAsync(Calls.Do);

        await client.DisposeAsync();

        Assert.Equal("disposed", (await Assert.ThrowsAsync<RoomEndedException>(() => raising)).Reason);
    }
}
