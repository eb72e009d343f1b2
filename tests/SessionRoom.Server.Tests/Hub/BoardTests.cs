using System.Text.Json.Nodes;
using SessionRoom.Crdt;

namespace SessionRoom.Server.Tests;

/// <summary>Section 5 of the protocol, over sockets.</summary>
public sealed class BoardTests
{
    [Fact]
    public async Task what_one_writes_the_others_get_and_a_newcomer_has()
    {
        await using var circle = await CircleAsync();
        var (fay, mel) = (new Replica(), new Replica());
        Assert.True((bool)(await circle.Fay.CallAsync("Push", fay.Writes("Hello")))!["ok"]!);
        var frame = await circle.Mel.NextAsync("board");
        Assert.Equal((1L, "Hello"), ((long)frame["n"]!, mel.Takes(frame["update"]).Notes));
        Assert.DoesNotContain(circle.Fay.Heard, heard => heard.Target == "board");
        var (ned, joined) = await circle.Server.ConnectAsync(await circle.Server.JoinAsync(circle.Room, "Ned"));
        await using var newcomer = ned;
        Assert.Equal((1L, "Hello"), ((long)joined["n"]!, new Replica().Takes(joined["board"]).Notes));
        Assert.Equal(fay.Doc.EncodeStateVector(), Convert.FromBase64String((string)joined["missing"]!));
    }

