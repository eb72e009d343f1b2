using System.Diagnostics;
using System.Text.Json.Nodes;

namespace SessionRoom.Server.Tests;

public sealed class SlowReaderTests
{
    [Fact]
    public async Task a_reader_that_stalls_slows_nobody_and_gets_the_state_instead_of_its_backlog()
    {
        await using var server = await RunningServer.StartAsync(("Limits:CommandsPerSecond", 1_000_000), ("Limits:CommandBurst", 1_000_000), ("Limits:StalledFor", "00:10:00"));
        var (lead, slow, _) = await StalledAsync(server, out var stall);
        await using var leading = lead;
        await using var slowly = slow;
        var written = await FillAsync(lead, until: () => Metric(server, "sessionroom_connections_stalled") > 0);
        var more = 0L;
        for (var step = 0; step < 50; step++) more = (long)(await SetAgendaAsync(lead, step))["seq"]!;
        Assert.True(more >= written + 50);

        (await stall).Dispose();
        var resync = await slow.NextAsync("resync", frame => (long)frame["seq"]! >= more);
        Assert.Equal(more, (long)resync["seq"]!);
        Assert.Equal("resync", Assert.Single(slow.Heard, heard => (long)heard.Argument!["seq"]! > written).Target);
        var served = (await lead.CallAsync("Join", new { }))!;
        Assert.True(JsonNode.DeepEquals(served["state"], resync["state"]));
        var next = (long)(await lead.DoAsync("record.off"))["seq"]!;
        Assert.Equal(next, (long)(await slow.NextAsync("patch", frame => (long)frame["seq"]! > more))["seq"]!);
    }

    [Fact]
    public async Task a_reader_that_stays_stalled_is_closed_and_gone_for_the_others()
    {
        await using var server = await RunningServer.StartAsync(("Limits:CommandsPerSecond", 1_000_000), ("Limits:CommandBurst", 1_000_000), ("Limits:StalledFor", "00:00:01"));
        var (lead, slow, pid) = await StalledAsync(server, out var stall);
        await using var leading = lead;
        await using var slowly = slow;
        await FillAsync(lead, until: () => Metric(server, "sessionroom_byes_total{reason=\"too_slow\"}") > 0);
        await lead.NextAsync("patch", frame => (bool?)frame["patch"]!["people"]?[pid]?["online"] is false);
        Assert.Equal(1, Metric(server, "sessionroom_connections"));
        (await stall).Dispose();
        await slow.Closed;
    }

    private static Task<(HubSocket Lead, HubSocket Slow, string SlowPid)> StalledAsync(RunningServer server, out Task<IDisposable> stall)
    {
        var stalled = new TaskCompletionSource<IDisposable>();
        stall = stalled.Task;
        return ConnectAsync();

        async Task<(HubSocket, HubSocket, string)> ConnectAsync()
        {
            var room = await server.MakeRoomAsync();
            var (ann, bo) = (await server.JoinAsync(room, "Ann", "facilitator"), await server.JoinAsync(room, "Bo"));
            var slow = await HubSocket.ConnectAsync(server, bo.Token, smallBuffers: true);
            await slow.CallAsync("Join", new { });
            var pausing = slow.StallAsync();
            var (lead, _) = await server.ConnectAsync(ann);
            stalled.SetResult(await pausing);
            return (lead, slow, bo.Pid);
        }
    }

    /// <summary>Steps of some 30 kB until the sockets' buffers are full; the sequence number of the last.</summary>
    private static async Task<long> FillAsync(HubSocket lead, Func<bool> until)
    {
        var (seq, watch) = (0L, Stopwatch.StartNew());
        for (var step = 0; !until(); step++)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), "the reader never counted as slow");
            seq = (long)(await SetAgendaAsync(lead, step))["seq"]!;
        }
        return seq;
    }

    private static Task<JsonNode> SetAgendaAsync(HubSocket lead, int step) =>
        lead.DoAsync("agenda.set", new { items = Enumerable.Range(0, 100).Select(item => new { id = $"{item}", title = $"{step} {new string('x', 190)}" }) });

    private static double Metric(RunningServer server, string name)
    {
        using var response = server.Http.Send(new(HttpMethod.Get, "/metrics"));
        using var reader = new StreamReader(response.Content.ReadAsStream());
        var line = reader.ReadToEnd().Split('\n').FirstOrDefault(line => line.StartsWith(name + " ", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line[(name.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }
}
