using SessionRoom.Crdt;

namespace SessionRoom.Client.Tests;

/// <summary>Edits on their way to a server that the test plays.</summary>
public sealed class BoardPushingTests : IDisposedAfterwards
{
    private const string Live = """{"room":{"stage":"live"}}""";
    private const string Done = """{"ok":true,"seq":1}""";

    private readonly ScriptedServer _server = new();
    private readonly Doc _doc = new();
    private RoomClient? _client;

    private RoomBoard Board => _client!.Board!;

    public async ValueTask DisposeAsync()
    {
        if (_client is not null) await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task one_push_is_under_way_at_a_time_and_what_is_edited_meanwhile_goes_out_as_one()
    {
        var peer = await JoinAsync();
        var first = EditAsync("a");
        var push = await peer.CallAsync(Calls.Push);
        Task<Ack>[] later = [EditAsync("b"), EditAsync("c")];
        Assert.Equal(3, Board.Unanswered);
        Take(push);
        Assert.Equal(["a"], _doc.GetMap("m").Keys);
        await peer.AnswerAsync(push, """{"ok":true,"seq":5}""");
        Assert.Equal(new Ack(true, 5), await first);
        push = await peer.CallAsync(Calls.Push);
        Take(push);
        Assert.Equal(["a", "b", "c"], _doc.GetMap("m").Keys);
        await peer.AnswerAsync(push, Done);
        Assert.All(await Task.WhenAll(later), answer => Assert.True(answer.Ok));
        Assert.Equal(0, Board.Unanswered);
    }

    [Fact]
    public async Task an_edit_whose_answer_was_lost_and_those_made_meanwhile_go_out_on_the_next_connection()
    {
        var peer = await JoinAsync();
        var first = EditAsync("a");
        await peer.CallAsync(Calls.Push);
        peer.Break();
        var next = await _server.AcceptAsync();
        var second = EditAsync("b");
        await next.AnswerAsync(await next.CallAsync(Calls.Join), Answer("AAA="));
        var push = await next.CallAsync(Calls.Push);
        Take(push);
        Assert.Equal(["a", "b"], _doc.GetMap("m").Keys);
        await next.AnswerAsync(push, Done);
        Assert.True((await first).Ok && (await second).Ok);
    }

    [Theory]
    [InlineData("rate_limited")]
    [InlineData("unavailable")]
    public async Task what_is_not_taken_now_is_pushed_again(string code)
    {
        var peer = await JoinAsync();
        var editing = EditAsync("a");
        for (var tries = 0; tries < 3; tries++) await peer.AnswerAsync(await peer.CallAsync(Calls.Push), Refusal(code));
        var push = await peer.CallAsync(Calls.Push);
        Take(push);
        Assert.Equal(["a"], _doc.GetMap("m").Keys);
        await peer.AnswerAsync(push, Done);
        Assert.True((await editing).Ok);
    }

    [Fact]
    public async Task a_refusal_answers_all_that_is_unanswered_and_the_replica_starts_over()
    {
        _doc.GetMap("m").Set("kept", 1);
        var peer = await JoinAsync();
        var before = Board.Read(doc => doc.ClientId);
        var first = EditAsync("a");
        var push = await peer.CallAsync(Calls.Push);
        var second = EditAsync("b");
        await peer.AnswerAsync(push, Refusal("forbidden"));
        Assert.Equal(("forbidden", "forbidden"), ((await first).Error!.Code, (await second).Error!.Code));
        var third = EditAsync("c");
        var join = await peer.CallAsync(Calls.Join);
        Assert.Equal("{}", join.Command.ToJsonString());
        Assert.False(third.IsCompleted);
        await peer.AnswerAsync(join, Answer(Convert.ToBase64String(_doc.EncodeStateAsUpdate())));
        push = await peer.CallAsync(Calls.Push);
        await peer.AnswerAsync(push, Done);
        Assert.True((await third).Ok);
        Assert.Equal(["c", "kept"], Board.Read(doc => doc.GetMap("m").Keys.Order().ToList()));
        Assert.NotEqual(before, Board.Read(doc => doc.ClientId));
    }

    [Fact]
    public async Task a_resync_of_a_part_does_not_pass_for_the_whole_while_the_replica_starts_over()
    {
        _doc.GetMap("m").Set("kept", 1);
        var peer = await JoinAsync();
        var refused = EditAsync("a");
        await peer.AnswerAsync(await peer.CallAsync(Calls.Push), Refusal("forbidden"));
        await refused;
        var before = _doc.EncodeStateVector();
        _doc.GetMap("m").Set("part", 1);
        await peer.TellAsync(Calls.Resync, $$"""{"epoch":"a","seq":2,"now":0,"state":{{Live}},"n":4,"board":"{{Convert.ToBase64String(_doc.EncodeStateAsUpdate(before))}}"}""");
        await _client!.WaitForAsync(room => room.Seq == 2, _server.Deadline);
        Assert.False(Board.IsSynced);
        await peer.AnswerAsync(await peer.CallAsync(Calls.Join), Answer(Convert.ToBase64String(_doc.EncodeStateAsUpdate())));
        await Board.WaitForAsync(doc => doc.GetMap("m").Count == 2, _server.Deadline);
    }

    [Fact]
    public async Task a_server_that_lost_what_it_had_answered_gets_it_again()
    {
        var peer = await JoinAsync();
        var editing = EditAsync("a");
        await peer.AnswerAsync(await peer.CallAsync(Calls.Push), Done);
        await editing;
        peer.Break();
        var next = await _server.AcceptAsync();
        await next.AnswerJoinAsync(await next.CallAsync(Calls.Join), 1, Live);
        await next.AnswerAsync(await next.CallAsync(Calls.Join), Answer("AAA=", missing: _doc.EncodeStateVector()));
        Take(await next.CallAsync(Calls.Push));
        Assert.Equal(["a"], _doc.GetMap("m").Keys);
    }

    [Fact]
    public async Task an_edit_that_changes_nothing_is_answered_at_once_and_one_that_fails_half_way_is_pushed_as_far_as_it_went()
    {
        var peer = await JoinAsync();
        Assert.Equal(new Ack(true, 1), await Board.EditAsync(_ => { }, _server.Deadline));
        await Assert.ThrowsAsync<FormatException>(() => Board.EditAsync(
            doc =>
            {
                doc.GetMap("m").Set("half", 1);
                throw new FormatException();
            },
            _server.Deadline));
        Take(await peer.CallAsync(Calls.Push));
        Assert.Equal(["half"], _doc.GetMap("m").Keys);
    }

    [Fact]
    public async Task when_the_client_ends_its_edits_end_with_it()
    {
        var peer = await JoinAsync();
        var (editing, waiting) = (EditAsync("a"), Board.WaitForAsync(_ => false, _server.Deadline));
        await peer.CallAsync(Calls.Push);
        await _client!.DisposeAsync();
        await Assert.ThrowsAsync<RoomEndedException>(() => editing);
        await Assert.ThrowsAsync<RoomEndedException>(() => waiting);
        await Assert.ThrowsAsync<RoomEndedException>(() => EditAsync("b"));
    }

    private Task<Ack> EditAsync(string key) => Board.EditAsync(doc => doc.GetMap("m").Set(key, 1), _server.Deadline);

    private void Take(ScriptedCall push) => Assert.True(_doc.ApplyUpdate(Convert.FromBase64String((string)push.Arguments[0]!)).Accepted);

    private async Task<ScriptedPeer> JoinAsync()
    {
        var connecting = RoomClient.ConnectAsync(_server.Options() with { Board = true }, _server.Deadline);
        var peer = await _server.AcceptAsync();
        await peer.AnswerAsync(await peer.CallAsync(Calls.Join), Answer(Convert.ToBase64String(_doc.EncodeStateAsUpdate())));
        _client = await connecting;
        return peer;
    }

    private static string Answer(string board, byte[]? missing = null) =>
        $$"""{"protocol":1,"you":"ann","epoch":"a","seq":1,"now":0,"state":{{Live}},"n":3,"board":"{{board}}"{{(missing is null ? "" : $",\"missing\":\"{Convert.ToBase64String(missing)}\"")}}}""";

    private static string Refusal(string code) => $$$"""{"ok":false,"seq":1,"error":{"code":"{{{code}}}","message":"no"}}""";
}
