using static SessionRoom.Crdt.Tests.Vectors.Hex;

namespace SessionRoom.Crdt.Tests.Vectors;

/// <summary>Bytes that yjs 13.6.33 wrote for maps, lists, values, XML and subdocuments.</summary>
public sealed class TypeVectorTests
{
    private const string One = "01 01 01 00 28 01 01 6d 01 6b 01 7d 01 00";
    private const string Two = "01 01 01 01 a8 01 00 01 7d 02 01 01 01 00 01";

    [Fact]
    public void A_second_write_of_a_key_does_not_repeat_the_key()
    {
        var author = new Author();
        author.Doc.GetMap("m").Set("k", 1);
        author.Doc.GetMap("m").Set("k", 2);
        AssertBytes(One, author.Sent[0]);
        AssertBytes(Two, author.Sent[1]);
        AssertBytes("01 02 01 00 21 01 01 6d 01 6b 01 a8 01 00 01 7d 02 01 01 01 00 01", author.Doc.EncodeStateAsUpdate());
        Assert.Equal(2, Author.Holding(One, Two).GetMap("m")["k"].AsNumber);
    }

    [Fact]
    public void The_empty_string_is_a_key()
    {
        const string bytes = "01 01 01 00 28 01 01 6d 00 01 78 00";
        var author = new Author();
        author.Doc.GetMap("m").Set("", true);
        AssertBytes(bytes, author.Sent[0]);
        Assert.Equal("", Assert.Single(Author.Holding(bytes).GetMap("m").Keys));
    }

    [Fact]
    public void Values_are_written_as_lib0_writes_them()
    {
        const string bytes =
            "01 01 01 00 08 01 01 61 0f 7e 78 79 7d00 7d41 7d3f 7d8001 7dc001 7dbfffffff0f 7c4f000000 7c3fc00000 7b3fb999999999999a " +
            "7702c3a9 760101617d01 75017d01 00";
        var author = new Author();
        author.Doc.GetArray("a").Insert(0, new YValue[]
        {
            YValue.Null, true, false, 0, -1, 63, 64, -64, 2147483647, 2147483648.0, 1.5, 0.1, "é",
            YValue.ParseJson("""{"a":1}"""), YValue.ParseJson("[1]"),
        });
        AssertBytes(bytes, author.Sent[0]);
        AssertBytes(bytes, Author.Holding(bytes).EncodeStateAsUpdate());
        Assert.Equal(author.Doc.GetArray("a").ToList(), Author.Holding(bytes).GetArray("a").ToList());
    }

    [Theory]
    [InlineData(0.0, "7d00")]
    [InlineData(-0.0, "7d40")]
    [InlineData(1.0, "7d01")]
    [InlineData(-65.0, "7dc101")]
    [InlineData(8191.0, "7dbf7f")]
    [InlineData(8192.0, "7d808001")]
    [InlineData(-2147483648.0, "7ccf000000")]
    [InlineData(1099511627776.0, "7c53800000")]
    [InlineData(2147483649.0, "7b41e0000000200000")]
    [InlineData(double.PositiveInfinity, "7c7f800000")]
    [InlineData(double.NaN, "7b7ff8000000000000")]
    public void A_number_takes_the_shortest_tag_that_holds_it(double number, string bytes)
    {
        var author = new Author();
        author.Doc.GetMap("m").Set("k", number);
        AssertBytes("01 01 01 00 28 01 01 6d 01 6b 01 " + bytes + " 00", author.Sent[0]);
        Assert.Equal(number, Author.Holding(Convert.ToHexString(author.Sent[0])).GetMap("m")["k"].AsNumber);
    }

    [Fact]
    public void Undefined_and_bigint_have_tags_of_their_own()
    {
        var author = new Author();
        author.Doc.GetMap("m").Set("k", YValue.Undefined);
        author.Doc.GetMap("m").Set("k", YValue.FromBigInt(5));
        AssertBytes("01 01 01 00 28 01 01 6d 01 6b 01 7f 00", author.Sent[0]);
        AssertBytes("01 01 01 01 a8 01 00 01 7a 0000000000000005 01 01 01 00 01", author.Sent[1]);
    }

    [Fact]
    public void Bytes_are_a_content_of_their_own()
    {
        const string bytes = "01 01 01 00 23 01 01 6d 01 62 03 010203 00";
        var author = new Author();
        author.Doc.GetMap("m").Set("b", new byte[] { 1, 2, 3 });
        AssertBytes(bytes, author.Sent[0]);
        Assert.Equal([1, 2, 3], Author.Holding(bytes).GetMap("m")["b"].AsBytes.ToArray());
    }

    [Fact]
    public void A_nested_map_precedes_its_entries()
    {
        const string bytes = "01 02 01 00 27 01 01 6d 01 6e 01 28 00 01 00 01 78 01 7d 01 00";
        var author = new Author();
        author.Doc.Transact(_ => author.Doc.GetMap("m").SetMap("n").Set("x", 1));
        AssertBytes(bytes, author.Sent[0]);
        Assert.Equal("""{"n":{"x":1}}""", Author.Holding(bytes).GetMap("m").ToJson().ToJsonString());
    }

    [Fact]
    public void A_deleted_list_leaves_its_holder_as_a_length_and_its_content_as_gc()
    {
        var author = new Author();
        var list = author.Doc.GetArray("a");
        author.Doc.Transact(_ => list.InsertArray(0).Insert(0, new YValue[] { 1, 2, 3 }));
        list.Delete(0);
        AssertBytes("01 02 01 00 01 01 01 61 01 00 03 01 01 01 00 04", author.Doc.EncodeStateAsUpdate());
    }

    [Fact]
    public void An_xml_element_holds_attributes_and_nodes()
    {
        const string bytes = "01 04 01 00 07 01 01 78 03 01 70 28 00 01 00 01 63 01 77 01 31 07 00 01 00 06 04 00 01 02 02 6869 00";
        var author = new Author();
        author.Doc.Transact(_ =>
        {
            var paragraph = author.Doc.GetXmlFragment("x").InsertElement(0, "p");
            paragraph.SetAttribute("c", "1");
            paragraph.InsertText(0, "hi");
        });
        AssertBytes(bytes, author.Sent[0]);
        var reader = Author.Holding(bytes);
        Assert.Equal("""<p c="1">hi</p>""", reader.GetXmlFragment("x").ToString());
        AssertBytes(bytes, reader.EncodeStateAsUpdate());
    }

    [Fact]
    public void A_subdocument_is_its_guid_and_options()
    {
        const string bytes = "01 01 01 00 29 01 01 6d 01 73 01 47 76 00 00";
        var author = new Author();
        author.Doc.GetMap("m").Set("s", YValue.From(new YSubdocument("G")));
        AssertBytes(bytes, author.Sent[0]);
        Assert.Equal("G", Author.Holding(bytes).GetMap("m")["s"].AsDocument.Guid);
    }

    [Fact]
    public void Legacy_json_content_is_read_and_kept()
    {
        // Ref 2: texts of JSON, and the word undefined.
        const string bytes = "01 01 01 00 02 01 01 61 03 01 31 09 756e646566696e6564 07 7b2261223a317d 00";
        var doc = Author.Holding(bytes);
        AssertBytes(bytes, doc.EncodeStateAsUpdate());
        var values = doc.GetArray("a").ToList();
        Assert.Equal(1, values[0].AsNumber);
        Assert.Equal(YValueKind.Undefined, values[1].Kind);
        Assert.Equal(1, values[2].AsObject["a"].AsNumber);
    }
}
