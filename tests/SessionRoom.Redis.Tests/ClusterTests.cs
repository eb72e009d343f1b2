using System.Net;
using System.Net.Sockets;
using SessionRoom.Rooms;

namespace SessionRoom.Redis.Tests;

/// <summary>Two masters that share the slots.</summary>
public sealed class ClusterTests : IAsyncLifetime
{
    private readonly List<RedisServer> masters = [];

    public async Task InitializeAsync()
    {
        if (RedisServer.Lacking is not null) return;
        var buses = new[] { FreePort(), FreePort() };
        foreach (var bus in buses)
            masters.Add(await RedisServer.StartAsync("always", "--cluster-enabled", "yes", "--cluster-port", $"{bus}", "--cluster-node-timeout", "20000"));
        await masters[0].AskAsync("CLUSTER", "ADDSLOTSRANGE", "0", "8191");
        await masters[1].AskAsync("CLUSTER", "ADDSLOTSRANGE", "8192", "16383");
        await masters[0].AskAsync("CLUSTER", "MEET", "127.0.0.1", $"{masters[1].Port}", $"{buses[1]}");
        foreach (var master in masters) await SoundAsync(master);
    }

    public async Task DisposeAsync()
    {
        foreach (var master in masters) await master.DisposeAsync();
    }

    [RedisFact]
    public async Task rooms_of_both_masters_are_served_and_a_restart_of_one_is_noticed()
    {
        await using var link = await RedisLink.OpenAsync(masters[0].Address, new() { Durability = Durability.Disk });
        for (var room = 0; room < 20; room++) Assert.False((await CreateAsync(link, room)).IsNull);
        foreach (var master in masters) Assert.NotEqual("0", await master.AskAsync("DBSIZE"));
        using var heard = new Heard();
        heard.Listening = await link.SubscribeAsync("c", heard.Add);
        foreach (var master in masters)
        {
            await master.AskAsync("PUBLISH", "c", $"{master.Port}");
            Assert.Equal($"{master.Port}", await heard.NextAsync());
        }
        var restored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        link.Restored += () => restored.TrySetResult();
        var before = link.Run;
        await masters[1].RestartAsync();
        foreach (var master in masters) await SoundAsync(master);
        await restored.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var told = 0;
        for (var room = 20; room < 40; room++)
        {
            try { await CreateAsync(link, room); }
            catch (RedisRestartedException) { told++; }
        }
        Assert.Equal(1, told);
        Assert.NotEqual(before, link.Run);
        await link.ProbeAsync(default);
    }

    [RedisFact]
    public async Task rooms_of_both_masters_tell_one_feed()
    {
        await using var log = await FeedTests.OpenAsync(masters[0].Address);
        var rooms = Enumerable.Range(0, 20).Select(number => $"r{number}").ToList();
        foreach (var room in rooms)
        {
            var at = (await log.CreateAsync(room, "first"u8.ToArray(), default))!.Value;
            await log.AppendAsync(room, at, "second"u8.ToArray(), FeedTests.Out(room), default);
        }
        await log.GatherAsync("school", rooms, default);
        Assert.Equal(rooms.Order(StringComparer.Ordinal), (await FeedTests.TextsAsync(log)).Order(StringComparer.Ordinal));
        foreach (var room in rooms.Take(19)) await log.DeleteAsync(room, default);
        Assert.Equal(["r19"], await FeedTests.TextsAsync(log));
    }

    private static Task<StackExchange.Redis.RedisResult> CreateAsync(RedisLink link, int room) =>
        link.RunAsync(Script.Create, [$"sr:{{r{room}}}:head", $"sr:{{r{room}}}:batches", $"sr:{{r{room}}}:gone"], ["epoch", "first"], default);

    private static async Task SoundAsync(RedisServer master)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var turns = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await master.AskAsync("CLUSTER", "INFO") is var info && !(info.Contains("cluster_state:ok", StringComparison.Ordinal) && info.Contains("cluster_known_nodes:2", StringComparison.Ordinal)))
            await turns.WaitForNextTickAsync(deadline.Token);
    }

    private static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }
}
