using SessionRoom.Domain;

namespace SessionRoom.Rooms.Tests;

public sealed class UnloadTests
{
    private static readonly RoomOptions Options = new() { UnloadAfter = TimeSpan.FromSeconds(60), SnapshotEvery = 10 };

    [Fact]
    public async Task every_so_many_batches_a_snapshot_takes_the_place_of_the_log()
    {
        using var folder = new TemporaryFolder();
        await using var log = SqliteRoomLog.Open(new() { DataDirectory = folder.Path }, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        await using var house = new House(Options, log);
        var room = await house.RoomAsync();
        for (var number = 0; number < 95; number++) await room.Does(Some.Fay, new RenamePerson($"Fay {number}")).Done();
        await house.Rooms.DisposeAsync();
        var stored = await log.LoadAsync("r1", default);
        Assert.Equal(room.Current.Position, stored!.Head);
        Assert.Empty(stored.Tail);
        await using var again = house.Restarted();
        var loaded = await again.OpenAsync();
        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(Some.View(room.Current.State), Some.View(loaded.Current.State)));
        Assert.Equal("Fay 94", loaded.Current.State.People["fay"].Name);
    }

    [Fact]
    public async Task loading_reads_one_snapshot_and_a_tail_that_is_short_or_smaller()
    {
        await using var house = new House(Options);
        var room = await house.RoomAsync();
        for (var number = 0; number < 300; number++)
        {
            await room.Does(Some.Fay, new RenamePerson($"Fay {number}")).Done();
            if (number % 10 == 9) await SnapshotAt(house, room.Current.Position.Seq - (8 * Options.SnapshotEvery));
            var stored = await house.Log.LoadAsync("r1", default);
            Assert.Equal(room.Current.Position, stored!.Head);
            if (stored.Snapshot is { } snapshot && stored.Tail.Count > 2 * Options.SnapshotEvery) Assert.InRange(stored.Tail.SkipLast(2 * Options.SnapshotEvery).Sum(batch => batch.Bytes.Length), 0, snapshot.Bytes.Length);
        }
    }

    private static async Task SnapshotAt(House house, long seq)
    {
        using var deadline = new CancellationTokenSource(Some.Patience);
        while ((await house.Log.LoadAsync("r1", deadline.Token))!.Snapshot is not { } snapshot || snapshot.Seq < seq)
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Fact]
    public async Task a_room_that_nobody_is_in_is_unloaded_and_a_holder_of_it_notices_nothing()
    {
        await using var house = new House(Options);
        var room = await house.RoomAsync();
        await room.Departs("fay");
        house.Time.Advance(TimeSpan.FromSeconds(61));
        await Gone(house);
        var stored = await house.Log.LoadAsync("r1", default);
        Assert.NotNull(stored!.Snapshot);
        Assert.Empty(stored.Tail);

        await room.Does(Some.Fay, new RaiseHand()).Done();
        Assert.Null(await room.Arrives("fay", Role.Facilitator));
        var again = await house.OpenAsync();
        Assert.NotSame(room, again);
        Assert.Single(again.Current.State.Queue.Hands);
        Assert.True(again.Current.State.People["fay"].Online);
    }

    [Fact]
    public async Task a_room_with_somebody_in_it_stays()
    {
        await using var house = new House(Options);
        var room = await house.RoomAsync();
        house.Time.Advance(TimeSpan.FromHours(1));
        await room.Does(Some.Fay, new RaiseHand()).Done();
        Assert.Same(room, await house.OpenAsync());
    }

    [Fact]
    public async Task a_room_that_is_asked_while_it_unloads_answers()
    {
        var seed = Some.Seed;
        var random = new Random(seed);
        await using var house = new House(Options with { UnloadAfter = TimeSpan.FromMilliseconds(1) });
        var room = await house.RoomAsync();
        await room.Does(Some.Fay, new StartTimer(1_000_000)).Done();
        await room.Does(Some.Fay, new PauseTimer()).Done();
        await room.Departs("fay");
        var asked = 0;
        for (var round = 0; round < 100; round++)
        {
            var answers = Enumerable.Range(0, random.Next(4)).Select(_ => Task.Run(() => room.Does(Some.Fay, new ExtendTimer(1)))).ToList();
            house.Time.Advance(TimeSpan.FromMilliseconds(random.Next(3)));
            foreach (var answer in answers) Assert.True((await answer).Refusal is null, $"SEED={seed}");
            asked += answers.Count;
        }
        Assert.Equal(1_000_000 + asked, (await house.OpenAsync()).Current.State.Timer.DurationMs);
    }

    [Fact]
    public async Task a_snapshot_that_the_log_refused_costs_nothing()
    {
        await using var house = new House(Options);
        var room = await house.RoomAsync();
        await room.Departs("fay");
        house.Log.FailsToWrite = true;
        house.Time.Advance(TimeSpan.FromSeconds(61));
        await Gone(house);
        house.Log.FailsToWrite = false;
        Assert.Equal(room.Current.Position, (await house.OpenAsync()).Current.Position);
    }

    [Fact]
    public async Task a_room_is_loaded_once_however_many_open_it()
    {
        await using var house = new House();
        await house.Rooms.CreateAsync(Some.Room(), Actor.Key("acme"), default);
        var rooms = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => house.OpenAsync())));
        Assert.All(rooms, room => Assert.Same(rooms[0], room));
        Assert.Equal(1, house.Log.Loads);
    }

    private static async Task Gone(House house)
    {
        using var deadline = new CancellationTokenSource(Some.Patience);
        while (house.Rooms.Loaded > 0)
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
