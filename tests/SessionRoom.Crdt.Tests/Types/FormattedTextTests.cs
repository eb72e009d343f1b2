using System.Globalization;
using Xunit.Abstractions;

namespace SessionRoom.Crdt.Tests.Types;

/// <summary>Places in texts with formats: what the position index says, and what it costs.</summary>
public sealed class FormattedTextTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, YValue> Bold = new() { ["bold"] = true };

    [Theory]
    [InlineData(1, 2)]
    [InlineData(4, 3)]
    [InlineData(70, 2)]
    public void The_index_gives_the_attributes_that_a_walk_gives_in_the_same_order(int keys, int values)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var docs = Enumerable.Range(1, 2).Select(client => new Doc(new DocOptions { ClientId = (ulong)client })).ToArray();
        for (var step = 0; step < 3_000; step++)
        {
            var doc = docs[random.Next(2)];
            Edit(doc.GetText("t"), random, keys, values);
            if (random.Next(8) == 0)
            {
                var other = docs[doc == docs[0] ? 1 : 0];
                Assert.True(other.ApplyUpdate(doc.EncodeStateAsUpdate(other.EncodeStateVector())).Accepted);
            }

            if (step % 10 == 9)
            {
                CompareAt(doc, random);
            }
        }

        Assert.InRange(docs[0].Store.ItemCount, 1_000, int.MaxValue);
    }

    private static void Edit(YText text, Random random, int keys, int values)
    {
        var at = random.Next(text.Length + 1);
        var length = Math.Min(text.Length - at, 1 + random.Next(random.Next(20) == 0 ? 200 : 6));
        var attributes = new Dictionary<string, YValue>(StringComparer.Ordinal);
        for (var i = random.Next(3); i >= 0; i--)
        {
            var value = random.Next(values + 1);
            attributes[$"key {random.Next(keys)}"] = value == 0 ? YValue.Null : value;
        }

        switch (random.Next(6))
        {
            case 0: text.Delete(at, length); break;
            case 1: text.Format(at, length, attributes); break;
            case 2: text.Insert(at, "abc", attributes); break;
            case 3: text.ApplyDelta([YDelta.Retaining(at), YDelta.Inserting("delta", attributes)]); break;
            default: text.Insert(at, "word"); break;
        }
    }

    private static void CompareAt(Doc doc, Random random)
    {
        var store = doc.Store;
        var text = doc.GetText("t");
        if (text.Length == 0)
        {
            return;
        }

        var there = store.Locate(text.Index, random.Next(text.Length), out _);
        var walked = new Formats();
        for (var item = text.FirstItem; ; item = store.Items[item].Right)
        {
            if (store.Items[item].IsLiveFormat)
            {
                var (key, value) = ValueContent.Format(store, store.Items[item]);
                walked.Apply(key, value);
            }

            if (item == there)
            {
                break;
            }
        }

        Assert.Equal(walked.ToArray(), store.IndexPositions(text.Index).FormatsBehind(store, there).ToArray());
    }

    [Fact]
    public void An_edit_of_a_formatted_text_takes_no_more_steps_in_one_sixteen_times_as_long()
    {
        var (shorter, longer) = (StepsPerEdit(words: 2_000), StepsPerEdit(words: 32_000));
        output.WriteLine($"{shorter} steps in the short text, {longer} in the long one");
        Assert.InRange(longer, 1, shorter * 2);
        Assert.InRange(longer, 1, 400);
    }

    /// <summary>In a text in which every tenth word is bold, every hundredth a link, and one key never held.</summary>
    private static double StepsPerEdit(int words)
    {
        const int edits = 1_000;
        var doc = new Doc(new DocOptions { ClientId = 1 });
        var text = doc.GetText("t");
        text.ApplyDelta(Enumerable.Range(0, words).Select(i => YDelta.Inserting("word ", i % 100 == 1 ? Link(i) : i % 10 == 0 ? Bold : null)));
        text.Format(0, 1, new Dictionary<string, YValue> { ["once"] = true });
        var random = new Random(5);
        text.Insert(text.Length / 2, "the index is built");
        var before = doc.Store.Walked;
        for (var i = 0; i < edits; i++)
        {
            var at = random.Next(text.Length - 10);
            switch (i % 4)
            {
                case 0: text.Delete(at, 3); break;
                case 1: text.Format(at, 4, Bold); break;
                case 2: text.ApplyDelta([YDelta.Retaining(at), YDelta.Inserting("x")]); break;
                default: text.Insert(at, "abc"); break;
            }
        }

        return (double)(doc.Store.Walked - before) / edits;
    }

    private static Dictionary<string, YValue> Link(int number) => new() { ["bold"] = true, ["href"] = $"page {number}" };

    [Fact]
    public void A_text_without_formats_keeps_nothing_for_them()
    {
        var doc = new Doc(new DocOptions { ClientId = 1 });
        var text = doc.GetText("t");
        for (var i = 0; i < 2_000; i++)
        {
            text.Insert(i * 7 % (text.Length + 1), "ab");
        }

        Assert.True(doc.Store.Positions(text.Index) is { HasMarks: false });
        text.Format(1_000, 1, Bold);
        Assert.True(doc.Store.Positions(text.Index) is { HasMarks: true });
    }
}
