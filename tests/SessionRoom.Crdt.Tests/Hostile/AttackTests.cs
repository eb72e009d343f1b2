using static SessionRoom.Crdt.Tests.Hostile.Craft;

namespace SessionRoom.Crdt.Tests.Hostile;

/// <summary>Attacks on a server that takes updates from strangers: each is refused, and the document is as it was.</summary>
public sealed class AttackTests
{
    private const ulong Huge = 1UL << 52;

    public static TheoryData<string> DeclaredCounts => [.. Counts.Keys];

    private static Dictionary<string, byte[]> Counts { get; } = new(StringComparer.Ordinal)
    {
        ["clients"] = Update(w => w.Uint(Huge)),
        ["structs"] = Update(w => w.Byte(1).Uint(Huge).Uint(1).Uint(0)),
        ["clients of the delete set"] = Update(w => w.Byte(0).Uint(Huge)),
        ["ranges of the delete set"] = Update(w => w.Byte(0).Byte(1).Uint(1).Uint(Huge)),
        ["values of a list"] = Structs(1, 0, 1, w => w.RootItem(Any, "a").Uint(Huge)),
        ["elements of an array"] = Structs(1, 0, 1, w => w.RootItem(Any, "a").Uint(1).Byte(117).Uint(Huge)),
        ["members of an object"] = Structs(1, 0, 1, w => w.RootItem(Any, "a").Uint(1).Byte(118).Uint(Huge)),
        ["texts of legacy json"] = Structs(1, 0, 1, w => w.RootItem(LegacyJson, "a").Uint(Huge)),
    };

