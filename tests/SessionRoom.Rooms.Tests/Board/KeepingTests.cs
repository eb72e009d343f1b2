using SessionRoom.Crdt;
using SessionRoom.Domain;

namespace SessionRoom.Rooms.Tests;

/// <summary>What becomes of a board over time: answers to replicas, snapshots, rest, off the record.</summary>
public sealed class KeepingTests
{
    [Fact]
    public async Task a_replica_gets_what_it_lacks_and_hears_what_the_room_lacks()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        var fay = new Writer();
        await room.Pushes("fay", fay.Writes(new('x', 5_000))).Stored();
        var (there, one_more) = (fay.Doc.EncodeStateVector(), fay.Writes("y"));
        await room.Pushes("fay", one_more).Stored();
        var answer = await room.Asks(new(there));
        Assert.InRange(answer.Update!.Length, 1, 40);
        Assert.Equal(fay.Doc.EncodeStateVector(), answer.Missing);
        var offline = fay.Writes("z");
        Assert.Equal(offline, fay.Doc.EncodeStateAsUpdate(answer.Missing));
        await Assert.ThrowsAsync<FormatException>(() => room.Asks(new([0xFF])));
        Assert.Equal(5_001, (await room.Notes()).Length);
    }

    [Fact]
    public async Task who_knows_the_number_of_what_they_have_gets_just_what_came_since()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        var fay = new Writer();
        await room.Pushes("fay", fay.Writes("a")).Stored();
        var replica = new Writer(state: (await room.Asks()).Update);
        for (var number = 0; number < 3; number++) await room.Pushes("fay", fay.Writes($"{number}")).Stored();
        var answer = await room.Asks(new(N: 1));
        Assert.True(replica.Doc.ApplyUpdate(answer.Update!).Accepted);
        Assert.Equal((4L, "a012", true), (answer.N, replica.Notes, answer.Missing is null));
        Assert.Null((await room.Asks(new(N: 5))).Update);
        // Beyond what is kept at hand there is no such answer.
        for (var number = 0; number < 40; number++) await room.Pushes("fay", fay.Writes(new('x', 2_000))).Stored();
        Assert.Null((await room.Asks(new(N: 1))).Update);
        Assert.NotNull((await room.Asks(new(N: 30))).Update);
        await using var again = house.Restarted();
        room = await again.OpenAsync();
        Assert.Null((await room.Asks(new(N: 30))).Update);
        Assert.NotNull((await room.Asks(new(N: 44))).Update);
    }

    [Fact]
    public async Task snapshots_take_the_place_of_records_and_a_room_that_is_unloaded_comes_back_whole()
    {
        using var folder = new TemporaryFolder();
        await using var log = SqliteRoomLog.Open(new() { DataDirectory = folder.Path }, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        await using var house = new House(new() { SnapshotEvery = 10 }, log);
        var room = await house.RoomAsync();
        var fay = new Writer();
        for (var number = 0; number < 35; number++) await room.Pushes("fay", fay.Writes("x")).Stored();
        await house.Rooms.DisposeAsync();
        var stored = await log.LoadBoardAsync("r1", default);
        Assert.Equal((35L, 35L, 0), (stored!.N, stored.Snapshot!.Value.Seq, stored.Tail.Count));
        await using var again = house.Restarted();
        room = await again.OpenAsync();
        await room.Arrives("mel");
        Assert.Equal(new('x', 35), await room.Notes());
        Assert.Equal(RefusalCode.Forbidden, await room.Pushes("mel", fay.Writes("y")).Refused());
    }

    [Fact]
    public async Task reading_the_board_does_not_make_arrivals_go_that_wait_for_others()
    {
        await using var house = new House(new() { PresenceWaitsFrom = 1, PresenceDelayPerPerson = TimeSpan.FromSeconds(1), LongestPresenceDelay = TimeSpan.FromSeconds(1) });
        var room = await house.RoomAsync();
        var arriving = room.ArriveAsync(Some.Arrival("mel"), default);
        await room.Pushes("fay", new Writer().Writes("x")).Stored();
        Assert.Equal("x", await room.Notes());
        Assert.False(arriving.IsCompleted);
        house.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await arriving.WaitAsync(Some.Patience));
    }

    [Fact]
    public async Task a_board_that_nobody_uses_rests_and_wakes_unchanged()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        var fay = new Writer();
        await room.Pushes("fay", fay.Writes("before")).Stored();
        Assert.True(room.HasOpenBoard);
        house.Time.Advance(TimeSpan.FromSeconds(25));
        await Boards.Until(() => !room.HasOpenBoard);
        await room.Pushes("fay", fay.Writes(" after")).Stored();
        Assert.Equal("before after", await room.Notes());
    }

    [Fact]
    public async Task off_the_record_everybody_sees_what_is_written_and_nothing_is_stored()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        var fay = new Writer();
        await room.Pushes("fay", fay.Writes("on")).Stored();
        await room.Does(Some.Fay, new GoOffRecord()).Done();
        await room.Pushes("fay", fay.Writes(" off")).Stored();
        Assert.Equal(("on off", "on"), (await room.Notes(), await room.StoredNotes()));
        Assert.Equal((1, 2, 1L), (house.Log.BoardAppends, house.Audience.Board.Count, house.Audience.Board[^1].N));
        Assert.Null((await room.Asks(new(N: 1))).Update);
    }

    [Fact]
    public async Task back_on_the_record_it_is_thrown_away_and_the_replicas_that_wrote_it_are_void()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        var fay = new Writer();
        await room.Pushes("fay", fay.Writes("on")).Stored();
        await room.Does(Some.Fay, new GoOffRecord()).Done();
        await room.Pushes("fay", fay.Writes(" off")).Stored();
        await room.Does(Some.Fay, new GoOnRecord()).Done();
        Assert.Equal(("on", 1), (await room.Notes(), room.Current.State.Session.BoardEpoch));
        Assert.Equal(1, house.Audience.Renewals);
        Assert.Equal(RefusalCode.Stale, await room.Pushes("fay", fay.Doc.EncodeStateAsUpdate()).Refused());
        Assert.Equal(RefusalCode.Stale, await room.Pushes("fay", fay.Writes(" more")).Refused());
        await using (var again = house.Restarted())
        {
            room = await again.OpenAsync();
            await room.Arrives("fay", Role.Facilitator);
            Assert.Equal(RefusalCode.Stale, await room.Pushes("fay", fay.Writes(" yet")).Refused());
            var anew = new Writer(state: (await room.Asks()).Update);
            await room.Pushes("fay", anew.Writes(" again")).Stored();
            Assert.Equal("on again", await room.StoredNotes());
        }
        var stored = (await house.Log.LoadBoardAsync("r1", default))!;
        var kept = System.Text.Encoding.UTF8.GetString([.. stored.Snapshot!.Value.Bytes.ToArray(), .. stored.Tail.SelectMany(record => record.Bytes.ToArray())]);
        Assert.Contains(" again", kept, StringComparison.Ordinal);
        Assert.DoesNotContain(" off", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task or_it_is_kept_where_the_facilitator_says_so()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        var fay = new Writer();
        await room.Does(Some.Fay, new GoOffRecord()).Done();
        await room.Pushes("fay", fay.Writes("off ")).Stored();
        await room.Pushes("fay", fay.Writes("too ")).Stored();
        await room.Does(Some.Fay, new GoOnRecord(Keep: true)).Done();
        Assert.Equal((0, 0), (room.Current.State.Session.BoardEpoch, house.Audience.Renewals));
        await room.Pushes("fay", fay.Writes("on")).Stored();
        Assert.Equal("off too on", await room.StoredNotes());
        await using var again = house.Restarted();
        Assert.Equal("off too on", await (await again.OpenAsync()).Notes());
    }

    [Fact]
    public async Task what_waits_for_others_while_the_record_turns_belongs_to_the_time_before()
    {
        await using var house = new House(boardWaits: true);
        var room = await house.RoomAsync();
        var (fay, mel) = (new Writer(), new Writer());
        await room.Does(Some.Fay, new GoOffRecord()).Done();
        await room.Arrives("mel");
        await room.Pushes("fay", fay.Writes("off")).Stored();
        await room.Pushes("mel", new Writer().Writes("off")).Stored();
        var waiting = room.PushAsync("fay", mel.Writes(" too"), null, default);
        await room.Asks();
        Assert.False(waiting.IsCompleted);
        await room.Does(Some.Fay, new GoOnRecord()).Done();
        await waiting.WaitAsync(Some.Patience).Stored();
        Assert.Equal(("", ""), (await room.StoredNotes(), await room.Notes()));
        house.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(RefusalCode.Stale, await room.Pushes("fay", mel.Writes("!")).Refused());
    }

    [Fact]
    public async Task a_server_that_was_killed_off_the_record_cannot_keep_what_was_written_and_voids_every_replica()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        await room.Does(Some.Fay, new GoOffRecord()).Done();
        await room.Pushes("fay", new Writer().Writes("off")).Stored();
        await using var again = house.Restarted();
        room = await again.OpenAsync();
        await room.Arrives("fay", Role.Facilitator);
        Assert.Equal(RefusalCode.Stale, await room.Does(Some.Fay, new GoOnRecord(Keep: true)).Refused());
        await room.Does(Some.Fay, new GoOnRecord()).Done();
        Assert.Equal((1, 1, ""), (room.Current.State.Session.BoardEpoch, again.Audience.Renewals, await room.StoredNotes()));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task what_is_to_be_kept_is_held_until_it_is_stored(bool storedWithoutAnswer)
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        var fay = new Writer();
        await room.Does(Some.Fay, new GoOffRecord()).Done();
        await room.Pushes("fay", fay.Writes("off")).Stored();
        (house.Log.FailsToWrite, house.Log.LosesAnswers) = (!storedWithoutAnswer, storedWithoutAnswer);
        Assert.Equal(RefusalCode.Unavailable, await room.Does(Some.Fay, new GoOnRecord(Keep: true)).Refused());
        (house.Log.FailsToWrite, house.Log.LosesAnswers) = (false, false);
        await room.Pushes("fay", fay.Writes(" more")).Stored();
        await room.Does(Some.Fay, new GoOnRecord(Keep: true)).Done();
        await room.Pushes("fay", fay.Writes(" on")).Stored();
        Assert.Equal(("off more on", 0), (await room.StoredNotes(), room.Current.State.Session.BoardEpoch));
    }

    [Fact]
    public async Task a_session_that_ends_off_the_record_lets_everybody_start_over_also_where_nothing_was_written()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        await room.Does(Some.Fay, new GoOffRecord()).Done();
        await room.Does(Some.Fay, new EndSession()).Done();
        Assert.Equal((1, 1), (room.Current.State.Session.BoardEpoch, house.Audience.Renewals));
    }

    [Fact]
    public async Task one_key_written_again_and_again_off_the_record_takes_no_memory()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        var fay = new Doc();
        byte[]? update = null;
        fay.UpdateV1 += (_, bytes, _, _) => update = bytes.ToArray();
        await room.Does(Some.Fay, new GoOffRecord()).Done();
        await room.Asks();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var number = 0; number < 200; number++)
        {
            fay.GetMap("m").Set("k", new string('x', 250_000));
            await room.Pushes("fay", update!).Stored();
        }
        house.Audience.ForgetBoard();
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 20_000_000);
    }

    [Fact]
    public async Task where_nothing_was_written_off_the_record_nobody_starts_over()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        await room.Does(Some.Fay, new GoOffRecord()).Done();
        await room.Does(Some.Fay, new GoOnRecord()).Done();
        Assert.Equal((0, 0), (room.Current.State.Session.BoardEpoch, house.Audience.Renewals));
    }

    [Fact]
    public async Task what_was_written_off_the_record_is_gone_when_the_session_ends()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        await room.Does(Some.Fay, new GoOffRecord()).Done();
        await room.Pushes("fay", new Writer().Writes("secret")).Stored();
        await room.Does(Some.Fay, new EndSession()).Done();
        Assert.Equal(("", 1), (await room.Notes(), house.Audience.Renewals));
        Assert.False(room.Current.State.Session.OffRecord);
    }

    [Fact]
    public async Task a_record_that_is_none_is_named_and_the_room_goes_on_without_a_board()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        await house.Log.AppendBoardAsync("r1", room.Current.Position.Epoch, Some.Bytes("nonsense"), default);
        await Assert.ThrowsAsync<RoomLogException>(() => room.Asks());
        Assert.Equal(RefusalCode.Unavailable, await room.Pushes("fay", new Writer().Writes("x")).Refused());
        await room.Does(Some.Fay, new RenamePerson("Fay")).Done();
    }
}
