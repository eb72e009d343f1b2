using System.Text.Json.Nodes;

namespace SessionRoom.Server.Tests;

public sealed class AgreementGateTests
{
    private static readonly object Quiet = new { title = "Quiet", purpose = "secret purpose", agreement = "Be kind", agenda = new[] { new { title = "secret item" } } };

    [Fact]
    public async Task before_the_agreement_people_see_its_text_and_themselves_and_hear_nothing_of_others()
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync(Quiet);
        var (ann, bo) = (await server.JoinAsync(room, "Ann", "facilitator"), await server.JoinAsync(room, "Bo"));
        var (lead, _) = await server.ConnectAsync(ann);
        await using var leading = lead;
        var (socket, joined) = await server.ConnectAsync(bo);
        await using var connection = socket;
        AssertGated(joined["state"]!, bo.Pid);
        var read = await (await server.GetAsync($"/api/rooms/{room.Id}", bo.Token)).JsonAsync();
        AssertGated(read["state"]!, bo.Pid);

        Assert.True((bool)(await lead.DoAsync("agreement.accept", new { version = 1 }))["ok"]!);
        await lead.DoAsync("session.start");
        await lead.DoAsync("people.seat", new { name = "Cho" });
        await lead.DoAsync("hand.raise");
        Assert.Equal("not_agreed", (string?)(await socket.DoAsync("hand.raise"))["error"]!["code"]);
        await socket.CallAsync("Time");
        Assert.Empty(socket.Heard);
    }

    [Fact]
    public async Task what_changes_about_themselves_reaches_them_as_a_whole_and_accepting_opens_the_room()
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync(Quiet);
        var (ann, bo) = (await server.JoinAsync(room, "Ann", "facilitator"), await server.JoinAsync(room, "Bo"));
        var (lead, _) = await server.ConnectAsync(ann);
        var (socket, _) = await server.ConnectAsync(bo);
        await using var leading = lead;
        await using var connection = socket;
        await lead.DoAsync("agreement.accept", new { version = 1 });
        await lead.DoAsync("role.assign", new { pid = bo.Pid, role = "noteTaker" });
        var renewed = await socket.NextAsync("resync");
        AssertGated(renewed["state"]!, bo.Pid);
        Assert.Equal("noteTaker", (string?)renewed["state"]!["people"]![bo.Pid]!["role"]);

        Assert.Equal("stale", (string?)(await socket.DoAsync("agreement.accept", new { version = 2 }))["error"]!["code"]);
        var accepted = await socket.DoAsync("agreement.accept", new { version = 1 });
        var opened = await socket.NextAsync("resync");
        Assert.Equal(((long)accepted["seq"]!, "secret purpose"), ((long)opened["seq"]!, (string?)opened["state"]!["room"]!["purpose"]));
        Assert.Equal(2, opened["state"]!["people"]!.AsObject().Count);
        var next = (long)(await lead.DoAsync("session.start"))["seq"]!;
        Assert.Equal(next, (long)(await socket.NextAsync("patch"))["seq"]!);
        Assert.All(socket.Heard, heard => Assert.Contains(heard.Target, (string[])["resync", "patch"]));
    }

    private static void AssertGated(JsonNode state, string pid)
    {
        Assert.Equal(["room", "people"], state.AsObject().Select(field => field.Key));
        Assert.Equal(["id", "title", "agreement"], state["room"]!.AsObject().Select(field => field.Key));
        Assert.Equal([pid], state["people"]!.AsObject().Select(person => person.Key));
        Assert.DoesNotContain("secret", state.ToJsonString(), StringComparison.Ordinal);
    }
}
