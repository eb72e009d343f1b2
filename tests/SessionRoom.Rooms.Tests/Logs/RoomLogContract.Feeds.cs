namespace SessionRoom.Rooms.Tests;

// Feeds: what others are told of is stored with what it follows from.
public abstract partial class RoomLogContract
{
    protected const string Feed = "school";
    private static readonly string[] Both = ["one", "two"];

    protected IEventFeeds Feeds => (IEventFeeds)Log;

    private static Outgoing Out(params string[] events) => new(Feed, [.. events.Select((text, place) => new OutgoingEvent(1_000 + place, Some.Bytes(text)))]);

    protected Task<LogPosition?> TellAsync(LogPosition at, params string[] events) => Log.AppendAsync("r", at, Some.Bytes("batch"), Out(events), default);

    protected async Task<IReadOnlyList<string>> FeedAsync(long after = 0, int most = 100) =>
        [.. (await Feeds.ReadAsync(Feed, after, most, default)).Select(found => System.Text.Encoding.UTF8.GetString(found.Bytes.Span))];

    /// <summary>A feed is told once there is something in it; the deadline is for when it is not.</summary>
    private async Task<IReadOnlyList<string>> FeedOfAsync(int count)
    {
        using var told = new SemaphoreSlim(0);
        using var watch = await Feeds.WatchAsync(Feed, () => told.Release());
        while (true)
        {
            if (await FeedAsync() is { } events && events.Count >= count) return events;
            Assert.True(await told.WaitAsync(Some.Patience), $"the feed never had {count} events");
        }
    }

    [Fact]
    public async Task events_are_stored_with_their_batch_and_read_in_order()
    {
        var at = (await CreateAsync())!.Value;
        Assert.Equal(default, await Feeds.StateAsync(Feed, default));
        at = (await TellAsync(at, "one", "two"))!.Value;
        Assert.Equal(Both, await FeedOfAsync(2));
        await TellAsync(at, "three");
        Assert.Equal([.. Both, "three"], await FeedOfAsync(3));
        var state = await Feeds.StateAsync(Feed, default);
        Assert.True(state.Epoch > 0);
        Assert.Equal((3, 0, 0), (state.Newest, state.Trimmed, state.Delivered));
        Assert.Equal(["two"], await FeedAsync(after: 1, most: 1));
        Assert.Equal([1_000, 1_001, 1_000], (await Feeds.ReadAsync(Feed, 0, 10, default)).Select(found => found.At));
        Assert.Empty(await Feeds.ReadAsync("another", 0, 10, default));
    }

    [Fact]
    public async Task a_batch_that_is_not_stored_tells_nobody()
    {
        var at = (await CreateAsync())!.Value;
        Assert.Null(await TellAsync(at with { Seq = 7 }, "never"));
        await TellAsync(at, "one");
        Assert.Equal(["one"], await FeedOfAsync(1));
    }

    [Fact]
    public async Task delivery_advances_only_from_where_it_was_seen_and_a_rewind_starts_it_again()
    {
        await TellAsync((await CreateAsync())!.Value, "one", "two");
        await FeedOfAsync(2);
        var seen = await Feeds.StateAsync(Feed, default);
        Assert.True(await Feeds.AdvanceAsync(Feed, seen, 2, default));
        Assert.False(await Feeds.AdvanceAsync(Feed, seen, 1, default));
        await Feeds.StopAsync(Feed, seen, default);
        Assert.Equal((2, false), Of(await Feeds.StateAsync(Feed, default)));
        await Feeds.StopAsync(Feed, await Feeds.StateAsync(Feed, default), default);
        Assert.Equal((2, true), Of(await Feeds.StateAsync(Feed, default)));
        var stopped = await Feeds.StateAsync(Feed, default);
        await Feeds.RewindAsync(Feed, 0, default);
        Assert.Equal((0, false), Of(await Feeds.StateAsync(Feed, default)));
        Assert.False(await Feeds.AdvanceAsync(Feed, stopped, 2, default));

        static (long, bool) Of(FeedState state) => (state.Delivered, state.IsStopped);
    }

    [Fact]
    public async Task what_is_too_old_or_too_much_is_forgotten()
    {
        await TellAsync((await CreateAsync())!.Value, "one", "two", "three", "four");
        await FeedOfAsync(4);
        await Feeds.TrimAsync(Feed, before: 1_001, most: 100, default);
        Assert.Equal(["two", "three", "four"], await FeedAsync());
        await Feeds.TrimAsync(Feed, before: 0, most: 1, default);
        Assert.Equal(["four"], await FeedAsync());
        Assert.Equal(3, (await Feeds.StateAsync(Feed, default)).Trimmed);
    }

    [Fact]
    public async Task as_much_as_there_may_be_is_forgotten_in_steps()
    {
        var at = (await CreateAsync())!.Value;
        for (var batch = 0; batch < 5; batch++)
            at = (await Log.AppendAsync("r", at, Some.Bytes("batch"), new(Feed, [.. Enumerable.Range(0, 500).Select(number => new OutgoingEvent(batch, Some.Bytes($"{batch} {number}")))]), default))!.Value;
        await Feeds.GatherAsync(Feed, ["r"], default);
        await Feeds.TrimAsync(Feed, before: 4, most: 10_000, default);
        Assert.Equal((2_500, 2_000), await StandsAsync());
        Assert.Equal("4 0", (await FeedAsync(most: 1)).Single());
        await Feeds.TrimAsync(Feed, before: 5, most: 10_000, default);
        Assert.Equal((2_500, 2_500), await StandsAsync());
        Assert.Empty(await FeedAsync());

        async Task<(long, long)> StandsAsync()
        {
            var state = await Feeds.StateAsync(Feed, default);
            return (state.Newest, state.Trimmed);
        }
    }

