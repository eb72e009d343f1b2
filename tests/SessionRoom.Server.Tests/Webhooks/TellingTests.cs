using System.Text.Json;
using SessionRoom.MessagePack.Tests.Peers;

namespace SessionRoom.Server.Tests;

/// <summary>What a receiver is told, and what it is not.</summary>
public sealed class TellingTests
{
    [Fact]
    public async Task a_session_and_an_agreement_are_told_with_a_signature()
    {
        await using var told = await Told.StartAsync();
        await told.Socket.DoAsync("session.start");
        var started = await told.Receiver.NextAsync("session.started");
        Assert.True(started.IsSigned);
        Assert.Equal((told.Room.Id, "Weekly"), (started.Room, (string?)started.Data["title"]));
        Assert.Equal((long)started.Body["at"]!, (long)started.Data["startedAt"]!);
        Assert.StartsWith("evt_", started.Id, StringComparison.Ordinal);
        Assert.DoesNotContain('.', started.Id);
        await told.Socket.DoAsync("session.end");
        var ended = await told.Receiver.NextAsync("session.ended");
        Assert.True((long)ended.Data["endedAt"]! >= (long)ended.Data["startedAt"]!);
        Assert.True(string.CompareOrdinal(started.Cursor, ended.Cursor) < 0);

        var room = await told.Server.MakeRoomAsync(new { title = "Held", agreement = "We keep it here." }, RunningServer.SchoolSecret);
        var bo = await told.Server.JoinAsync(room, "Bo");
        var (socket, _) = await told.Server.ConnectAsync(bo);
        await socket.DoAsync("agreement.accept", new { version = 1 });
        var accepted = await told.Receiver.NextAsync("agreement.accepted");
        Assert.Equal((bo.Pid, "Bo", 1, room.Id), ((string?)accepted.Data["person"]!["pid"], (string?)accepted.Data["person"]!["name"], (int)accepted.Data["version"]!, accepted.Room));
        Assert.All(told.Receiver.All, delivery => Assert.True(delivery.IsSigned));
        await socket.DisposeAsync();
    }

    [Fact]
    public async Task an_action_is_told_when_it_comes_changes_and_goes()
    {
        await using var told = await Told.StartAsync();
        await told.CardAsync("a1", "Call the supplier");
        var created = await told.Receiver.NextAsync("action.created");
        Assert.Equal("""{"id":"a1","title":"Call the supplier","column":{"id":"todo","title":"To do"},"done":false}""", created.Data["action"]!.ToJsonString());
        Assert.Null(created.Data["changed"]);
        await told.WriteAsync(actions =>
        {
            var card = (Crdt.YMap)actions["a1"].AsType!;
            card.Set("owner", told.Ann.Pid);
            card.Set("due", "2026-12-01");
            card.Set("column", "done");
            card.Set("notes", "not for others");
        });
        var changed = await told.Receiver.NextAsync("action.changed");
        Assert.Equal("""["owner","due","column","notes"]""", changed.Data["changed"]!.ToJsonString());
        var action = changed.Data["action"]!;
        Assert.Equal((told.Ann.Pid, "Ann", "2026-12-01", "done", true),
            ((string?)action["owner"]!["pid"], (string?)action["owner"]!["name"], (string?)action["due"], (string?)action["column"]!["id"], (bool)action["done"]!));
        Assert.DoesNotContain("not for others", changed.Text, StringComparison.Ordinal);
        await told.WriteAsync(actions => actions.Delete("a1"));
        var removed = await told.Receiver.NextAsync("action.changed");
        Assert.Equal("""{"id":"a1","removed":true}""", removed.Data["action"]!.ToJsonString());
        Assert.Equal(told.Receiver.All.Count, told.Receiver.All.DistinctBy(delivery => delivery.Id).Count());
    }

    [Fact]
    public async Task what_is_sealed_and_what_is_written_off_the_record_is_told_to_nobody()
    {
        await using var told = await Told.StartAsync();
        await told.CardAsync("secret-card", "canary sealed", isSealed: true);
        await told.CardAsync("open", "In the open");
        await told.Receiver.NextAsync("action.created");
        await told.Socket.DoAsync("record.off");
        await told.CardAsync("spoken", "canary off");
        await told.SetAsync("open", "due", "2026-12-24");
        await told.Socket.DoAsync("record.on");
        await using var another = new Anew(told);
        await another.CardAsync("later", "Later");
        Assert.Equal("later", (string?)(await told.Receiver.NextAsync("action.created")).Data["action"]!["id"]);
        await another.SealAsync("open");
        var gone = await told.Receiver.NextAsync("action.changed");
        Assert.Equal("""{"id":"open","removed":true}""", gone.Data["action"]!.ToJsonString());
        Assert.DoesNotContain(told.Receiver.All, delivery => delivery.Text.Contains("canary", StringComparison.Ordinal) || delivery.Text.Contains("secret-card", StringComparison.Ordinal)
            || delivery.Text.Contains("2026-12-24", StringComparison.Ordinal));
        Assert.Equal(3, told.Receiver.All.Count);
    }

