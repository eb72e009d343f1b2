using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace SessionRoom.Rooms.Tests;

public sealed class SqliteRoomLogTests : RoomLogContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    protected override Task<IRoomLog> OpenAsync() => Task.FromResult<IRoomLog>(Open(folder.Path));

    public void Dispose() => folder.Dispose();

    private static SqliteRoomLog Open(string directory, Durability durability = Durability.Process, int mostPerTransaction = 1_024) =>
        SqliteRoomLog.Open(new() { DataDirectory = directory, Durability = durability, MostPerTransaction = mostPerTransaction }, NullLogger.Instance);

    private string DatabaseFile => Path.Combine(folder.Path, SqliteRoomLog.FileName);

    [Theory, InlineData(Durability.Process), InlineData(Durability.Disk)]
    public async Task what_was_stored_is_there_after_a_restart(Durability durability)
    {
        await Log.DisposeAsync();
        Log = Open(folder.Path, durability);
        var at = (await AppendAsync((await CreateAsync())!.Value, "second"))!.Value;
        await Log.SaveSnapshotAsync("r", at with { Seq = 1 }, Some.Bytes("state at 1"), default);
        await Log.DisposeAsync();
        Log = Open(folder.Path, durability);
        var stored = await Log.LoadAsync("r", default);
        Assert.Equal(at, stored!.Head);
        Assert.Equal("state at 1", Text(stored.Snapshot!.Value));
        Assert.Equal("second", Text(Assert.Single(stored.Tail)));
    }

    [Fact]
    public async Task deleting_leaves_no_byte_in_any_file()
    {
        const string Secret = "told in confidence";
        var at = (await CreateAsync(first: Secret))!.Value;
        for (var number = 0; number < 50; number++) at = (await AppendAsync(at, $"{new string('.', 5_000)}{Secret} {number}"))!.Value;
        await Log.SaveSnapshotAsync("r", at with { Seq = 20 }, Some.Bytes(Secret), default);
        Assert.True(FilesHold(Secret));
        Assert.True(await Log.DeleteAsync("r", default));
        Assert.False(FilesHold(Secret));
    }

    [Fact]
    public async Task trimmed_batches_are_gone_from_the_files_once_the_write_ahead_log_is_emptied()
    {
        var at = (await CreateAsync(first: "a first word"))!.Value;
        await Log.SaveSnapshotAsync("r", at, Some.Bytes("state"), default);
        await CreateAsync("other");
        await Log.DeleteAsync("other", default);
        Assert.False(FilesHold("a first word"));
    }

    [Fact]
    public async Task the_write_ahead_log_begins_anew_although_somebody_always_writes()
    {
        const int Writers = 4, Each = 250, Length = 128 * 1024;
        var ends = await Task.WhenAll(Enumerable.Range(0, Writers).Select(async number =>
        {
            var at = (await CreateAsync($"r{number}"))!.Value;
            for (var batch = 0; batch < Each; batch++) at = (await Log.AppendAsync($"r{number}", at, new byte[Length], null, default))!.Value;
            return at;
        }));
        var written = (long)Writers * Each * Length;
        Assert.InRange(new FileInfo(DatabaseFile + "-wal").Length, 1, written * 3 / 4);
        await Log.DisposeAsync();
        Assert.False(File.Exists(DatabaseFile + "-wal"));
        Log = Open(folder.Path);
        for (var number = 0; number < Writers; number++) Assert.Equal(ends[number], (await Log.LoadAsync($"r{number}", default))!.Head);
    }

    [Fact]
    public async Task deleting_empties_the_write_ahead_log_also_while_it_is_copied_back()
    {
        for (var round = 0; round < 10; round++)
        {
            var at = (await CreateAsync())!.Value;
            // A little more than what makes a copy due: it has just begun.
            for (var batch = 0; batch < 17; batch++) at = (await Log.AppendAsync("r", at, new byte[1024 * 1024], null, default))!.Value;
            Assert.True(await Log.DeleteAsync("r", default));
            Assert.Equal(0, new FileInfo(DatabaseFile + "-wal").Length);
        }
    }

    [Fact]
    public async Task a_record_that_cannot_be_stored_does_not_fail_those_of_other_rooms()
    {
        var (one, other) = ((await CreateAsync("one"))!.Value, (await CreateAsync("other"))!.Value);
        // The database itself refuses this room's batches.
        using (var side = new SqliteConnection($"Data Source={DatabaseFile};Pooling=false"))
        {
            side.Open();
            SqliteSchema.Run(side, "CREATE TRIGGER refuse BEFORE INSERT ON batch WHEN new.bytes = CAST('poison' AS BLOB) BEGIN SELECT RAISE(ABORT, 'refused'); END");
        }
        var outcomes = Enumerable.Range(0, 20).Select(number => number % 2 == 0
            ? AppendAsync(one, "poison", "one")
            : AppendAsync(other with { Seq = other.Seq + (number / 2) }, $"batch {number}", "other")).ToList();
        for (var number = 0; number < outcomes.Count; number++)
            if (number % 2 == 0) await Assert.ThrowsAsync<RoomLogException>(() => outcomes[number]);
            else Assert.NotNull(await outcomes[number]);
        Assert.Equal(one, (await Log.LoadAsync("one", default))!.Head);
        Assert.Equal(11, (await Log.LoadAsync("other", default))!.Head.Seq);
    }

    [Fact]
    public async Task a_database_that_another_process_holds_is_a_failure_and_works_again_after()
    {
        var at = (await CreateAsync())!.Value;
        using (var side = new SqliteConnection($"Data Source={DatabaseFile};Pooling=false"))
        {
            side.Open();
            SqliteSchema.Run(side, "BEGIN IMMEDIATE");
            var append = AppendAsync(at, "second");
            await Assert.ThrowsAsync<RoomLogException>(() => append);
            await Assert.ThrowsAsync<RoomLogException>(() => Log.ProbeAsync(default));
            SqliteSchema.Run(side, "ROLLBACK");
        }
        Assert.Equal(2, (await AppendAsync(at, "second"))!.Value.Seq);
        await Log.ProbeAsync(default);
    }

    [Fact]
    public async Task a_hole_in_the_records_is_named()
    {
        var at = (await AppendAsync((await CreateAsync())!.Value, "second"))!.Value;
        await AppendAsync(at, "third");
        using (var side = new SqliteConnection($"Data Source={DatabaseFile};Pooling=false"))
        {
            side.Open();
            SqliteSchema.Run(side, $"DELETE FROM batch WHERE place = {SqliteSchema.Place(1, 2)}");
        }
        var problem = await Assert.ThrowsAsync<UnreadableRecordException>(() => Log.LoadAsync("r", default));
        Assert.Equal(("r", 2L), (problem.Room, problem.Seq));
    }

    [Fact]
    public void a_directory_that_cannot_be_made_is_said_plainly()
    {
        var file = Path.Combine(folder.Path, "file");
        File.WriteAllText(file, "");
        var problem = Assert.Throws<RoomLogException>(() => Open(Path.Combine(file, "data")));
        Assert.Contains("cannot be used", problem.Message, StringComparison.Ordinal);
        Assert.Contains(file, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_database_of_a_newer_version_is_refused()
    {
        await Log.DisposeAsync();
        using (var side = new SqliteConnection($"Data Source={DatabaseFile};Pooling=false"))
        {
            side.Open();
            SqliteSchema.Run(side, "PRAGMA user_version = 99");
        }
        Assert.Contains("schema version 99", Assert.Throws<RoomLogException>(() => Open(folder.Path)).Message, StringComparison.Ordinal);
        using (var side = new SqliteConnection($"Data Source={DatabaseFile};Pooling=false"))
        {
            side.Open();
            SqliteSchema.Run(side, $"PRAGMA user_version = {SqliteSchema.Version}");
        }
        Log = Open(folder.Path);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task a_database_of_an_older_version_keeps_what_it_has_and_gets_what_it_lacks(int version)
    {
        var at = (await AppendAsync((await CreateAsync())!.Value, "second"))!.Value;
        if (version > 1) await WriteAsync(at, "edit");
        await Log.DisposeAsync();
        using (var side = new SqliteConnection($"Data Source={DatabaseFile};Pooling=false"))
        {
            side.Open();
            SqliteSchema.Run(side, "DROP TABLE feed; DROP TABLE event; DROP TABLE report;");
            if (version == 1) SqliteSchema.Run(side, "DROP TABLE edit; DROP TABLE board; ALTER TABLE room DROP COLUMN n;");
            SqliteSchema.Run(side, $"PRAGMA user_version = {version}");
        }
        Log = Open(folder.Path);
        Assert.Equal(at, (await Log.LoadAsync("r", default))!.Head);
        if (version == 1) await WriteAsync(at, "edit");
        Assert.Equal("edit", System.Text.Encoding.UTF8.GetString(Assert.Single((await Log.LoadBoardAsync("r", default))!.Tail).Bytes.Span));
        Assert.Equal(["r"], await Feeds.GatherAsync(Feed, ["r"], default));
        Assert.NotNull(await TellAsync(at, "told"));
        Assert.Equal(["told"], await FeedAsync());
        await Log.DisposeAsync();
        Log = Open(folder.Path);
        Assert.Equal(["told"], await FeedAsync());
    }

    [Fact]
    public void a_database_of_another_program_is_refused()
    {
        using var other = new TemporaryFolder();
        using (var side = new SqliteConnection($"Data Source={Path.Combine(other.Path, SqliteRoomLog.FileName)};Pooling=false"))
        {
            side.Open();
            SqliteSchema.Run(side, "CREATE TABLE bookmarks (url TEXT)");
        }
        Assert.Contains("not made by this program", Assert.Throws<RoomLogException>(() => Open(other.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_file_that_was_removed_fails_the_probe()
    {
        File.Delete(DatabaseFile);
        await Assert.ThrowsAsync<RoomLogException>(() => Log.ProbeAsync(default));
    }

    [Fact]
    public async Task a_closed_log_says_so()
    {
        await Log.DisposeAsync();
        await Assert.ThrowsAsync<RoomLogException>(() => Log.DeleteAsync("r", default));
        Log = Open(folder.Path);
    }

    private bool FilesHold(string text) => Directory.GetFiles(folder.Path).Any(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray().AsSpan().IndexOf(Some.Bytes(text)) >= 0;
    });
}
