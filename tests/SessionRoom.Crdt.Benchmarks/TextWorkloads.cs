using System.Text;

namespace SessionRoom.Crdt.Benchmarks;

/// <summary>B1, B2 and B4 on the engine; tests/peers/crdt/bench/texts.mjs does the same with Yjs.</summary>
internal static class TextWorkloads
{
    // Encoding and parsing take well under a millisecond: one sample is many rounds.
    private const int Rounds = 100;

    public static Func<Sample> EditAndApply(IReadOnlyList<byte[]> inputs)
    {
        var edits = TextEdits.Read(inputs[0]);
        return () =>
        {
            var updates = new List<byte[]>(edits.Length);
            var author = Open(1, updates);
            var reader = Open(2);
            var text = author.GetText("t");
            var time = Clock.Time(() =>
            {
                Edit(text, edits);
                Apply(reader, updates);
            });
            return Proof.Sample(time, [.. updates, reader.EncodeStateAsUpdate()]);
        };
    }

    public static Func<Sample> EditApartAndExchange(IReadOnlyList<byte[]> inputs)
    {
        var first = TextEdits.Read(inputs[0]);
        var second = TextEdits.Read(inputs[1]);
        var initial = Encoding.UTF8.GetString(inputs[2]);
        return () =>
        {
            var one = Open(1);
            one.GetText("t").Insert(0, initial);
            var two = Open(2);
            two.ApplyUpdate(one.EncodeStateAsUpdate());
            var (fromOne, fromTwo) = (Keep(one, first.Length), Keep(two, second.Length));
            var (textOne, textTwo) = (one.GetText("t"), two.GetText("t"));
            var time = Clock.Time(() =>
            {
                Edit(textOne, first);
                Edit(textTwo, second);
                Apply(one, fromTwo);
                Apply(two, fromOne);
            });
            return Proof.Sample(time, [.. fromOne, .. fromTwo, one.EncodeStateAsUpdate(), two.EncodeStateAsUpdate()]);
        };
    }

    /// <summary>Inputs: the edits, then the words of the text that they fall into; every tenth is bold.</summary>
    public static Func<Sample> Formatted(IReadOnlyList<byte[]> inputs)
    {
        var edits = TextEdits.Read(inputs[0]);
        var bold = new Dictionary<string, YValue> { ["bold"] = true };
        var delta = Encoding.UTF8.GetString(inputs[1]).Split(' ').Select((word, i) => YDelta.Inserting(word + ' ', i % 10 == 9 ? bold : null)).ToArray();
        return () =>
        {
            var updates = new List<byte[]>(edits.Length + 1);
            var doc = Open(1, updates);
            var text = doc.GetText("t");
            text.ApplyDelta(delta);
            return Proof.Sample(Clock.Time(() => Edit(text, edits)), [.. updates, doc.EncodeStateAsUpdate()]);
        };
    }

    public static Func<Sample> Local(IReadOnlyList<byte[]> inputs)
    {
        var edits = TextEdits.Read(inputs[0]);
        return () =>
        {
            var updates = new List<byte[]>(edits.Length);
            var doc = Open(1, updates);
            var text = doc.GetText("t");
            return Proof.Sample(Clock.Time(() => Edit(text, edits)), [.. updates, doc.EncodeStateAsUpdate()]);
        };
    }

    public static Func<Sample> Applied(IReadOnlyList<byte[]> inputs)
    {
        var (_, updates) = Record(inputs[0]);
        return () =>
        {
            var doc = Open(2);
            return Proof.Sample(Clock.Time(() => Apply(doc, updates)), [doc.EncodeStateAsUpdate()]);
        };
    }

    public static Func<Sample> Together(IReadOnlyList<byte[]> inputs)
    {
        var edits = TextEdits.Read(inputs[0]);
        return () =>
        {
            var doc = Open(1);
            var text = doc.GetText("t");
            return Proof.Sample(Clock.Time(() => doc.Transact(_ => Edit(text, edits))), [doc.EncodeStateAsUpdate()]);
        };
    }

    public static Func<Sample> Encode(IReadOnlyList<byte[]> inputs)
    {
        var (doc, _) = Record(inputs[0]);
        return () =>
        {
            byte[] last = [];
            var time = Clock.Time(() =>
            {
                for (var i = 0; i < Rounds; i++)
                {
                    last = doc.EncodeStateAsUpdate();
                }
            });
            return Proof.Sample(time, [last], Rounds);
        };
    }

    public static Func<Sample> Parse(IReadOnlyList<byte[]> inputs)
    {
        var state = Record(inputs[0]).Doc.EncodeStateAsUpdate();
        return () =>
        {
            var last = Open(2);
            var time = Clock.Time(() =>
            {
                for (var i = 0; i < Rounds; i++)
                {
                    last = Load(state);
                }
            });
            return Proof.Sample(time, [last.EncodeStateAsUpdate()], Rounds);
        };
    }

    public static Func<Sample> Memory(IReadOnlyList<byte[]> inputs)
    {
        var state = Record(inputs[0]).Doc.EncodeStateAsUpdate();
        return () =>
        {
            var bytes = Clock.Kept(() => Enumerable.Range(0, 10).Select(_ => Load(state)).ToArray(), out var held);
            return Proof.Memory((double)bytes / held.Length, held[0].EncodeStateAsUpdate());
        };
    }

    public static Doc Load(byte[] state)
    {
        var doc = Open(2);
        doc.ApplyUpdate(state);
        return doc;
    }

    private static Doc Open(ulong client, List<byte[]>? updates = null)
    {
        var doc = new Doc(new DocOptions { ClientId = client });
        if (updates is not null)
        {
            doc.UpdateV1 += (_, update, _, _) => updates.Add(update.ToArray());
        }

        return doc;
    }

    private static List<byte[]> Keep(Doc doc, int expected)
    {
        var updates = new List<byte[]>(expected);
        doc.UpdateV1 += (_, update, _, local) =>
        {
            if (local)
            {
                updates.Add(update.ToArray());
            }
        };
        return updates;
    }

    private static void Edit(YText text, TextEdit[] edits)
    {
        foreach (var (at, remove, insert) in edits)
        {
            if (remove > 0)
            {
                text.Delete(at, remove);
            }

            if (insert.Length > 0)
            {
                text.Insert(at, insert);
            }
        }
    }

    private static void Apply(Doc doc, List<byte[]> updates)
    {
        foreach (var update in updates)
        {
            doc.ApplyUpdate(update);
        }
    }

    private static (Doc Doc, List<byte[]> Updates) Record(byte[] trace)
    {
        var updates = new List<byte[]>();
        var doc = Open(1, updates);
        Edit(doc.GetText("t"), TextEdits.Read(trace));
        return (doc, updates);
    }
}