    [Theory]
    [MemberData(nameof(DeclaredCounts))]
    public void A_count_that_the_remaining_bytes_cannot_hold_is_refused_before_memory_is_taken(string what)
    {
        Updates.Validate(Counts[what]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var problem = Updates.Validate(Counts[what]);
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(UpdateProblemReason.ImpossibleCount, problem?.Reason);
        Assert.InRange(taken, 0, 16_384);
        Refused(Counts[what], UpdateProblemReason.ImpossibleCount);
    }

    [Fact]
    public void A_text_longer_than_the_update_is_refused() =>
        Refused(Structs(1, 0, 1, w => w.RootItem(Text, "t").Uint(Huge)), UpdateProblemReason.Truncated);

    [Fact]
    public void A_struct_of_length_zero_is_refused()
    {
        Refused(Structs(1, 0, 1, w => w.Byte(Gc).Uint(0)), UpdateProblemReason.EmptyStruct);
        Refused(Structs(1, 0, 1, w => w.RootItem(Text, "t").String("")), UpdateProblemReason.EmptyStruct);
        Refused(Structs(1, 0, 1, w => w.RootItem(Any, "a").Uint(0)), UpdateProblemReason.EmptyStruct);
        Refused(Structs(1, 0, 1, w => w.RootItem(Deleted, "t").Uint(0)), UpdateProblemReason.EmptyStruct);
    }

    [Fact]
    public void Clocks_past_53_bits_are_refused()
    {
        Refused(Structs(1, (1UL << 53) - 2, 1, w => w.Byte(Gc).Uint(Huge)), UpdateProblemReason.NumberOutOfRange);
        Refused(Structs(1UL << 53, 0, 1, w => w.Byte(Gc).Uint(1)), UpdateProblemReason.NumberOutOfRange);
        Refused(Update(w => w.Byte(0).Byte(1).Uint(1).Byte(1).Uint((1UL << 53) - 1).Uint(Huge)), UpdateProblemReason.NumberOutOfRange);
    }

    [Fact]
    public void Clocks_past_what_a_document_holds_are_refused_there_and_kept_as_bytes()
    {
        const ulong most = 1UL << 37;
        var last = Structs(1, 0, 1, w => w.Byte(Gc).Uint(most));
        Assert.True(new Doc().ApplyUpdate(last).Accepted);
        var past = Structs(1, 0, 1, w => w.Byte(Gc).Uint(most + 1));
        Refused(past, UpdateProblemReason.NumberOutOfRange);
        Assert.Equal(past, Updates.Merge([past, last]));
    }

    /// <remarks>Yjs 13.6.33: client 1 writes "ab" to text a; another history of client 1 writes the second update to root b. The state is Yjs'.</remarks>
    [Theory]
    [InlineData("01010100040101620578797a757600", "01010100040101610561627a757600", "abzuv")]
    [InlineData("0101010008010162047d017d027d037d0400", "0102010004010161026162880101027d037d0400", "ab")]
    [InlineData("0103010021010162016b0128010162016c017d02a80100017d030101010001", "0103010001010161018401000162880100017d030101010001", "b")]
    public void Clocks_sent_again_with_another_parent_end_as_in_yjs(string forged, string state, string text)
    {
        var doc = new Doc(new() { ClientId = 9 });
        Assert.True(doc.ApplyUpdate(Convert.FromHexString("010101000401016102616200")).Accepted);
        Assert.True(doc.ApplyUpdate(Convert.FromHexString(forged)).Accepted);
        Assert.Equal(state, Convert.ToHexStringLower(doc.EncodeStateAsUpdate()));
        Assert.Equal(text, doc.GetText("a").ToString());
    }

    [Fact]
    public void A_run_that_would_use_up_a_victims_clocks_is_refused_where_runs_are_bounded()
    {
        var limits = new UpdateLimits { MaxRunLength = 100_000 };
        Refused(Structs(1, 0, 1, w => w.Byte(Gc).Uint(1UL << 40)), UpdateProblemReason.RunTooLong, limits);
        Refused(Structs(1, 0, 1, w => w.RootItem(Deleted, "t").Uint(1UL << 40)), UpdateProblemReason.RunTooLong, limits);
    }

    [Fact]
    public void An_update_tells_whose_clocks_it_claims()
    {
        var claimed = Updates.Clients(Structs(77, 5, 3, w => w.Byte(Gc).Uint(4).Byte(Skip).Uint(9).Byte(Gc).Uint(2)));
        Assert.All(claimed, range => Assert.Equal(77UL, range.Client));
        Assert.Equal(6UL, claimed.Aggregate(0UL, (sum, range) => sum + range.Length));
    }

    [Fact]
    public void A_reference_to_oneself_or_ahead_is_refused()
    {
        Refused(Structs(1, 4, 1, w => w.Byte(Text | Origin).Id(1, 4).String("x")), UpdateProblemReason.ForwardReference);
        Refused(Structs(1, 4, 1, w => w.Byte(Text | Origin).Id(1, 900).String("x")), UpdateProblemReason.ForwardReference);
        Refused(Structs(1, 4, 1, w => w.Byte(Text | Right).Id(1, 5).String("x")), UpdateProblemReason.ForwardReference);
        Refused(Structs(1, 4, 1, w => w.Byte(Text).Byte(0).Id(1, 4).String("x")), UpdateProblemReason.ForwardReference);
    }

    [Fact]
    public void Two_clients_whose_parents_are_each_other_wait_for_ever_and_cost_nothing_more()
    {
        var cycle = Update(w => w.Byte(2)
            .Uint(1).Uint(2).Uint(0).Byte(Nested).Byte(0).Id(1, 0).Byte(1)
            .Uint(1).Uint(1).Uint(0).Byte(Nested).Byte(0).Id(2, 0).Byte(1)
            .Byte(0));
        var doc = new Doc();
        Assert.True(doc.ApplyUpdate(cycle) is { Accepted: true, Pending: true });
        Assert.Equal(0UL, doc.GetState(1) + doc.GetState(2));
        doc.GetText("t").Insert(0, "works on");
        Assert.Equal("works on", doc.GetText("t").ToString());
    }

    [Fact]
    public void Neighbours_in_different_types_do_not_tear_the_document()
    {
        // The right neighbour stands in another list than the origin: nobody wrote that, everybody must survive it.
        var doc = new Doc(new DocOptions { ClientId = 1 });
        doc.GetText("t").Insert(0, "abc");
        doc.GetText("r").Insert(0, "xyz");
        doc.ApplyUpdate(Structs(2, 0, 1, w => w.Byte(Text | Origin | Right).Id(1, 0).Id(1, 4).String("!")));
        doc.ApplyUpdate(Structs(3, 0, 1, w => w.Byte(Text | Origin | Right).Id(1, 2).Id(1, 0).String("?")));
        doc.GetText("t").Delete(0, doc.GetText("t").Length);
        doc.GetText("r").Insert(0, "k");
        var reader = new Doc();
        Assert.True(reader.ApplyUpdate(doc.EncodeStateAsUpdate()).Accepted);
        Assert.Equal(doc.EncodeStateVector(), reader.EncodeStateVector());
    }

    [Theory]
    [InlineData(117)]
    [InlineData(118)]
    public void A_value_nested_too_deep_is_refused(int tag) =>
        Refused(
            Structs(1, 0, 1, w =>
            {
                w.RootItem(Any, "a").Uint(1);
                for (var i = 0; i < 200_000; i++)
                {
                    w.Byte(tag).Byte(1);
                    if (tag == 118)
                    {
                        w.String("k");
                    }
                }

                w.Byte(126);
            }),
            UpdateProblemReason.TooDeep);

    [Fact]
    public void Json_nested_too_deep_is_refused() =>
        Refused(
            Structs(1, 0, 1, w => w.RootItem(Embed, "t").String(new string('[', 200_000) + new string(']', 200_000))),
            UpdateProblemReason.InvalidJson);

    [Fact]
    public void Text_that_is_not_utf8_is_refused() =>
        Refused(Structs(1, 0, 1, w => w.RootItem(Text, "t").Bytes([0xC3, 0x28])), UpdateProblemReason.InvalidText);

    [Fact]
    public void An_embed_that_is_not_json_is_refused() =>
        Refused(Structs(1, 0, 1, w => w.RootItem(Embed, "t").String("{img:")), UpdateProblemReason.InvalidJson);

    [Fact]
    public void Unknown_contents_and_types_are_refused()
    {
        Refused(Structs(1, 0, 1, w => w.RootItem(11, "t").Byte(1)), UpdateProblemReason.UnknownTag);
        Refused(Structs(1, 0, 1, w => w.RootItem(31, "t").Byte(1)), UpdateProblemReason.UnknownTag);
        Refused(Structs(1, 0, 1, w => w.RootItem(Nested, "t").Byte(7)), UpdateProblemReason.UnknownTag);
        Refused(Structs(1, 0, 1, w => w.RootItem(Any, "t").Byte(1).Byte(90)), UpdateProblemReason.UnknownTag);
    }

    [Fact]
    public void Bytes_after_the_end_are_refused() => Refused([0, 0, 0], UpdateProblemReason.TrailingBytes);

    [Fact]
    public void An_update_over_the_size_limit_is_refused() =>
        Refused(
            Structs(1, 0, 1, w => w.RootItem(Text, "t").String(new string('x', 2000))),
            UpdateProblemReason.TooLong,
            new UpdateLimits { MaxBytes = 1000 });

    [Fact]
    public void Presence_that_is_malformed_changes_nothing()
    {
        var presence = new Awareness(1);
        Assert.Null(presence.Apply([1, 7, 1, 3, (byte)'{', (byte)'u', (byte)':']));
        Assert.Null(presence.Apply([0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 7]));
        Assert.Null(presence.Apply([1, 7, 1, 2, 0xC3, 0x28]));
        Assert.Single(presence.States);
    }

    internal static void Refused(byte[] update, UpdateProblemReason reason, UpdateLimits? limits = null)
    {
        Assert.Equal(reason, Updates.Validate(update, limits)?.Reason);
        var doc = new Doc(new DocOptions { ClientId = 9, Limits = limits ?? UpdateLimits.Default });
        doc.GetText("t").Insert(0, "stays");
        doc.GetMap("m").Set("k", 1);
        var before = doc.EncodeStateAsUpdate();
        var events = 0;
        doc.UpdateV1 += (_, _, _, _) => events++;
        Assert.Equal(reason, doc.ApplyUpdate(update).Problem?.Reason);
        Assert.Equal(before, doc.EncodeStateAsUpdate());
        Assert.Equal(0, events);
        Assert.False(doc.HasPending);
    }
}
