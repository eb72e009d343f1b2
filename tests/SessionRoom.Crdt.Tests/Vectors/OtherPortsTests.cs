using static SessionRoom.Crdt.Tests.Vectors.Hex;

namespace SessionRoom.Crdt.Tests.Vectors;

/// <summary>The mistakes that other ports of Yjs shipped, each where it would show.</summary>
public sealed class OtherPortsTests
{
    private const string KeyIs1 = "01 01 01 00 28 01 01 6d 01 6b 01 7d 01 00";
    private const string KeyIs2 = "01 01 01 01 a8 01 00 01 7d 02 01 01 01 00 01";

    [Fact]
    public void A_set_key_flag_beside_an_origin_brings_no_key() =>
        Assert.Null(Updates.Validate(Bytes(KeyIs2)));

    [Fact]
    public void The_empty_key_is_not_the_absence_of_a_key()
    {
        var doc = Author.Holding("01 01 01 00 28 01 01 6d 00 01 78 00", "01 01 01 01 a8 01 00 01 79 01 01 01 00 01");
        Assert.False(doc.GetMap("m")[""].AsBoolean);
        Assert.Equal(1, doc.GetMap("m").Count);
    }

    [Fact]
    public void An_item_that_waited_for_its_origin_inherits_the_key()
    {
        var doc = Author.Holding(KeyIs2);
        Assert.True(doc.HasPending);
        Author.Apply(doc, KeyIs1);
        Assert.Equal(2, doc.GetMap("m")["k"].AsNumber);
        Assert.False(doc.HasPending);
    }

    [Fact]
    public void Gc_and_skip_are_structs()
    {
        var doc = Author.Holding("01 02 01 00 01 01 01 61 01 00 03 01 01 01 00 04");
        Assert.Equal(4UL, doc.GetState(1));
        Assert.Null(Updates.Validate(Bytes("01 03 01 00 04 01 01 74 01 61 0a 01 84 01 01 01 63 00")));
        Assert.Equal(1UL, Author.Holding("01 03 01 00 04 01 01 74 01 61 0a 01 84 01 01 01 63 00").GetState(1));
    }

    [Fact]
    public void An_item_of_a_root_waits_for_its_right_neighbour()
    {
        // Client 2 wrote X before client 1's "abc": no origin, a right origin, no parent.
        var doc = Author.Holding("01 01 02 00 44 01 00 01 58 00");
        Assert.True(doc.HasPending);
        Author.Apply(doc, "01 01 01 00 04 01 01 74 03 616263 00");
        Assert.Equal("Xabc", doc.GetText("t").ToString());
    }

    [Fact]
    public void A_parent_may_come_later_in_the_same_update()
    {
        var doc = Author.Holding("02 01 01 00 28 00 09 00 01 78 01 7d 01 01 09 00 27 01 01 6d 01 6e 01 00");
        Assert.Equal("""{"n":{"x":1}}""", doc.GetMap("m").ToJson().ToJsonString());
    }

    [Fact]
    public void The_last_item_of_a_keys_chain_is_its_value_in_whatever_order_they_came()
    {
        // 5 wrote; 2 had seen that and wrote again; 3 and 4 had seen nothing. 2's item stands behind 5's, so it wins
        // over 3's and 4's, which land before 5's although their ids are larger than 2.
        string[] updates =
        [
            "01 01 05 00 28 01 01 6d 01 6b 01 77 04 66697665 00",
            "01 01 02 00 a8 05 00 01 77 03 74776f 01 05 01 00 01",
            "01 01 03 00 28 01 01 6d 01 6b 01 77 05 7468726565 00",
            "01 01 04 00 28 01 01 6d 01 6b 01 77 04 666f7572 00",
        ];
        foreach (var order in Orders(updates))
        {
            var doc = Author.Holding(order);
            Assert.Equal("two", doc.GetMap("m")["k"].AsString);
            Assert.Equal(1, doc.GetMap("m").Count);
        }
    }

    [Fact]
    public void Of_concurrent_writes_of_a_key_the_largest_client_id_wins()
    {
        string[] updates = [.. Enumerable.Range(1, 3).Select(client => $"01 01 0{client} 00 28 01 01 6d 01 6b 01 7d 0{client} 00")];
        foreach (var order in Orders(updates))
        {
            Assert.Equal(3, Author.Holding(order).GetMap("m")["k"].AsNumber);
        }
    }

