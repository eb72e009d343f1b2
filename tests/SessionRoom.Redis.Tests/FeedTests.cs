using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SessionRoom.Rooms;

namespace SessionRoom.Redis.Tests;

/// <summary>Feeds over several nodes: what one leaves behind another brings in, and one at a time delivers.</summary>
public sealed class FeedTests(SharedRedis redis) : IClassFixture<SharedRedis>, IAsyncLifetime
{
    private const string Feed = "school";
    private RedisRoomLog one = null!, other = null!;

    public async Task InitializeAsync()
    {
        if (RedisServer.Lacking is not null) return;
        await redis.Server.AskAsync("FLUSHALL");
        (one, other) = (await OpenAsync(redis.Server.Address), await OpenAsync(redis.Server.Address));
    }

    public async Task DisposeAsync()
    {
        if (RedisServer.Lacking is not null) return;
        await one.DisposeAsync();
        await other.DisposeAsync();
    }

    [RedisFact]
    public async Task an_event_that_a_node_left_beside_its_room_when_it_died_is_brought_in_once_and_before_what_follows()
    {
        var at = (await one.CreateAsync("r", "first"u8.ToArray(), default))!.Value;
        await redis.Server.AskAsync("XADD", "sr:{r}:outbox", "1-0", "a", "5", "b", "left behind");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => (number % 2 == 0 ? one : other).GatherAsync(Feed, ["r"], default)));
        Assert.Equal(["left behind"], await TextsAsync(one));
        await one.AppendAsync("r", at, "second"u8.ToArray(), Out("next"), default);
        await other.GatherAsync(Feed, ["r"], default);
        Assert.Equal(["left behind", "next"], await TextsAsync(other));
        Assert.Equal("0", await redis.Server.AskAsync("XLEN", "sr:{r}:outbox"));
    }

    [RedisFact]
    public async Task an_event_that_was_moved_but_not_taken_away_is_not_moved_again()
    {
        var at = (await one.CreateAsync("r", "first"u8.ToArray(), default))!.Value;
        await one.AppendAsync("r", at, "second"u8.ToArray(), Out("told"), default);
        await one.GatherAsync(Feed, ["r"], default);
        var moved = (await redis.Server.AskAsync("HGET", "sr:feed:{school}:moved", "r")).Trim();
        // As if the node had died before it took the entry away, and another one was appended since.
        await redis.Server.AskAsync("DEL", "sr:{r}:outbox");
        await redis.Server.AskAsync("XADD", "sr:{r}:outbox", moved, "a", "5", "b", "told");
        await redis.Server.AskAsync("XADD", "sr:{r}:outbox", "*", "a", "5", "b", "next");
        await other.GatherAsync(Feed, ["r"], default);
        Assert.Equal(["told", "next"], await TextsAsync(other));
    }

    [RedisFact]
    public async Task one_node_holds_a_feed_and_another_once_it_lets_go_or_its_lease_has_ended()
    {
        Assert.True(await one.HoldAsync(Feed, TimeSpan.FromMinutes(1), default));
        Assert.False(await other.HoldAsync(Feed, TimeSpan.FromMinutes(1), default));
        await other.ReleaseAsync(Feed, default);
        Assert.False(await other.HoldAsync(Feed, TimeSpan.FromMinutes(1), default));
        Assert.True(await one.HoldAsync(Feed, TimeSpan.FromMilliseconds(50), default));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var tries = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!await other.HoldAsync(Feed, TimeSpan.FromMinutes(1), default)) await tries.WaitForNextTickAsync(deadline.Token);
        await other.ReleaseAsync(Feed, default);
        Assert.True(await one.HoldAsync(Feed, TimeSpan.FromMinutes(1), default));
    }

    [RedisFact]
    public async Task another_node_hears_that_a_feed_has_more()
    {
        using var heard = new SemaphoreSlim(0);
        using var watch = await other.WatchAsync(Feed, () => heard.Release());
        var at = (await one.CreateAsync("r", "first"u8.ToArray(), default))!.Value;
        await one.AppendAsync("r", at, "second"u8.ToArray(), Out("told"), default);
        Assert.True(await heard.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(["told"], await TextsAsync(other));
    }

    [RedisFact]
    public async Task numbers_that_are_given_again_after_redis_came_back_with_less_are_of_another_epoch()
    {
        await using var server = await RedisServer.StartAsync(fsync: "always");
        FeedState before;
        await using (var log = await OpenAsync(server.Address))
        {
            var at = (await log.CreateAsync("r", "first"u8.ToArray(), default))!.Value;
            at = (await log.AppendAsync("r", at, "second"u8.ToArray(), Out("kept"), default))!.Value;
            await log.GatherAsync(Feed, ["r"], default);
            var copy = server.Copy();
            await log.AppendAsync("r", at, "third"u8.ToArray(), Out("lost"), default);
            await log.GatherAsync(Feed, ["r"], default);
            before = await log.StateAsync(Feed, default);
            await server.GoBackAsync(copy);
        }
        await using var again = await OpenAsync(server.Address);
        var head = (await again.LoadAsync("r", default))!.Head;
        await again.AppendAsync("r", head, "another"u8.ToArray(), Out("instead"), default);
        await again.GatherAsync(Feed, ["r"], default);
        Assert.Equal(["kept", "instead"], await TextsAsync(again));
        var after = await again.StateAsync(Feed, default);
        Assert.Equal(before.Newest, after.Newest);
        Assert.True(after.Epoch > before.Epoch);
        // What was seen before the restart moves nothing after it.
        Assert.False(await again.AdvanceAsync(Feed, before, 2, default));
        await again.AppendAsync("r", head with { Seq = head.Seq + 1 }, "more"u8.ToArray(), Out("more"), default);
        await again.GatherAsync(Feed, ["r"], default);
        Assert.Equal(after.Epoch, (await again.StateAsync(Feed, default)).Epoch);
    }

    [RedisFact]
    public async Task deleting_a_room_leaves_none_of_its_bytes_in_redis()
    {
        const string Secret = "told-in-confidence";
        var at = (await one.CreateAsync("r", "first"u8.ToArray(), default))!.Value;
        at = (await one.AppendAsync("r", at, "second"u8.ToArray(), Out(Secret), default))!.Value;
        await one.ReportAsync("r", new(1, at.Epoch, 1, Encoding.UTF8.GetBytes(Secret)), Out(Secret), default);
        await one.GatherAsync(Feed, ["r"], default);
        Assert.Equal(2, (await TextsAsync(one)).Count);
        await one.DeleteAsync("r", default);
        Assert.Empty(await TextsAsync(one));
        foreach (var key in (await redis.Server.AskAsync("KEYS", "*")).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            Assert.Contains(key, (string[])["sr:{r}:gone", "sr:feed:{school}:gone:r", "sr:feed:{school}:events", "sr:feed:{school}:head", "sr:feeds"]);
        Assert.Equal("0", await redis.Server.AskAsync("XLEN", "sr:feed:{school}:events"));
    }

    internal static Task<RedisRoomLog> OpenAsync(string address) => RedisRoomLog.OpenAsync(address, Durability.Process, TimeProvider.System, NullLogger<RedisRoomLog>.Instance);

    internal static Outgoing Out(string text) => new(Feed, [new(5, Encoding.UTF8.GetBytes(text))]);

    internal static async Task<IReadOnlyList<string>> TextsAsync(RedisRoomLog log) => [.. (await log.ReadAsync(Feed, 0, 100, default)).Select(found => Encoding.UTF8.GetString(found.Bytes.Span))];
}
