using SessionRoom.Crdt;

namespace SessionRoom.Rooms.Tests;

public sealed class BoardViewTests
{
    // Yjs 13.6.33 wrote it: tests/peers/crdt/board.mjs.
    private const string Written =
        "ATIHAAcBB2NvbHVtbnMBKAAHAAJpZAF3BWlkZWFzKAAHAAV0aXRsZQF3CklkZWFzIPCfkqGBBwABAAKHBwMBKAAHBgJpZAF3BG5leHQnAAcGBXRpdGxlAgQABwgHVXAgbmV4dCcBB2Fj" +
        "dGlvbnMEbGF0ZQEnAAcQBXRpdGxlAgQABxEGV3JpdGUghAcXB21pbnV0ZXMnAAcQBW5vdGVzAgQABx8ERm9yIIQHIwlldmVyeWJvZHnGByMHJARib2xkBHRydWWGBywEYm9sZARudWxs" +
        "KAAHEAVvd25lcgF3A2FubigABxADZHVlAXcKMjAyNi0xMi0wMSgABxAGY29sdW1uAXcEbmV4dCgABxAEcmFuawF3AmExJwEHYWN0aW9ucwVmaXJzdAEnAAczBXRpdGxlAgQABzQLQm9v" +
        "ayBhIHJvb20oAAczBmNvbHVtbgF3BG5leHQoAAczBHJhbmsBdwJhMCgABzMJY3JlYXRlZEJ5AXcCYm8oAAczCWNyZWF0ZWRBdAF7Qnohc55YAAAnAAczB291dGNvbWUCBAAHRAZSb29t" +
        "IDQnAQdhY3Rpb25zBXF1aWV0AScAB0sFdGl0bGUCBAAHTApCZXR3ZWVuIHVzKAAHSwZjb2x1bW4BdwRuZXh0KAAHSwRyYW5rAXcCYTIoAAdLBnNlYWxlZAF4JwEHYWN0aW9ucwRsb3N0" +
        "ASgAB1oFdGl0bGUBdwVHcnXDnygAB1oGY29sdW1uAXcEZ29uZSgAB1oEcmFuawF3Alp6KAAHWgZzZWFsZWQBecQHFwcYBHRoZSAHAQlkZWNpc2lvbnMBJwAHYwR0ZXh0AgQAB2QPV2Ug" +
        "bWVldCBtb250aGx5KAAHYwJhdAF7Qnohc6z+AACHB2MBKAAHdQR0ZXh0AXcDVGVhBAEFbm90ZXMTQWdyZWVkOgotIGFsbCBvZiBpdAEHAQMD";

    private readonly Doc doc = new();

    [Fact]
    public void a_board_that_yjs_wrote_reads_as_people_see_it()
    {
        doc.ApplyUpdate(Convert.FromBase64String(Written));
        var view = BoardView.Of(doc, withSealed: true);
        Assert.Equal<BoardColumn>([new("ideas", "Ideas 💡"), new("next", "Up next")], view.Columns);
        Assert.Equal<BoardAction>(
            [
                new("lost", "Gruß", "ideas", "Zz"),
                new("first", "Book a room", "next", "a0") { CreatedBy = "bo", CreatedAt = 1795686000000, Outcome = "Room 4" },
                new("late", "Write the minutes", "next", "a1") { Notes = "For everybody", Owner = "ann", Due = new(2026, 12, 1) },
                new("quiet", "Between us", "next", "a2") { Sealed = true },
            ],
            view.Actions);
        Assert.Equal<BoardDecision>([new("We meet monthly", 1795686060000), new("Tea", null)], view.Decisions);
        Assert.Equal("Agreed:\n- all of it", view.Notes);
        Assert.Equal(["lost", "first", "late"], BoardView.Of(doc, withSealed: false).Actions.Select(action => action.Id));
    }

