using System.Buffers;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using SessionRoom.MessagePack.Tests.Support;

namespace SessionRoom.MessagePack.Tests;

public class FramingTests
{
    private static readonly byte[] Ping = Frames.Bytes("02 91 06");
    private static readonly byte[] Unknown = Frames.Bytes("06 93 2a 81 a1 78 01");
    private static readonly byte[] Call = Frames.Bytes("11 96 01 80 a3 78797a a6 6d6574686f64 91 2a 90");
    private static readonly TestBinder Binder = new() { Parameters = [typeof(int)] };

    [Fact]
    public void a_message_that_is_not_all_there_consumes_nothing()
    {
        for (var length = 0; length < Call.Length; length++)
        {
            var input = new ReadOnlySequence<byte>(Call.AsMemory(0, length));
            Assert.False(Frames.Stock.TryParseMessage(ref input, Binder, out _));
            Assert.Equal(length, input.Length);
        }
    }

    [Fact]
    public void a_message_may_lie_in_pieces()
    {
        for (var cut = 1; cut < Call.Length; cut++)
        {
            var first = new Piece(Call.AsMemory(0, cut), 0);
            var last = first.Then(Call.AsMemory(cut)).Then(Ping);
            var input = new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
            Assert.True(Frames.Stock.TryParseMessage(ref input, Binder, out var message));
            Assert.Equal([42], Assert.IsType<InvocationMessage>(message).Arguments);
            Assert.Equal(Ping, input.ToArray());
        }
    }

    [Fact]
    public void a_kind_nobody_knows_does_not_stall_what_follows()
    {
        var input = new ReadOnlySequence<byte>([.. Unknown, .. Unknown, .. Call, .. Ping]);
        Assert.True(Frames.Stock.TryParseMessage(ref input, Binder, out var message));
        Assert.IsType<InvocationMessage>(message);
        Assert.Equal(Ping, input.ToArray());
    }

    [Fact]
    public void a_kind_nobody_knows_at_the_end_counts_as_a_ping_and_is_let_go()
    {
        var input = new ReadOnlySequence<byte>([.. Unknown, .. Call.AsSpan(0, 5)]);
        Assert.True(Frames.Stock.TryParseMessage(ref input, Binder, out var message));
        Assert.IsType<PingMessage>(message);
        Assert.Equal(5, input.Length);
    }

    [Fact]
    public void elements_beyond_the_known_ones_are_passed_over()
    {
        Assert.IsType<PingMessage>(Frames.Stock.Parse("05 93 06 c0 2a 2a"));
        Assert.IsType<CloseMessage>(Frames.Stock.Parse("05 94 07 c0 c2 2a"));
        Assert.IsType<InvocationMessage>(Frames.Stock.Parse("12 97 01 80 a3 78797a a6 6d6574686f64 91 2a 90 07", Binder));
    }

    [Theory]
    [InlineData("ff ff ff ff 0f", "above 2^31-1")]
    [InlineData("ff ff ff ff 87", "above 2^31-1")]
    [InlineData("80 80 80 80 80 01", "above 2^31-1")]
    public void a_length_out_of_range_ends_the_connection(string hex, string reason)
    {
        var error = Assert.Throws<InvalidDataException>(() => Frames.Stock.Parse(hex));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void a_length_above_the_limit_is_refused_before_its_bytes_come()
    {
        var narrow = new MessagePackHubProtocol(Options.Create(new MessagePackHubProtocolOptions { MaximumFrameLength = 17 }));
        Assert.IsType<InvocationMessage>(narrow.Parse(Call, Binder));
        var error = Assert.Throws<InvalidDataException>(() => narrow.Parse("12"));
        Assert.Contains("limit of 17", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => Frames.Stock.Parse("ff ff ff ff 07"));
    }

    [Fact]
    public void a_limit_below_one_is_no_limit() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new MessagePackHubProtocol(Options.Create(new MessagePackHubProtocolOptions { MaximumFrameLength = 0 })));

    [Theory]
    [InlineData("01 06")]
    [InlineData("01 c1")]
    [InlineData("00")]
    [InlineData("01 90")]
    [InlineData("03 91 a1 31")]
    [InlineData("02 92 08")]
    [InlineData("03 92 08 ff")]
    [InlineData("0b 92 08 cf ffffffffffffffff")]
    [InlineData("08 94 03 80 a3 78797a 04")]
    [InlineData("04 93 05 80 c0")]
    [InlineData("04 93 05 80 a0")]
    [InlineData("05 93 05 80 a1 ff")]
    [InlineData("04 93 05 c0 a1")]
    [InlineData("04 93 05 80 2a")]
    [InlineData("0b 93 05 82 a1 78 a1 79 a1 78 a1 79")]
    [InlineData("0d 96 01 80 c0 a6 6d6574686f64 2a 90")]
    [InlineData("10 96 01 80 c0 a6 6d6574686f64 dd 7fffffff 2a")]
    [InlineData("10 96 01 80 c0 a6 6d6574686f64 91 c6 7fffffff")]
    [InlineData("0d 96 01 80 c0 a6 6d6574686f64 91 c1")]
    public void an_envelope_that_cannot_be_understood_ends_the_connection(string hex) =>
        Assert.Throws<InvalidDataException>(() => Frames.Stock.Parse(hex, Binder));

    [Fact]
    public void nesting_is_capped()
    {
        byte[] head = [0x96, 0x01, 0x80, 0xc0, 0xa6, .. "method"u8, 0x91];
        var any = new TestBinder { Parameters = [typeof(object)] };
        var deep = Frames.Framed([.. head, .. Enumerable.Repeat((byte)0x91, 62), 0x90, 0x90]);
        Assert.IsType<InvocationMessage>(Frames.Stock.Parse(deep, any));
        var tooDeep = Frames.Framed([.. head, .. Enumerable.Repeat((byte)0x91, 100_000), 0x90, 0x90]);
        Assert.Throws<InvalidDataException>(() => Frames.Stock.Parse(tooDeep, any));
    }

    [Fact]
    public void an_id_is_no_longer_than_a_kibibyte()
    {
        byte[] Cancel(int length) => Frames.Framed([0x93, 0x05, 0x80, 0xda, (byte)(length >> 8), (byte)length, .. new string('i', length).Select(c => (byte)c)]);
        Assert.IsType<CancelInvocationMessage>(Frames.Stock.Parse(Cancel(1024)));
        Assert.Throws<InvalidDataException>(() => Frames.Stock.Parse(Cancel(1025)));
    }

    [Fact]
    public void versions_one_and_two_are_spoken()
    {
        Assert.Equal(("messagepack", 2), (Frames.Stock.Name, Frames.Stock.Version));
        Assert.True(Frames.Stock.IsVersionSupported(1) && Frames.Stock.IsVersionSupported(2));
        Assert.False(Frames.Stock.IsVersionSupported(3));
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long at)
        {
            Memory = memory;
            RunningIndex = at;
        }

        public Piece Then(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
