using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace SessionRoom.Server.Tests;

/// <summary>What the server sends, held against what its contract says that it sends: no field that is not described, none missing that is always there.</summary>
public sealed class ServedShapesTests(ITestOutputHelper output)
{
    [Fact]
    public async Task whatever_a_session_brings_its_frames_and_answers_are_as_the_contract_says()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SEED"), out var given) ? given : Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await using var server = await RunningServer.StartAsync(("Limits:CommandBurst", 10_000));
        var contract = new Contract(await (await server.GetAsync("/openapi/v1.json")).JsonAsync());
        var made = await server.PostAsync("/api/rooms", new { title = "Weekly", purpose = "Together", agenda = new[] { new { title = "Numbers", durationMs = 60_000 }, new { title = "Rest", durationMs = 0 } } }, RunningServer.SchoolSecret);
        var created = await made.JsonAsync(System.Net.HttpStatusCode.Created);
        contract.Check("CreatedRoom", created);
        var invites = created["links"]!.AsObject().ToDictionary(link => link.Key, link => ((string)link.Value!).Split("#invite=")[1], StringComparer.Ordinal);
        var room = new MadeRoom((string)created["id"]!, invites);
        contract.Check("Entry", await (await server.PostAsync($"/api/rooms/{room.Id}/tokens", new { name = "Tia", role = "guest" }, RunningServer.SchoolSecret)).JsonAsync());
        var (fay, ann) = (await server.JoinAsync(room, "Fay", "facilitator"), await server.JoinAsync(room, "Ann"));
        var ((facilitator, joined), (member, _)) = (await server.ConnectAsync(fay), await server.ConnectAsync(ann));
        await using var one = facilitator;
        await using var other = member;
        contract.Check("JoinReply", joined);
        await facilitator.DoAsync("session.start");
        await member.DoAsync("hand.raise", new { intent = "question" });
        await facilitator.DoAsync("floor.next");
        await member.CallAsync("Push", new Replica().Writes("written"));
        var commands = new RandomCommands(new Random(seed), [fay.Pid, ann.Pid]);
        for (var i = 0; i < 400; i++)
        {
            contract.Check("Ack", await (i % 3 == 0 ? member : facilitator).CallAsync("Do", commands.Next()));
            if (i % 40 == 0) contract.Check("RoomRead", await (await server.GetAsync($"/api/rooms/{room.Id}", fay.Token)).JsonAsync());
        }
        contract.Check("BoardRead", await (await server.GetAsync($"/api/rooms/{room.Id}/board", RunningServer.SchoolSecret)).JsonAsync());
        contract.Check("SessionRecord", await (await server.GetAsync($"/api/rooms/{room.Id}/export", RunningServer.SchoolSecret)).JsonAsync());
        contract.Check("Ack", await facilitator.DoAsync("people.remove", new { pid = ann.Pid }));
        await member.Closed;
        contract.Check("Ack", await facilitator.DoAsync("session.end"));
        foreach (var (target, argument) in facilitator.Heard.Concat(member.Heard))
            if (Shape(target) is { } shape) contract.Check(shape, argument);
        Assert.All(["PatchFrame", "BoardFrame", "ByeFrame", "Person", "QueueEntry", "Floor", "Timer", "Agenda", "FloorTaken"], shape => Assert.Contains(shape, contract.Checked));
    }

    [Fact]
    public async Task whoever_has_not_agreed_and_whoever_is_refused_get_what_the_contract_says()
    {
        await using var server = await RunningServer.StartAsync();
        var contract = new Contract(await (await server.GetAsync("/openapi/v1.json")).JsonAsync());
        var ann = await server.JoinAsync(await server.MakeRoomAsync(new { title = "Gated", agreement = "Be kind." }), "Ann");
        var (socket, joined) = await server.ConnectAsync(ann);
        await using var connection = socket;
        contract.Check("JoinReply", joined);
        contract.Check("Ack", await socket.DoAsync("hand.raise"));
        contract.Check("Ack", await socket.DoAsync("agreement.accept", new { version = 1 }));
        contract.Check("ResyncFrame", await socket.NextAsync("resync"));
        contract.Check("Problem", await (await server.GetAsync("/api/rooms/nowhere", RunningServer.SchoolSecret)).JsonAsync(System.Net.HttpStatusCode.NotFound));
        contract.Check("Problem", await (await server.GetAsync($"/api/rooms/{ann.RoomId}")).JsonAsync(System.Net.HttpStatusCode.Unauthorized));
        contract.Check("Problem", await (await server.GetAsync("/api/nowhere")).JsonAsync(System.Net.HttpStatusCode.NotFound));
    }

    [Theory]
    [InlineData("""{"ok":true}""", "seq is missing")]
    [InlineData("""{"ok":true,"seq":1,"more":1}""", "more is not described")]
    [InlineData("""{"ok":false,"seq":1,"error":{"code":"odd","message":"m"}}""", "code is none of")]
    [InlineData("""{"ok":true,"seq":"1"}""", "seq is no whole number")]
    public async Task what_is_not_as_the_contract_says_is_found(string answer, string wrong)
    {
        await using var server = await RunningServer.StartAsync();
        var contract = new Contract(await (await server.GetAsync("/openapi/v1.json")).JsonAsync());
        var failure = Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => contract.Check("Ack", JsonNode.Parse(answer)));
        Assert.Contains(wrong, failure.Message, StringComparison.Ordinal);
    }

    private static string? Shape(string target) => target switch
    {
        Calls.Patch => "PatchFrame",
        Calls.Resync => "ResyncFrame",
        Calls.Board => "BoardFrame",
        Calls.Bye => "ByeFrame",
        _ => null,
    };
}
