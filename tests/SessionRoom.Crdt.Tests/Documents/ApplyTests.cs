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
}
