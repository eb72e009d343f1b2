using System.Diagnostics;
using SessionRoom.Rooms;

namespace SessionRoom.Redis.Tests;

/// <summary>What a link does while its Redis is not well.</summary>
[Collection(nameof(OutageTests))]
public sealed class RedisLinkOutageTests : LinkTest
{
    [RedisFact]
    public async Task a_call_after_a_restart_is_not_run_and_the_next_one_is()
    {
        var before = Link.Run;
        await CreateAsync("r");
        await Server.RestartAsync();
        await RestoredAsync();
        await Assert.ThrowsAsync<RedisRestartedException>(() => CreateAsync("r2"));
        await RestoredAsync();
        Assert.NotEqual(before, Link.Run);
        Assert.Equal("0", await Server.AskAsync("EXISTS", "sr:{r2}:head"));
        Assert.False((await CreateAsync("r2")).IsNull);
    }

    [RedisFact]
    public async Task of_many_calls_after_a_restart_each_was_run_or_was_told()
    {
        await CreateAsync("r");
        await Server.RestartAsync();
        await RestoredAsync();
        int told = 0, ran = 0;
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async index =>
        {
            try { await CreateAsync($"r{index}"); Interlocked.Increment(ref ran); }
            catch (RedisRestartedException) { Interlocked.Increment(ref told); }
        })).WaitAsync(Deadline);
        Assert.InRange(told, 1, 200);
        Assert.Equal($"{1 + ran}", await Server.AskAsync("EVAL", "return #redis.call('KEYS', 'sr:*:head')", "0"));
    }

    [RedisFact]
    public async Task a_restart_is_noticed_also_where_another_node_has_loaded_the_scripts_again()
    {
        await using var other = await RedisLink.OpenAsync(Server.Address, new());
        await CreateAsync("r");
        await Server.RestartAsync();
        await Eventually(async () =>
        {
            try { await other.RunAsync(Script.Load, ["a", "b", "c"], ["seq", "", 0], default); return true; }
            catch (RoomLogException) { return false; }
        });
        await RestoredAsync();
        await Assert.ThrowsAsync<RedisRestartedException>(() => CreateAsync("r2"));
    }

    [RedisFact]
    public async Task while_the_server_is_dead_calls_fail_at_once_and_on_its_return_everything_is_heard_again()
    {
        var heard = await HearAsync("c");
        await Server.KillAsync();
        await Eventually(() => Task.FromResult(Link.IsAway));
        var began = Stopwatch.GetTimestamp();
        for (var index = 0; index < 100; index++) await Assert.ThrowsAsync<RoomLogException>(() => CreateAsync("r"));
        await Assert.ThrowsAsync<RoomLogException>(() => Link.SubscribeAsync("d", _ => { }));
        await Assert.ThrowsAsync<RoomLogException>(() => Link.ProbeAsync(default));
        Link.Publish("c", "lost"u8.ToArray());
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        await Server.RunAsync();
        await RestoredAsync();
        Assert.False(Link.IsAway);
        await Link.ProbeAsync(default);
        await Server.AskAsync("PUBLISH", "c", "hello");
        Assert.Equal("hello", await heard.NextAsync());
        Assert.Equal("c\n1", await Server.AskAsync("PUBSUB", "NUMSUB", "c"));
    }

    [RedisFact]
    public async Task a_server_that_hangs_for_twenty_seconds_is_away_after_three_and_back_by_itself()
    {
        var heard = await HearAsync("c");
        var threads = Process.GetCurrentProcess().Threads.Count;
        await Server.PauseAsync();
        var began = Stopwatch.GetTimestamp();
        await Assert.ThrowsAsync<RoomLogException>(() => CreateAsync("r"));
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(3));
        await Eventually(() => Task.FromResult(Link.IsAway));
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(6));
        using var turns = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(20))
        {
            var asked = Stopwatch.GetTimestamp();
            await Assert.ThrowsAsync<RoomLogException>(() => CreateAsync("r"));
            Assert.InRange(Stopwatch.GetElapsedTime(asked), TimeSpan.Zero, new LinkOptions().Patience);
            await turns.WaitForNextTickAsync();
        }
        await Server.ContinueAsync();
        var continued = Stopwatch.GetTimestamp();
        await RestoredAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(continued), TimeSpan.Zero, TimeSpan.FromSeconds(4));
        // The same run: nothing was lost, and nobody is told of a restart.
        await LoadAsync("r");
        await Server.AskAsync("PUBLISH", "c", "hello");
        Assert.Equal("hello", await heard.NextAsync());
        await Eventually(() => Task.FromResult(Process.GetCurrentProcess().Threads.Count < threads + 20));
    }

    [RedisTheory, InlineData("normal"), InlineData("pubsub")]
    public async Task a_connection_that_is_cut_is_followed_by_another_and_nothing_is_deaf(string type)
    {
        await CreateAsync("r");
        for (var round = 0; round < 3; round++)
        {
            var heard = await HearAsync("c");
            await Server.AskAsync("CLIENT", "KILL", "TYPE", type);
            await RestoredAsync();
            await LoadAsync("r");
            await Server.AskAsync("PUBLISH", "c", "hello");
            Assert.Equal("hello", await heard.NextAsync());
            heard.Dispose();
        }
        // The connections that were followed are closed: two of the link, and the one that asks.
        await Eventually(async () => (await Server.AskAsync("CLIENT", "LIST")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length == 3);
    }

    [RedisFact]
    public async Task a_connection_that_is_cut_under_load_costs_calls_on_their_way_and_no_subscription()
    {
        // xunit's own context takes a millisecond for everything that goes on in it.
        var channels = await Task.Run(() => Task.WhenAll(Enumerable.Range(0, 3_000).Select(index => HearAsync($"c{index}")))).WaitAsync(Deadline);
        await CreateAsync("r");
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                try { await LoadAsync("r"); }
                catch (RoomLogException) { /* it was on its way */ }
            }
        })).ToList();
        await Server.AskAsync("CLIENT", "KILL", "TYPE", "pubsub");
        await RestoredAsync();
        await Server.AskAsync("CLIENT", "KILL", "TYPE", "normal");
        await RestoredAsync();
        await stop.CancelAsync();
        await Task.WhenAll(callers).WaitAsync(Deadline);
        foreach (var index in Enumerable.Range(0, 3_000)) Link.Publish($"c{index}", "hello"u8.ToArray());
        foreach (var heard in channels) Assert.Equal("hello", await heard.NextAsync());
    }

    [RedisFact]
    public async Task a_link_that_is_cut_again_and_again_is_whole_in_the_end()
    {
        var heard = await HearAsync("c");
        await CreateAsync("r");
        var random = new Random(1);
        for (var cut = 0; cut < 100; cut++)
        {
            await Server.AskAsync("CLIENT", "KILL", "TYPE", random.Next(2) == 0 ? "normal" : "pubsub");
            await Task.Yield();
            try { await LoadAsync("r"); }
            catch (RoomLogException) { /* cut on its way */ }
        }
        await Eventually(async () =>
        {
            try { await LoadAsync("r"); await Link.ProbeAsync(default); }
            catch (RoomLogException) { return false; }
            await Server.AskAsync("PUBLISH", "c", "hello");
            return heard.HasMore;
        });
        Assert.False(Link.IsAway);
        await Eventually(async () => (await Server.AskAsync("CLIENT", "LIST")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length == 3);
    }

    [RedisFact]
    public async Task who_listened_no_more_when_the_server_came_back_is_not_subscribed_again()
    {
        var heard = await HearAsync("c");
        await Server.KillAsync();
        await Eventually(() => Task.FromResult(Link.IsAway));
        heard.Dispose();
        await Server.RunAsync();
        await RestoredAsync();
        Assert.Equal("c\n0", await Server.AskAsync("PUBSUB", "NUMSUB", "c"));
    }
}
