using System.Text.Json.Nodes;
using SessionRoom.Crdt;

namespace SessionRoom.Client.Tests;

/// <summary>The client's board against a server that the test plays.</summary>
public sealed class BoardFollowingTests : IDisposedAfterwards
{
    private const string Live = """{"room":{"stage":"live"}}""";
    private const string Done = """{"ok":true,"seq":1}""";

    private readonly ScriptedServer _server = new();

    /// <summary>The server's replica.</summary>
    private readonly Doc _doc = new();

    private RoomClient? _client;

    private RoomBoard Board => _client!.Board!;

    public async ValueTask DisposeAsync()
    {
        if (_client is not null) await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task without_the_option_no_board_is_asked_for()
    {
        var connecting = RoomClient.ConnectAsync(_server.Options(), _server.Deadline);
        var peer = await _server.AcceptAsync();
        var join = await peer.CallAsync(Calls.Join);
        Assert.Equal("""{"skipBoard":true}""", join.Command.ToJsonString());
        await peer.AnswerJoinAsync(join, 1, Live);
        _client = await connecting;
        Assert.Null(_client.Board);
    }

    [Fact]
    public async Task the_board_is_there_once_joined_and_follows_its_frames()
    {
        var changes = new List<RoomChange>();
        Write("a", 1);
        var peer = await JoinAsync(n: 4, _server.Options() with { OnChange = (_, change) => { if (change is BoardChanged or BoardReplaced) changes.Add(change); } });
        Assert.Equal((4L, true, 1), (Board.N, Board.IsSynced, Read("a")));
        await TellAsync(peer, 7, () => Write("a", 2));
        await Board.WaitForAsync(doc => doc.GetMap("m")["a"] == 2, _server.Deadline);
        Assert.Equal(7, Board.N);
        Assert.Equal([new BoardReplaced(4), new BoardChanged(7)], changes);
    }

    [Fact]
    public async Task whoever_comes_back_asks_for_what_came_after_the_last_frame()
    {
        var peer = await JoinAsync(n: 4);
        await TellAsync(peer, 5, () => Write("a", 1));
        await Board.WaitForAsync(doc => doc.GetMap("m").ContainsKey("a"), _server.Deadline);
        peer.Break();
        var next = await _server.AcceptAsync();
        var join = await next.CallAsync(Calls.Join);
        Assert.Equal("""{"n":5}""", join.Command.ToJsonString());
        var before = _doc.EncodeStateVector();
        Write("b", 2);
        await AnswerAsync(next, join, n: 6, _doc.EncodeStateAsUpdate(before));
        await Board.WaitForAsync(doc => doc.GetMap("m")["b"] == 2, _server.Deadline);
        Assert.Equal(6, Board.N);
    }

    [Fact]
    public async Task where_the_updates_behind_the_number_are_gone_the_state_vector_is_asked_with()
    {
        Write("a", 1);
        var peer = await JoinAsync(n: 4);
        peer.Break();
        Write("b", 2);
        var next = await _server.AcceptAsync();
        await next.AnswerJoinAsync(await next.CallAsync(Calls.Join), 1, Live);
        var join = await next.CallAsync(Calls.Join);
        var theirs = Convert.FromBase64String((string)join.Command["board"]!);
        Assert.Equal(["board"], join.Command.Select(field => field.Key));
        await AnswerAsync(next, join, n: 400, _doc.EncodeStateAsUpdate(theirs), missing: _doc.EncodeStateVector());
        await Board.WaitForAsync(doc => doc.GetMap("m")["b"] == 2, _server.Deadline);
        Assert.Equal(400, Board.N);
    }

    [Fact]
    public async Task a_frame_before_the_joins_answer_is_taken_and_does_not_count()
    {
        var peer = await JoinAsync(n: 4);
        peer.Break();
        var next = await _server.AcceptAsync();
        await next.CallAsync(Calls.Join);
        await TellAsync(next, 9, () => Write("a", 1));
        await Board.WaitForAsync(doc => doc.GetMap("m").ContainsKey("a"), _server.Deadline);
        Assert.Equal(4, Board.N);
        next.Break();
        var third = await _server.AcceptAsync();
        Assert.Equal("""{"n":4}""", (await third.CallAsync(Calls.Join)).Command.ToJsonString());
    }

    [Fact]
    public async Task before_the_agreement_there_is_no_board_and_edits_wait_for_the_resync_that_brings_it()
    {
        var connecting = RoomClient.ConnectAsync(_server.Options() with { Board = true }, _server.Deadline);
        var peer = await _server.AcceptAsync();
        await peer.AnswerJoinAsync(0, """{"room":{"id":"r","title":"t","agreement":{"version":1,"text":"x"}},"people":{}}""");
        _client = await connecting;
        var editing = EditAsync("b", 2);
        Assert.Equal((false, null, 0), (Board.IsSynced, Board.N, Board.Unanswered));
        Write("a", 1);
        await peer.TellAsync(Calls.Resync, $$"""{"epoch":"a","seq":2,"now":0,"state":{{Live}},"n":3,"board":"{{Base64(_doc.EncodeStateAsUpdate())}}"}""");
        await AnswerPushAsync(peer);
        Assert.True((await editing).Ok);
        Assert.Equal((3L, 1, 2), (Board.N, Read("a"), Read("b")));
    }

    [Fact]
    public async Task another_board_epoch_in_a_resync_starts_over()
    {
        Write("secret", 1);
        var peer = await JoinAsync(n: 4);
        var before = Board.Read(doc => doc.ClientId);
        var editing = EditAsync("b", 2);
        await peer.CallAsync(Calls.Push);
        var kept = new Doc();
        kept.GetMap("m").Set("kept", 1);
        await peer.TellAsync(Calls.Resync, $$$"""{"epoch":"a","seq":9,"now":0,"state":{"room":{"stage":"live","boardEpoch":1}},"n":4,"board":"{{{Base64(kept.EncodeStateAsUpdate())}}}"}""");
        Assert.Equal("stale", (await editing).Error!.Code);
        await Board.WaitForAsync(doc => doc.GetMap("m").ContainsKey("kept"), _server.Deadline);
        Assert.NotEqual(before, Board.Read(doc => doc.ClientId));
        Assert.Equal((1, 0), (Board.Read(doc => doc.GetMap("m").Count), Board.Unanswered));
    }

    [Fact]
    public async Task an_edit_that_the_room_takes_after_its_replica_was_thrown_away_is_in_the_next_one_too()
    {
        var peer = await JoinAsync(n: 4);
        var editing = EditAsync("late", 1);
        var push = await peer.CallAsync(Calls.Push);
        await peer.TellAsync(Calls.Resync, $$$"""{"epoch":"a","seq":9,"now":0,"state":{"room":{"stage":"live","boardEpoch":1}},"n":4,"board":"AAA="}""");
        Assert.Equal("stale", (await editing).Error!.Code);
        Assert.True(_doc.ApplyUpdate(Convert.FromBase64String((string)push.Arguments[0]!)).Accepted);
        await peer.AnswerAsync(push, """{"ok":true,"seq":9}""");
        var join = await peer.CallAsync(Calls.Join);
        Assert.Null(join.Command["n"]);
        await AnswerAsync(peer, join, n: 6, _doc.EncodeStateAsUpdate(), missing: _doc.EncodeStateVector(), state: """{"room":{"stage":"live","boardEpoch":1}}""");
        await Board.WaitForAsync(doc => doc.GetMap("m").ContainsKey("late"), _server.Deadline);
    }

    [Fact]
    public async Task a_log_that_was_written_back_keeps_the_replica_and_is_given_what_it_lost()
    {
        var peer = await JoinAsync(n: 4);
        var (client, lost) = (Board.Read(doc => doc.ClientId), new Doc());
        var editing = EditAsync("mine", 1);
        await AnswerPushAsync(peer);
        await editing;
        await peer.TellAsync(Calls.Resync, $$"""{"epoch":"a-1","seq":1,"now":0,"state":{{Live}},"n":2,"board":"AAA="}""");
        var join = await peer.CallAsync(Calls.Join);
        Assert.NotNull(join.Command["board"]);
        await AnswerAsync(peer, join, n: 2, [0, 0], missing: lost.EncodeStateVector(), epoch: "a-1");
        var push = await peer.CallAsync(Calls.Push);
        Assert.True(lost.ApplyUpdate(Convert.FromBase64String((string)push.Arguments[0]!)).Accepted);
        Assert.Equal(["mine"], lost.GetMap("m").Keys);
        Assert.Equal(client, Board.Read(doc => doc.ClientId));
    }

    [Theory]
    [InlineData("b", Live)]
    [InlineData("a", """{"room":{"stage":"live","boardEpoch":2}}""")]
    public async Task another_log_or_board_epoch_in_a_joins_answer_starts_over_with_the_whole_board(string epoch, string state)
    {
        Write("gone", 1);
        var peer = await JoinAsync(n: 4);
        peer.Break();
        var next = await _server.AcceptAsync();
        var editing = EditAsync("lost", 1);
        var other = new Doc();
        other.GetMap("m").Set("new", 1);
        await AnswerAsync(next, await next.CallAsync(Calls.Join), n: 40, [0, 0], epoch: epoch, state: state);
        var join = await next.CallAsync(Calls.Join);
        Assert.Equal("{}", join.Command.ToJsonString());
        await AnswerAsync(next, join, n: 40, other.EncodeStateAsUpdate(), epoch: epoch, state: state);
        Assert.Equal("stale", (await editing).Error!.Code);
        await Board.WaitForAsync(doc => doc.GetMap("m").ContainsKey("new"), _server.Deadline);
        Assert.Equal(1, Board.Read(doc => doc.GetMap("m").Count));
    }

    [Fact]
    public async Task awareness_goes_both_ways_as_bytes()
    {
        var heard = new TaskCompletionSource<byte[]>();
        var peer = await JoinAsync(n: 0, _server.Options() with { OnChange = (_, change) => { if (change is BoardAware aware) heard.TrySetResult(aware.Update); } });
        await Board.AwareAsync([1, 2, 3]);
        Assert.Equal("AQID", (string?)(await peer.CallAsync(Calls.Aware)).Arguments[0]);
        await peer.TellAsync(Calls.Awareness, "\"BAUG\"");
        Assert.Equal([4, 5, 6], await heard.Task.WaitAsync(_server.Deadline));
    }

    [Fact]
    public async Task what_is_no_update_makes_the_client_come_again()
    {
        var peer = await JoinAsync(n: 4);
        await peer.TellAsync(Calls.Board, """{"n":5,"update":"AAAA"}""");
        var next = await _server.AcceptAsync();
        Assert.Equal("""{"n":4}""", (await next.CallAsync(Calls.Join)).Command.ToJsonString());
    }

    private void Write(string key, int value) => _doc.GetMap("m").Set(key, value);

    private int Read(string key) => (int)Board.Read(doc => doc.GetMap("m")[key].AsNumber);

    private Task<Ack> EditAsync(string key, int value) => Board.EditAsync(doc => doc.GetMap("m").Set(key, value), _server.Deadline);

    private async Task<ScriptedPeer> JoinAsync(long n, RoomClientOptions? options = null)
    {
        var connecting = RoomClient.ConnectAsync((options ?? _server.Options()) with { Board = true }, _server.Deadline);
        var peer = await _server.AcceptAsync();
        var join = await peer.CallAsync(Calls.Join);
        Assert.Equal("{}", join.Command.ToJsonString());
        await AnswerAsync(peer, join, n, _doc.EncodeStateAsUpdate(), _doc.EncodeStateVector());
        _client = await connecting;
        return peer;
    }

    private static Task AnswerAsync(ScriptedPeer peer, ScriptedCall join, long n, byte[] board, byte[]? missing = null, string epoch = "a", string state = Live) => peer.AnswerAsync(join, new JsonObject
    {
        ["protocol"] = 1, ["you"] = "ann", ["epoch"] = epoch, ["seq"] = 1, ["now"] = 0, ["state"] = JsonNode.Parse(state),
        ["n"] = n, ["board"] = Base64(board), ["missing"] = missing is null ? null : Base64(missing),
    }.ToJsonString());

    private static async Task AnswerPushAsync(ScriptedPeer peer) => await peer.AnswerAsync(await peer.CallAsync(Calls.Push), Done);

    private async Task TellAsync(ScriptedPeer peer, long n, Action write)
    {
        var before = _doc.EncodeStateVector();
        write();
        await peer.TellAsync(Calls.Board, $$"""{"n":{{n}},"update":"{{Base64(_doc.EncodeStateAsUpdate(before))}}"}""");
    }

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes);
}