    [Fact]
    public void an_empty_board_has_the_usual_columns_and_reading_it_writes_nothing()
    {
        var view = BoardView.Of(doc, withSealed: false);
        Assert.Equal(["todo", "doing", "done"], view.Columns.Select(column => column.Id));
        Assert.Equal((0, 0, ""), (view.Actions.Length, view.Decisions.Length, view.Notes));
        Assert.Equal([0, 0], doc.EncodeStateAsUpdate());
    }

    [Fact]
    public void cards_of_a_column_go_by_rank_and_those_of_one_rank_by_id()
    {
        foreach (var (id, rank) in (ReadOnlySpan<(string, string)>)[("b", "a1"), ("a", "a1"), ("c", "Zz"), ("d", "a0V"), ("e", "a0")]) Card(id).Set("rank", rank);
        Assert.Equal(["c", "e", "d", "a", "b"], BoardView.Of(doc, withSealed: false).Actions.Select(action => action.Id));
    }

    [Fact]
    public void what_is_not_plainly_open_counts_as_sealed()
    {
        YValue[] open = [false, YValue.Null, YValue.Undefined], shut = [true, 0, 1, "", "false", new byte[1], YValue.From([false])];
        foreach (var (at, value) in open.Index()) Card($"open {at}").Set("sealed", value);
        foreach (var (at, value) in shut.Index()) Card($"shut {at}").Set("sealed", value);
        Card("shut by a type").SetMap("sealed");
        Card("opened again").Set("sealed", true);
        doc.GetMap("actions")["opened again"].AsType.Doc.Transact(_ => ((YMap)doc.GetMap("actions")["opened again"].AsType).Delete("sealed"));
        Assert.Equal(["open 0", "open 1", "open 2", "opened again"], BoardView.Of(doc, withSealed: false).Actions.Select(action => action.Id));
        Assert.Equal(shut.Length + 1, BoardView.Of(doc, withSealed: true).Actions.Count(action => action.Sealed));
    }

    [Fact]
    public void a_sealed_decision_is_left_out_too()
    {
        doc.GetArray("decisions").InsertMap(0).Set("text", "between us");
        ((YMap)doc.GetArray("decisions")[0].AsType).Set("sealed", true);
        Assert.Empty(BoardView.Of(doc, withSealed: false).Decisions);
        Assert.Single(BoardView.Of(doc, withSealed: true).Decisions);
    }

    [Theory]
    [InlineData("2026-02-30")]
    [InlineData("2026-2-03")]
    [InlineData("2026-12-01T00:00")]
    [InlineData("tomorrow")]
    [InlineData("٢٠٢٦-١٢-٠١")]
    public void what_is_no_day_of_the_calendar_is_no_due_date(string due)
    {
        Card("a").Set("due", due);
        Assert.Null(Assert.Single(BoardView.Of(doc, withSealed: false).Actions).Due);
    }

    [Fact]
    public void times_that_no_calendar_knows_are_no_times()
    {
        YValue[] wrong = [double.NaN, double.PositiveInfinity, 1e300, -1e300, long.MaxValue, "1795686000000", YValue.FromBigInt(long.MinValue)];
        foreach (var (at, value) in wrong.Index()) Card($"{at}").Set("createdAt", value);
        Card("right").Set("createdAt", YValue.FromBigInt(7));
        Assert.Equal(7, Assert.Single(BoardView.Of(doc, withSealed: false).Actions, action => action.CreatedAt is not null).CreatedAt);
    }

