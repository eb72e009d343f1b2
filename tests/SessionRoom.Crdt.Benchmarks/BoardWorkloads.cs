using System.Buffers.Binary;
using System.Diagnostics;

namespace SessionRoom.Crdt.Benchmarks;

/// <summary>B3 and a room's board on the engine; tests/peers/crdt/bench/boards.mjs does the same with Yjs.</summary>
internal static class BoardWorkloads
{
    /// <summary>Inputs: the updates of clients that all wrote at once, made by Yjs.</summary>
    public static Func<Sample> Crowd(IReadOnlyList<byte[]> updates) => () =>
    {
        var doc = new Doc(new DocOptions { ClientId = 1UL << 32 });
        var time = Clock.Time(() => Apply(doc, updates));
        return Proof.Sample(time, [doc.EncodeStateAsUpdate()]);
    };

    public static Func<Sample> ApplyEach(IReadOnlyList<byte[]> inputs)
    {
        var first = Blobs(inputs[0])[0];
        var updates = Blobs(inputs[1]);
        var each = new double[updates.Length];
        return () =>
        {
            var doc = TextWorkloads.Load(first);
            var time = Clock.Time(() =>
            {
                for (var i = 0; i < updates.Length; i++)
                {
                    var start = Stopwatch.GetTimestamp();
                    doc.ApplyUpdate(updates[i]);
                    each[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                }
            });
            return Proof.Sample(time, [doc.EncodeStateAsUpdate()], updates.Length, each.Order().ElementAt(each.Length * 99 / 100));
        };
    }

    public static Workload Diff(int lacking) => inputs =>
    {
        var doc = Board(inputs);
        var vector = Board(inputs, lacking).EncodeStateVector();
        return Repeated(() => doc.EncodeStateAsUpdate(vector), 2_000);
    };

    public static Func<Sample> StateVector(IReadOnlyList<byte[]> inputs)
    {
        var doc = Board(inputs);
        return Repeated(doc.EncodeStateVector, 20_000);
    }

    public static Func<Sample> Merge(IReadOnlyList<byte[]> inputs)
    {
        ReadOnlyMemory<byte>[] updates = [.. Blobs(inputs[0]), .. Blobs(inputs[1])];
        return () =>
        {
            byte[] merged = [];
            var time = Clock.Time(() => merged = Updates.Merge(updates));
            return Proof.Sample(time, [TextWorkloads.Load(merged).EncodeStateAsUpdate()]);
        };
    }

    public static Func<Sample> DiffOfBytes(IReadOnlyList<byte[]> inputs)
    {
        var state = Board(inputs).EncodeStateAsUpdate();
        var vector = Board(inputs, 100).EncodeStateVector();
        return Repeated(() => Updates.Diff(state, vector), 200);
    }

    public static Func<Sample> StateVectorOfBytes(IReadOnlyList<byte[]> inputs)
    {
        var state = Board(inputs).EncodeStateAsUpdate();
        return Repeated(() => Updates.StateVector(state), 200);
    }

    /// <summary>Inputs: the workload's script, then one board as Yjs encoded it.</summary>
    public static Func<Sample> ThousandLoaded(IReadOnlyList<byte[]> inputs) => () =>
    {
        Doc[] boards = [];
        var time = Clock.Time(() => boards = Fill(new Doc[1000], inputs[1]));
        return Proof.Sample(time, [boards[^1].EncodeStateAsUpdate()], boards.Length);
    };

    public static Func<Sample> ThousandKept(IReadOnlyList<byte[]> inputs) => () =>
    {
        var bytes = Clock.Kept(() => Fill(new Doc[1000], inputs[1]), out var boards);
        return Proof.Memory((double)bytes / boards.Length, boards[^1].EncodeStateAsUpdate());
    };

    /// <summary>Bytes allocated per update that a server replica applies, once it is warm.</summary>
    public static double AllocatedPerUpdate(IReadOnlyList<byte[]> inputs)
    {
        var updates = Blobs(inputs[1]);
        Board(inputs);
        var doc = TextWorkloads.Load(Blobs(inputs[0])[0]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Apply(doc, updates);
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / updates.Length;
    }

    private static Doc[] Fill(Doc[] boards, byte[] state)
    {
        for (var i = 0; i < boards.Length; i++)
        {
            boards[i] = TextWorkloads.Load(state);
        }

        return boards;
    }

    private static Doc Board(IReadOnlyList<byte[]> inputs, int lacking = 0)
    {
        var doc = TextWorkloads.Load(Blobs(inputs[0])[0]);
        Apply(doc, Blobs(inputs[1])[..^lacking]);
        return doc;
    }

    private static void Apply(Doc doc, IReadOnlyList<byte[]> updates)
    {
        foreach (var update in updates)
        {
            doc.ApplyUpdate(update);
        }
    }

    private static Func<Sample> Repeated(Func<byte[]> body, int rounds) => () =>
    {
        byte[] last = [];
        var time = Clock.Time(() =>
        {
            for (var i = 0; i < rounds; i++)
            {
                last = body();
            }
        });
        return Proof.Sample(time, [last], rounds);
    };

    /// <summary>u32 little-endian count, then per blob its length and bytes.</summary>
    private static byte[][] Blobs(ReadOnlySpan<byte> bytes)
    {
        var blobs = new byte[BinaryPrimitives.ReadInt32LittleEndian(bytes)][];
        var rest = bytes[4..];
        for (var i = 0; i < blobs.Length; i++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
            blobs[i] = rest.Slice(4, length).ToArray();
            rest = rest[(4 + length)..];
        }

        return blobs;
    }
}
