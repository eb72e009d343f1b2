using static SessionRoom.Crdt.Tests.Vectors.Hex;

namespace SessionRoom.Crdt.Tests.Vectors;

/// <summary>Bytes that yjs 13.6.33 wrote for texts, clients and states.</summary>
public sealed class TextVectorTests
{
    private const string Abc = "01 01 01 00 04 01 01 74 03 616263 00";

    [Fact]
    public void An_empty_document_is_two_zeros_and_its_state_vector_one()
    {
        AssertBytes("0000", new Doc().EncodeStateAsUpdate());
        AssertBytes("00", new Doc().EncodeStateVector());
    }

    [Fact]
    public void Typed_text_is_one_string_item()
    {
        var author = new Author();
        author.Doc.GetText("t").Insert(0, "abc");
        AssertBytes(Abc, Assert.Single(author.Sent));
        AssertBytes(Abc, author.Doc.EncodeStateAsUpdate());
        AssertBytes("01 01 03", author.Doc.EncodeStateVector());
        Assert.Equal("abc", Author.Holding(Abc).GetText("t").ToString());
    }

    [Fact]
    public void An_insertion_in_the_middle_splits_the_item()
    {
        var author = new Author();
        author.Doc.GetText("t").Insert(0, "abc");
        author.Doc.GetText("t").Insert(1, "X");
        AssertBytes("01 01 01 03 c4 01 00 01 01 01 58 00", author.Sent[1]);
        AssertBytes("01 03 01 00 04 01 01 74 01 61 84 01 00 02 6263 c4 01 00 01 01 01 58 00", author.Doc.EncodeStateAsUpdate());
        Assert.Equal("aXbc", author.Doc.GetText("t").ToString());
    }

    [Fact]
    public void A_deletion_is_a_range_and_its_content_a_length()
    {
        var author = new Author();
        author.Doc.GetText("t").Insert(0, "abc");
        author.Doc.GetText("t").Delete(1, 1);
        AssertBytes("00 01 01 01 01 01", author.Sent[1]);
        AssertBytes("01 03 01 00 04 01 01 74 01 61 81 01 00 01 84 01 01 01 63 01 01 01 01 01", author.Doc.EncodeStateAsUpdate());
    }

    [Fact]
    public void Formatting_is_two_items_around_the_text()
    {
        var author = new Author();
        author.Doc.GetText("t").Insert(0, "abc");
        author.Doc.GetText("t").Format(0, 2, new Dictionary<string, YValue>(StringComparer.Ordinal) { ["bold"] = true });
        AssertBytes("01 02 01 03 46 01 00 04 626f6c64 04 74727565 c6 01 01 01 02 04 626f6c64 04 6e756c6c 00", author.Sent[1]);
        var delta = author.Doc.GetText("t").ToDelta();
        Assert.Equal("ab c", string.Join(" ", delta.Select(step => step.Insert.AsString)));
        Assert.True(delta[0].Attributes!["bold"].AsBoolean);
        Assert.Null(delta[1].Attributes);
    }

    [Fact]
    public void An_embed_is_json()
    {
        const string bytes = "01 01 01 00 05 01 01 74 09 7b22696d67223a317d 00";
        var author = new Author();
        author.Doc.GetText("t").InsertEmbed(0, YValue.ParseJson("""{"img":1}"""));
        AssertBytes(bytes, author.Sent[0]);
        Assert.Equal("""{"img":1}""", Author.Holding(bytes).GetText("t").ToDelta()[0].Insert.ToJsonString());
    }

    [Fact]
    public void A_surrogate_pair_counts_two()
    {
        var author = new Author();
        author.Doc.GetText("t").Insert(0, "😀");
        AssertBytes("01 01 01 00 04 01 01 74 04 f09f9880 00", author.Sent[0]);
        AssertBytes("01 01 02", author.Doc.EncodeStateVector());
        Assert.Equal(2, author.Doc.GetText("t").Length);
    }

    [Fact]
    public void A_client_id_may_fill_32_bits()
    {
        const string bytes = "01 01 ffffffff0f 00 04 01 01 74 01 61 00";
        var author = new Author(uint.MaxValue);
        author.Doc.GetText("t").Insert(0, "a");
        AssertBytes(bytes, author.Sent[0]);
        Assert.Equal("a", Author.Holding(bytes).GetText("t").ToString());
    }

    [Fact]
    public void Of_two_insertions_at_one_place_the_smaller_client_id_is_left()
    {
        const string a = "01 01 01 00 04 01 01 74 01 41 00";
        const string b = "01 01 02 00 04 01 01 74 01 42 00";
        foreach (var doc in new[] { Author.Holding(a, b), Author.Holding(b, a) })
        {
            Assert.Equal("AB", doc.GetText("t").ToString());
            AssertBytes("02 01 02 00 04 01 01 74 01 42 01 01 00 04 01 01 74 01 41 00", doc.EncodeStateAsUpdate());
        }
    }

    [Fact]
    public void What_follows_a_gap_waits_and_is_encoded_nevertheless()
    {
        const string last = "01 01 01 02 84 01 01 01 63 00";
        var doc = Author.Holding(last);
        Assert.True(doc.HasPending);
        Assert.Equal("", doc.GetText("t").ToString());
        AssertBytes("00", doc.EncodeStateVector());
        AssertBytes(last, doc.EncodeStateAsUpdate());
        Author.Apply(doc, Abc);
        Assert.False(doc.HasPending);
        Assert.Equal("abc", doc.GetText("t").ToString());
    }

    [Fact]
    public void A_merge_over_a_gap_holds_a_skip()
    {
        const string merged = "01 03 01 00 04 01 01 74 01 61 0a 01 84 01 01 01 63 00";
        AssertBytes(merged, Updates.Merge([Bytes("01 01 01 00 04 01 01 74 01 61 00"), Bytes("01 01 01 02 84 01 01 01 63 00")]));
        AssertBytes("01 01 01", Updates.StateVector(Bytes(merged)));
    }

    [Fact]
    public void A_difference_begins_inside_an_item()
    {
        const string rest = "01 01 01 01 84 01 00 02 6263 00";
        AssertBytes(rest, Author.Holding(Abc).EncodeStateAsUpdate(Bytes("01 01 01")));
        AssertBytes(rest, Updates.Diff(Bytes(Abc), Bytes("01 01 01")));
    }

    [Theory]
    [InlineData(127UL, "7f")]
    [InlineData(128UL, "8001")]
    [InlineData(300UL, "ac02")]
    [InlineData(16384UL, "808001")]
    [InlineData((1UL << 32) - 1, "ffffffff0f")]
    [InlineData((1UL << 53) - 1, "ffffffffffffff0f")]
    public void A_number_takes_seven_bits_a_byte(ulong clock, string bytes)
    {
        AssertBytes("01 01 " + bytes, Updates.EncodeStateVector(new Dictionary<ulong, ulong> { [1] = clock }));
        Assert.Equal(clock, Updates.DecodeStateVector(Bytes("01 01 " + bytes))[1]);
    }

    [Fact]
    public void A_number_past_2_to_the_53rd_is_refused() =>
        Assert.Throws<FormatException>(() => Updates.DecodeStateVector(Bytes("01 01 80808080808080 10")));
}
