namespace SessionRoom.Crdt.Tests;

/// <summary>Values on the wire and as JSON text.</summary>
public sealed class ValueTests
{
    public static TheoryData<YValue, string> Bytes => new()
    {
        { YValue.Undefined, "7f" }, { YValue.Null, "7e" }, { true, "78" }, { false, "79" },
        { 0, "7d00" }, { -0.0, "7d40" }, { -1, "7d41" }, { 64, "7d8001" }, { 2147483647, "7dbfffffff0f" }, { -2147483647, "7dffffffff0f" },
        { 2147483648.0, "7c4f000000" }, { -2147483648.0, "7ccf000000" }, { 1.5, "7c3fc00000" }, { double.PositiveInfinity, "7c7f800000" },
        { 0.1, "7b3fb999999999999a" }, { double.NaN, "7b7ff8000000000000" }, { 2147483649.0, "7b41e0000000200000" },
        { YValue.FromBigInt(5), "7a0000000000000005" }, { "é", "7702c3a9" }, { new byte[] { 1, 2 }, "74020102" },
        { YValue.ParseJson("""{"a":1}"""), "760101617d01" }, { YValue.ParseJson("[1]"), "75017d01" },
    };

    [Theory]
    [MemberData(nameof(Bytes))]
    public void Plain_data_is_written_as_lib0_writes_it_and_read_back(YValue value, string bytes)
    {
        var writer = new ByteWriter();
        AnyCodec.Write(writer, value);
        Assert.Equal(bytes, Convert.ToHexStringLower(writer.Written));
        var reader = new ByteReader(writer.Written);
        Assert.Equal(value, AnyCodec.Read(ref reader));
        var skipping = new ByteReader(writer.Written);
        AnyCodec.Skip(ref skipping, depth: 4);
        Assert.True(skipping.AtEnd && !skipping.Failed);
    }

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(1e21, "1e+21")]
    [InlineData(123456789012345680000.0, "123456789012345680000")]
    [InlineData(1e-7, "1e-7")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(-1.5e-10, "-1.5e-10")]
    [InlineData(-0.0, "0")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    [InlineData(100, "100")]
    [InlineData(double.NaN, "null")]
    public void Numbers_are_JSON_as_JavaScript_prints_them(double number, string json) => Assert.Equal(json, YValue.From(number).ToJsonString());

    [Theory]
    [InlineData("""{"b":1,"a":[true,null,"x\n\"\\"]}""")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"😀\\u0001/\"")]
    public void JSON_text_round_trips_with_its_order_and_its_lone_surrogates(string json) =>
        Assert.Equal(json, YValue.ParseJson(json).ToJsonString());

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("1 2")]
    [InlineData("[1,]")]
    public void What_is_not_JSON_is_refused(string json) => Assert.Throws<FormatException>(() => YValue.ParseJson(json));

    [Fact]
    public void Undefined_members_are_left_out_and_undefined_elements_are_null()
    {
        var value = YValue.From(new Dictionary<string, YValue> { ["a"] = YValue.Undefined, ["b"] = YValue.From([YValue.Undefined, new byte[] { 7 }]) });
        Assert.Equal("""{"b":[null,{"0":7}]}""", value.ToJsonString());
    }

    [Fact]
    public void Objects_are_equal_whatever_their_order()
    {
        Assert.Equal(YValue.ParseJson("""{"a":1,"b":[2]}"""), YValue.ParseJson("""{"b":[2],"a":1}"""));
        Assert.NotEqual(YValue.ParseJson("""{"a":1}"""), YValue.ParseJson("""{"a":"1"}"""));
    }
}
