using Microsoft.Extensions.Logging;
using SessionRoom.Rooms;
using StackExchange.Redis;

namespace SessionRoom.Redis.Tests;

/// <summary>Durability <c>disk</c>: true, or refused when the link is opened.</summary>
/// <remarks>Debian's Redis 7.0 has no <c>WAITAOF</c>. Here <c>LRANGE</c> bears its name and answers what the list <c>1</c> holds: it shows what the link asks and how it takes the answers,
/// not what a newer Redis does.</remarks>
public sealed class DurabilityTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private static readonly string[] WithWait = ["--rename-command", "LRANGE", "WAITAOF"];

    [RedisFact]
    public async Task a_redis_that_flushes_before_it_answers_needs_no_more()
    {
        await using var server = await RedisServer.StartAsync("always", WithWait);
        await using var link = await OpenAsync(server);
        await CreateAsync(link, "r");
        Assert.Equal("0", await server.AskAsync("EXISTS", "sr:synced"));
    }

    [RedisTheory, InlineData("everysec", "appendfsync always"), InlineData("no", "appendfsync always")]
    public async Task a_redis_that_flushes_later_and_cannot_be_waited_for_is_refused(string fsync, string remedy)
    {
        await using var server = await RedisServer.StartAsync(fsync);
        Assert.Contains(remedy, (await Assert.ThrowsAsync<RoomLogException>(() => OpenAsync(server))).Message, StringComparison.Ordinal);
    }

    [RedisFact]
    public async Task a_redis_without_a_file_is_refused()
    {
        await using var server = await RedisServer.StartAsync("always", [.. WithWait, "--appendonly", "no"]);
        Assert.Contains("appendonly yes", (await Assert.ThrowsAsync<RoomLogException>(() => OpenAsync(server))).Message, StringComparison.Ordinal);
    }

    [RedisFact]
    public async Task a_redis_that_does_not_say_how_it_is_set_is_warned_of()
    {
        await using var server = await RedisServer.StartAsync("everysec", "--rename-command", "CONFIG", "");
        var log = new Warnings();
        await using var link = await RedisLink.OpenAsync(server.Address, new() { Durability = Durability.Disk, Logger = log });
        Assert.Contains("appendfsync always", Assert.Single(log.Written), StringComparison.Ordinal);
    }

    [RedisFact]
    public async Task where_redis_can_be_waited_for_a_durable_answer_waits_and_others_do_not()
    {
        await using var server = await RedisServer.StartAsync("everysec", WithWait);
        await server.AskAsync("RPUSH", "1", "1", "0");
        await using var link = await OpenAsync(server);
        await link.RunAsync(Script.Load, ["a", "b", "c"], ["seq", "", 0], default);
        Assert.Equal("0", await server.AskAsync("EXISTS", "sr:synced"));
        await Task.WhenAll(Enumerable.Range(0, 200).Select(index => CreateAsync(link, $"r{index}"))).WaitAsync(Deadline);
        Assert.Equal("1", await server.AskAsync("EXISTS", "sr:synced"));
        await server.AskAsync("SCRIPT", "FLUSH");
        await CreateAsync(link, "after");
    }

    [RedisFact]
    public async Task what_is_not_on_the_disk_in_time_is_not_answered()
    {
        await using var server = await RedisServer.StartAsync("everysec", WithWait);
        await using var link = await OpenAsync(server);
        await server.AskAsync("RPUSH", "1", "0", "0");
        await Assert.ThrowsAsync<RoomLogException>(() => CreateAsync(link, "r"));
    }

    [RedisFact]
    public async Task a_server_that_comes_back_with_less_is_not_used()
    {
        await using var server = await RedisServer.StartAsync("always");
        await using var link = await OpenAsync(server);
        await server.KillAsync();
        server.Settings[3] = "everysec";
        await server.RunAsync();
        await Assert.ThrowsAsync<RoomLogException>(async () => { while (true) await CreateAsync(link, "r"); }).WaitAsync(Deadline);
        Assert.True(link.IsAway);
        await server.AskAsync("CONFIG", "SET", "appendfsync", "always");
        await EventuallyBack(link);
    }

    private static async Task EventuallyBack(RedisLink link)
    {
        var back = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        link.Restored += back.SetResult;
        if (link.IsAway) await back.Task.WaitAsync(Deadline);
    }

    private static Task<RedisLink> OpenAsync(RedisServer server) => RedisLink.OpenAsync(server.Address, new() { Durability = Durability.Disk });

    private static Task<RedisResult> CreateAsync(RedisLink link, string room) => link.RunAsync(Script.Create, [$"sr:{{{room}}}:head", $"sr:{{{room}}}:batches", $"sr:{{{room}}}:gone"], ["epoch", "first"], default);

    private sealed class Warnings : ILogger
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Written.Add(formatter(state, exception));
    }
}
