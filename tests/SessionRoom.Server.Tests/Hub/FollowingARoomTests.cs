using System.Text.Json.Nodes;
using SessionRoom.Domain;

namespace SessionRoom.Server.Tests;

public sealed class FollowingARoomTests
{
    [Fact]
    public async Task joining_answers_with_the_room_as_it_is_and_who_one_is()
    {
        await using var server = await RunningServer.StartAsync();
        var ann = await server.JoinAsync(await server.MakeRoomAsync(), "Ann");
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var (socket, joined) = await server.ConnectAsync(ann);
        await using var _ = socket;
        Assert.Equal((1, ann.Pid), ((int)joined["protocol"]!, (string?)joined["you"]));
        Assert.InRange((long)joined["now"]!, before, before + 60_000);
        Assert.True((long)joined["seq"]! >= 2);
        Assert.NotEmpty((string)joined["epoch"]!);
        Assert.True((bool)joined["state"]!["people"]![ann.Pid]!["online"]!);
        Assert.Equal(("AAA=", "AA=="), ((string?)joined["board"], (string?)joined["missing"]));
    }

    [Fact]
    public async Task the_patches_fold_to_the_state_that_the_server_serves()
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync(new { title = "Weekly", agenda = new[] { new { title = "One", durationMs = 60_000 } } });
        var ann = await server.JoinAsync(room, "Ann", "facilitator");
        var (lead, joined) = await server.ConnectAsync(ann);
        var (other, _) = await server.ConnectAsync(await server.JoinAsync(room, "Bo"));
        await using var both = lead;
        await using var one = other;
        await other.DoAsync("hand.raise", new { intent = "question" });
        await lead.DoAsync("session.start");
        await lead.DoAsync("floor.next");
        await other.DoAsync("people.rename", new { name = "Bosse" });
        var last = (long)(await lead.DoAsync("timer.pause"))["seq"]!;

