namespace SessionRoom.Rooms.Tests;

/// <summary>What every log keeps to.</summary>
public abstract partial class RoomLogContract : IAsyncLifetime
{
    protected IRoomLog Log { get; set; } = null!;

    protected abstract Task<IRoomLog> OpenAsync();

    public virtual async Task InitializeAsync() => Log = await OpenAsync();

    public virtual async Task DisposeAsync() => await Log.DisposeAsync();

    protected Task<LogPosition?> CreateAsync(string room = "r", string first = "first") => Log.CreateAsync(room, Some.Bytes(first), default);
    protected Task<LogPosition?> AppendAsync(LogPosition expected, string batch, string room = "r") => Log.AppendAsync(room, expected, Some.Bytes(batch), default);
    protected static string Text(StoredRecord record) => System.Text.Encoding.UTF8.GetString(record.Bytes.Span);

    [Fact]
    public async Task a_created_room_begins_at_one_with_its_first_batch()
    {
        var position = await CreateAsync();
        var stored = await Log.LoadAsync("r", default);
        Assert.Equal(1, position!.Value.Seq);
        Assert.Equal(position, stored!.Head);
        Assert.Null(stored.Snapshot);
        Assert.Equal("first", Text(Assert.Single(stored.Tail)));
    }

    [Fact]
    public async Task an_id_is_given_once()
    {
        await CreateAsync();
        Assert.Null(await CreateAsync(first: "another"));
        Assert.Equal("first", Text((await Log.LoadAsync("r", default))!.Tail[0]));
    }

    [Fact]
    public async Task a_room_that_does_not_exist_is_nothing()
    {
        Assert.Null(await Log.LoadAsync("r", default));
        Assert.Null(await AppendAsync(new("e", 1), "x"));
        Assert.False(await Log.SaveSnapshotAsync("r", new("e", 1), Some.Bytes("s"), default));
        Assert.False(await Log.DeleteAsync("r", default));
    }

    [Fact]
    public async Task batches_are_read_in_the_order_in_which_they_were_appended()
    {
        var at = (await CreateAsync())!.Value;
        for (var number = 2; number <= 20; number++) at = (await AppendAsync(at, $"batch {number}"))!.Value;
        var stored = await Log.LoadAsync("r", default);
        Assert.Equal(new LogPosition(at.Epoch, 20), stored!.Head);
        Assert.Equal(Enumerable.Range(2, 19).Select(number => $"batch {number}"), stored.Tail.Skip(1).Select(Text));
    }

    [Fact]
    public async Task appending_after_a_stale_position_stores_nothing()
    {
        var first = (await CreateAsync())!.Value;
        var second = (await AppendAsync(first, "second"))!.Value;
        Assert.Null(await AppendAsync(first, "late"));
        Assert.Null(await AppendAsync(second with { Seq = 3 }, "early"));
        Assert.Null(await AppendAsync(second with { Epoch = "another" }, "of another log"));
        Assert.Equal(second, (await Log.LoadAsync("r", default))!.Head);
    }

    [Fact]
    public async Task of_many_appends_to_one_position_one_is_stored()
    {
        var at = (await CreateAsync())!.Value;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => Task.Run(() => AppendAsync(at, $"rival {number}"))));
        Assert.Single(outcomes, position => position is not null);
        Assert.Equal(2, (await Log.LoadAsync("r", default))!.Tail.Count);
    }

    [Fact]
    public async Task rooms_do_not_see_each_other()
    {
        var positions = new Dictionary<string, LogPosition>(StringComparer.Ordinal);
        foreach (var room in Enumerable.Range(0, 20).Select(number => $"room {number}")) positions[room] = (await CreateAsync(room, room))!.Value;
        await Task.WhenAll(positions.Select(async pair => await AppendAsync(pair.Value, $"more of {pair.Key}", pair.Key)));
        await Log.DeleteAsync("room 7", default);
        foreach (var room in positions.Keys.Where(room => room != "room 7"))
            Assert.Equal([room, $"more of {room}"], (await Log.LoadAsync(room, default))!.Tail.Select(Text));
    }

    [Fact]
    public async Task a_snapshot_takes_the_place_of_the_batches_up_to_it()
    {
        var at = (await CreateAsync())!.Value;
        for (var number = 2; number <= 5; number++) at = (await AppendAsync(at, $"batch {number}"))!.Value;
        Assert.True(await Log.SaveSnapshotAsync("r", at with { Seq = 3 }, Some.Bytes("state at 3"), default));
        var stored = await Log.LoadAsync("r", default);
        Assert.Equal(3, stored!.Snapshot!.Value.Seq);
        Assert.Equal("state at 3", Text(stored.Snapshot.Value));
        Assert.Equal([4L, 5L], stored.Tail.Select(record => record.Seq));
        Assert.Equal(at, stored.Head);
    }

    [Fact]
    public async Task a_snapshot_of_everything_leaves_no_tail_and_the_log_goes_on()
    {
        var at = (await AppendAsync((await CreateAsync())!.Value, "second"))!.Value;
        Assert.True(await Log.SaveSnapshotAsync("r", at, Some.Bytes("state at 2"), default));
        Assert.Equal(at, (await Log.LoadAsync("r", default))!.Head);
        Assert.Equal(3, (await AppendAsync(at, "third"))!.Value.Seq);
        Assert.Equal("third", Text(Assert.Single((await Log.LoadAsync("r", default))!.Tail)));
    }

    [Fact]
    public async Task an_older_a_foreign_or_a_future_snapshot_changes_nothing()
    {
        var at = (await AppendAsync((await CreateAsync())!.Value, "second"))!.Value;
        Assert.True(await Log.SaveSnapshotAsync("r", at, Some.Bytes("state at 2"), default));
        Assert.False(await Log.SaveSnapshotAsync("r", at with { Seq = 1 }, Some.Bytes("older"), default));
        Assert.False(await Log.SaveSnapshotAsync("r", at with { Seq = 3 }, Some.Bytes("future"), default));
        Assert.False(await Log.SaveSnapshotAsync("r", at with { Epoch = "another" }, Some.Bytes("foreign"), default));
        Assert.Equal("state at 2", Text((await Log.LoadAsync("r", default))!.Snapshot!.Value));
    }

    [Fact]
    public async Task a_room_made_again_under_the_same_id_has_another_epoch()
    {
        var before = (await CreateAsync())!.Value;
        Assert.True(await Log.DeleteAsync("r", default));
        Assert.Null(await Log.LoadAsync("r", default));
        var after = (await CreateAsync())!.Value;
        Assert.NotEqual(before.Epoch, after.Epoch);
        Assert.Null(await AppendAsync(before, "from the old one"));
    }

    [Fact]
    public async Task bytes_come_back_as_they_were_whatever_they_are()
    {
        var bytes = new byte[200_000];
        new Random(7).NextBytes(bytes);
        var at = (await CreateAsync())!.Value;
        await Log.AppendAsync("r", at, bytes.AsMemory(3, 150_000), default);
        Assert.Equal(bytes[3..150_003], (await Log.LoadAsync("r", default))!.Tail[1].Bytes.ToArray());
    }

    [Fact]
    public async Task a_log_that_can_be_written_passes_its_probe() => await Log.ProbeAsync(default);
}
