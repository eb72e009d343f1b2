using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SessionRoom.Domain;
using SessionRoom.Rooms;
using SessionRoom.Rooms.Tests;

namespace SessionRoom.Redis.Tests;

/// <summary>A Redis that lost what the nodes still hold.</summary>
[Collection(nameof(OutageTests))]
public sealed class LostLogTests : IAsyncLifetime
{
    private RedisServer server = null!;

    public async Task InitializeAsync() => server = RedisServer.Lacking is null ? await RedisServer.StartAsync("always") : null!;

    public async Task DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
    }

    [RedisFact]
    public async Task a_flushed_redis_is_given_back_the_room_and_everybody_starts_over()
    {
        await using var one = await Node.StartAsync(server);
        await using var two = await Node.StartAsync(server);
        var (here, there) = (await one.MakeAsync("flushed"), await two.OpenAsync("flushed"));
        await there.Arrives("ann");
        await there.Asks();
        var fay = new Writer();
        await here.Pushes("fay", fay.Writes("kept")).Stored();
        await there.FollowsAsync(here);
        var before = here.Current;
        await server.AskAsync("FLUSHALL");
        await here.Does(Some.Fay, new StartTimer(60_000)).Done();
        await there.FollowsAsync(here);
        Assert.NotEqual(before.Position.Epoch, here.Current.Position.Epoch);
        Assert.Equal((1, 1), (one.Audience.Begun, two.Audience.Begun));
        Assert.True(there.Current.IsOnline("ann"));
        Assert.Equal("kept", await here.Notes());
        Assert.Equal("kept", await there.Notes());
        await there.Pushes("ann", new Writer().Writes("!")).Stored();
        await using var three = await Node.StartAsync(server);
        var fresh = await three.OpenAsync("flushed");
        Assert.True(JsonNode.DeepEquals(Some.View(here.Current.State), Some.View(fresh.Current.State)));
        Assert.Equal(5, (await fresh.Notes()).Length);
    }

    [RedisFact]
    public async Task a_redis_that_came_back_with_an_older_log_is_given_what_it_lost()
    {
        await using var one = await Node.StartAsync(server);
        await using var two = await Node.StartAsync(server);
        var (here, there) = (await one.MakeAsync("older"), await two.OpenAsync("older"));
        var fay = new Writer();
        await there.Asks();
        await here.Pushes("fay", fay.Writes("a")).Stored();
        await there.FollowsAsync(here);
        var old = server.Copy();
        await here.Does(Some.Fay, new SeatPerson("Ida")).Done();
        await here.Pushes("fay", fay.Writes("b")).Stored();
        await there.FollowsAsync(here);
        var before = here.Current;
        await server.GoBackAsync(old);
        await here.UntilAsync(now => now.Position.Epoch != before.Position.Epoch);
        await there.FollowsAsync(here);
        Assert.True(ISharedLog.IsSameRoom(before.Position.Epoch, here.Current.Position.Epoch));
        Assert.Contains("Ida", here.Current.State.People.Values.Select(person => person.Name));
        Assert.Equal("ab", await here.Notes());
        Assert.Equal("ab", await there.Notes());
        Assert.True(one.Audience.Begun >= 1 && two.Audience.Begun >= 1);
        await there.Does(Some.Fay, new StartTimer(60_000)).Done();
    }

    [RedisFact]
    public async Task a_redis_that_lost_only_edits_is_given_them_and_numbers_no_other_edit_like_them()
    {
        await using var one = await Node.StartAsync(server);
        await using var two = await Node.StartAsync(server);
        var (here, there) = (await one.MakeAsync("edits"), await two.OpenAsync("edits"));
        var (fay, ann) = (new Writer(), new Writer());
        await there.Arrives("ann");
        await there.Asks();
        await here.Pushes("fay", fay.Writes("a")).Stored();
        await there.FollowsAsync(here);
        var old = server.Copy();
        await here.Pushes("fay", fay.Writes("b")).Stored();
        var before = here.Current.Position.Epoch;
        await server.GoBackAsync(old);
        var edit = ann.Writes("c");
        await UntilAsync(async () => (await there.Pushes("ann", edit)).Refusal is null);
        await here.UntilAsync(now => now.Position.Epoch != before);
        await there.FollowsAsync(here);
        await UntilAsync(async () => (await here.Notes()).Length == 3 && (await there.Notes()).Length == 3);
        Assert.Equal(await here.Notes(), await there.Notes());
        await using var three = await Node.StartAsync(server);
        Assert.Equal(await here.Notes(), await (await three.OpenAsync("edits")).Notes());
    }

    [RedisFact]
    public async Task words_off_the_record_outlive_an_outage_in_which_people_went_on_writing()
    {
        await using var one = await Node.StartAsync(server);
        var here = await one.MakeAsync("offline");
        var fay = new Writer();
        await here.Does(Some.Fay, new GoOffRecord()).Done();
        await here.Pushes("fay", fay.Writes("secret")).Stored();
        await server.KillAsync();
        await here.Does(Some.Fay, new StartTimer(60_000)).Refused();
        await here.Pushes("fay", fay.Writes("!"));
        await server.RunAsync();
        await UntilAsync(async () => (await here.Does(Some.Fay, new StartTimer(60_000))).Refusal is not { Code: RefusalCode.Unavailable });
        Assert.StartsWith("secret", await here.Notes(), StringComparison.Ordinal);
        await here.Does(Some.Fay, new GoOnRecord(Keep: true)).Done();
        await using var two = await Node.StartAsync(server);
        Assert.StartsWith("secret", await (await two.OpenAsync("offline")).Notes(), StringComparison.Ordinal);
    }

    [RedisFact]
    public async Task what_is_due_while_redis_is_away_is_tried_once_a_second_and_not_without_pause()
    {
        var failures = new Failures();
        await using var one = await Node.StartAsync(server);
        await using var two = await Node.StartAsync(server, new() { SettleAfter = TimeSpan.FromSeconds(2), UnloadAfter = TimeSpan.FromSeconds(0.1) }, logger: failures);
        await one.MakeAsync("due");
        var room = await two.OpenAsync("due");
        await server.KillAsync();
        await UntilAsync(() => Task.FromResult(failures.Count >= 2));
        Assert.Equal(RefusalCode.Unavailable, await room.Does(Some.Fay, new StartTimer(60_000)).Refused());
        var (began, before) = (Stopwatch.GetTimestamp(), failures.Count);
        await UntilAsync(() => Task.FromResult(failures.Count >= before + 3));
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.FromSeconds(1), Some.Patience);
        await server.RunAsync();
        await UntilAsync(async () => (await room.Does(Some.Fay, new StartTimer(60_000))).Refusal is not { Code: RefusalCode.Unavailable });
    }

    [RedisFact]
    public async Task after_redis_hung_for_longer_than_the_leases_nobody_is_taken_for_gone()
    {
        await using var one = await Node.StartAsync(server);
        await using var two = await Node.StartAsync(server);
        var (here, there) = (await one.MakeAsync("hung"), await two.OpenAsync("hung"));
        await there.Arrives("ann");
        await server.PauseAsync();
        foreach (var node in new[] { one, two }) await UntilAsync(async () => !await node.Rooms.IsReadyAsync(default));
        // Sent while it hangs, so that it is what it does first: as if it had hung for longer than the leases last.
        var ended = server.AskAsync("DEL", "sr:{hung}:here");
        await server.ContinueAsync();
        await ended;
        await UntilAsync(async () => (await here.Does(Some.Fay, new StartTimer(60_000))).Refusal is not { Code: RefusalCode.Unavailable });
        await there.FollowsAsync(here);
        for (var looks = 0; looks < 3; looks++)
        {
            var before = (await LeasesAsync("hung")).ToHashSet();
            await UntilAsync(async () => await LeasesAsync("hung") is { Length: 2 } leases && !leases.Any(before.Contains));
        }
        Assert.Empty(one.Audience.All.Concat(two.Audience.All).SelectMany(patch => patch.Events).OfType<PersonDisconnected>());
        Assert.True(here.Current.IsOnline("ann") && there.Current.IsOnline("fay"));
    }

    /// <summary>A lease of each node, another one after each of its looks.</summary>
    private async Task<string[]> LeasesAsync(string room) => (await server.AskAsync("HVALS", $"sr:{{{room}}}:here")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        using var deadline = new CancellationTokenSource(Some.Patience);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await reached()) await look.WaitForNextTickAsync(deadline.Token);
    }

    [RedisFact]
    public async Task while_redis_is_away_commands_are_unavailable_at_once_and_afterwards_everything_goes_on()
    {
        await using var one = await Node.StartAsync(server);
        var here = await one.MakeAsync("away");
        var fay = new Writer();
        await here.Pushes("fay", fay.Writes("a")).Stored();
        await server.KillAsync();
        Assert.Equal(RefusalCode.Unavailable, await here.Does(Some.Fay, new StartTimer(60_000), "again").Refused());
        var edit = fay.Writes("b");
        Assert.Equal(RefusalCode.Unavailable, await here.Pushes("fay", edit).Refused());
        Assert.Equal(RefusalCode.Unavailable, await here.Pushes("fay", edit).Refused());
        Assert.False(await one.Rooms.IsReadyAsync(default));
        await server.RunAsync();
        await UntilAsync(async () => (await here.Does(Some.Fay, new StartTimer(60_000), "again")).Refusal is not { Code: RefusalCode.Unavailable });
        await UntilAsync(async () => (await here.Pushes("fay", edit)).Refusal is null);
        Assert.True(await one.Rooms.IsReadyAsync(default));
        await using var two = await Node.StartAsync(server);
        var there = await two.OpenAsync("away");
        Assert.Equal("ab", await there.Notes());
        Assert.Equal(TimerStatus.Running, there.Current.State.Timer.Status);
    }

    /// <summary>Counts how often a room said that its log failed.</summary>
    private sealed class Failures : ILogger<RoomDirectory>
    {
        private int count;

        public int Count => Volatile.Read(ref count);

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Name == "LogFailed") Interlocked.Increment(ref count);
        }
    }
}
