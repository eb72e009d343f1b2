using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using SessionRoom.Rooms;
using SessionRoom.Rooms.Tests;

namespace SessionRoom.Redis.Tests;

/// <summary>The contract of every log, on a real Redis; each test begins with an empty one.</summary>
public sealed class RedisRoomLogTests(SharedRedis redis) : RoomLogContract, IClassFixture<SharedRedis>
{
    protected override async Task<IRoomLog> OpenAsync()
    {
        await CommandAsync("FLUSHALL");
        return await RedisRoomLog.OpenAsync(redis.Server.Address, Durability.Process, TimeProvider.System, NullLogger<RedisRoomLog>.Instance);
    }

    [RedisFact]
    public async Task scripts_that_were_flushed_are_brought_again()
    {
        var at = (await CreateAsync())!.Value;
        await CommandAsync("SCRIPT", "FLUSH");
        Assert.Equal(2, (await AppendAsync(at, "second"))!.Value.Seq);
    }

    [RedisFact]
    public async Task a_hole_in_the_entries_is_named()
    {
        var at = (await CreateAsync())!.Value;
        at = (await AppendAsync(at, "second"))!.Value;
        await AppendAsync(at, "third");
        await CommandAsync("XDEL", "sr:{r}:batches", "2-0");
        Assert.Equal(2, (await Assert.ThrowsAsync<UnreadableRecordException>(() => Log.LoadAsync("r", default))).Seq);
    }

    [RedisFact]
    public async Task what_was_answered_is_there_after_redis_was_killed()
    {
        await using var own = await RedisServer.StartAsync("always");
        await using var log = await RedisRoomLog.OpenAsync(own.Address, Durability.Process, TimeProvider.System, NullLogger<RedisRoomLog>.Instance);
        var at = (await log.CreateAsync("r", "first"u8.ToArray(), default))!.Value;
        at = (await log.AppendAsync("r", at, "second"u8.ToArray(), default))!.Value;
        await log.AppendBoardAsync("r", at.Epoch, "edit"u8.ToArray(), default);
        await own.KillAsync();
        await Assert.ThrowsAsync<RoomLogException>(() => log.ProbeAsync(default));
        await own.RunAsync();
        await using var again = await RedisRoomLog.OpenAsync(own.Address, Durability.Process, TimeProvider.System, NullLogger<RedisRoomLog>.Instance);
        // Read by a node that held nothing of it: another epoch of the same room.
        var head = (await again.LoadAsync("r", default))!.Head;
        Assert.Equal(2, head.Seq);
        Assert.NotEqual(at.Epoch, head.Epoch);
        Assert.True(ISharedLog.IsSameRoom(at.Epoch, head.Epoch));
        Assert.Equal(1, (await again.LoadBoardAsync("r", default))!.N);
    }

    [RedisFact]
    public async Task nobody_at_the_address_is_said_without_repeating_it()
    {
        var refused = await Assert.ThrowsAsync<RoomLogException>(() => RedisRoomLog.OpenAsync("127.0.0.1:1,password=swordfish", Durability.Process, TimeProvider.System, NullLogger<RedisRoomLog>.Instance));
        Assert.DoesNotContain("swordfish", refused.Message, StringComparison.Ordinal);
    }

    private async Task CommandAsync(params string[] command)
    {
        using var client = Process.Start(new ProcessStartInfo("redis-cli", ["-p", $"{redis.Server.Port}", .. command]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        await client.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, client.ExitCode);
    }
}
