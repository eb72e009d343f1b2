using SessionRoom.Rooms;

namespace SessionRoom.Server.Tests;

public sealed class StartingTests
{
    [Theory]
    [InlineData("Redis", "localhost:6379", "SigningKey")]
    [InlineData("Redis:Configuration", "localhost:6379", "an address")]
    [InlineData("Limits:CommandsPerSecond", "0", "CommandsPerSecond")]
    [InlineData("Limits:CommandBurst", "-1", "CommandBurst")]
    [InlineData("Limits:FrameBytes", "many", "FrameBytes")]
    [InlineData("Limits:StalledFor", "00:00:00", "StalledFor")]
    [InlineData("Limits:ComandBytes", "1", "ComandBytes")]
    [InlineData("TokenLife", "00:00:00", "TokenLife")]
    public async Task a_setting_that_cannot_hold_stops_the_start_and_is_named(string setting, string value, string said) =>
        Assert.Contains(said, (await Assert.ThrowsAsync<SettingsException>(() => RunningServer.StartAsync((setting, value)))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task two_servers_do_not_share_a_data_directory_and_the_second_may_have_it_after_the_first()
    {
        string folder;
        await using (var first = await RunningServer.StartAsync())
        {
            folder = Path.Combine(first.Folder.FullName, "data");
            var refused = await Assert.ThrowsAsync<SettingsException>(() => RunningServer.StartAsync(("DataDirectory", folder)));
            Assert.Contains("one node serves a directory", refused.Message, StringComparison.Ordinal);
        }
        using var next = new DataLock(new() { DataDirectory = folder });
        next.Dispose();
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    [Fact]
    public async Task a_room_that_cannot_be_read_any_more_is_deleted_by_its_key_and_by_no_other()
    {
        var log = new MemoryRoomLog();
        await using var server = await RunningServer.StartAsync(log);
        var room = await server.MakeRoomAsync(secret: RunningServer.SchoolSecret);
        var stored = await log.LoadAsync(room.Id, CancellationToken.None);
        Assert.NotNull(await log.AppendAsync(room.Id, stored!.Head, "not a record"u8.ToArray(), CancellationToken.None));
        await server.SendAsync(HttpMethod.Delete, $"/api/rooms/{room.Id}", RunningServer.ClinicSecret).RefusesAsync(503, "unavailable");
        (await server.SendAsync(HttpMethod.Delete, $"/api/rooms/{room.Id}", RunningServer.SchoolSecret)).EnsureSuccessStatusCode().Dispose();
        Assert.Null(await log.LoadAsync(room.Id, CancellationToken.None));
    }
}
