using System.Text.Json.Nodes;

namespace SessionRoom.Server.Tests;

public sealed class ExportTests
{
    private static readonly object Body = new
    {
        title = "Plan | *now*", purpose = "Decide <b>together</b>",
        agenda = new object[] { new { id = "open", title = "=Opening, \"welcome\"", durationMs = 300_000 }, new { id = "talk", title = "Talk", kind = "round" } },
    };

    [Fact]
    public async Task the_record_says_who_was_there_what_was_planned_and_what_it_took()
    {
        await using var server = await RunningServer.StartAsync();
        var (_, ann) = await HeldAsync(server);
        var record = await (await server.GetAsync($"/api/rooms/{ann.RoomId}/export", ann.Token)).JsonAsync();
        Assert.Equal(("Plan | *now*", "ended", 300_000L), ((string?)record["title"], (string?)record["stage"], (long)record["plannedMs"]!));
        Assert.Equal(["open", "talk"], record["agenda"]!.AsArray().Select(item => (string?)item!["id"]));
        Assert.Equal((long)record["spentMs"]!, record["agenda"]!.AsArray().Sum(item => (long)item!["spentMs"]!));
        var (first, second) = (record["people"]![0]!, record["people"]![1]!);
        Assert.Equal(("Ann", 0, 0L), ((string?)first["name"], (int)first["turns"]!, (long)first["talkMs"]!));
        Assert.Equal(("Bo", 1), ((string?)second["name"], (int)second["turns"]!));
    }

    [Fact]
    public async Task markdown_csv_and_calendar_carry_what_people_wrote_as_text_only()
    {
        await using var server = await RunningServer.StartAsync();
        var (_, ann) = await HeldAsync(server);
        var page = await TextAsync("md", "text/markdown");
        Assert.StartsWith("# Plan \\| \\*now\\*\n", page, StringComparison.Ordinal);
        Assert.Contains("> Decide &lt;b>together&lt;/b>", page, StringComparison.Ordinal);
        Assert.Contains("| Bo | member | remote | 1 | 0:0", page, StringComparison.Ordinal);
        var rows = (await TextAsync("csv", "text/csv")).Split("\r\n");
        Assert.Equal("row,id,name,kind,place,plannedMs,spentMs,turns,talkMs,column,owner,due,notes,outcome,at", rows[0]);
        Assert.StartsWith("agenda,open,\"'=Opening, \"\"welcome\"\"\",,,300000,", rows[1], StringComparison.Ordinal);
        var calendar = await TextAsync("ics", "text/calendar");
        Assert.StartsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:", calendar, StringComparison.Ordinal);
        Assert.EndsWith("END:VCALENDAR\r\n", calendar, StringComparison.Ordinal);

        async Task<string> TextAsync(string format, string type)
        {
            using var response = await server.GetAsync($"/api/rooms/{ann.RoomId}/export?format={format}", ann.Token);
            Assert.Equal(type, response.EnsureSuccessStatusCode().Content.Headers.ContentType!.MediaType);
            return await response.Content.ReadAsStringAsync();
        }
    }

    [Fact]
    public async Task a_member_an_unknown_format_and_somebody_before_the_agreement_get_no_record()
    {
        await using var server = await RunningServer.StartAsync();
        var (room, ann) = await HeldAsync(server);
        await server.GetAsync($"/api/rooms/{room.Id}/export?format=pdf", ann.Token).RefusesAsync(400, "invalid");
        var bo = await server.JoinAsync(room, "Bo");
        await server.GetAsync($"/api/rooms/{room.Id}/export", bo.Token).RefusesAsync(403, "forbidden");
        var gated = await server.MakeRoomAsync(new { title = "Quiet", agreement = "Be kind" });
        var cho = await server.JoinAsync(gated, "Cho", "facilitator");
        await server.GetAsync($"/api/rooms/{gated.Id}/export", cho.Token).RefusesAsync(403, "not_agreed");
    }

    private static async Task<(MadeRoom, JoinedPerson)> HeldAsync(RunningServer server)
    {
        var room = await server.MakeRoomAsync(Body);
        var (ann, bo) = (await server.JoinAsync(room, "Ann", "facilitator"), await server.JoinAsync(room, "Bo"));
        await DoAsync(server, ann, "session.start", new());
        await DoAsync(server, bo, "hand.raise", new());
        await DoAsync(server, ann, "floor.next", new());
        await DoAsync(server, ann, "agenda.go", new() { ["itemId"] = "talk" });
        await DoAsync(server, ann, "session.end", new());
        return (room, ann);
    }

    private static async Task DoAsync(RunningServer server, JoinedPerson by, string type, JsonObject command)
    {
        (command["type"], command["id"]) = (type, type);
        var ack = await (await server.PostAsync($"/api/rooms/{by.RoomId}/commands", command, by.Token)).JsonAsync();
        Assert.True((bool)ack["ok"]!, ack.ToJsonString());
    }
}
