using System.Diagnostics;
using System.Threading.Channels;
using SessionRoom.Rooms;
using StackExchange.Redis;

namespace SessionRoom.Redis.Tests;

/// <summary>What a link does while its Redis is well; every test has a server of its own.</summary>
public sealed class RedisLinkTests : LinkTest
{
    [RedisFact]
    public async Task a_script_runs_and_what_is_published_is_heard()
    {
        var heard = await HearAsync("c");
        Assert.True((await CreateAsync("r")).IsNull is false);
        Link.Publish("c", "hello"u8.ToArray());
        Assert.Equal("hello", await heard.NextAsync());
        await Link.ProbeAsync(default);
    }

    [RedisFact]
    public async Task to_await_a_subscription_is_to_be_subscribed()
    {
        for (var index = 0; index < 200; index++)
        {
            using var heard = await Link.SubscribeAsync($"c{index}", _ => { });
            Assert.Equal($"c{index}\n1", await Server.AskAsync("PUBSUB", "NUMSUB", $"c{index}"));
        }
    }

    [RedisFact]
    public async Task messages_of_a_channel_come_in_order_and_a_slow_listener_holds_nobody_up()
    {
        using var go = new ManualResetEventSlim();
        using var slow = await Link.SubscribeAsync("slow", _ => go.Wait());
        var heard = await HearAsync("c");
        Link.Publish("slow", "x"u8.ToArray());
        for (var index = 0; index < 5_000; index++) Link.Publish("c", System.Text.Encoding.UTF8.GetBytes($"{index}"));
        for (var index = 0; index < 5_000; index++) Assert.Equal($"{index}", await heard.NextAsync());
        go.Set();
    }

    [RedisFact]
    public async Task what_a_listener_throws_is_dropped()
    {
        var heard = Channel.CreateUnbounded<string>();
        using var listening = await Link.SubscribeAsync("c", message =>
        {
            var text = System.Text.Encoding.UTF8.GetString(message);
            if (text == "1") throw new InvalidOperationException("thrown on purpose");
            heard.Writer.TryWrite(text);
        });
        Link.Publish("c", "1"u8.ToArray());
        Link.Publish("c", "2"u8.ToArray());
        Assert.Equal("2", await heard.Reader.ReadAsync().AsTask().WaitAsync(Deadline));
    }

    [RedisFact]
    public async Task who_is_disposed_of_hears_nothing_more_and_the_next_listener_does()
    {
        var first = await HearAsync("c");
        var second = await HearAsync("c");
        first.Dispose();
        Link.Publish("c", "1"u8.ToArray());
        Assert.Equal("1", await second.NextAsync());
        second.Dispose();
        await Eventually(async () => await Server.AskAsync("PUBSUB", "NUMSUB", "c") == "c\n0");
        var third = await HearAsync("c");
        Link.Publish("c", "2"u8.ToArray());
        Assert.Equal("2", await third.NextAsync());
        Assert.False(first.HasMore);
    }

    [RedisFact]
    public async Task scripts_that_were_flushed_are_loaded_again_for_all_who_ask_at_once()
    {
        var run = Link.Run;
        await CreateAsync("r");
        await Server.AskAsync("SCRIPT", "FLUSH");
        await Task.WhenAll(Enumerable.Range(0, 200).Select(index => CreateAsync($"r{index}"))).WaitAsync(Deadline);
        Assert.Equal(run, Link.Run);
        Assert.Equal("201", await Server.AskAsync("EVAL", "return #redis.call('KEYS', 'sr:*:head')", "0"));
    }

    [RedisFact]
    public async Task what_redis_refuses_is_a_failure_of_the_log()
    {
        await Server.AskAsync("SET", "sr:{r}:head", "not a hash");
        await Assert.ThrowsAsync<RoomLogException>(() => LoadAsync("r"));
        await Server.AskAsync("CONFIG", "SET", "maxmemory", "1");
        await Assert.ThrowsAsync<RoomLogException>(() => Link.RunAsync(Script.Sync, ["a"], [], default));
        await Assert.ThrowsAsync<RoomLogException>(() => Link.ProbeAsync(default));
        Assert.False(Link.IsAway);
    }

    [RedisFact]
    public async Task a_call_that_is_cancelled_says_so() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Link.RunAsync(Script.Load, ["a", "b", "c"], ["seq", "", 0], new CancellationToken(canceled: true)));

    [RedisFact]
    public async Task ten_thousand_publications_under_way_are_the_most()
    {
        var heard = 0;
        using var listening = await Link.SubscribeAsync("c", _ => Interlocked.Increment(ref heard));
        await Server.PauseAsync();
        for (var index = 0; index < 3 * RedisConnection.MostPublications; index++) Link.Publish("c", "x"u8.ToArray());
        await Server.ContinueAsync();
        var last = await HearAsync("last");
        await Eventually(() => { Link.Publish("last", "x"u8.ToArray()); return Task.FromResult(last.HasMore); });
        Assert.InRange(Volatile.Read(ref heard), 1, RedisConnection.MostPublications);
    }

    [RedisFact]
    public async Task calls_take_turns_on_one_connection_without_waiting_for_each_other()
    {
        await CreateAsync("r");
        var began = Stopwatch.GetTimestamp();
        for (var round = 0; round < 20; round++) await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => LoadAsync("r"))).WaitAsync(Deadline);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, Deadline);
    }
}
