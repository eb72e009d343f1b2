using Xunit.Abstractions;

namespace SessionRoom.Crdt.Tests.Documents;

/// <summary>Random histories on a replica that refuses most updates: each refusal must leave it as it was, and able to take the update later.</summary>
public sealed class RefusalHistoryTests(ITestOutputHelper output)
{
    [Fact]
    public void A_refusal_half_way_leaves_no_trace()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SEED"), out var given) ? given : Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var refusals = 0;
        for (var history = 0; history < 200; history++) refusals += Play(random);
        Assert.True(refusals > 200, $"only {refusals} refusals");
    }

    private static int Play(Random random)
    {
        var authors = Enumerable.Range(10, 4).Select(id => new Doc(new() { ClientId = (ulong)id })).ToArray();
        var gc = random.Next(4) > 0;
        var limits = UpdateLimits.Default with { MaxSteps = random.Next(6), MaxPendingBytes = random.Next(3) == 0 ? 40 : 1 << 20 };
        var (victim, reference) = (new Doc(new() { ClientId = 1, Gc = gc, Limits = limits }), new Doc(new() { ClientId = 2, Gc = gc }));
        var text = victim.GetText("t");
        reference.GetText("t");
        var refusals = 0;
        for (var step = 0; step < 40; step++)
        {
            var author = authors[random.Next(4)];
            author.Transact(_ => { for (var edits = random.Next(1, 6); edits > 0; edits--) Edit(author, random); });
            var reader = authors[random.Next(4)];
            reader.ApplyUpdate(author.EncodeStateAsUpdate(reader.EncodeStateVector()));
            var update = author.EncodeStateAsUpdate(victim.EncodeStateVector());
            if (random.Next(5) == 0) update = Updates.Diff(update, authors[random.Next(4)].EncodeStateVector());

            var (state, content, length) = (victim.EncodeStateAsUpdate(), victim.ToJson(), text.Length);
            var result = victim.ApplyUpdate(update);
            if (!result.Accepted)
            {
                refusals++;
                Assert.True(result.Problem!.Reason is UpdateProblemReason.TooMuchWork or UpdateProblemReason.PendingFull, result.Problem.ToString());
                Assert.Equal(state, victim.EncodeStateAsUpdate());
                Assert.Equal(content, victim.ToJson());
                Assert.Equal(length, text.Length);
                // Inside a transaction the limits do not hold: now it must go in.
                using var open = victim.BeginTransaction();
                Assert.True(victim.ApplyUpdate(update).Accepted);
            }
            reference.ApplyUpdate(update);
            Assert.Equal(reference.ToJson(), victim.ToJson());
        }
        return refusals;
    }

    private static void Edit(Doc doc, Random random)
    {
        var (text, map) = (doc.GetText("t"), doc.GetMap("m"));
        switch (random.Next(7))
        {
            case 0 or 1: text.Insert(random.Next(text.Length + 1), random.Next(4) == 0 ? "é" : new string((char)('a' + random.Next(26)), random.Next(1, 5))); break;
            case 2 when text.Length > 0:
                var from = random.Next(text.Length);
                text.Delete(from, random.Next(1, text.Length - from + 1));
                break;
            case 3: map.Set($"k{random.Next(3)}", random.Next(100)); break;
            case 4: map.SetMap($"n{random.Next(2)}").SetText("y", "abc"); break;
            case 5: map.Delete($"n{random.Next(2)}"); break;
            default: doc.GetArray($"a{random.Next(3)}").Insert(0, [1, "x", random.Next(9)]); break;
        }
    }
}
