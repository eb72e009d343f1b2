namespace SessionRoom.Crdt.Tests;

/// <summary>lib0's primitives, by the bytes that lib0 0.2.120 writes.</summary>
public sealed class ByteReaderTests
{
    [Theory]
    [InlineData(0UL, "00")]
    [InlineData(127UL, "7f")]
    [InlineData(128UL, "8001")]
    [InlineData(300UL, "ac02")]
    [InlineData(16384UL, "808001")]
    [InlineData(4294967295UL, "ffffffff0f")]
    [InlineData(9007199254740991UL, "ffffffffffffff0f")]
    public void Variable_unsigned_integers_round_trip(ulong value, string bytes)
    {
        var writer = new ByteWriter();
        writer.VarUInt(value);
        Assert.Equal(bytes, Convert.ToHexStringLower(writer.Written));
        var reader = new ByteReader(writer.Written);
        Assert.Equal(value, reader.VarUInt());
        Assert.True(reader.AtEnd);
    }

    [Theory]
    [InlineData(0UL, false, "00")]
    [InlineData(0UL, true, "40")]
    [InlineData(1UL, false, "01")]
    [InlineData(1UL, true, "41")]
    [InlineData(63UL, false, "3f")]
    [InlineData(64UL, false, "8001")]
    [InlineData(64UL, true, "c001")]
    [InlineData(65UL, true, "c101")]
    [InlineData(8191UL, false, "bf7f")]
    [InlineData(8192UL, false, "808001")]
    public void Variable_signed_integers_keep_sign_and_magnitude(ulong magnitude, bool negative, string bytes)
    {
        var writer = new ByteWriter();
        writer.VarInt(magnitude, negative);
        Assert.Equal(bytes, Convert.ToHexStringLower(writer.Written));
        var reader = new ByteReader(writer.Written);
        Assert.Equal(magnitude, reader.VarInt(out var sign));
        Assert.Equal(negative, sign);
    }

    [Theory]
    [InlineData("8000", 0UL)]
    [InlineData("81808000", 1UL)]
    public void Padded_integers_are_accepted_as_Yjs_accepts_them(string bytes, ulong value)
    {
        var reader = new ByteReader(Convert.FromHexString(bytes));
        Assert.Equal(value, reader.VarUInt());
        Assert.False(reader.Failed);
    }

    [Theory]
    [InlineData("ffffffffffffff1f", UpdateProblemReason.NumberOutOfRange)]
    [InlineData("ffffffffffffffffff01", UpdateProblemReason.NumberOutOfRange)]
    [InlineData("80", UpdateProblemReason.Truncated)]
    [InlineData("", UpdateProblemReason.Truncated)]
    public void Integers_beyond_2_53_and_cut_ones_are_refused(string bytes, UpdateProblemReason reason)
    {
        var reader = new ByteReader(Convert.FromHexString(bytes));
        reader.VarUInt();
        Assert.Equal(reason, reader.Problem!.Reason);
    }

    [Fact]
    public void A_count_that_cannot_fit_is_refused_before_anything_is_reserved()
    {
        var reader = new ByteReader([0x05, 1, 2, 3, 4]);
        Assert.Equal(0, reader.Count(least: 2));
        Assert.Equal(UpdateProblemReason.ImpossibleCount, reader.Problem!.Reason);
    }

    [Fact]
    public void After_a_fault_every_read_gives_nothing_and_the_first_fault_stays()
    {
        var reader = new ByteReader([0x02, 0xFF, 0xFF]);
        Assert.False(reader.Text().IsEmpty);
        Assert.Equal(UpdateProblemReason.InvalidText, reader.Problem!.Reason);
        Assert.Equal(0UL, reader.VarUInt());
        Assert.Equal(UpdateProblemReason.InvalidText, reader.Problem!.Reason);
    }
}
