namespace SessionRoom.Crdt.Tests.Documents;

/// <summary>Refusals leave a document as it was; pending data waits its turn.</summary>
public sealed class ApplyTests
{
    [Fact]
    public void An_update_that_takes_too_much_work_is_taken_back_completely()
    {
        var victim = new Doc(new() { ClientId = 1, Limits = UpdateLimits.Default with { MaxSteps = 50 } });
        var text = victim.GetText("t");
        text.Insert(0, "hello");
        victim.GetMap("m").Set("k", "mine");
        text.Delete(1, 1);
        var (before, content) = (victim.EncodeStateAsUpdate(), victim.ToJson());

        // A hundred clients write to the same place, overwrite the key, cut the text and delete some of it.
        var crowd = new Doc(new() { ClientId = 5000 });
        crowd.ApplyUpdate(before);
        crowd.GetMap("m").Set("k", "theirs");
        crowd.GetMap("another root").Set("k", "theirs");
        crowd.GetText("t").InsertEmbed(0, "😀");
        crowd.GetText("t").Insert(2, "cut");
        crowd.GetText("t").Delete(0, 1);
        var updates = new List<ReadOnlyMemory<byte>> { crowd.EncodeStateAsUpdate(victim.EncodeStateVector()) };
        for (var i = 0; i < 100; i++)
        {
            var one = new Doc(new() { ClientId = 100 + (ulong)i });
            one.GetText("t").Insert(0, "x");
            updates.Add(one.EncodeStateAsUpdate());
        }
        var attack = Updates.Merge(updates);
        var raised = 0;
        victim.UpdateV1 += (_, _, _, _) => raised++;

        var result = victim.ApplyUpdate(attack);

        Assert.Equal(UpdateProblemReason.TooMuchWork, result.Problem!.Reason);
        Assert.False(result.Changed);
        Assert.Equal(0, raised);
        Assert.Equal(before, victim.EncodeStateAsUpdate());
        Assert.Equal("hllo", text.ToString());
        Assert.Equal(content, victim.ToJson());
        Assert.Equal("mine", victim.GetMap("m")["k"].AsString);
        text.Insert(4, "!");
        Assert.Equal("hllo!", text.ToString());
        var copy = new Doc();
        Assert.True(copy.ApplyUpdate(victim.EncodeStateAsUpdate()).Accepted);
        Assert.True(copy.ApplyUpdate(attack).Accepted);
    }

    [Fact]
    public void Pending_data_beyond_its_cap_is_refused_and_the_rest_of_the_update_with_it()
    {
        var doc = new Doc(new() { Limits = UpdateLimits.Default with { MaxPendingBytes = 100 } });
        var writer = new Doc();
        writer.GetText("t").Insert(0, "a");
        var known = writer.EncodeStateVector();
        writer.GetText("t").Insert(1, new string('b', 200));
        writer.GetText("t").Delete(0, 1);
        var late = writer.EncodeStateAsUpdate(known);
        var result = doc.ApplyUpdate(late);
        Assert.Equal(UpdateProblemReason.PendingFull, result.Problem!.Reason);
        Assert.False(doc.HasPending);
        Assert.Equal("0000", Convert.ToHexStringLower(doc.EncodeStateAsUpdate()));
    }

    [Fact]
    public void Text_that_continued_a_struct_is_taken_back_with_a_refused_update()
    {
        var author = new Doc(new() { ClientId = 1 });
        author.GetText("t").Insert(0, "grüße");
        var doc = new Doc(new() { ClientId = 9, Limits = UpdateLimits.Default with { MaxPendingBytes = 10 } });
        doc.ApplyUpdate(author.EncodeStateAsUpdate());
        var before = doc.EncodeStateAsUpdate();
        var known = author.EncodeStateVector();
        author.GetText("t").Insert(5, " aus 😀 köln");
        author.GetText("t").Delete(2, 4);
        var stranger = new Doc(new() { ClientId = 2 });
        stranger.GetText("t").Insert(0, "never sent");
        var unknown = stranger.EncodeStateVector();
        stranger.GetText("t").Insert(10, "waits for what was never sent");

        var refused = doc.ApplyUpdate(Updates.Merge([author.EncodeStateAsUpdate(known), stranger.EncodeStateAsUpdate(unknown)]));

        Assert.Equal(UpdateProblemReason.PendingFull, refused.Problem!.Reason);
        Assert.Equal(before, doc.EncodeStateAsUpdate());
        Assert.Equal("grüße", doc.GetText("t").ToString());
        Assert.True(doc.ApplyUpdate(author.EncodeStateAsUpdate(known)).Accepted);
        Assert.Equal("graus 😀 köln", doc.GetText("t").ToString());
        Assert.Equal(author.EncodeStateAsUpdate(), doc.EncodeStateAsUpdate());
    }

