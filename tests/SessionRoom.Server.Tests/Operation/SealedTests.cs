using System.Text;
using SessionRoom.Crdt;

namespace SessionRoom.Server.Tests;

/// <summary>What is on a sealed card, and what is written off the record, is told to the room's members over the board's own bytes and to nobody else.</summary>
public sealed class SealedTests
{
    private const string Canary = "canary0f7b61d3", Unrecorded = "canary9c04e8aa", Visible = "Visible to all";

    [Fact]
    public async Task a_sealed_card_and_what_is_written_off_the_record_leave_the_room_nowhere()
    {
        await using var server = await RunningServer.StartAsync(("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Microsoft.AspNetCore", "Trace"));
        var room = await server.MakeRoomAsync(new { title = "Weekly" }, RunningServer.SchoolSecret);
        var (ann, bo, eve) = (await server.JoinAsync(room, "Ann", "facilitator"), await server.JoinAsync(room, "Bo"), await server.JoinAsync(room, "Eve", "observer"));
        var (writing, _) = await server.ConnectAsync(ann);
        var (reading, _) = await server.ConnectAsync(bo);
        var (watching, _) = await server.ConnectAsync(eve);
        var board = new Replica();

        await PushAsync(writing, board, doc => Fill(doc, Canary));
        Assert.Contains(Canary, Text((string)(await reading.NextAsync("board"))["update"]!), StringComparison.Ordinal);
        await AssertUnseenAsync(server, room, [ann.Token, bo.Token, eve.Token, RunningServer.SchoolSecret], Canary);

        // What is refused is not told either.
        Assert.Equal("forbidden", (string?)(await watching.CallAsync("Push", new Replica().Writes(Canary)))!["error"]!["code"]);
        Assert.Equal("invalid", (string?)(await reading.CallAsync("Push", Convert.ToBase64String(Encoding.UTF8.GetBytes(Canary))))!["error"]!["code"]);
        await Assert.ThrowsAsync<HubCallException>(() => reading.CallAsync("Push", Canary));

        await writing.DoAsync("record.off");
        await PushAsync(writing, board, doc => Card(doc, "spoken", $"Open, but {Unrecorded}"));
        await AssertUnseenAsync(server, room, [ann.Token, bo.Token, eve.Token, RunningServer.SchoolSecret], Canary, Unrecorded);
        await writing.DoAsync("record.on");
        await AssertUnseenAsync(server, room, [ann.Token, bo.Token, eve.Token, RunningServer.SchoolSecret], Canary, Unrecorded);
        await writing.DoAsync("session.start");
        await writing.DoAsync("session.end");
        await AssertUnseenAsync(server, room, [ann.Token, RunningServer.SchoolSecret], Canary, Unrecorded);

        foreach (var socket in (HubSocket[])[writing, reading, watching])
        {
            Assert.All(socket.Heard.Where(heard => heard.Target is not ("board" or "resync" or "aware")), heard => AssertHasNone(heard.Argument!.ToJsonString(), heard.Target, Canary, Unrecorded));
            await socket.DisposeAsync();
        }
        await server.StopAsync();
        Assert.Contains(server.Logs.Lines, line => line.Contains("Push", StringComparison.Ordinal));
        Assert.All(server.Logs.Lines, line => AssertHasNone(line, "log", Canary, Unrecorded));
    }

    [Fact]
    public async Task what_was_kept_from_off_the_record_is_in_the_record()
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync();
        var ann = await server.JoinAsync(room, "Ann", "facilitator");
        var (socket, _) = await server.ConnectAsync(ann);
        await socket.DoAsync("record.off");
        await PushAsync(socket, new Replica(), doc => Card(doc, "a", Visible));
        Assert.Empty((await (await server.GetAsync($"/api/rooms/{room.Id}/board", ann.Token)).JsonAsync())["actions"]!.AsArray());
        await socket.DoAsync("record.on", new { keep = true });
        var read = await (await server.GetAsync($"/api/rooms/{room.Id}/board", ann.Token)).JsonAsync();
        Assert.Equal((Visible, 1L), ((string?)read["actions"]![0]!["title"], (long)read["n"]!));
        await socket.DisposeAsync();
    }

    private static void Fill(Doc doc, string secret)
    {
        Card(doc, "open", Visible).Set("due", "2026-12-01");
        var card = Card(doc, $"id {secret}", secret);
        foreach (var field in (string[])["notes", "outcome"]) card.SetText(field, $"about {secret}");
        foreach (var field in (string[])["owner", "column", "rank", "createdBy", secret]) card.Set(field, secret);
        card.Set("due", "2026-12-24");
        card.Set("sealed", true);
    }

    private static YMap Card(Doc doc, string id, string title)
    {
        var card = doc.GetMap("actions").SetMap(id);
        card.SetText("title", title);
        card.SetText("notes", title);
        return card;
    }

    private static async Task PushAsync(HubSocket socket, Replica board, Action<Doc> edit)
    {
        var before = board.Doc.EncodeStateVector();
        board.Doc.Transact(_ => edit(board.Doc));
        var answer = await socket.CallAsync("Push", Convert.ToBase64String(board.Doc.EncodeStateAsUpdate(before)));
        Assert.True((bool)answer!["ok"]!, answer.ToJsonString());
    }

    private static async Task AssertUnseenAsync(RunningServer server, MadeRoom room, string[] bearers, params string[] secrets)
    {
        string[] paths = [$"/api/rooms/{room.Id}", $"/api/rooms/{room.Id}/board", .. ((string[])["json", "md", "csv", "ics"]).Select(format => $"/api/rooms/{room.Id}/export?format={format}"), "/metrics", "/openapi/v1.json"];
        var seen = 0;
        foreach (var (path, bearer) in paths.SelectMany(path => bearers, ValueTuple.Create))
        {
            using var response = await server.GetAsync(path, bearer);
            var answer = await response.Content.ReadAsStringAsync();
            if (answer.Contains(Visible, StringComparison.Ordinal)) seen++;
            AssertHasNone($"{answer} {response.Headers}", path, secrets);
        }
        // Everybody's board, and the four exports of those who may export.
        Assert.Equal(bearers.Length + (4 * 2), seen);
    }

    /// <summary>Neither as it is nor in base64, whatever stands before it there.</summary>
    private static void AssertHasNone(string text, string where, params string[] secrets)
    {
        foreach (var secret in secrets)
        {
            string[] forms = [secret, .. Enumerable.Range(0, 3).Select(shift => Convert.ToBase64String([.. new byte[shift], .. Encoding.UTF8.GetBytes(secret)])[(shift + 1)..^4])];
            Assert.False(Array.Exists(forms, form => text.Contains(form, StringComparison.Ordinal)), $"{where} holds {secret}: {text}");
        }
    }

    private static string Text(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));
}
