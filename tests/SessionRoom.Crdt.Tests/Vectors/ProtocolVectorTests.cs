using static SessionRoom.Crdt.Tests.Vectors.Hex;

namespace SessionRoom.Crdt.Tests.Vectors;

/// <summary>Bytes that y-protocols 1.0.7 and yjs 13.6.33 wrote for messages, presence and places.</summary>
public sealed class ProtocolVectorTests
{
    private const string Abc = "01 01 01 00 04 01 01 74 03 616263 00";

    [Fact]
    public void Sync_messages_carry_a_kind_and_a_payload()
    {
        var doc = Author.Holding(Abc);
        AssertBytes("00 03 010103", SyncProtocol.WriteStep1(doc));
        AssertBytes("01 0d" + Abc, SyncProtocol.WriteStep2(doc));
        AssertBytes("02 0d" + Abc, SyncProtocol.WriteUpdate(Bytes(Abc)));
    }

    [Fact]
    public void A_step_1_is_answered_by_what_its_sender_lacks()
    {
        var reply = SyncProtocol.Receive(Author.Holding(Abc), Bytes("00 03 010101"), out _);
        AssertBytes("01 0b 01 01 01 01 84 01 00 02 6263 00", reply);
    }

    [Fact]
    public void A_step_2_is_applied_and_not_answered()
    {
        var doc = new Doc();
        Assert.Null(SyncProtocol.Receive(doc, Bytes("01 0d" + Abc), out var applied));
        Assert.True(applied is { Accepted: true, Changed: true });
        Assert.Equal("abc", doc.GetText("t").ToString());
    }

    [Fact]
    public void Presence_is_a_clock_and_a_json_text()
    {
        var presence = new Awareness(7) { LocalState = """{"u":"x"}""" };
        AssertBytes("01 07 01 09 7b2275223a2278227d", presence.Encode([7]));
        presence.LocalState = null;
        AssertBytes("01 07 02 04 6e756c6c", presence.Encode([7]));
    }

    [Fact]
    public void Presence_goes_by_the_clock_and_an_equal_clock_only_removes()
    {
        var presence = new Awareness(1);
        Assert.Equal([7UL], presence.Apply(Bytes("01 07 02 07 7b2275223a317d"))!.Added);
        Assert.True(presence.Apply(Bytes("01 07 01 07 7b2275223a327d"))!.IsEmpty);
        Assert.True(presence.Apply(Bytes("01 07 02 07 7b2275223a327d"))!.IsEmpty);
        Assert.Equal("""{"u":1}""", presence.States[7]);
        Assert.Equal([7UL], presence.Apply(Bytes("01 07 02 04 6e756c6c"))!.Removed);
        Assert.True(presence.Apply(Bytes("01 07 02 07 7b2275223a327d"))!.IsEmpty);
        Assert.False(presence.States.ContainsKey(7));
    }

    [Fact]
    public void A_first_state_at_clock_0_is_ignored()
    {
        var presence = new Awareness(1);
        presence.Apply(Bytes("01 07 00 02 7b7d"));
        Assert.False(presence.States.ContainsKey(7));
    }

    [Fact]
    public void Whoever_is_declared_gone_and_lives_says_so()
    {
        var presence = new Awareness(7) { LocalState = "{}" };
        var clock = presence.GetClock(7);
        presence.Apply([1, 7, (byte)(clock + 1), 4, .. "null"u8]);
        Assert.Equal("{}", presence.LocalState);
        Assert.True(presence.GetClock(7) > clock + 1);
    }

    [Theory]
    [InlineData(0, 0, "00 01 00 00")]
    [InlineData(2, 0, "00 01 02 00")]
    [InlineData(3, 0, "01 01 74 00")]
    [InlineData(2, -1, "00 01 01 41")]
    [InlineData(3, -1, "00 01 02 41")]
    public void A_place_is_a_unit_or_the_end_of_a_root(int index, int assoc, string bytes)
    {
        var doc = Author.Holding(Abc);
        var place = RelativePosition.At(doc.GetText("t"), index, assoc);
        AssertBytes(bytes, place.Encode());
        Assert.Equal(index, RelativePosition.Decode(Bytes(bytes)).Resolve(doc)!.Value.Index);
    }

    [Fact]
    public void The_end_of_a_nested_type_names_its_holder()
    {
        var doc = new Doc(new DocOptions { ClientId = 5 });
        var nested = doc.GetArray("a").InsertText(0);
        AssertBytes("02 05 00 00", RelativePosition.At(nested, 0).Encode());
    }

    [Fact]
    public void A_place_without_its_last_number_sticks_to_the_right()
    {
        var place = RelativePosition.Decode(Bytes("00 01 01"));
        Assert.Equal(0, place.Assoc);
        Assert.Equal(1, place.Resolve(Author.Holding(Abc))!.Value.Index);
    }

    [Fact]
    public void A_place_moves_with_its_text_and_is_unknown_where_the_text_is()
    {
        var doc = Author.Holding(Abc);
        var place = RelativePosition.At(doc.GetText("t"), 1);
        doc.GetText("t").Insert(0, "__");
        Assert.Equal(3, place.Resolve(doc)!.Value.Index);
        Assert.Null(place.Resolve(new Doc()));
    }
}
