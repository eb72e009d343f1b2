using System.Text;
using Xunit.Abstractions;

namespace SessionRoom.Crdt.Tests.Types;

public sealed class TextTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, YValue> Bold = new() { ["bold"] = true };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Random_edits_far_and_near_give_what_a_plain_string_gives(bool oneTransaction)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SEED"), out var given) ? given : Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var (doc, model) = (new Doc(), new StringBuilder());
        var replica = new Doc();
        doc.UpdateV1 += (_, update, _, _) => Assert.True(replica.ApplyUpdate(update).Accepted);
        var text = doc.GetText("t");
        var transaction = oneTransaction ? doc.BeginTransaction() : null;
        for (var step = 0; step < 8_000; step++)
        {
            var near = model.Length == 0 || random.Next(3) > 0 ? Math.Min(model.Length, step % 50) : random.Next(model.Length + 1);
            if (model.Length - near < 8 || random.Next(3) > 0)
            {
                var inserted = random.Next(5) == 0 ? "é€" : new string((char)('a' + random.Next(26)), 1 + random.Next(4));
                text.Insert(near, inserted);
                model.Insert(near, inserted);
            }
            else
            {
                var length = 1 + random.Next(8);
                text.Delete(near, length);
                model.Remove(near, length);
            }
        }
        transaction?.Dispose();
        Assert.Equal(model.ToString(), text.ToString());
        Assert.Equal(model.Length, text.Length);
        Assert.Equal(model.ToString(), replica.GetText("t").ToString());
        Assert.Equal(doc.EncodeStateAsUpdate(), replica.EncodeStateAsUpdate());
    }

    [Fact]
    public void An_edit_between_the_halves_of_a_surrogate_pair_is_refused_and_changes_nothing()
    {
        var doc = new Doc();
        var text = doc.GetText("t");
        text.Insert(0, "a😀b");
        var before = doc.EncodeStateAsUpdate();
        Assert.Throws<ArgumentOutOfRangeException>(() => text.Insert(2, "x"));
        Assert.Throws<ArgumentOutOfRangeException>(() => text.Delete(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => text.Delete(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => text.Format(0, 2, Bold));
        Assert.Equal(before, doc.EncodeStateAsUpdate());
        text.Delete(1, 2);
        Assert.Equal("ab", text.ToString());
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(4, 0)]
    [InlineData(2, 2)]
    public void Indexes_outside_the_text_are_refused(int index, int length)
    {
        var text = new Doc().GetText("t");
        text.Insert(0, "abc");
        Assert.Throws<ArgumentOutOfRangeException>(() => { if (length == 0) text.Insert(index, "x"); else text.Delete(index, length); });
    }

    [Fact]
    public void Attributes_are_inherited_from_the_left_unless_given()
    {
        var text = new Doc().GetText("t");
        text.Insert(0, "ab", Bold);
        text.Insert(2, "c");
        text.Insert(3, "d", new Dictionary<string, YValue>());
        Assert.Equal([YDelta.Inserting("abc", Bold), YDelta.Inserting("d")], text.ToDelta(), DeltaComparer.Instance);
    }

    [Fact]
    public void Deleting_a_formatted_run_deletes_its_formats()
    {
        var text = new Doc().GetText("t");
        text.Insert(0, "abcd");
        text.Format(1, 2, Bold);
        text.Delete(1, 2);
        text.Insert(1, "x");
        Assert.Equal([YDelta.Inserting("axd")], text.ToDelta(), DeltaComparer.Instance);
    }

    [Fact]
    public void An_event_tells_what_was_inserted_deleted_and_formatted()
    {
        var text = new Doc().GetText("t");
        text.Insert(0, "hello world");
        IReadOnlyList<YDelta>? seen = null;
        using var observing = text.Observe(change => seen = change.Delta);
        text.Doc.Transact(_ =>
        {
            text.Format(0, 5, Bold);
            text.Delete(5, 1);
            text.Insert(5, ", ", new Dictionary<string, YValue>());
        });
        Assert.Equal([YDelta.Retaining(5, Bold), YDelta.Deleting(1), YDelta.Inserting(", ")], seen!, DeltaComparer.Instance);
    }

    [Fact]
    public void Text_nested_in_text_counts_one()
    {
        var text = new Doc().GetText("t");
        text.Insert(0, "ab");
        var nested = (YMap)text.InsertType(1, YTypeKind.Map);
        nested.Set("k", 1);
        text.InsertEmbed(3, YValue.ParseJson("""{"img":1}"""));
        Assert.Equal(4, text.Length);
        Assert.Equal("ab", text.ToString());
        Assert.Same(nested, text.ToDelta()[1].Insert.AsType);
    }
}

/// <summary>Deltas by what they say; attributes by value.</summary>
internal sealed class DeltaComparer : IEqualityComparer<YDelta>
{
    public static readonly DeltaComparer Instance = new();

    public bool Equals(YDelta? left, YDelta? right) => Json(left!) == Json(right!);

    public int GetHashCode(YDelta delta) => Json(delta).GetHashCode(StringComparison.Ordinal);

    private static string Json(YDelta delta) =>
        $"{delta.Kind} {delta.Length} {delta.Insert.ToJsonString()} {(delta.Attributes is null ? "" : YValue.From(delta.Attributes).ToJsonString())}";
}
