using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SessionRoom.Client.State;
using SessionRoom.Domain;
using Xunit.Abstractions;

namespace SessionRoom.Client.Tests;

public sealed class FoldTests(ITestOutputHelper output)
{
    [Theory] // RFC 7396, appendix A: those whose target and patch are objects.
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", "{}")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""{"e":1}""", """{"a":1}""", """{"e":1,"a":1}""")]
    [InlineData("{}", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    public void a_patch_merges_as_the_standard_says(string target, string patch, string result)
    {
        var state = JsonNode.Parse(target)!.AsObject();
        Merging.Fold(state, JsonElement.Parse(patch));
        Assert.Equal(result, state.ToJsonString());
    }

    [Fact]
    public void patches_in_any_order_with_joins_and_resyncs_between_end_in_the_rooms_state()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 200; round++) Follow(random);
    }

    private static void Follow(Random random)
    {
        var states = new List<JsonObject> { Any(random, 3) };
        var patches = new List<PatchFrame>();
        for (var seq = 1; seq <= 30; seq++)
        {
            states.Add(Any(random, 3));
            patches.Add(new(seq, seq, JsonElement.Parse("[]"), Between(states[seq - 1], states[seq])));
        }

        var fold = new RoomFold();
        var sent = patches.SelectMany(patch => Enumerable.Repeat(patch, random.Next(1, 3)))
            .OrderBy(patch => patch.Seq + random.Next(6)).ToList();
        foreach (var patch in sent)
        {
            var folded = fold.Take(patch);
            Assert.True(folded.Zip(folded.Skip(1)).All(pair => pair.Second.Seq == pair.First.Seq + 1));
            if (!fold.Follows && random.Next(3) == 0) Begin(random.Next((int)patch.Seq + 1));
            else if (random.Next(20) == 0) Begin((int)patch.Seq);
            if (fold.Follows) Assert.True(JsonNode.DeepEquals(states[(int)fold.Seq], fold.Snapshot.State), $"the state of {fold.Seq}");
        }
        if (!fold.Follows) Begin(30);
        Assert.True(JsonNode.DeepEquals(states[30], fold.Snapshot.State));
        void Begin(int seq) => fold.Begin("a", seq, Element(states[seq]));
    }

    private static JsonElement Between(JsonObject before, JsonObject after)
    {
        using var draft = new JsonDraft();
        MergePatch.Write(draft.Begin(), Encoding.UTF8.GetBytes(before.ToJsonString()), Encoding.UTF8.GetBytes(after.ToJsonString()));
        return JsonElement.Parse(draft.End());
    }

    private static JsonElement Element(JsonNode node) => JsonElement.Parse(node.ToJsonString());

    /// <summary>A document of few names, so that neighbours share them.</summary>
    private static JsonObject Any(Random random, int depth)
    {
        var made = new JsonObject();
        foreach (var name in "abcd")
            if (random.Next(3) > 0)
                made[name.ToString()] = random.Next(depth > 0 ? 4 : 2) switch
                {
                    0 => random.Next(3),
                    1 => "text",
                    2 => new JsonArray(random.Next(3), new JsonObject { ["x"] = random.Next(2) }),
                    _ => Any(random, depth - 1),
                };
        return made;
    }
}