        var (state, seq) = (joined["state"]!, (long)joined["seq"]!);
        while (seq < last)
        {
            var frame = await lead.NextAsync("patch");
            Assert.Equal(seq + 1, (long)frame["seq"]!);
            Assert.NotEmpty(frame["events"]!.AsArray());
            Assert.All(frame["events"]!.AsArray(), happened => Assert.False(string.IsNullOrEmpty((string?)happened!["type"]) || string.IsNullOrEmpty((string?)happened["by"])));
            (state, seq) = (MergePatch.Apply(state, frame["patch"])!, seq + 1);
        }
        var served = await (await server.GetAsync($"/api/rooms/{room.Id}", ann.Token)).JsonAsync();
        Assert.Equal(last, (long)served["seq"]!);
        Assert.True(JsonNode.DeepEquals(served["state"], state), $"{served["state"]}\n{state}");
    }

    [Fact]
    public async Task a_command_is_published_before_it_is_answered_and_the_same_id_happens_once()
    {
        await using var server = await RunningServer.StartAsync();
        var (socket, _) = await server.ConnectAsync(await server.JoinAsync(await server.MakeRoomAsync(), "Ann", "facilitator"));
        await using var connection = socket;
        var command = new { type = "people.seat", id = "same", name = "Cho" };
        var first = await socket.CallAsync("Do", command);
        Assert.Contains(socket.Heard, heard => heard.Target == "patch" && (long)heard.Argument!["seq"]! == (long)first!["seq"]!);
        var again = await socket.CallAsync("Do", command);
        Assert.Equal(first!.ToJsonString(), again!.ToJsonString());
        Assert.Single(socket.Heard, heard => heard.Argument!["events"] is JsonArray events && events.Any(happened => (string?)happened!["type"] == "people.seated"));
    }

    [Fact]
    public async Task whoever_wants_no_answer_hears_of_their_own_command_at_once()
    {
        await using var server = await RunningServer.StartAsync();
        var (socket, _) = await server.ConnectAsync(await server.JoinAsync(await server.MakeRoomAsync(), "Ann", "facilitator"));
        await using var connection = socket;
        await socket.SendAsync("""{"type":1,"target":"Do","arguments":[{"type":"people.seat","id":"unanswered","name":"Cho"}]}""");
        // The ping that would take it along comes after fifteen seconds.
        await socket.NextAsync("patch", patch => (string?)patch["events"]![0]!["type"] == "people.seated").WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task nobody_acts_or_hears_before_joining()
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync();
        var (ann, bo) = (await server.JoinAsync(room, "Ann", "facilitator"), await server.JoinAsync(room, "Bo"));
        await using var silent = await HubSocket.ConnectAsync(server, bo.Token);
        Assert.Equal("not_found", (string?)(await silent.DoAsync("hand.raise"))["error"]!["code"]);
        var (socket, _) = await server.ConnectAsync(ann);
        await using var connection = socket;
        await socket.DoAsync("session.start");
        await silent.CallAsync("Time");
        Assert.Empty(silent.Heard);
    }

    [Fact]
    public async Task somebody_is_online_while_any_of_their_connections_is()
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync();
        var (watcher, _) = await server.ConnectAsync(await server.JoinAsync(room, "Ann"));
        await using var watching = watcher;
        var bo = await server.JoinAsync(room, "Bo");
        var (first, _) = await server.ConnectAsync(bo);
        Assert.True((bool)(await watcher.NextAsync("patch", OnlineChanged))["patch"]!["people"]![bo.Pid]!["online"]!);
        var (second, joined) = await server.ConnectAsync(bo);
        Assert.True((bool)joined["state"]!["people"]![bo.Pid]!["online"]!);
        await first.DisposeAsync();
        Assert.True((bool)(await second.DoAsync("hand.raise"))["ok"]!);
        await second.DisposeAsync();
        Assert.False((bool)(await watcher.NextAsync("patch", OnlineChanged))["patch"]!["people"]![bo.Pid]!["online"]!);
        var hand = (await watcher.CallAsync("Join", new { }))!["state"]!["people"]![bo.Pid]!["hand"];
        Assert.NotNull(hand);

        bool OnlineChanged(JsonNode frame) => frame["patch"]!["people"]?[bo.Pid]?["online"] is not null;
    }

    [Fact]
    public async Task whoever_goes_down_while_joining_stays_neither_online_nor_listening()
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync();
        for (var person = 0; person < 40; person++)
        {
            await using var socket = await HubSocket.ConnectAsync(server, (await server.JoinAsync(room, $"P{person}")).Token);
            var joining = socket.InvokeAsync("Join", new { });
            if (person % 2 == 0) await Task.WhenAny(joining, Task.Delay(person));
            _ = joining.ContinueWith(_ => { }, TaskScheduler.Default);
        }
        var (live, audience) = ((await server.Rooms.OpenAsync(room.Id, default))!, Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<RoomAudience>(server.Services));
        using var deadline = new CancellationTokenSource(HubSocket.Patience);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (audience.Connections > 0 || audience.Rooms > 0 || live.Current.State.People.Values.Any(person => person.Online)) await look.WaitForNextTickAsync(deadline.Token);
        Assert.True(live.Current.State.People.Count > 0);
    }

    [Fact]
    public async Task a_client_that_saw_a_hole_joins_again_on_the_same_connection()
    {
        await using var server = await RunningServer.StartAsync();
        var (socket, first) = await server.ConnectAsync(await server.JoinAsync(await server.MakeRoomAsync(), "Ann", "facilitator"));
        await using var connection = socket;
        var done = await socket.DoAsync("session.start");
        var again = (await socket.CallAsync("Join", new { }))!;
        Assert.Equal(((long)done["seq"]!, "live"), ((long)again["seq"]!, (string?)again["state"]!["room"]!["stage"]));
        Assert.Equal((string?)first["epoch"], (string?)again["epoch"]);
        var next = (long)(await socket.DoAsync("record.off"))["seq"]!;
        Assert.Equal(next, (long)(await socket.NextAsync("patch", frame => (long)frame["seq"]! > (long)again["seq"]!))["seq"]!);
    }

    [Fact]
    public async Task what_happens_while_somebody_joins_reaches_them_after_their_answer_and_without_a_hole()
    {
        await using var server = await RunningServer.StartAsync(("Limits:CommandsPerSecond", 1_000_000), ("Limits:CommandBurst", 1_000_000));
        var room = await server.MakeRoomAsync();
        var ann = await server.JoinAsync(room, "Ann", "facilitator");
        var (lead, _) = await server.ConnectAsync(ann);
        await using var leading = lead;
        using var stop = new CancellationTokenSource();
        var busy = Task.Run(async () =>
        {
            for (var turn = 0; !stop.IsCancellationRequested; turn++) await lead.DoAsync(turn % 2 == 0 ? "record.off" : "record.on");
        });
        for (var round = 0; round < 20; round++)
        {
            await using var socket = await HubSocket.ConnectAsync(server, (await server.JoinAsync(room, $"P{round}")).Token);
            var joined = (await socket.CallAsync("Join", new { }))!;
            var seq = (long)joined["seq"]!;
            for (var heard = 0; heard < 10; heard++)
            {
                Assert.True(socket.Heard.Count < 200);
                var frame = await NextFrameAsync(socket);
                if (frame.Target == "resync") Assert.True((seq = Seq(frame.Argument)) > 0);
                else Assert.Equal(++seq, Seq(frame.Argument));
            }
        }
        await stop.CancelAsync();
        await busy;

        static long Seq(JsonNode? argument) => (long)argument!["seq"]!;
        static async Task<(string Target, JsonNode? Argument)> NextFrameAsync(HubSocket socket)
        {
            var deadline = DateTime.UtcNow + HubSocket.Patience;
            (string, JsonNode?) frame;
            while (!socket.Heard.TryDequeue(out frame))
            {
                Assert.True(DateTime.UtcNow < deadline);
                await Task.Yield();
            }
            return frame;
        }
    }

    [Fact]
    public async Task one_person_has_only_so_many_connections_and_a_room_only_so_many_people()
    {
        await using var server = await RunningServer.StartAsync(("Limits:ConnectionsPerPerson", 2), ("Limits:PeoplePerRoom", 2));
        var room = await server.MakeRoomAsync();
        var ann = await server.JoinAsync(room, "Ann");
        var (first, _) = await server.ConnectAsync(ann);
        var (second, _) = await server.ConnectAsync(ann);
        await using var third = await HubSocket.ConnectAsync(server, ann.Token);
        Assert.Contains("rate_limited: ", (await Assert.ThrowsAsync<HubCallException>(() => third.CallAsync("Join", new { }))).Message, StringComparison.Ordinal);
        await second.DisposeAsync();
        await using var bo = (await server.ConnectAsync(await server.JoinAsync(room, "Bo"))).Socket;
        await using var cho = await HubSocket.ConnectAsync(server, (await server.JoinAsync(room, "Cho")).Token);
        Assert.Contains("too_large: ", (await Assert.ThrowsAsync<HubCallException>(() => cho.CallAsync("Join", new { }))).Message, StringComparison.Ordinal);
        await first.DisposeAsync();
    }

    [Fact]
    public async Task the_servers_clock_is_one_call_away()
    {
        await using var server = await RunningServer.StartAsync();
        await using var socket = await HubSocket.ConnectAsync(server, (await server.JoinAsync(await server.MakeRoomAsync(), "Ann")).Token);
        var (before, now, after) = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), (long)(await socket.CallAsync("Time"))!, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        Assert.InRange(now, before, after);
    }
}
