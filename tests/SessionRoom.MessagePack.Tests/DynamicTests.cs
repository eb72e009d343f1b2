using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using SessionRoom.MessagePack.Tests.Support;

namespace SessionRoom.MessagePack.Tests;

/// <summary>Values without a contract: JSON's own tree types and <see cref="object"/>.</summary>
public class DynamicTests
{
    private const string Text = """{"a":[1,-1,1.5,18446744073709551615,"x","\u00e9\n",true,null,{}],"AQID":"AQID","deep":{"b":[[]]}}""";
    private const string Hex = "83 a161 99 01ff cb3ff8000000000000 cfffffffffffffffff a178 a3c3a90a c3 c0 80 a441514944 a441514944 a464656570 81 a162 91 90";

    [Fact]
    public void json_is_written_as_the_natural_value()
    {
        var expected = Hex.Replace(" ", "", StringComparison.Ordinal);
        Assert.Equal(expected, Frames.Stock.ValueHex(JsonElement.Parse(Text)));
        Assert.Equal(expected, Frames.Stock.ValueHex(JsonNode.Parse(Text)));
        Assert.Equal(expected, Frames.Stock.ValueHex(JsonSerializer.Deserialize<JsonObject>(Text)));
        var built = new JsonObject
        {
            ["a"] = new JsonArray(1, -1, 1.5, ulong.MaxValue, "x", "é\n", true, null, new JsonObject()),
            ["AQID"] = "AQID",
            ["deep"] = new JsonObject { ["b"] = new JsonArray(new JsonArray()) },
        };
        Assert.Equal(expected, Frames.Stock.ValueHex(built));
    }

    [Fact]
    public void the_natural_value_is_read_as_json()
    {
        var canonical = JsonNode.Parse(Text)!;
        Assert.True(JsonNode.DeepEquals(canonical, JsonNode.Parse(Frames.Stock.ReadValue<JsonElement>(Hex).GetRawText())));
        Assert.True(JsonNode.DeepEquals(canonical, Frames.Stock.ReadValue<JsonObject>(Hex)));
        Assert.True(JsonNode.DeepEquals(canonical, Frames.Stock.ReadValue<JsonNode>(Hex)));
        Assert.Equal(JsonValueKind.Object, Assert.IsType<JsonElement>(Frames.Stock.ReadValue<object>(Hex)).ValueKind);
        Assert.Equal("[1]", Frames.Stock.ReadValue<JsonArray>("9101")!.ToJsonString());
        Assert.Equal("\"x\"", Frames.Stock.ReadValue<JsonValue>("a178")!.ToJsonString());
    }

    [Fact]
    public void numbers_in_a_node_convert_as_parsed_json_does()
    {
        var node = Frames.Stock.ReadValue<JsonNode>("81a16e05")!["n"]!;
        Assert.Equal((5, 5L, 5.0), (node.GetValue<int>(), node.GetValue<long>(), node.GetValue<double>()));
    }

    [Fact]
    public void nil_is_null()
    {
        Assert.Null(Frames.Stock.ReadValue<JsonNode>("c0"));
        Assert.Null(Frames.Stock.ReadValue<object>("c0"));
        Assert.Equal(JsonValueKind.Null, Frames.Stock.ReadValue<JsonElement>("c0").ValueKind);
    }

    [Fact]
    public void an_undefined_element_is_not_written() =>
        Assert.ThrowsAny<Exception>(() => Frames.Stock.ValueHex(default(JsonElement)));

    [Fact]
    public void bytes_and_times_become_text_in_json()
    {
        var element = Frames.Stock.ReadValue<JsonElement>("93 c403010203 d6ff00000001 d7ff 0000 1f40 0000 0001");
        Assert.Equal("""["AQID","1970-01-01T00:00:01.000Z","1970-01-01T00:00:01.0000020Z"]""", element.GetRawText());
        Assert.Equal([1, 2, 3], element[0].GetBytesFromBase64());
    }

    [Fact]
    public void integer_keys_become_their_digits() =>
        Assert.Equal("""{"1":1,"-2":2,"18446744073709551615":3}""", Frames.Stock.ReadValue<JsonElement>("83 01 01 fe 02 cfffffffffffffffff 03").GetRawText());

    [Theory]
    [InlineData("81 c0 01")]
    [InlineData("81 cb3ff8000000000000 01")]
    [InlineData("ca7fc00000")]
    [InlineData("d4 01 00")]
    [InlineData("a1ff")]
    public void what_json_cannot_hold_is_refused(string hex)
    {
        Frames.Stock.Refuses<JsonElement>(hex);
        Frames.Stock.Refuses<JsonNode>(hex);
        Frames.Stock.Refuses<object>(hex);
    }

    [Fact]
    public void objects_are_written_as_what_they_are()
    {
        object?[] mixed = [1, "x", null, new byte[] { 1 }, new Shapes.Point(1, 2), new object()];
        Assert.Equal("9601a178c0c4010182a17801a1790280", Frames.Stock.ValueHex(mixed));
    }

    [Fact]
    public void object_can_be_read_as_nodes()
    {
        var protocol = Frames.Speaking(new JsonSerializerOptions { UnknownTypeHandling = JsonUnknownTypeHandling.JsonNode });
        Assert.IsType<JsonObject>(protocol.ReadValue<object>("80"));
    }

    [Fact]
    public void a_node_may_wrap_any_value() => Assert.Equal(
        "9482a17801a17902a6466f726d616c0a" + "cb3fb999999999999a",
        Frames.Stock.ValueHex(new JsonArray(JsonValue.Create(new Shapes.Point(1, 2)), "Formal", 10, 0.1f)),
        ignoreCase: true);
}
