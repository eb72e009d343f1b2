using Microsoft.AspNetCore.SignalR.Protocol;
using SessionRoom.MessagePack.Tests.Support;

namespace SessionRoom.MessagePack.Tests;

/// <summary>Frames recorded from @microsoft/signalr-protocol-msgpack 10.0.11, and the stock .NET form of <c>Close</c>.</summary>
public class ByteVectorTests
{
    private const string Call = "11 96 01 80 a3 78797a a6 6d6574686f64 91 2a 90";

    private static readonly Dictionary<string, string> TwoHeaders = new(StringComparer.Ordinal) { ["x"] = "y", ["z"] = "z" };

    public static TheoryData<string, string> Written => new()
    {
        { "invocation", Call },
        { "invocation without id", "0e 96 01 80 c0 a6 6d6574686f64 91 2a 90" },
        { "invocation with upload", "0b 96 01 80 a1 31 a1 6d 90 91 a1 32" },
        { "invocation with headers", "19 96 01 82 a1 78 a1 79 a1 7a a1 7a a3 78797a a6 6d6574686f64 91 2a 90" },
        { "stream item", "08 94 02 80 a3 78797a 2a" },
        { "error", "0e 95 03 80 a3 78797a 01 a5 4572726f72" },
        { "void", "08 94 03 80 a3 78797a 02" },
        { "result", "09 95 03 80 a3 78797a 03 2a" },
        { "nil result", "09 95 03 80 a3 78797a 03 c0" },
        { "stream invocation", "11 96 04 80 a3 78797a a6 6d6574686f64 91 2a 90" },
        { "cancel", "07 93 05 80 a3 78797a" },
        { "ping", "02 91 06" },
        { "close", "04 93 07 c0 c2" },
        { "close with error", "07 93 07 a3 78797a c3" },
        { "ack 1", "03 92 08 01" },
        { "ack 300", "05 92 08 cd012c" },
        { "ack 70000", "07 92 08 ce00011170" },
        { "ack 5e9", "0b 92 08 cf000000012a05f200" },
        { "sequence 1", "03 92 09 01" },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void every_message_is_written_as_recorded(string name, string hex) =>
        Assert.Equal(hex.Replace(" ", "", StringComparison.Ordinal), Frames.Stock.Hex(Message(name)));

    [Theory]
    [MemberData(nameof(Written))]
    public void every_recorded_message_is_read(string name, string hex)
    {
        var binder = name is "invocation with upload"
            ? new TestBinder { Method = "m" }
            : new TestBinder { Parameters = [typeof(int)], Item = typeof(int), Result = typeof(int?) };
        AssertEqual(Message(name), Frames.Stock.Parse(hex, binder));
    }

    [Fact]
    public void close_from_a_browser_has_two_elements() =>
        Assert.Same(CloseMessage.Empty, Frames.Stock.Parse("03 92 07 c0"));

    [Fact]
    public void an_invocation_of_an_old_peer_has_no_stream_ids()
    {
        var message = Frames.Stock.Parse("10 95 01 80 a3 78797a a6 6d6574686f64 91 2a", new TestBinder { Parameters = [typeof(int)] });
        var invocation = Assert.IsType<InvocationMessage>(message);
        Assert.Equal([42], invocation.Arguments);
        Assert.Null(invocation.StreamIds);
    }

    [Fact]
    public void an_empty_invocation_id_is_none() =>
        Assert.Null(Assert.IsType<InvocationMessage>(
            Frames.Stock.Parse("0d 96 01 80 a0 a6 6d6574686f64 91 2a 90".Replace("0d", "0e", StringComparison.Ordinal), new TestBinder { Parameters = [typeof(int)] })).InvocationId);

    [Theory]
    [InlineData("03 92 08 7f", 127)]
    [InlineData("04 92 08 cc80", 128)]
    [InlineData("04 92 08 d07f", 127)]
    [InlineData("05 92 08 d1012c", 300)]
    [InlineData("07 92 08 d200011170", 70000)]
    [InlineData("0b 92 08 d3000000012a05f200", 5_000_000_000)]
    [InlineData("0b 92 08 cf7fffffffffffffff", long.MaxValue)]
    public void sequence_ids_are_read_from_any_integer(string hex, long id) =>
        Assert.Equal(id, Assert.IsType<AckMessage>(Frames.Stock.Parse(hex)).SequenceId);

    [Theory]
    [InlineData(2, "02")]
    [InlineData(127, "7f")]
    [InlineData(128, "8001")]
    [InlineData(210, "d201")]
    [InlineData(5248, "8029")]
    public void the_length_in_front_is_a_varint(int length, string prefix)
    {
        // A close message with an error fills what its four bytes and a string header leave.
        var message = length == 2 ? (HubMessage)PingMessage.Instance : new CloseMessage(new string('e', length - ErrorOverhead(length)), allowReconnect: true);
        var hex = Frames.Stock.Hex(message);
        Assert.StartsWith(prefix, hex, StringComparison.Ordinal);
        Assert.Equal(length, (hex.Length - prefix.Length) / 2);
        Assert.NotNull(Frames.Stock.Parse(hex));
    }

    private static int ErrorOverhead(int length) => 3 + (length < 260 ? 2 : 3);

    private static HubMessage Message(string name) => name switch
    {
        "invocation" => new InvocationMessage("xyz", "method", [42]),
        "invocation without id" => new InvocationMessage(null, "method", [42]),
        "invocation with upload" => new InvocationMessage("1", "m", [], ["2"]),
        "invocation with headers" => new InvocationMessage("xyz", "method", [42]) { Headers = TwoHeaders },
        "stream item" => new StreamItemMessage("xyz", 42),
        "error" => CompletionMessage.WithError("xyz", "Error"),
        "void" => CompletionMessage.Empty("xyz"),
        "result" => CompletionMessage.WithResult("xyz", 42),
        "nil result" => CompletionMessage.WithResult("xyz", null),
        "stream invocation" => new StreamInvocationMessage("xyz", "method", [42]),
        "cancel" => new CancelInvocationMessage("xyz"),
        "ping" => PingMessage.Instance,
        "close" => CloseMessage.Empty,
        "close with error" => new CloseMessage("xyz", allowReconnect: true),
        "ack 1" => new AckMessage(1),
        "ack 300" => new AckMessage(300),
        "ack 70000" => new AckMessage(70000),
        "ack 5e9" => new AckMessage(5_000_000_000),
        "sequence 1" => new SequenceMessage(1),
        _ => throw new ArgumentException(name, nameof(name)),
    };

    private static void AssertEqual(HubMessage expected, HubMessage actual)
    {
        Assert.Equal(expected.GetType(), actual.GetType());
        if (expected is HubInvocationMessage { InvocationId: var id, Headers: var headers })
        {
            Assert.Equal(id, ((HubInvocationMessage)actual).InvocationId);
            Assert.Equal(headers, ((HubInvocationMessage)actual).Headers);
        }

        switch (expected, actual)
        {
            case (HubMethodInvocationMessage e, HubMethodInvocationMessage a):
                Assert.Equal(e.Target, a.Target);
                Assert.Equal(e.Arguments, a.Arguments);
                Assert.Equal(e.StreamIds ?? [], a.StreamIds ?? []);
                break;
            case (StreamItemMessage e, StreamItemMessage a):
                Assert.Equal(e.Item, a.Item);
                break;
            case (CompletionMessage e, CompletionMessage a):
                Assert.Equal((e.Error, e.HasResult, e.Result), (a.Error, a.HasResult, a.Result));
                break;
            case (CloseMessage e, CloseMessage a):
                Assert.Equal((e.Error, e.AllowReconnect), (a.Error, a.AllowReconnect));
                break;
            case (AckMessage e, AckMessage a):
                Assert.Equal(e.SequenceId, a.SequenceId);
                break;
            case (SequenceMessage e, SequenceMessage a):
                Assert.Equal(e.SequenceId, a.SequenceId);
                break;
        }
    }
}
