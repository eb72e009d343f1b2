using SessionRoom.Crdt;

namespace SessionRoom.Crdt.Tests.Sync;

/// <summary>Bytes from y-protocols 1.0.7, sync.js, over a text "t" that client 1 filled with "abc".</summary>
public sealed class SyncProtocolTests
{
    private const string Update = "01010100040101740361626300";

    [Fact]
    public void The_three_messages_are_y_protocols_bytes()
    {
        var doc = Abc();
        Assert.Equal("0003010103", Convert.ToHexStringLower(SyncProtocol.WriteStep1(doc)));
        Assert.Equal("010d" + Update, Convert.ToHexStringLower(SyncProtocol.WriteStep2(doc)));
        Assert.Equal("020d" + Update, Convert.ToHexStringLower(SyncProtocol.WriteUpdate(Convert.FromHexString(Update))));
    }

    [Fact]
    public void Two_replicas_are_equal_after_one_round_each_way()
    {
        var (one, other) = (Abc(), new Doc(new() { ClientId = 2 }));
        other.GetText("t").Insert(0, "x");
        Assert.Null(SyncProtocol.Receive(other, SyncProtocol.Receive(one, SyncProtocol.WriteStep1(other), out _)!, out var applied));
        Assert.True(applied is { Accepted: true, Changed: true });
        Assert.Null(SyncProtocol.Receive(one, SyncProtocol.Receive(other, SyncProtocol.WriteStep1(one), out _)!, out _));
        Assert.Equal(one.GetText("t").ToString(), other.GetText("t").ToString());
        Assert.Equal(4, one.GetText("t").Length);
    }

    [Fact]
    public void Several_messages_in_one_frame_are_read_one_after_the_other()
    {
        ReadOnlySpan<byte> frame = [.. SyncProtocol.WriteStep1(Abc()), .. SyncProtocol.WriteUpdate([0, 0])];
        Assert.True(SyncProtocol.TryRead(ref frame, out var first, out _));
        Assert.True(SyncProtocol.TryRead(ref frame, out var second, out var payload));
        Assert.Equal((SyncMessageKind.Step1, SyncMessageKind.Update), (first, second));
        Assert.Equal("0000", Convert.ToHexString(payload));
        Assert.True(frame.IsEmpty);
    }

    [Theory]
    [InlineData("")]
    [InlineData("03")]
    [InlineData("0300")]
    [InlineData("0005")]
    [InlineData("00010000")]
    [InlineData("0001ff")]
    public void What_is_malformed_is_refused(string hex) =>
        Assert.Throws<FormatException>(() => SyncProtocol.Receive(new Doc(), Convert.FromHexString(hex), out _));

    private static Doc Abc()
    {
        var doc = new Doc();
        Assert.True(doc.ApplyUpdate(Convert.FromHexString(Update)).Accepted);
        return doc;
    }
}
