using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SessionRoom.Domain.Tests;

/// <summary>The examples of RFC 7396, appendix A, and what they lead to.</summary>
public sealed class MergePatchTests
{
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", "{}")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""["a","b"]""", """["c","d"]""", """["c","d"]""")]
    [InlineData("""{"a":"b"}""", """["c"]""", """["c"]""")]
    [InlineData("""{"a":"foo"}""", "null", "null")]
    [InlineData("""{"a":"foo"}""", "\"bar\"", "\"bar\"")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("[1,2]", """{"a":"b","c":null}""", """{"a":"b"}""")]
    [InlineData("{}", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    public void it_applies_as_the_standard_says(string target, string patch, string expected) =>
        Assert.Equal(expected, MergePatch.Apply(JsonNode.Parse(target), JsonNode.Parse(patch))?.ToJsonString() ?? "null");

    [Fact] public void applying_leaves_the_patch_as_it_is()
    {
        var patch = JsonNode.Parse("""{"a":{"b":[1]}}""");
        var once = MergePatch.Apply(new JsonObject(), patch)!;
        once["a"]!["b"]!.AsArray().Add(2);
        Assert.Equal("""{"a":{"b":[1]}}""", patch!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"a":1,"b":{"c":[1,2],"d":"x"}}""", """{"b":{"c":[2,1]},"e":{}}""", """{"a":null,"b":{"d":null,"c":[2,1]},"e":{}}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":{"b":1}}""", "{}")]
    [InlineData("""{"a":[1]}""", """{"a":{"b":1}}""", """{"a":{"b":1}}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":2}""", """{"a":2}""")]
    [InlineData("""{"a":"\u0022"}""", """{"a":"\u0022\n"}""", """{"a":"\u0022\n"}""")]
    public void a_patch_says_what_changed_and_nothing_else(string before, string after, string expected)
    {
        using var draft = new JsonDraft();
        MergePatch.Write(draft.Begin(), Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(after));
        Assert.Equal(expected, Encoding.UTF8.GetString(draft.End()));
    }

    [Fact] public void what_failed_in_the_middle_leaves_nothing_in_the_next()
    {
        using var draft = new JsonDraft();
        Assert.ThrowsAny<JsonException>(() => MergePatch.Write(draft.Begin(), """{"a":1}"""u8, """{"a":{"b":2},"c":"""u8));
        MergePatch.Write(draft.Begin(), """{"a":1}"""u8, """{"a":2}"""u8);
        Assert.Equal("""{"a":2}""", Encoding.UTF8.GetString(draft.End()));
    }
}