    [Fact]
    public async Task what_is_kept_from_off_the_record_is_told_then()
    {
        await using var told = await Told.StartAsync();
        await told.Socket.DoAsync("record.off");
        await told.CardAsync("a1", "Kept");
        await told.Socket.DoAsync("record.on", new { keep = true });
        Assert.Equal("Kept", (string?)(await told.Receiver.NextAsync("action.created")).Data["action"]!["title"]);
    }

    [Fact]
    public async Task only_the_keys_own_rooms_and_the_types_that_it_asks_for_are_told()
    {
        await using var told = await Told.StartAsync(("ApiKeys:0:Webhook:Events:0", "session.ended"));
        foreach (var secret in (string?[])[null, RunningServer.ClinicSecret])
        {
            var room = await told.Server.MakeRoomAsync(new { title = "Elsewhere" }, secret);
            var (socket, _) = await told.Server.ConnectAsync(await told.Server.JoinAsync(room, "Cid", "facilitator"));
            await socket.DoAsync("session.start");
            await socket.DoAsync("session.end");
            await socket.DisposeAsync();
        }
        await told.CardAsync("a1", "Not asked for");
        await told.Socket.DoAsync("session.start");
        await told.Socket.DoAsync("session.end");
        Assert.Equal(told.Room.Id, (await told.Receiver.NextAsync("session.ended")).Room);
        Assert.Single(told.Receiver.All);
    }

    [Fact]
    public async Task a_thousand_actions_at_once_are_each_told_once()
    {
        await using var told = await Told.StartAsync();
        await told.WriteAsync(actions =>
        {
            for (var number = 0; number < 1_000; number++) actions.SetMap($"a{number}").SetText("title", $"Card {number}");
        });
        for (var number = 0; number < 1_000; number++) await told.Receiver.NextAsync("action.created");
        Assert.Equal(1_000, told.Receiver.All.Select(delivery => (string?)delivery.Data["action"]!["id"]).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(told.Receiver.All.Select(delivery => delivery.Cursor).Order(StringComparer.Ordinal), told.Receiver.All.Select(delivery => delivery.Cursor));
    }

    [PeerTheory, InlineData("standardwebhooks")]
    public async Task the_standard_webhooks_library_and_the_pages_snippet_verify_what_is_sent(string library)
    {
        await using var told = await Told.StartAsync();
        await told.CardAsync("a1", "Grüße 🙂");
        await told.Receiver.NextAsync("action.created");
        await told.Socket.DoAsync("session.start");
        await told.Receiver.NextAsync("session.started");
        var lines = told.Receiver.All.Select(delivery => JsonSerializer.Serialize(new { headers = delivery.Headers, body = delivery.Text })).ToList();
        lines.Add(lines[0].Replace("a1", "a2", StringComparison.Ordinal));
        var file = Path.Combine(told.Server.Folder.FullName, library);
        await File.WriteAllLinesAsync(file, lines);
        var said = (await PeerFiles.RunAsync("webhook.js", Receiver.Secret, file)).Trim().Split('\n');
        Assert.Equal(["""{"type":"action.created","ours":true}""", """{"type":"session.started","ours":true}"""], said[..2]);
        Assert.StartsWith("""{"refused":""", said[2], StringComparison.Ordinal);
        Assert.EndsWith("""ours":false}""", said[2], StringComparison.Ordinal);
    }

    /// <summary>Whoever was off the record starts over with the room's board.</summary>
    private sealed class Anew(Told told) : IAsyncDisposable
    {
        private readonly Replica board = new();
        private HubSocket? socket;

        public Task CardAsync(string id, string title) => WriteAsync(doc => doc.GetMap("actions").SetMap(id).SetText("title", title));

        public Task SealAsync(string id) => WriteAsync(doc => ((Crdt.YMap)doc.GetMap("actions")[id].AsType!).Set("sealed", true));

        private async Task WriteAsync(Action<Crdt.Doc> edit)
        {
            if (socket is null)
            {
                (socket, var joined) = await told.Server.ConnectAsync(told.Ann);
                board.Takes(joined["board"]);
            }
            var before = board.Doc.EncodeStateVector();
            board.Doc.Transact(_ => edit(board.Doc));
            var answer = await socket.CallAsync("Push", Convert.ToBase64String(board.Doc.EncodeStateAsUpdate(before)));
            Assert.True((bool)answer!["ok"]!, answer.ToJsonString());
        }

        public ValueTask DisposeAsync() => socket?.DisposeAsync() ?? default;
    }
}