    [Fact]
    public void Chains_across_clients_find_their_turn_in_one_update()
    {
        // Two clients alternate, each continuing what the other wrote: every struct waits for the other client's last one.
        var (one, two) = (new Doc(new() { ClientId = 1 }), new Doc(new() { ClientId = 2 }));
        for (var i = 0; i < 20; i++)
        {
            one.GetText("t").Insert(one.GetText("t").Length, $"a{i}");
            two.ApplyUpdate(one.EncodeStateAsUpdate(two.EncodeStateVector()));
            two.GetText("t").Insert(two.GetText("t").Length, $"b{i}");
            one.ApplyUpdate(two.EncodeStateAsUpdate(one.EncodeStateVector()));
        }
        var reader = new Doc();
        Assert.False(reader.ApplyUpdate(one.EncodeStateAsUpdate()).Pending);
        Assert.Equal(one.GetText("t").ToString(), reader.GetText("t").ToString());
    }

    [Fact]
    public void Somebody_who_writes_under_our_id_makes_us_take_another()
    {
        var doc = new Doc(new() { ClientId = 7 });
        var twin = new Doc(new() { ClientId = 7 });
        twin.GetText("t").Insert(0, "x");
        doc.ApplyUpdate(twin.EncodeStateAsUpdate());
        Assert.NotEqual(7UL, doc.ClientId);
    }

    [Fact]
    public void Interleaved_typing_of_two_people_stays_linear_in_bytes()
    {
        var (one, two) = (new Doc(new() { ClientId = 1 }), new Doc(new() { ClientId = 2 }));
        one.UpdateV1 += (_, update, _, local) => { if (local) two.ApplyUpdate(update); };
        two.UpdateV1 += (_, update, _, local) => { if (local) one.ApplyUpdate(update); };
        for (var i = 0; i < 2000; i++)
        {
            one.GetText("a").Insert(i, "a");
            two.GetText("b").Insert(i, "b");
        }
        Assert.Equal(new string('a', 2000), two.GetText("a").ToString());
        Assert.Equal(new string('b', 2000), one.GetText("b").ToString());
        Assert.Equal(one.EncodeStateAsUpdate(), two.EncodeStateAsUpdate());
        Assert.InRange(one.EncodeStateAsUpdate().Length, 4000, 4050);
    }

    /// <summary>Damaged updates repeat a client's clocks under other parents, so that a list runs through structs of a second one. Some of the
    /// second then outlive its collection, and the last update writes beside them (SEED=9500000, mutation 58579).</summary>
    [Fact]
    public void An_item_beside_what_a_collected_type_left_behind_is_deleted_at_once()
    {
        (bool IsV2, string Bytes)[] history =
        [
            (false, "010104032801016d016c017d0700"),
            (false, "0105040bc60401040204626f6c640e7b226e223a5b747275652c375d7dc6040b040204687265660e7b226e223a5b747275652c375d7dc4040c040201"
                + "00c6040d040204626f6c64046e756c6cc6040e04020468766566046e756c6c00"),
            (false, "00010201ffffffff0701"),
            (false, "01040200070101780505686f6f6b302801017200017b000008000000000128010172016b017705c39fe4b8ad04010174010a00"),
            (false, "010c030007010161000700030003017007000301030364697628000302036b6579017928000302016c017c5a00000087030203017028000305036b65"
                + "7901792800030502c3a9017602016b770661f09f98806204f09f98807712f09f91a8e2808df19f91a9e2808df09f91a728000301016b017500890300"
                + "0567756964347600870309000800030a017501770a3031323334353637383900"),
            (false, "0102030107010178060400030112f09f91a8e2818df09f91a9e2808df09f91a700"),
            (true, "0000024200010000030700040e0b7830313333343536373839010a0301000001060001020000"),
            (false, "000102010601"),
            (false, "01010200040101700a3031323334353637383900"),
            (false, "0102020346020004626f6c640c223031323334353638383922c60201ffffffff0f0204626f6c6404225c6e220102010001"),
            (false, "000105010206"),
            (false, "0101ffffffff0f000401017202c4a900"),
            (false, "000103012201"),
            (false, "010102002801016d02c3a9017df12d00"),
            (false, "010201062701016d016b000700010603017000"),
            (false, "010102212301016d036b657902090800"),
            (true, "0001000242060402000800030004080f010081004100c10007000400870044201b7278c3a9686f6f6b32f09f91a8e2808df09f91a9e2808df09f91a7"
                + "4101050803010100020605030241010108000102010000"),
        ];
        var doc = new Doc(new() { ClientId = 99 });
        doc.GetText("t").Insert(0, "stays");

        foreach (var (isV2, bytes) in history)
        {
            var update = Convert.FromHexString(bytes);
            Assert.Null((isV2 ? doc.ApplyUpdateV2(update) : doc.ApplyUpdate(update)).Problem);
        }

        Assert.EndsWith("stays", doc.GetText("t").ToString(), StringComparison.Ordinal);
        var copy = new Doc();
        Assert.True(copy.ApplyUpdate(doc.EncodeStateAsUpdate()).Accepted);
        Assert.Equal(doc.EncodeStateVector(), copy.EncodeStateVector());
    }
}
