namespace SessionRoom.Rooms.Tests;

// Boards: a sequence of their own, appended without a condition.
public abstract partial class RoomLogContract
{
    protected Task<long?> WriteAsync(LogPosition of, string record, string room = "r") => Log.AppendBoardAsync(room, of.Epoch, Some.Bytes(record), default);

    [Fact]
    public async Task a_board_begins_empty_and_counts_its_records_apart_from_the_batches()
    {
        var at = (await CreateAsync())!.Value;
        var empty = await Log.LoadBoardAsync("r", default);
        Assert.Equal((at.Epoch, 0L), (empty!.Epoch, empty.N));
        Assert.Equal(1, await WriteAsync(at, "one"));
        await AppendAsync(at, "second batch");
        Assert.Equal(2, await WriteAsync(at, "two"));
        var board = await Log.LoadBoardAsync("r", default);
        Assert.Equal(2, board!.N);
        Assert.Equal(["one", "two"], board.Tail.Select(Text));
        Assert.Equal(2, (await Log.LoadAsync("r", default))!.Head.Seq);
    }

    [Fact]
    public async Task records_of_many_writers_are_all_stored_and_numbered_without_a_hole()
    {
        var at = (await CreateAsync())!.Value;
        var numbers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => Task.Run(() => WriteAsync(at, $"record {number}"))));
        Assert.Equal(Enumerable.Range(1, 100).Select(number => (long?)number), numbers.Order());
        var stored = (await Log.LoadBoardAsync("r", default))!.Tail;
        Assert.Equal(Enumerable.Range(1, 100).Select(number => (long)number), stored.Select(record => record.Seq));
        Assert.Equal(100, stored.Select(Text).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task a_board_of_no_room_or_of_another_epoch_is_not_written()
    {
        var at = (await CreateAsync())!.Value;
        Assert.Null(await WriteAsync(at, "x", "another"));
        Assert.Null(await WriteAsync(at with { Epoch = "another" }, "x"));
        Assert.Null(await Log.LoadBoardAsync("another", default));
        Assert.False(await Log.SaveBoardAsync("another", at.Epoch, 1, Some.Bytes("s"), default));
        Assert.Equal(0, (await Log.LoadBoardAsync("r", default))!.N);
    }

    [Fact]
    public async Task a_boards_snapshot_takes_the_place_of_the_records_up_to_it()
    {
        var at = (await CreateAsync())!.Value;
        for (var number = 1; number <= 5; number++) await WriteAsync(at, $"record {number}");
        Assert.True(await Log.SaveBoardAsync("r", at.Epoch, 3, Some.Bytes("board at 3"), default));
        Assert.False(await Log.SaveBoardAsync("r", at.Epoch, 2, Some.Bytes("older"), default));
        Assert.False(await Log.SaveBoardAsync("r", at.Epoch, 6, Some.Bytes("future"), default));
        Assert.False(await Log.SaveBoardAsync("r", "another", 5, Some.Bytes("foreign"), default));
        var board = (await Log.LoadBoardAsync("r", default))!;
        Assert.Equal(("board at 3", 3L, 5L), (Text(board.Snapshot!.Value), board.Snapshot.Value.Seq, board.N));
        Assert.Equal(["record 4", "record 5"], board.Tail.Select(Text));
        Assert.True(await Log.SaveBoardAsync("r", at.Epoch, 5, Some.Bytes("board at 5"), default));
        Assert.Equal(6, await WriteAsync(at, "record 6"));
        Assert.Equal("first", Text(Assert.Single((await Log.LoadAsync("r", default))!.Tail)));
    }

    [Fact]
    public async Task a_deleted_room_leaves_no_board_behind()
    {
        var before = (await CreateAsync())!.Value;
        await WriteAsync(before, "one");
        await Log.SaveBoardAsync("r", before.Epoch, 1, Some.Bytes("board"), default);
        await WriteAsync(before, "two");
        await Log.DeleteAsync("r", default);
        Assert.Null(await WriteAsync(before, "late"));
        var after = (await CreateAsync())!.Value;
        Assert.Equal(0, (await Log.LoadBoardAsync("r", default))!.N);
        Assert.Equal(1, await WriteAsync(after, "one"));
    }
}
