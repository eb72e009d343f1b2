using System.Text.Json.Nodes;
using SessionRoom.Domain;
using Xunit.Abstractions;

namespace SessionRoom.Server.Tests;

public sealed class BadInputTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("""{"type":1,"invocationId":"9","target":"Do","arguments":[{"type":"floor.next"}""")]
    [InlineData("not json at all")]
    [InlineData("""{"type":99}""")]
    [InlineData("""[]""")]
    [InlineData("""{}""")]
    [InlineData("""{"type":1,"target":7,"arguments":[]}""")]
    [InlineData("""{"type":1,"invocationId":"9","target":"NoSuchMethod","arguments":[]}""")]
    [InlineData("""{"type":1,"invocationId":"9","target":"Do","arguments":[]}""")]
    [InlineData("""{"type":1,"invocationId":"9","target":"Do","arguments":[1,2,3]}""")]
    [InlineData("""{"type":1,"invocationId":"9","target":"Join","arguments":["text"]}""")]
    [InlineData("""{"type":1,"invocationId":"9","target":"OnDisconnectedAsync","arguments":[null]}""")]
    [InlineData("""{"type":4,"invocationId":"9","target":"Do","arguments":[{}]}""")]
    [InlineData("""{"type":3,"invocationId":"9","result":1}""")]
    public async Task a_bad_frame_harms_nobody_but_its_sender(string frame)
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync();
        var (good, _) = await server.ConnectAsync(await server.JoinAsync(room, "Ann", "facilitator"));
        var (bad, _) = await server.ConnectAsync(await server.JoinAsync(room, "Eve"));
        await using var one = good;
        await using var two = bad;
        await bad.SendAsync(frame);
        Assert.True((bool)(await good.DoAsync("session.start"))["ok"]!);
        var alive = bad.CallAsync("Time");
        await Task.WhenAny(alive, bad.Closed);
        if (bad.Closed.IsCompleted) await Assert.ThrowsAnyAsync<Exception>(() => alive);
        else Assert.True((long)(await alive)! > 0);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":null,"id":"1"}""")]
    [InlineData("""{"type":{"a":1},"id":"1"}""")]
    [InlineData("""{"type":"hand.raise","id":"1","intent":0}""")]
    [InlineData("""{"type":"hand.raise","id":"1","intent":"shout"}""")]
    [InlineData("""{"type":"hand.raise","id":"\ud800"}""")]
    [InlineData("""{"type":"people.rename","id":"1","name":"\ud800"}""")]
    [InlineData("""{"type":"people.rename","id":"1","name":"a\u0000b"}""")]
    [InlineData("""{"type":"people.rename","id":"a\nb","name":"ok"}""")]
    [InlineData("""{"type":"timer.start","id":"1","durationMs":1e400}""")]
    [InlineData("""{"type":"timer.start","id":"1","durationMs":9223372036854775808}""")]
    [InlineData("""{"type":"agenda.set","id":"1","items":null}""")]
    [InlineData("""{"type":"agenda.set","id":"1"}""")]
    [InlineData("""{"type":"room.created","id":"1"}""")]
    [InlineData("""{"type":"timer.expired","id":"1"}""")]
    public async Task a_command_that_is_none_is_refused_as_invalid(string command)
    {
        await using var server = await RunningServer.StartAsync();
        var (socket, joined) = await server.ConnectAsync(await server.JoinAsync(await server.MakeRoomAsync(), "Ann", "facilitator"));
        await using var connection = socket;
        await socket.SendAsync($$"""{"type":1,"invocationId":"bad","target":"Do","arguments":[{{command}}]}""");
        var ack = (await socket.AnswerAsync("bad"))["result"]!;
        Assert.Equal((false, "invalid", (long)joined["seq"]!), ((bool)ack["ok"]!, (string?)ack["error"]!["code"], (long)ack["seq"]!));
    }

    [Fact]
    public async Task a_frame_beyond_its_size_closes_its_connection_and_a_command_beyond_its_own_is_refused()
    {
        await using var server = await RunningServer.StartAsync(("Limits:FrameBytes", 20_000), ("Limits:CommandBytes", 10_000));
        var (socket, _) = await server.ConnectAsync(await server.JoinAsync(await server.MakeRoomAsync(), "Ann"));
        await using var connection = socket;
        Assert.Equal("too_large", (string?)(await socket.DoAsync("people.rename", new { name = new string('x', 11_000) }))["error"]!["code"]);
        await socket.SendAsync("{\"type\":6,\"padding\":\"" + new string('x', 30_000) + "\"}");
        await socket.Closed;
        Assert.Equal("ready", await server.Http.GetStringAsync("/health/ready"));
    }

    [Theory]
    [InlineData(1_000, false)]
    [InlineData(1_001, true)]
    [InlineData(1_003, true)]
    [InlineData(9_000, true)]
    public async Task an_update_beyond_its_size_is_refused_for_it_and_one_of_just_that_size_is_not(int bytes, bool beyond)
    {
        await using var server = await RunningServer.StartAsync(("Limits:BoardUpdateBytes", 1_000));
        var (socket, _) = await server.ConnectAsync(await server.JoinAsync(await server.MakeRoomAsync(), "Ann"));
        await using var connection = socket;
        var answer = await socket.CallAsync("Push", Convert.ToBase64String(new byte[bytes]));
        Assert.Equal(beyond, (string?)answer!["error"]?["code"] == "too_large");
    }

    [Fact]
    public async Task ten_thousand_random_commands_are_accepted_or_refused_with_a_code_and_the_patches_fold_to_the_state()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SEED"), out var given) ? given : Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await using var server = await RunningServer.StartAsync(("Limits:CommandsPerSecond", 1_000_000), ("Limits:CommandBurst", 1_000_000));
        var room = await server.MakeRoomAsync(new { title = "Wild", agenda = new[] { new { id = "item-1", title = "One", durationMs = 60_000 } } });
        var people = new List<(JoinedPerson Person, HubSocket Socket)>();
        JsonNode? first = null;
        foreach (var role in new[] { "facilitator", "member", "member", "observer", "projector" })
        {
            var person = await server.JoinAsync(room, role, role);
            var (connected, joined) = await server.ConnectAsync(person);
            first ??= joined;
            people.Add((person, connected));
        }
        var random = new RandomCommands(new Random(seed), [.. people.Select(pair => pair.Person.Pid)]);
        var (accepted, codes) = (0, new HashSet<string>());
        for (var sent = 0; sent < 10_000; sent += 100)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => people[random.Below(people.Count)].Socket.CallAsync("Do", random.Next())));
            foreach (var answer in answers)
            {
                if ((bool)answer!["ok"]!) accepted++;
                else codes.Add((string)answer["error"]!["code"]!);
            }
        }
        output.WriteLine($"accepted {accepted}, refused with {string.Join(' ', codes)}");
        Assert.InRange(accepted, 500, 9_500);
        Assert.Subset(new HashSet<string>(Enum.GetValues<RefusalCode>().Select(Words.Of)), codes);

        var (lead, served) = (people[0].Socket, (await people[0].Socket.CallAsync("Join", new { }))!);
        var (state, seq) = (first!["state"]!, (long)first["seq"]!);
        foreach (var (target, frame) in lead.Heard)
        {
            if ((long)frame!["seq"]! <= seq) continue;
            if (target == "patch") Assert.Equal(seq + 1, (long)frame["seq"]!);
            seq = (long)frame["seq"]!;
            state = target == "patch" ? MergePatch.Apply(state, frame["patch"])! : frame["state"]!.DeepClone();
        }
        Assert.Equal((long)served["seq"]!, seq);
        Assert.True(JsonNode.DeepEquals(served["state"], state), $"{served["state"]}\n{state}");
        foreach (var (_, socket) in people) await socket.DisposeAsync();
    }
}
