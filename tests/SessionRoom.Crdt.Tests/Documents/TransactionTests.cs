namespace SessionRoom.Crdt.Tests.Documents;

public sealed class TransactionTests
{
    [Fact]
    public void Nested_transactions_join_and_give_one_update_with_their_origin()
    {
        var doc = new Doc();
        var origins = new List<object?>();
        doc.UpdateV1 += (_, _, origin, local) => origins.Add(local ? origin : "remote");
        doc.Transact(_ =>
        {
            doc.GetText("t").Insert(0, "a");
            doc.Transact(_ => doc.GetText("t").Insert(1, "b"), "inner");
        }, "outer");
        Assert.Equal(["outer"], origins);
    }

    [Fact]
    public void A_transaction_without_changes_gives_no_update()
    {
        var doc = new Doc();
        var (updates, ends) = (0, 0);
        doc.UpdateV1 += (_, _, _, _) => updates++;
        doc.AfterTransaction += _ => ends++;
        doc.Transact(_ => { });
        Assert.Equal((0, 1), (updates, ends));
    }

    [Fact]
    public void A_failing_observer_stops_neither_collection_nor_the_update_nor_the_others()
    {
        var doc = new Doc(new() { ClientId = 1 });
        var text = doc.GetText("t");
        text.Insert(0, "abc");
        var (seen, updates) = (0, 0);
        using var failing = text.Observe(_ => throw new InvalidOperationException("observer"));
        using var counting = text.Observe(_ => seen++);
        doc.UpdateV1 += (_, _, _, _) => updates++;
        var thrown = Assert.Throws<AggregateException>(() => text.Delete(1, 1));
        Assert.Equal("observer", Assert.Single(thrown.InnerExceptions).Message);
        Assert.Equal((1, 1), (seen, updates));
        Assert.Equal("010301000401017401618101000184010101630101010101", Convert.ToHexStringLower(doc.EncodeStateAsUpdate()));
    }

    [Fact]
    public void What_an_observer_edits_follows_as_a_transaction_of_its_own()
    {
        var doc = new Doc(new() { ClientId = 1 });
        var (text, log) = (doc.GetText("t"), doc.GetArray("log"));
        var replica = new Doc();
        var updates = 0;
        doc.UpdateV1 += (_, update, _, _) =>
        {
            updates++;
            replica.ApplyUpdate(update);
        };
        using var observing = text.Observe(change => log.Push(change.Delta.Count));
        text.Insert(0, "a");
        text.Delete(0, 1);
        Assert.Equal(4, updates);
        Assert.Equal("[1,1]", log.ToJson().ToJsonString());
        Assert.Equal("[1,1]", replica.GetArray("log").ToJson().ToJsonString());
        Assert.Equal(doc.EncodeStateAsUpdate(), replica.EncodeStateAsUpdate());
    }

    [Fact]
    public void A_disposed_observer_hears_nothing()
    {
        var text = new Doc().GetText("t");
        var seen = 0;
        text.Observe(_ => seen++).Dispose();
        text.Insert(0, "a");
        Assert.Equal(0, seen);
    }

    [Fact]
    public void A_document_that_keeps_its_past_can_be_read_and_restored_as_it_was()
    {
        var doc = new Doc(new() { Gc = false });
        var text = doc.GetText("t");
        text.Insert(0, "hello world");
        text.Delete(0, 6);
        var then = Snapshot.Decode(doc.Snapshot().Encode());
        text.Insert(5, "!");
        text.Delete(0, 2);
        Assert.Equal("rld!", text.ToString());
        Assert.Equal("world", Assert.Single(text.ToDelta(then)).Insert.AsString);
        Assert.Equal("world", doc.RestoreSnapshot(then).GetText("t").ToString());
        Assert.NotEqual(then, doc.Snapshot());
        Assert.Throws<InvalidOperationException>(() => new Doc().RestoreSnapshot(then));
    }

    [Fact]
    public void A_document_at_rest_answers_from_its_bytes_and_wakes_with_its_handles_and_observers()
    {
        var doc = new Doc(new() { ClientId = 1 });
        var map = doc.GetMap("m");
        var nested = map.SetText("t", "abc");
        var gone = map.SetMap("gone");
        map.Delete("gone");
        var empty = doc.GetArray("empty");
        var seen = 0;
        using var observing = map.ObserveDeep(_ => seen++);
        var (state, vector) = (doc.EncodeStateAsUpdate(), doc.EncodeStateVector());

        doc.Rest();

        Assert.Equal(state, doc.EncodeStateAsUpdate());
        Assert.Equal(vector, doc.EncodeStateVector());
        Assert.True(doc.IsResting);
        nested.Insert(3, "d");
        Assert.False(doc.IsResting);
        Assert.Equal(1, seen);
        Assert.Equal("abcd", nested.ToString());
        Assert.Same(nested, map["t"].AsType);
        Assert.True(gone.IsDeleted);
        empty.Push(1);
        Assert.Equal(YTypeKind.Array, empty.Kind);
        Assert.Throws<InvalidOperationException>(() => doc.Transact(_ => doc.Rest()));
    }
}