    [Fact]
    public async Task what_is_too_old_waits_for_what_is_before_it()
    {
        await Log.AppendAsync("r", (await CreateAsync())!.Value, Some.Bytes("batch"), new(Feed, [new(2, Some.Bytes("one")), new(1, Some.Bytes("two"))]), default);
        await FeedOfAsync(2);
        await Feeds.TrimAsync(Feed, before: 2, most: 100, default);
        Assert.Equal(Both, await FeedAsync());
        await Feeds.TrimAsync(Feed, before: 3, most: 100, default);
        Assert.Empty(await FeedAsync());
    }

    [Fact]
    public async Task feeds_are_named_whoever_they_are_for()
    {
        Assert.Empty(await Feeds.AllAsync(default));
        var at = (await CreateAsync())!.Value;
        foreach (var feed in Both)
        {
            await Feeds.GatherAsync(feed, ["r"], default);
            at = (await Log.AppendAsync("r", at, Some.Bytes("batch"), Out("told") with { Feed = feed }, default))!.Value;
            await Feeds.GatherAsync(feed, ["r"], default);
        }
        Assert.Equal(Both, (await Feeds.AllAsync(default)).Order(StringComparer.Ordinal));
        await Feeds.TrimAsync("one", long.MaxValue, 1, default);
        await Log.DeleteAsync("r", default);
        Assert.Contains("two", await Feeds.AllAsync(default));
    }

    [Fact]
    public async Task a_feed_begins_with_its_first_event_and_not_when_it_is_looked_after()
    {
        await Feeds.TrimAsync(Feed, before: 1, most: 1, default);
        await Feeds.GatherAsync(Feed, [], default);
        Assert.Equal(default, await Feeds.StateAsync(Feed, default));
        await TellAsync((await CreateAsync())!.Value, "one");
        await FeedOfAsync(1);
        // Another one that began later, after this was lost, must not look like it: the epoch is a time.
        Assert.True((await Feeds.StateAsync(Feed, default)).Epoch >= 1_000);
    }

    [Fact]
    public async Task a_deleted_room_leaves_no_event_and_no_report_and_others_keep_theirs()
    {
        var at = (await CreateAsync())!.Value;
        await TellAsync(at, "of r");
        await Feeds.ReportAsync("r", new(1, at.Epoch, 1, Some.Bytes("said")), Out("also of r"), default);
        await Log.AppendAsync("other", (await CreateAsync("other"))!.Value, Some.Bytes("b"), Out("of other"), default);
        await FeedOfAsync(3);
        await Log.DeleteAsync("r", default);
        Assert.Equal(["of other"], await FeedAsync());
        Assert.Equal(0, (await Feeds.LoadReportAsync("r", default)).Version);
        at = (await CreateAsync())!.Value;
        await TellAsync(at, "of the next r");
        Assert.Equal(["of other", "of the next r"], await FeedOfAsync(2));
    }

    [Fact]
    public async Task of_two_reports_of_one_version_one_is_stored()
    {
        var at = (await CreateAsync())!.Value;
        var report = new StoredReport(1, at.Epoch, 4, Some.Bytes("said"));
        Assert.Equal(StoredReport.None, await Feeds.LoadReportAsync("r", default));
        Assert.False(await Feeds.ReportAsync("another", report, Out("x"), default));
        Assert.False(await Feeds.ReportAsync("r", report with { Epoch = "another" }, Out("x"), default));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Task.Run(() => Feeds.ReportAsync("r", report, Out("changed"), default))));
        Assert.Single(outcomes, stored => stored);
        Assert.Equal(["changed"], await FeedOfAsync(1));
        var known = await Feeds.LoadReportAsync("r", default);
        Assert.Equal((1, at.Epoch, 4, "said"), (known.Version, known.Epoch, known.N, System.Text.Encoding.UTF8.GetString(known.Bytes.Span)));
    }

    [Fact]
    public async Task rooms_whose_board_was_written_since_the_last_report_are_named()
    {
        var at = (await CreateAsync())!.Value;
        await CreateAsync("untouched");
        Assert.Empty(await Feeds.GatherAsync(Feed, ["r", "untouched"], default));
        await WriteAsync(at, "edit");
        Assert.Equal(["r"], await Feeds.GatherAsync(Feed, ["r", "untouched"], default));
        Assert.Empty(await Feeds.GatherAsync(Feed, ["untouched"], default));
        Assert.True(await Feeds.ReportAsync("r", new(1, at.Epoch, 1, Some.Bytes("said")), Out(), default));
        Assert.Empty(await Feeds.GatherAsync(Feed, ["r", "untouched"], default));
        await WriteAsync(at, "another");
        Assert.Equal(["r"], await Feeds.GatherAsync(Feed, ["r"], default));
    }

    [Fact]
    public async Task a_feed_is_held_and_let_go()
    {
        Assert.True(await Feeds.HoldAsync(Feed, TimeSpan.FromMinutes(1), default));
        Assert.True(await Feeds.HoldAsync(Feed, TimeSpan.FromMinutes(1), default));
        await Feeds.ReleaseAsync(Feed, default);
        Assert.True(await Feeds.HoldAsync(Feed, TimeSpan.FromMinutes(1), default));
    }
}