    [Fact]
    public async Task joining_again_brings_what_was_missed_by_state_vector_or_by_number()
    {
        await using var circle = await CircleAsync();
        var (fay, mel) = (new Replica(), new Replica());
        await circle.Fay.CallAsync("Push", fay.Writes(new('x', 2_000)));
        mel.Takes((await circle.Mel.NextAsync("board"))["update"]);
        await circle.Fay.CallAsync("Push", fay.Writes("y"));
        var byVector = await circle.Mel.CallAsync("Join", new { board = Convert.ToBase64String(mel.Doc.EncodeStateVector()) });
        Assert.InRange(((string)byVector!["board"]!).Length, 1, 80);
        var byNumber = await circle.Mel.CallAsync("Join", new { n = 1 });
        Assert.Equal((2L, null), ((long)byNumber!["n"]!, byNumber["missing"]));
        Assert.Equal(2_001, mel.Takes(byNumber["board"]).Notes.Length);
        Assert.Null((await circle.Mel.CallAsync("Join", new { n = 99 }))!["board"]);
        var refused = await Assert.ThrowsAsync<HubCallException>(() => circle.Mel.CallAsync("Join", new { board = "/w==" }));
        Assert.Contains("invalid", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task who_does_not_want_the_board_gets_nothing_of_it()
    {
        await using var circle = await CircleAsync();
        var joined = await circle.Mel.CallAsync("Join", new { skipBoard = true });
        Assert.Equal((null, null, null), (joined!["board"], joined["missing"], joined["n"]));
        await circle.Fay.CallAsync("Push", new Replica().Writes("x"));
        await circle.Fay.CallAsync("Aware", Shown(1, 1, "{}"));
        await circle.Mel.CallAsync("Time");
        Assert.DoesNotContain(circle.Mel.Heard, heard => heard.Target is "board" or "aware");
    }

    [Fact]
    public async Task before_the_agreement_there_is_no_board_and_after_it_the_whole()
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync(new { title = "Quiet", agreement = "Be kind" });
        var (lead, _) = await server.ConnectAsync(await server.JoinAsync(room, "Fay", "facilitator"));
        var (socket, joined) = await server.ConnectAsync(await server.JoinAsync(room, "Bo"));
        await using var leading = lead;
        await using var gated = socket;
        Assert.Equal((null, null), (joined["board"], joined["missing"]));
        Assert.Equal("not_agreed", Code(await lead.CallAsync("Push", new Replica().Writes("x"))));
        await lead.DoAsync("agreement.accept", new { version = 1 });
        var fay = new Replica();
        await lead.CallAsync("Push", fay.Writes("secret"));
        await lead.CallAsync("Aware", Shown(1, 1, "{}"));
        await socket.CallAsync("Time");
        Assert.Empty(socket.Heard);
        await socket.DoAsync("agreement.accept", new { version = 1 });
        var opened = await socket.NextAsync("resync");
        Assert.Equal("secret", new Replica().Takes(opened["board"]).Notes);
        await lead.CallAsync("Push", fay.Writes(" more"));
        Assert.Equal(2, (long)(await socket.NextAsync("board"))["n"]!);
    }

    [Fact]
    public async Task refusals_have_a_code_and_the_room_goes_on()
    {
        await using var circle = await CircleAsync(("Limits:BoardUpdateBytes", 2_000));
        var (fay, mel) = (new Replica(5), new Replica(5));
        await circle.Fay.CallAsync("Push", fay.Writes("mine"));
        mel.Writes("mine");
        Assert.Equal("forbidden", Code(await circle.Mel.CallAsync("Push", mel.Writes(" forged"))));
        Assert.Equal("invalid", Code(await circle.Mel.CallAsync("Push", "AQID")));
        Assert.Equal("too_large", Code(await circle.Mel.CallAsync("Push", new Replica().Writes(new('x', 2_001)))));
        var (watcher, _) = await circle.Server.ConnectAsync(await circle.Server.JoinAsync(circle.Room, "Olga", "observer"));
        await using var watching = watcher;
        Assert.Equal("forbidden", Code(await watcher.CallAsync("Push", new Replica().Writes("x"))));
        var stranger = await HubSocket.ConnectAsync(circle.Server, (await circle.Server.JoinAsync(circle.Room, "Sue")).Token);
        await using var waiting = stranger;
        Assert.Equal("not_found", Code(await stranger.CallAsync("Push", new Replica().Writes("x"))));
        await circle.Fay.CallAsync("Push", fay.Writes(" still"));
        Assert.Equal("mine still", new Replica().Takes((await circle.Mel.CallAsync("Join", new { }))!["board"]).Notes);
        await circle.Fay.DoAsync("session.end");
        Assert.Equal("ended", Code(await circle.Fay.CallAsync("Push", fay.Writes("x"))));
    }

    [Fact]
    public async Task too_many_updates_or_bytes_a_second_are_refused_until_later()
    {
        await using var circle = await CircleAsync(("Limits:BoardUpdatesPerSecond", 5), ("Limits:BoardBytesPerSecond", 3_000), ("Limits:BoardUpdateBytes", 3_000));
        var fay = new Replica();
        var answers = new List<string?>();
        for (var number = 0; number < 30; number++) answers.Add(Code(await circle.Fay.CallAsync("Push", fay.Writes("x"))));
        Assert.Contains(null, answers);
        Assert.Contains("rate_limited", answers);
        var mel = new Replica();
        Assert.Null(Code(await circle.Mel.CallAsync("Push", mel.Writes(new('x', 2_900)))));
        Assert.Equal("rate_limited", Code(await circle.Mel.CallAsync("Push", mel.Writes(new('x', 2_900)))));
    }

    [Fact]
    public async Task who_is_where_is_stamped_with_who_it_is_and_newcomers_see_it()
    {
        await using var circle = await CircleAsync();
        await circle.Mel.CallAsync("Aware", Shown(9, 1, """{"card":"c1","pid":"somebody else"}"""));
        var seen = Entries(await circle.Fay.NextAsync("aware")).Single();
        Assert.Equal((9UL, 1UL), (seen.Client, seen.Clock));
        Assert.Equal((circle.MelPid, "c1"), ((string?)JsonNode.Parse(seen.State!)!["pid"], (string?)JsonNode.Parse(seen.State!)!["card"]));
        // Somebody else's client id, a state that is no object, and bytes that say nothing are left out.
        await circle.Fay.CallAsync("Aware", Shown(9, 2, "{}"));
        await circle.Fay.CallAsync("Aware", Shown(10, 1, "[]"));
        await circle.Fay.CallAsync("Aware", "AQID");
        await circle.Fay.CallAsync("Aware", Shown(11, 1, "{}"));
        Assert.Equal(11UL, Entries(await circle.Mel.NextAsync("aware")).Single().Client);
        Assert.Equal("forbidden", Code(await circle.Fay.CallAsync("Push", new Replica(9).Writes("x"))));

        var ned = await HubSocket.ConnectAsync(circle.Server, (await circle.Server.JoinAsync(circle.Room, "Ned")).Token);
        await using var newcomer = ned;
        await ned.CallAsync("Join", new { });
        Assert.Equal([9UL, 11UL], Entries(await ned.NextAsync("aware")).Select(entry => entry.Client).Order());
        await circle.Mel.DisposeAsync();
        var gone = Entries(await circle.Fay.NextAsync("aware")).Single();
        Assert.Equal((9UL, 1UL, null), (gone.Client, gone.Clock, gone.State));
    }

    [Fact]
    public async Task what_was_written_off_the_record_is_thrown_away_with_every_replica()
    {
        await using var circle = await CircleAsync();
        var fay = new Replica();
        await circle.Fay.CallAsync("Push", fay.Writes("on"));
        await circle.Fay.DoAsync("record.off");
        await circle.Fay.CallAsync("Push", fay.Writes(" off"));
        await circle.Mel.NextAsync("board", frame => (long)frame["n"]! == 1);
        await circle.Mel.NextAsync("board", frame => (long)frame["n"]! == 1);
        await circle.Fay.DoAsync("record.on");
        foreach (var socket in (HubSocket[])[circle.Fay, circle.Mel])
        {
            var anew = await socket.NextAsync("resync");
            Assert.Equal((1, "on"), ((int)anew["state"]!["room"]!["boardEpoch"]!, new Replica().Takes(anew["board"]).Notes));
        }
        Assert.Equal("stale", Code(await circle.Fay.CallAsync("Push", fay.Writes("!"))));
        await circle.Fay.CallAsync("Push", new Replica().Takes((await circle.Fay.CallAsync("Join", new { }))!["board"]).Writes(" again"));
        await circle.Mel.NextAsync("board");
    }

    [Fact]
    public async Task a_reader_that_cannot_keep_up_gets_what_it_lacks_of_the_board_when_it_can()
    {
        await using var circle = await CircleAsync(("Limits:BoardBytesPerSecond", 100_000_000), ("Limits:StalledFor", "00:02:00"));
        var stalled = await HubSocket.ConnectAsync(circle.Server, (await circle.Server.JoinAsync(circle.Room, "Ned")).Token, smallBuffers: true);
        await using var reader = stalled;
        var ned = new Replica().Takes((await stalled.CallAsync("Join", new { }))!["board"]);
        var fay = new Replica();
        using (await stalled.StallAsync())
            for (var number = 0; number < 60; number++) Assert.Null(Code(await circle.Fay.CallAsync("Push", fay.Writes(new((char)('a' + (number % 26)), 100_000)))));
        await circle.Fay.CallAsync("Push", fay.Writes("!"));
        while (ned.Notes != fay.Notes) ned.Takes((await stalled.NextAsync("board"))["update"]);
        Assert.True(stalled.Heard.Count(heard => heard.Target == "board") < 61);
    }

    private static string? Code(JsonNode? answer) => (string?)answer!["error"]?["code"];

    private static string Shown(ulong client, ulong clock, string state) => Convert.ToBase64String(AwarenessUpdate.Encode([new(client, clock, state)]));

    private static IReadOnlyList<AwarenessEntry> Entries(JsonNode message) => AwarenessUpdate.Decode(Convert.FromBase64String((string)message!))!;

    private static async Task<Circle> CircleAsync(params (string, object)[] settings)
    {
        var server = await RunningServer.StartAsync(settings);
        var room = await server.MakeRoomAsync();
        var mel = await server.JoinAsync(room, "Mel");
        var (first, _) = await server.ConnectAsync(await server.JoinAsync(room, "Fay", "facilitator"));
        var (second, _) = await server.ConnectAsync(mel);
        return new(server, room, first, second, mel.Pid);
    }

    private sealed record Circle(RunningServer Server, MadeRoom Room, HubSocket Fay, HubSocket Mel, string MelPid) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Fay.DisposeAsync();
            await Mel.DisposeAsync();
            await Server.DisposeAsync();
        }
    }
}
