using SessionRoom.Crdt;
using SessionRoom.Domain;

namespace SessionRoom.Rooms.Tests;

public sealed class PushTests
{
    [Fact]
    public async Task what_somebody_writes_is_stored_relayed_and_there_for_a_newcomer()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        var (fay, here) = (new Writer(), new object());
        await room.Pushes("fay", fay.Writes("Hello"), here).Stored();
        var step = Assert.Single(house.Audience.Board);
        Assert.Equal((1L, here), (step.N, step.Origin));
        Assert.Equal("Hello", await room.Notes());
        Assert.Equal(1, (await house.Log.LoadBoardAsync("r1", default))!.N);
    }

    [Fact]
    public async Task updates_that_wait_together_are_stored_and_relayed_as_one()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        await room.Asks();
        var gate = new TaskCompletionSource();
        house.Log.Gate = gate.Task;
        var writers = Enumerable.Range(0, 20).Select(_ => new Writer()).ToList();
        var first = room.Pushes("fay", writers[0].Writes("0"), "a");
        await Boards.Until(() => house.Log.BoardAppends == 1);
        var others = writers.Skip(1).Select((writer, number) => room.Pushes("fay", writer.Writes($"{number}"), $"origin {number}")).ToList();
        gate.SetResult();
        await first.Stored();
        foreach (var push in others) await push.Stored();
        Assert.Equal(2, house.Log.BoardAppends);
        Assert.Equal(["a", null], house.Audience.Board.Select(step => step.Origin));
        var replica = new Writer();
        foreach (var step in house.Audience.Board) Assert.True(replica.Doc.ApplyUpdate(step.Update.Span).Accepted);
        Assert.Equal(await room.Notes(), replica.Notes);
        Assert.Equal(20 + 9, replica.Notes.Length);
    }

    [Fact]
    public async Task an_update_that_follows_another_waits_for_more_the_longer_the_more_people_write()
    {
        await using var house = new House(boardWaits: true);
        var room = await house.RoomAsync();
        string[] people = ["fay", .. Enumerable.Range(0, 4).Select(number => $"m{number}")];
        foreach (var pid in people[1..]) await room.Arrives(pid);
        await room.Pushes("fay", new Writer().Writes("a")).Stored();
        // Nobody else has written, so that nobody is waited for.
        await room.Pushes("m0", new Writer().Writes("b")).Stored();
        var waiting = room.PushAsync("m1", new Writer().Writes("c"), null, default);
        house.Time.Advance(TimeSpan.FromMilliseconds(19));
        Assert.Equal(2, (await room.Notes()).Length);
        house.Time.Advance(TimeSpan.FromMilliseconds(1));
        await waiting.WaitAsync(Some.Patience).Stored();
        waiting = room.PushAsync("m2", new Writer().Writes("d"), null, default);
        house.Time.Advance(TimeSpan.FromMilliseconds(29));
        Assert.Equal(3, (await room.Notes()).Length);
        Assert.False(waiting.IsCompleted);
        house.Time.Advance(TimeSpan.FromMilliseconds(1));
        await waiting.WaitAsync(Some.Patience).Stored();
        var last = room.PushAsync("fay", new Writer().Writes("e"), null, default);
        Assert.Equal(4, (await room.Notes()).Length);
        await room.Does(Some.Fay, new RenamePerson("Fay")).Done();
        await last.WaitAsync(Some.Patience).Stored();
    }

    [Fact]
    public async Task once_everybody_who_writes_waits_it_goes_to_all_at_once()
    {
        await using var house = new House(boardWaits: true);
        var room = await house.RoomAsync();
        string[] people = ["fay", .. Enumerable.Range(0, 4).Select(number => $"m{number}")];
        foreach (var pid in people[1..]) await room.Arrives(pid);
        foreach (var pid in people)
        {
            var push = room.PushAsync(pid, new Writer().Writes("a"), null, default);
            await room.Notes();
            house.Time.Advance(TimeSpan.FromMilliseconds(50));
            await push.WaitAsync(Some.Patience).Stored();
        }
        await room.Pushes("fay", new Writer().Writes("a")).Stored();
        var before = house.Log.BoardAppends;
        var some = people[1..].Select(pid => room.PushAsync(pid, new Writer().Writes("b"), null, default)).ToList();
        Assert.Equal(people.Length + 1, (await room.Notes()).Length);
        Assert.All(some, push => Assert.False(push.IsCompleted));
        some.Add(room.PushAsync("fay", new Writer().Writes("b"), null, default));
        foreach (var push in some) await push.WaitAsync(Some.Patience).Stored();
        Assert.Equal(before + 1, house.Log.BoardAppends);
    }

    [Fact]
    public async Task where_people_write_only_once_they_have_seen_the_last_update_nobody_waits_for_more()
    {
        const int UntilThePaceIsKnown = 80;
        await using var house = new House(boardWaits: true);
        var room = await house.RoomAsync();
        string[] people = ["fay", .. Enumerable.Range(0, 9).Select(number => $"m{number}")];
        foreach (var pid in people[1..]) await room.Arrives(pid);
        var writers = people.ToDictionary(pid => pid, _ => new Writer());
        for (var turn = 0; turn < UntilThePaceIsKnown; turn++)
        {
            var push = room.PushAsync(people[turn % people.Length], writers[people[turn % people.Length]].Writes("a"), null, default);
            await room.Notes();
            while (!push.IsCompleted)
            {
                house.Time.Advance(TimeSpan.FromMilliseconds(1));
                await room.Notes();
            }
            await push.Stored();
        }
        var both = people[..2].Select(pid => room.PushAsync(pid, writers[pid].Writes("b"), null, default)).ToList();
        Assert.Equal(UntilThePaceIsKnown, (await room.Notes()).Length);
        house.Time.Advance(TimeSpan.FromMilliseconds(2));
        foreach (var push in both) await push.WaitAsync(Some.Patience).Stored();
        Assert.Equal(UntilThePaceIsKnown + 1, house.Audience.Board.Count);
    }

    [Fact]
    public async Task nobody_sees_what_is_not_stored_yet()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        await room.Asks();
        var gate = new TaskCompletionSource();
        house.Log.Gate = gate.Task;
        var push = room.Pushes("fay", new Writer().Writes("soon"));
        await Boards.Until(() => house.Log.BoardAppends == 1);
        var newcomer = room.Notes();
        Assert.Empty(house.Audience.Board);
        Assert.False(newcomer.IsCompleted);
        gate.SetResult();
        await push.Stored();
        Assert.Equal("soon", await newcomer);
    }

    [Fact]
    public async Task the_same_update_again_is_answered_and_does_nothing_more()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        var update = new Writer().Writes("once");
        await room.Pushes("fay", update).Stored();
        await room.Pushes("fay", update).Stored();
        Assert.Single(house.Audience.Board);
        Assert.Equal((1, "once"), (house.Log.BoardAppends, await room.Notes()));
    }

    [Fact]
    public async Task only_those_who_write_may_and_only_until_the_end()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        foreach (var role in (Role[])[Role.NoteTaker, Role.Member, Role.Guest, Role.Observer, Role.Projector]) Assert.Null(await room.Arrives($"{role}", role));
        foreach (var role in (Role[])[Role.NoteTaker, Role.Member]) await room.Pushes($"{role}", new Writer().Writes("x")).Stored();
        foreach (var role in (Role[])[Role.Guest, Role.Observer, Role.Projector]) Assert.Equal(RefusalCode.Forbidden, await room.Pushes($"{role}", new Writer().Writes("x")).Refused());
        Assert.Equal(RefusalCode.NotFound, await room.Pushes("nobody", new Writer().Writes("x")).Refused());
        await room.Does(Some.Fay, new EndSession()).Done();
        Assert.Equal(RefusalCode.Ended, await room.Pushes("fay", new Writer().Writes("x")).Refused());
        Assert.Equal("xx", await room.Notes());
    }

    [Fact]
    public async Task a_client_id_belongs_to_who_used_it_first_also_after_a_restart()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        await room.Arrives("mel");
        var fay = new Writer(7);
        await room.Pushes("fay", fay.Writes("mine")).Stored();
        var forged = new Writer(7);
        forged.Writes("mine");
        Assert.Equal(RefusalCode.Forbidden, await room.Pushes("mel", forged.Writes(" forged")).Refused());
        await using var again = house.Restarted();
        room = await again.OpenAsync();
        await room.Arrives("mel");
        await room.Arrives("fay", Role.Facilitator);
        Assert.Equal(RefusalCode.Forbidden, await room.Pushes("mel", forged.Writes(" again")).Refused());
        await room.Pushes("fay", fay.Writes(" still")).Stored();
        Assert.Equal("mine still", await room.Notes());
        Assert.True(await room.ClaimClientAsync("mel", 8, default));
        Assert.False(await room.ClaimClientAsync("mel", 7, default));
        Assert.Equal(RefusalCode.Forbidden, await room.Pushes("fay", new Writer(8).Writes("x")).Refused());
    }

    [Fact]
    public async Task what_is_malformed_or_too_large_has_no_effect()
    {
        await using var house = new House(new() { Board = new() { UpdateBytes = 1_000, BoardBytes = 3_000, ClientIds = 4 } });
        var room = await house.RoomAsync();
        Assert.Equal(RefusalCode.Invalid, await room.Pushes("fay", [1, 2, 3]).Refused());
        Assert.Equal(RefusalCode.Invalid, await room.Pushes("fay", []).Refused());
        Assert.Equal(RefusalCode.TooLarge, await room.Pushes("fay", new Writer().Writes(new('x', 1_001))).Refused());
        var writer = new Writer();
        for (var number = 0; number < 3; number++) await room.Pushes("fay", writer.Writes(new('x', 900))).Stored();
        Assert.Equal(RefusalCode.TooLarge, await room.Pushes("fay", writer.Writes(new('x', 900))).Refused());
        Assert.Equal(2_700, (await room.Notes()).Length);
        for (var client = 0; client < 3; client++) await room.Pushes("fay", new Writer().Writes("y")).Stored();
        Assert.Equal(RefusalCode.TooLarge, await room.Pushes("fay", new Writer().Writes("y")).Refused());
        Assert.Equal(6, house.Audience.Board.Count);
    }

    [Fact]
    public async Task clocks_that_the_board_has_say_nothing_else_to_anybody()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        var (fay, forged) = (new Writer(7), new Writer(7));
        var (first, second) = (fay.Writes("abcde"), fay.Writes("f"));
        await room.Pushes("fay", first).Stored();
        forged.Writes("ZZZZZ");
        forged.Writes("Y!");
        var gate = new TaskCompletionSource();
        house.Log.Gate = gate.Task;
        var blocking = room.PushAsync("fay", new Writer().Writes(" "), null, default);
        await Boards.Until(() => house.Log.BoardAppends == 2);
        var both = new[] { room.PushAsync("fay", second, "one", default), room.PushAsync("fay", forged.Doc.EncodeStateAsUpdate(), "two", default) };
        gate.SetResult();
        await Task.WhenAll([blocking, .. both]).WaitAsync(Some.Patience);
        var replica = new Writer();
        foreach (var step in house.Audience.Board) Assert.True(replica.Doc.ApplyUpdate(step.Update.Span).Accepted);
        await using var again = house.Restarted();
        var loaded = await (await again.OpenAsync()).Notes();
        Assert.Equal((loaded, loaded), (await room.Notes(), replica.Notes));
    }

    [Fact]
    public async Task deletions_count_with_what_they_cut()
    {
        await using var house = new House(new() { Board = new() { BoardBytes = 20_000 } });
        var room = await house.RoomAsync();
        var writer = new Writer();
        await room.Pushes("fay", writer.Writes(new('x', 10_000))).Stored();
        byte[]? removal = null;
        writer.Doc.UpdateV1 += (_, update, _, _) => removal = update.ToArray();
        RefusalCode? refused = null;
        for (var start = 0; start < 4_000 && refused is null; start += 200)
        {
            writer.Doc.Transact(_ =>
            {
                for (var number = 0; number < 100; number++) writer.Doc.GetText("notes").Delete(start + number, 1);
            });
            refused = (await room.Pushes("fay", removal!)).Refusal?.Code;
        }
        Assert.Equal(RefusalCode.TooLarge, refused);
        Assert.InRange((await room.Asks()).Update!.Length, 0, 45_000);
        writer.Doc.GetText("notes").Delete(0, writer.Doc.GetText("notes").Length);
        Assert.InRange(removal!.Length, 0, 60_000);
    }

    [Fact]
    public async Task a_full_board_can_be_emptied()
    {
        await using var house = new House(new() { Board = new() { BoardBytes = 2_000 } });
        var room = await house.RoomAsync();
        var writer = new Writer();
        await room.Pushes("fay", writer.Writes(new('x', 1_900))).Stored();
        Assert.Equal(RefusalCode.TooLarge, await room.Pushes("fay", new Writer().Writes(new('y', 200))).Refused());
        byte[]? removal = null;
        writer.Doc.UpdateV1 += (_, update, _, _) => removal = update.ToArray();
        writer.Doc.GetText("notes").Delete(0, 1_900);
        await room.Pushes("fay", removal!).Stored();
        await room.Pushes("fay", new Writer().Writes(new('y', 200))).Stored();
        Assert.Equal(new('y', 200), await room.Notes());
    }

    [Fact]
    public async Task an_update_that_comes_before_the_one_it_follows_waits_for_it()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        var writer = new Writer();
        var (first, second) = (writer.Writes("one "), writer.Writes("two"));
        await room.Pushes("fay", second).Stored();
        Assert.Equal("", await room.Notes());
        await room.Pushes("fay", first).Stored();
        Assert.Equal("one two", await room.Notes());
        await using var again = house.Restarted();
        Assert.Equal("one two", await (await again.OpenAsync()).Notes());
    }

    [Fact]
    public async Task an_append_that_fails_leaves_nothing_and_one_whose_answer_was_lost_is_relayed_later()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        var writer = new Writer();
        await room.Pushes("fay", writer.Writes("a")).Stored();
        house.Log.FailsToWrite = true;
        var lost = writer.Writes("b");
        Assert.Equal(RefusalCode.Unavailable, await room.Pushes("fay", lost).Refused());
        house.Log.FailsToWrite = false;
        Assert.Equal("a", await room.Notes());
        house.Log.LosesAnswers = true;
        Assert.Equal(RefusalCode.Unavailable, await room.Pushes("fay", lost).Refused());
        house.Log.LosesAnswers = false;
        await room.Pushes("fay", lost).Stored();
        var replica = new Writer();
        foreach (var step in house.Audience.Board) replica.Doc.ApplyUpdate(step.Update.Span);
        Assert.Equal(("ab", "ab"), (await room.Notes(), replica.Notes));
    }
}
