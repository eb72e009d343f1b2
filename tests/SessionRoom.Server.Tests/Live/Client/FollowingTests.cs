using System.Text.Json.Nodes;

namespace SessionRoom.Client.Tests;

public sealed class FollowingTests : IDisposedAfterwards
{
    private readonly ScriptedServer _server = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task patches_fold_into_the_state_that_join_answered()
    {
        var (client, peer) = await _server.JoinedAsync(7, """{"room":{"title":"Circle","purpose":"us"},"queue":{"entries":[]}}""");
        await using var _ = client;

        await peer.PatchAsync(8, """{"room":{"title":"Round","purpose":null},"queue":{"entries":[{"pid":"bob"}]}}""");

        var room = await ReachedAsync(client, 8);
        Assert.Equal("""{"room":{"title":"Round"},"queue":{"entries":[{"pid":"bob"}]}}""", room.State.ToJsonString());
        Assert.Equal(("Round", "bob", "ann", RoomStatus.Live), (room.Title, room.Queue.Single(), client.You, client.Status));
    }

    [Fact]
    public async Task a_patch_that_overtakes_the_answer_of_join_is_folded_after_it()
    {
        var connecting = RoomClient.ConnectAsync(_server.Options(), _server.Deadline);
        var peer = await _server.AcceptAsync();
        var join = await peer.CallAsync(Calls.Join);

        await peer.PatchAsync(3, """{"n":3}""");
        await peer.PatchAsync(4, """{"n":4}""");
        await peer.PatchAsync(5, """{"n":5,"late":true}""");
        await peer.AnswerJoinAsync(join, 4, """{"n":4}""");

        await using var client = await connecting;
        var room = await ReachedAsync(client, 5);
        Assert.Equal("""{"n":5,"late":true}""", room.State.ToJsonString());
    }

    [Fact]
    public async Task a_hole_joins_again_and_loses_nothing()
    {
        var (client, peer) = await _server.JoinedAsync(1, """{"n":1}""");
        await using var _ = client;

        await peer.PatchAsync(3, """{"three":3}""");
        var join = await peer.CallAsync(Calls.Join);
        await peer.PatchAsync(4, """{"four":4}""");
        await peer.AnswerJoinAsync(join, 2, """{"n":2}""");

        var room = await ReachedAsync(client, 4);
        Assert.Equal("""{"n":2,"three":3,"four":4}""", room.State.ToJsonString());
    }

    [Fact]
    public async Task a_join_that_a_live_connection_is_refused_for_now_is_tried_again_on_it()
    {
        var (client, peer) = await _server.JoinedAsync(1, "{}");
        await using var _ = client;
        await peer.PatchAsync(3, """{"n":3}""");
        for (var refused = 0; refused < 2; refused++)
            await peer.FailAsync(await peer.CallAsync(Calls.Join), "An unexpected error occurred invoking 'Join' on the server. HubException: unavailable: the board cannot be read");
        await peer.AnswerJoinAsync(3, """{"n":3}""");
        Assert.Equal(3, (await ReachedAsync(client, 3)).Seq);
        Assert.Single(_server.Tokens);
    }

    [Fact]
    public async Task an_answer_with_a_hole_behind_it_is_not_followed_but_asked_for_again()
    {
        var (client, peer) = await _server.JoinedAsync(1, "{}");
        await using var _ = client;

        await peer.PatchAsync(5, """{"n":5}""");
        await peer.AnswerJoinAsync(2, """{"n":2}""");
        await peer.AnswerJoinAsync(4, """{"n":4}""");

        Assert.Equal("""{"n":5}""", (await ReachedAsync(client, 5)).State.ToJsonString());
    }

    [Fact]
    public async Task a_patch_that_comes_twice_or_late_changes_nothing()
    {
        var (client, peer) = await _server.JoinedAsync(4, """{"n":4}""");
        await using var _ = client;

        await peer.PatchAsync(5, """{"n":5}""");
        await peer.PatchAsync(4, """{"n":0}""");
        await peer.PatchAsync(5, """{"n":0}""");
        await peer.PatchAsync(6, """{"six":6}""");

        Assert.Equal("""{"n":5,"six":6}""", (await ReachedAsync(client, 6)).State.ToJsonString());
    }

    [Fact]
    public async Task a_resync_replaces_everything_and_patches_go_on_from_it()
    {
        var changes = new List<RoomChange>();
        var (client, peer) = await _server.JoinedAsync(1, """{"old":true}""", _server.Options() with { OnChange = (_, change) => changes.Add(change) });
        await using var _ = client;

        await peer.TellAsync(Calls.Resync, """{"epoch":"a","seq":90,"now":0,"state":{"n":90}}""");
        await peer.PatchAsync(91, """{"n":91}""");

        Assert.Equal("""{"n":91}""", (await ReachedAsync(client, 91)).State.ToJsonString());
        Assert.Collection(changes,
            change => Assert.Equal(new RoomReplaced("a", 1, ReplacedBy.Join), change),
            change => Assert.Equal(RoomStatus.Live, Assert.IsType<RoomStatusChanged>(change).Status),
            change => Assert.Equal(new RoomReplaced("a", 90, ReplacedBy.Resync), change),
            change => Assert.Equal(91, Assert.IsType<RoomPatched>(change).Seq));
    }

    [Fact]
    public async Task an_answer_of_join_that_a_resync_overtook_does_not_turn_the_room_back()
    {
        var (client, peer) = await _server.JoinedAsync(1, "{}");
        await using var _ = client;

        await peer.PatchAsync(5, """{"n":5}""");
        var join = await peer.CallAsync(Calls.Join);
        await peer.TellAsync(Calls.Resync, """{"epoch":"a","seq":9,"now":0,"state":{"n":9}}""");
        await peer.AnswerJoinAsync(join, 6, """{"n":6}""");
        await peer.PatchAsync(10, """{"ten":10}""");

        Assert.Equal("""{"n":9,"ten":10}""", (await ReachedAsync(client, 10)).State.ToJsonString());
    }

    [Fact]
    public async Task another_epoch_starts_over_although_its_numbers_are_smaller()
    {
        var (client, first) = await _server.JoinedAsync(500, """{"n":500}""");
        await using var _ = client;

        first.Break();
        var second = await _server.AcceptAsync();
        await second.AnswerJoinAsync(2, """{"n":2}""", epoch: "b");
        await second.PatchAsync(3, """{"n":3}""");

        var room = await client.WaitForAsync(room => room is { Epoch: "b", Seq: 3 }, _server.Deadline);
        Assert.Equal("""{"n":3}""", room.State.ToJsonString());
    }

    [Fact]
    public async Task whoever_reads_the_state_keeps_what_they_read()
    {
        var (client, peer) = await _server.JoinedAsync(1, """{"people":{"ann":{"name":"Ann"}}}""");
        await using var _ = client;
        var before = client.Current;

        await peer.PatchAsync(2, """{"people":{"ann":{"name":"Anna"}}}""");
        var after = await ReachedAsync(client, 2);

        Assert.Equal(("Ann", "Anna"), (Name(before), Name(after)));
        static string Name(RoomSnapshot room) => room.Person("ann")!["name"]!.GetValue<string>();
    }

    private Task<RoomSnapshot> ReachedAsync(RoomClient client, long seq) => client.WaitForAsync(room => room.Seq >= seq, _server.Deadline);
}
