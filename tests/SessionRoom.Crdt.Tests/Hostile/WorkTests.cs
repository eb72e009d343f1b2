using System.Diagnostics;
using SessionRoom.Crdt.Tests.Differential;
using static SessionRoom.Crdt.Tests.Hostile.Craft;

namespace SessionRoom.Crdt.Tests.Hostile;

/// <summary>Attacks that are sound as bytes and aim at time, memory and the stack.</summary>
public sealed class WorkTests
{
    [Fact]
    public void Types_nested_a_hundred_thousand_deep_are_read_written_and_collected_but_not_exported()
    {
        const int depth = 100_000;
        var tower = Structs(1, 0, depth, w =>
        {
            w.RootItem(Nested, "a").Byte(0);
            for (var i = 1; i < depth; i++)
            {
                w.Byte(Nested).Byte(0).Id(1, (ulong)(i - 1)).Byte(0);
            }
        });
        var doc = new Doc(new DocOptions { ClientId = 2 });
        Assert.True(doc.ApplyUpdate(tower).Accepted);
        Assert.Throws<InvalidOperationException>(() => doc.GetArray("a").ToJson());
        Assert.Equal(tower, doc.EncodeStateAsUpdate());
        doc.GetArray("a").Delete(0);
        Assert.Equal(0, doc.GetArray("a").Count);
        Assert.InRange(doc.EncodeStateAsUpdate().Length, 1, 64);
    }

    [Fact]
    public void What_waits_is_bounded()
    {
        var limits = new UpdateLimits { MaxPendingBytes = 10_000 };
        var doc = new Doc(new DocOptions { ClientId = 9, Limits = limits });
        doc.GetText("t").Insert(0, "stays");
        var refusals = 0;
        for (ulong client = 100; client < 400; client++)
        {
            var fake = Structs(client, 1000, 1, w => w.RootItem(Text, "t").String(new string('x', 100)));
            var result = doc.ApplyUpdate(fake);
            refusals += result.Problem?.Reason == UpdateProblemReason.PendingFull ? 1 : 0;
            Assert.InRange(doc.PendingBytes, 0, 10_000);
        }

        Assert.InRange(refusals, 200, 299);
        Assert.Equal("stays", doc.GetText("t").ToString());
        doc.DropPending();
        Assert.Equal(0, doc.PendingBytes);
        Assert.False(doc.HasPending);
    }

    [Fact]
    public void Deletions_of_what_never_comes_are_bounded_too()
    {
        var doc = new Doc(new DocOptions { Limits = new UpdateLimits { MaxPendingBytes = 4_000 } });
        var refused = false;
        for (ulong client = 100; client < 2000 && !refused; client++)
        {
            refused = doc.ApplyUpdate(Update(w => w.Byte(0).Byte(1).Uint(client).Byte(1).Uint(5).Uint(5))).Problem?.Reason
                == UpdateProblemReason.PendingFull;
        }

        Assert.True(refused);
        Assert.InRange(doc.PendingBytes, 1, 4_000);
    }

    [Fact]
    public void Thousands_of_items_at_one_place_are_metered()
    {
        // Larger ids first: each next one has to pass all before it.
        const int clients = 4000;
        var crowd = Update(w =>
        {
            w.Uint(clients);
            for (var i = 0; i < clients; i++)
            {
                w.Byte(1).Uint((ulong)(i + 1)).Uint(0).RootItem(Text, "t").String("x");
            }

            w.Byte(0);
        });
        var doc = new Doc(new DocOptions { Limits = new UpdateLimits { MaxSteps = 1_000 } });
        var result = doc.ApplyUpdate(crowd);
        Assert.True(result.Accepted || result.Problem!.Reason == UpdateProblemReason.TooMuchWork);
        var start = Stopwatch.GetTimestamp();
        var free = new Doc();
        Assert.True(free.ApplyUpdate(crowd).Accepted);
        Assert.Equal(clients, free.GetText("t").Length);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void An_update_that_takes_too_many_steps_changes_nothing()
    {
        var update = Crossing(400);
        var doc = new Doc(new DocOptions { ClientId = 9, Limits = new UpdateLimits { MaxSteps = 2_000 } });
        doc.GetText("t").Insert(0, "stays");
        var before = doc.EncodeStateAsUpdate();
        Assert.Equal(UpdateProblemReason.TooMuchWork, doc.ApplyUpdate(update).Problem?.Reason);
        Assert.Equal(before, doc.EncodeStateAsUpdate());
        Assert.Equal("stays", doc.GetText("t").ToString());
        doc.GetText("t").Insert(5, " and works");
        Assert.Equal("stays and works", doc.GetText("t").ToString());
        Assert.True(new Doc().ApplyUpdate(update).Accepted);
    }

    /// <summary>Everybody begins behind client 1's first letter, before another of its letters each: all that stands between is passed.</summary>
    private static byte[] Crossing(int clients) => Update(w =>
    {
        w.Uint(clients + 1).Byte(1).Uint(1).Uint(0).RootItem(Text, "t").String(new string('o', clients + 1));
        for (var i = 0; i < clients; i++)
        {
            var right = (ulong)(i * 7919 % clients) + 1;
            w.Byte(1).Uint((ulong)(i + 2)).Uint(0).Byte(Text | Origin | Right).Id(1, 0).Id(1, right).String("x");
        }

        w.Byte(0);
    });

    [Fact]
    public void A_few_v2_bytes_cannot_declare_a_billion_structs()
    {
        // Every column is a run as long as its count says: 2^40 structs in some forty bytes.
        var bomb = V2(structs: 1UL << 40);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        Assert.NotNull(Updates.ValidateV2(bomb));
        Assert.False(new Doc().ApplyUpdateV2(bomb).Accepted);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static byte[] V2(ulong structs) => Update(w =>
    {
        void Column(Action<ScriptWriter> write)
        {
            var column = new ScriptWriter();
            write(column);
            w.Bytes(column.Written);
        }

        w.Byte(0);
        Column(_ => { });
        Column(c => c.Byte(0x41).Uint(structs));
        Column(_ => { });
        Column(_ => { });
        Column(c => c.Byte(0));
        Column(c => c.String(""));
        Column(_ => { });
        Column(_ => { });
        Column(c => c.Byte(0x41).Uint(structs));
        w.Byte(1).Uint(structs).Uint(0).Byte(0);
    });

    [Fact]
    public void A_document_that_keeps_its_past_can_show_it_after_everything_was_deleted()
    {
        var doc = new Doc(new DocOptions { ClientId = 1, Gc = false });
        doc.GetText("t").Insert(0, "the minutes");
        var before = doc.Snapshot();
        Assert.True(doc.ApplyUpdate(Update(w => w.Byte(0).Byte(1).Uint(1).Byte(1).Uint(0).Uint(11))).Accepted);
        Assert.Equal("", doc.GetText("t").ToString());
        Assert.Equal("the minutes", doc.RestoreSnapshot(before).GetText("t").ToString());
    }
}