    [Fact]
    public void fields_of_wrong_types_are_passed_over_and_the_rest_is_read()
    {
        var junk = YValue.From(Enumerable.Repeat(YValue.From([YValue.From(new Dictionary<string, YValue>(StringComparer.Ordinal) { ["a"] = 1 })]), 3).ToArray());
        foreach (var field in (string[])["notes", "owner", "due", "column", "rank", "createdBy", "createdAt", "outcome"])
        {
            Card($"plain {field}").Set(field, junk);
            Card($"list {field}").SetArray(field).Push("x");
            Card($"map {field}").SetMap(field).Set("x", 1);
            Card($"bytes {field}").Set(field, new byte[3]);
        }
        foreach (var value in (YValue[])[1, "card", junk, YValue.Null]) doc.GetMap("actions").Set($"no card {value.Kind}", value);
        doc.GetMap("actions").SetText("no card but text", "x");
        doc.GetArray("decisions").Push([junk, "a string", 4, YValue.Null]);
        doc.GetArray("decisions").InsertArray(1);
        doc.GetArray("decisions").InsertMap(0).Set("at", 4);
        doc.GetArray("columns").Push(["todo", junk]);
        doc.GetArray("columns").InsertMap(0).Set("title", "no id");
        var view = BoardView.Of(doc, withSealed: false);
        Assert.Equal(4 * 8, view.Actions.Length);
        Assert.All(view.Actions, action => Assert.Equal(new(action.Id, "", "todo", ""), action));
        Assert.Empty(view.Decisions);
        Assert.Equal(3, view.Columns.Length);
    }

    [Fact]
    public void roots_of_other_types_hold_nothing()
    {
        doc.GetText("actions").Insert(0, "a text");
        doc.GetMap("columns").Set("id", "todo");
        doc.GetText("decisions");
        doc.GetArray("notes").Push("a list");
        var view = BoardView.Of(doc, withSealed: true);
        Assert.Equal((3, 0, 0, ""), (view.Columns.Length, view.Actions.Length, view.Decisions.Length, view.Notes));

        var fresh = new Doc();
        fresh.ApplyUpdate(doc.EncodeStateAsUpdate());
        view = BoardView.Of(fresh, withSealed: true);
        Assert.Equal((3, 0, 0), (view.Columns.Length, view.Actions.Length, view.Decisions.Length));
    }

    [Fact]
    public void two_columns_of_one_id_are_the_first()
    {
        foreach (var title in (string[])["One", "Two"])
        {
            var column = doc.GetArray("columns").InsertMap(doc.GetArray("columns").Count);
            column.Set("id", "a");
            column.Set("title", title);
        }
        Assert.Equal<BoardColumn>([new("a", "One")], BoardView.Of(doc, withSealed: false).Columns);
    }

    [Fact]
    public void half_a_surrogate_pair_from_old_json_content_becomes_the_replacement_character()
    {
        // One item of client 9: ContentJSON under the key "title" of the card, which is struct 0 of client 7.
        var old = new Doc(new() { ClientId = 7 });
        old.GetMap("actions").SetMap("a");
        Assert.True(old.ApplyUpdate([1, 1, 9, 0, 0x22, 0, 7, 0, 5, .. "title"u8, 1, 8, .. "\"\\ud800\""u8, 0]).Accepted);
        Assert.Equal("\ufffd", Assert.Single(BoardView.Of(old, withSealed: false).Actions).Title);
    }

    [Fact]
    public void what_is_huge_and_no_field_of_a_board_costs_its_reader_nothing()
    {
        var many = YValue.From(Enumerable.Repeat(YValue.From(new Dictionary<string, YValue>(StringComparer.Ordinal)), 200_000).ToArray());
        Card("a").Set("title", many);
        doc.GetArray("columns").Push(Enumerable.Repeat(YValue.Null, 200_000).ToArray());
        doc.GetArray("decisions").Push(many);
        BoardView.Of(doc, withSealed: false);
        var before = GC.GetAllocatedBytesForCurrentThread();
        BoardView.Of(doc, withSealed: false);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
    }

    [Fact]
    public void lists_that_nest_in_each_other_a_hundred_thousand_deep_do_not_matter()
    {
        var inner = Card("a").SetArray("title");
        for (var depth = 0; depth < 100_000; depth++) inner = inner.InsertArray(0);
        Assert.Equal("", Assert.Single(BoardView.Of(doc, withSealed: false).Actions).Title);
    }

    private YMap Card(string id) => doc.GetMap("actions").TryGet(id, out var card) && card.Kind == YValueKind.Type ? (YMap)card.AsType : doc.GetMap("actions").SetMap(id);
}
