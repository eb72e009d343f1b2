using System.Globalization;
using System.Text.Json;
using SessionRoom.MessagePack.Tests.Support;

namespace SessionRoom.MessagePack.Tests;

/// <summary>How single values stand on the wire.</summary>
public class ValueTests
{
    public static TheoryData<object?, string> Shortest => new()
    {
        { null, "c0" },
        { true, "c3" },
        { false, "c2" },
        { 0, "00" },
        { 127, "7f" },
        { 128, "cc80" },
        { 255, "ccff" },
        { 256, "cd0100" },
        { 65535, "cdffff" },
        { 65536, "ce00010000" },
        { uint.MaxValue, "ceffffffff" },
        { 1L << 40, "cf0000010000000000" },
        { ulong.MaxValue, "cfffffffffffffffff" },
        { -1, "ff" },
        { -32, "e0" },
        { -33, "d0df" },
        { -128, "d080" },
        { -129, "d1ff7f" },
        { -32769, "d2ffff7fff" },
        { long.MinValue, "d38000000000000000" },
        { (sbyte)-5, "fb" },
        { (byte)200, "ccc8" },
        { (short)-300, "d1fed4" },
        { (ushort)300, "cd012c" },
        { 1.5, "cb3ff8000000000000" },
        { 0.5f, "ca3f000000" },
        { 2m, "02" },
        { -2.5m, "cbc004000000000000" },
        { 0.1234567890123456789m, "b5302e31323334353637383930313233343536373839" },
        { 'x', "a178" },
        { "", "a0" },
        { "žluť", "a6c5be6c75c5a5" },
        { new byte[] { 1, 2 }, "c4020102" },
        { new ReadOnlyMemory<byte>([3]), "c40103" },
        { DateTime.UnixEpoch.AddSeconds(1), "d6ff00000001" },
        { DateTime.UnixEpoch.AddMilliseconds(1500), "d7ff7735940000000001" },
        { DateTime.UnixEpoch.AddSeconds(-1), "c70cff00000000ffffffffffffffff" },
        { new DateTimeOffset(1970, 1, 1, 2, 0, 1, TimeSpan.FromHours(2)), "d6ff00000001" },
    };

    [Theory]
    [MemberData(nameof(Shortest))]
    public void each_value_is_written_in_its_shortest_form_and_read_back(object? value, string hex)
    {
        Assert.Equal(hex, Frames.Stock.ValueHex(value));
        if (value is null) return;
        var frame = Frames.ItemFrame(Frames.Bytes(hex));
        var item = ((Microsoft.AspNetCore.SignalR.Protocol.StreamItemMessage)Frames.Stock.Parse(frame, new TestBinder { Item = value.GetType() })).Item;
        if (value is ReadOnlyMemory<byte> memory) Assert.Equal(memory.ToArray(), Assert.IsType<ReadOnlyMemory<byte>>(item).ToArray());
        else Assert.Equal(value, item);
    }

    [Theory]
    [InlineData("2a")]
    [InlineData("cc2a")]
    [InlineData("cd002a")]
    [InlineData("ce0000002a")]
    [InlineData("cf000000000000002a")]
    [InlineData("d02a")]
    [InlineData("d1002a")]
    [InlineData("d20000002a")]
    [InlineData("d3000000000000002a")]
    [InlineData("ca42280000")]
    [InlineData("cb4045000000000000")]
    public void a_number_is_taken_from_every_width(string hex)
    {
        Assert.Equal(42, Frames.Stock.ReadValue<byte>(hex));
        Assert.Equal(42, Frames.Stock.ReadValue<int>(hex));
        Assert.Equal(42, Frames.Stock.ReadValue<long>(hex));
        Assert.Equal(42UL, Frames.Stock.ReadValue<ulong>(hex));
        Assert.Equal(42, Frames.Stock.ReadValue<double>(hex));
        Assert.Equal(42, Frames.Stock.ReadValue<float>(hex));
        Assert.Equal(42, Frames.Stock.ReadValue<decimal>(hex));
        Assert.Equal(42, Frames.Stock.ReadValue<int?>(hex));
        Assert.Equal(42, Frames.Stock.ReadValue<JsonElement>(hex).GetInt32());
    }

    [Theory]
    [InlineData("cc80")]
    [InlineData("ff7f")]
    [InlineData("cb7fefffffffffffff")]
    [InlineData("cb4045400000000000")]
    public void a_number_outside_its_type_is_refused(string hex) => Frames.Stock.Refuses<sbyte>(hex == "ff7f" ? "d1ff7f" : hex);

    [Fact]
    public void strings_of_every_length_keep_their_text()
    {
        foreach (var length in new[] { 31, 32, 255, 256, 65535, 65536 })
        {
            var text = new string('é', length / 2) + new string('x', length % 2);
            Assert.Equal(text, Frames.Stock.Carry<string>(text));
            Assert.Equal(new byte[length], Frames.Stock.Carry<byte[]>(new byte[length]));
            Assert.Equal(Enumerable.Range(0, length), Frames.Stock.Carry<int[]>(Enumerable.Range(0, length).ToArray()));
            var map = Enumerable.Range(0, length).ToDictionary(i => i.ToString(CultureInfo.InvariantCulture), i => i, StringComparer.Ordinal);
            Assert.Equal(map, Frames.Stock.Carry<Dictionary<string, int>>(map));
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void what_json_cannot_say_is_not_written(double value)
    {
        Assert.Throws<JsonException>(() => Frames.Stock.ValueHex(value));
        Assert.Throws<JsonException>(() => Frames.Stock.ValueHex((float)value));
    }

    [Fact]
    public void bytes_are_also_taken_as_base64_where_the_contract_says_bytes()
    {
        Assert.Equal([1, 2, 3], Frames.Stock.ReadValue<byte[]>("a4 41514944"));
        Assert.Equal("AQID", Frames.Stock.ReadValue<string>("a4 41514944"));
    }

    [Fact]
    public void times_are_also_taken_as_text()
    {
        var text = Frames.Stock.ValueHex("2026-11-22T10:00:00+02:00");
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.FromHours(2)), Frames.Stock.ReadValue<DateTimeOffset>(text));
        Assert.Equal(new DateTime(2026, 11, 22, 8, 0, 0, DateTimeKind.Utc), Frames.Stock.ReadValue<DateTime>(text).ToUniversalTime());
    }

    [Fact]
    public void a_time_comes_back_as_utc()
    {
        Assert.Equal(DateTimeKind.Utc, Frames.Stock.Carry<DateTime>(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Unspecified)).Kind);
        Assert.Equal(TimeSpan.Zero, Frames.Stock.Carry<DateTimeOffset>(DateTimeOffset.Now).Offset);
        foreach (var edge in new[] { DateTime.MinValue, DateTime.MaxValue })
            Assert.Equal(edge, Frames.Stock.Carry<DateTime>(DateTime.SpecifyKind(edge, DateTimeKind.Utc)));
    }

    [Fact]
    public void an_object_that_contains_itself_is_refused_not_followed()
    {
        var list = new List<object>();
        list.Add(list);
        Assert.Throws<JsonException>(() => Frames.Stock.ValueHex(list));
    }
}
