using System.Buffers.Binary;
using SessionRoom.Crdt.Tests.Differential;

namespace SessionRoom.Crdt.Tests.Budgets;

/// <summary>Bytes allocated per operation: deterministic where nanoseconds are not.</summary>
public sealed class AllocationTests
{
    private static readonly byte[][] Updates5000 = Blobs("board.updates.v1");
    private static readonly byte[] Init = Blobs("board.init.v1")[0];

    [Fact]
    public void A_board_update_is_applied_within_300_bytes()
    {
        Board();
        var doc = new Doc();
        doc.ApplyUpdate(Init);
        var taken = Allocated(() => ApplyAll(doc));
        Assert.InRange(taken / (double)Updates5000.Length, 0, 300);
    }

    [Fact]
    public void Opening_a_board_allocates_little_more_than_five_times_its_bytes()
    {
        var state = Board().EncodeStateAsUpdate();
        new Doc().ApplyUpdate(state);
        var taken = Allocated(() => new Doc().ApplyUpdate(state));
        Assert.InRange(taken / (double)state.Length, 0, 5.5);
    }

    [Fact]
    public void Validating_a_board_update_allocates_nothing()
    {
        Validate();
        Assert.Equal(0, Allocated(Validate));

        static void Validate()
        {
            foreach (var update in Updates5000)
            {
                if (Updates.Validate(update) is not null)
                {
                    Assert.Fail("a board update does not validate");
                }
            }
        }
    }

    [Fact]
    public void A_state_vector_costs_its_own_bytes()
    {
        var doc = Board();
        var vector = doc.EncodeStateVector();
        Assert.InRange(Allocated(() => vector = doc.EncodeStateVector()), vector.Length, vector.Length + 32);
    }

    [Fact]
    public void A_diff_costs_little_more_than_its_own_bytes()
    {
        var doc = Board();
        var vector = doc.EncodeStateVector();
        var diff = doc.EncodeStateAsUpdate(vector);
        Assert.InRange(Allocated(() => diff = doc.EncodeStateAsUpdate(vector)), diff.Length, (diff.Length * 2) + 512);
    }

    [Fact]
    public void Typing_a_letter_allocates_at_most_200_bytes()
    {
        var doc = new Doc(new DocOptions { ClientId = 1 });
        var text = doc.GetText("t");
        Type(text, 2_000);
        Assert.InRange(Allocated(() => Type(text, 10_000)) / 10_000.0, 0, 200);

        static void Type(YText text, int letters)
        {
            for (var i = 0; i < letters; i++)
            {
                text.Insert(text.Length, "x");
            }
        }
    }

    private static Doc Board()
    {
        var doc = new Doc();
        doc.ApplyUpdate(Init);
        ApplyAll(doc);
        return doc;
    }

    private static void ApplyAll(Doc doc)
    {
        foreach (var update in Updates5000)
        {
            doc.ApplyUpdate(update);
        }
    }

    private static long Allocated(Action body)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        body();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    internal static byte[][] Blobs(string file)
    {
        var bytes = File.ReadAllBytes(Repository.Data(file));
        var blobs = new byte[BinaryPrimitives.ReadInt32LittleEndian(bytes)][];
        for (int i = 0, at = 4; i < blobs.Length; i++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
            blobs[i] = bytes.AsSpan(at + 4, length).ToArray();
            at += 4 + length;
        }

        return blobs;
    }
}