    [Fact]
    public void A_subdocuments_guid_and_options_are_kept()
    {
        const string bytes = "01 01 01 00 29 01 01 6d 01 73 01 47 76 02 02 6763 79 04 6d657461 77 01 78 00";
        var doc = Author.Holding(bytes);
        AssertBytes(bytes, doc.EncodeStateAsUpdate());
        Assert.Equal("x", doc.GetMap("m")["s"].AsDocument.Options.AsObject["meta"].AsString);
    }

    [Fact]
    public void Xml_attributes_are_values_not_texts()
    {
        var author = new Author();
        var element = author.Doc.GetXmlFragment("x").InsertElement(0, "p");
        element.SetAttribute("n", 7);
        element.SetAttribute("o", YValue.ParseJson("""{"a":[true]}"""));
        var reader = new Doc();
        Author.Apply(reader, author.Doc.EncodeStateAsUpdate());
        var read = (YXmlElement)reader.GetXmlFragment("x").Children[0];
        Assert.Equal(7, read.GetAttributes()["n"].AsNumber);
        Assert.Equal("""{"a":[true]}""", read.GetAttributes()["o"].ToJsonString());
        Assert.Equal(author.Doc.EncodeStateAsUpdate(), reader.EncodeStateAsUpdate());
    }

    [Fact]
    public void Children_have_clocks_above_their_containers()
    {
        var author = new Author();
        author.Doc.Transact(_ =>
        {
            var outer = author.Doc.GetMap("m").SetMap("outer");
            outer.SetArray("list").Insert(0, 1);
            outer.SetText("text", "x").Insert(1, "y");
        });
        // A child with a smaller clock than its holder would be a forward reference.
        Assert.Null(Updates.Validate(author.Sent[0]));
        Assert.Equal("""{"outer":{"list":[1],"text":"xy"}}""", Author.Holding(Convert.ToHexString(author.Sent[0])).GetMap("m").ToJson().ToJsonString());
    }

    [Fact]
    public void Client_ids_have_53_bits_and_clocks_more_than_32()
    {
        // Client 2^53−1: a collected run of 2^33 clocks, then "a".
        const string structs = "01 02 ffffffffffffff0f 00 00 8080808020 04 01 01 74 01 61";
        var doc = Author.Holding(structs + "00");
        Assert.Equal("a", doc.GetText("t").ToString());
        Assert.Equal((1UL << 33) + 1, doc.GetState((1UL << 53) - 1));
        AssertBytes(structs + "01 ffffffffffffff0f 01 00 8080808020", doc.EncodeStateAsUpdate());
    }

    [Fact]
    public void An_observer_that_throws_stops_nothing()
    {
        var author = new Author();
        var text = author.Doc.GetText("t");
        text.Insert(0, "abc");
        var told = 0;
        using var first = text.Observe(_ => throw new InvalidOperationException("observer"));
        using var second = text.Observe(_ => told++);
        Assert.Throws<AggregateException>(() => text.Delete(0, 2));
        Assert.Equal(1, told);
        AssertBytes("00 01 01 01 00 02", author.Sent[1]);
        AssertBytes("01 02 01 00 01 01 01 74 02 84 01 01 01 63 01 01 01 00 02", author.Doc.EncodeStateAsUpdate());
    }

    [Fact]
    public void A_document_reads_its_own_state_after_collecting()
    {
        var author = new Author(3);
        var list = author.Doc.GetArray("a");
        for (var i = 0; i < 20; i++)
        {
            author.Doc.Transact(_ => list.InsertMap(i / 2).SetArray("x").Insert(0, new YValue[] { i, "y" }));
        }

        list.Delete(3, 9);
        author.Doc.GetMap("m").Set("k", 1);
        author.Doc.GetMap("m").Set("k", 2);
        var state = author.Doc.EncodeStateAsUpdate();
        var reader = new Doc();
        Author.Apply(reader, state);
        Assert.Equal(state, reader.EncodeStateAsUpdate());
        Assert.Equal(author.Doc.ToJson(), reader.ToJson());
    }

    private static IEnumerable<string[]> Orders(string[] updates) =>
        updates.Length == 1
            ? [updates]
            : updates.SelectMany((first, i) => Orders([.. updates[..i], .. updates[(i + 1)..]]).Select(rest => (string[])[first, .. rest]));
}
