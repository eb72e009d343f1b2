using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using SessionRoom.MessagePack.Tests.Support;

namespace SessionRoom.MessagePack.Tests;

/// <summary>A wrong value fails its own call and nothing else.</summary>
public class BindingFailureTests
{
    private static InvocationBindingFailureMessage Fails(string arguments, params Type[] parameters)
    {
        byte[] body = [0x96, 0x01, 0x80, 0xa1, 0x37, 0xa6, .. "method"u8, .. Frames.Bytes(arguments), 0x90];
        var failure = Assert.IsType<InvocationBindingFailureMessage>(Frames.Stock.Parse(Frames.Framed(body), new TestBinder { Parameters = parameters }));
        Assert.Equal(("7", "method"), (failure.InvocationId, failure.Target));
        return failure;
    }

    [Fact]
    public void a_wrong_count_of_arguments() =>
        Assert.Contains("takes 1 arguments and was given 2", Fails("92 2a 2a", typeof(int)).BindingFailure.SourceException.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("91 a1 78", typeof(int))]
    [InlineData("91 ce 80000000", typeof(int))]
    [InlineData("91 2a", typeof(string))]
    [InlineData("91 c0", typeof(int))]
    [InlineData("91 91 2a", typeof(Dictionary<string, int>))]
    [InlineData("91 81 a1 78 2a", typeof(int[]))]
    [InlineData("91 81 2a 2a", typeof(Dictionary<string, int>))]
    [InlineData("91 a1 ff", typeof(string))]
    [InlineData("91 c4 01 00", typeof(string))]
    [InlineData("91 cb 7ff8000000000000", typeof(double))]
    [InlineData("91 cb 7ff0000000000000", typeof(JsonElement))]
    [InlineData("91 cb 3ff8000000000000", typeof(long))]
    [InlineData("91 d5 05 0000", typeof(JsonElement))]
    [InlineData("91 d5 05 0000", typeof(DateTime))]
    [InlineData("91 d7 ff fffffffc00000000", typeof(DateTime))]
    [InlineData("91 90", typeof(JsonObject))]
    [InlineData("91 80", typeof(JsonArray))]
    [InlineData("91 80", typeof(Shapes.Person))]
    [InlineData("91 a1 78", typeof(byte[]))]
    public void an_argument_of_the_wrong_type(string arguments, Type parameter) => Fails(arguments, parameter);

    [Fact]
    public void a_method_that_does_not_exist()
    {
        var message = Frames.Stock.Parse("0d 96 01 80 a1 37 a4 6e6f7065 91 2a 90", new TestBinder());
        var failure = Assert.IsType<InvocationBindingFailureMessage>(message);
        Assert.Equal(("7", "nope"), (failure.InvocationId, failure.Target));
        Assert.IsType<HubException>(failure.BindingFailure.SourceException);
    }

    [Fact]
    public void a_target_without_a_name()
    {
        var message = Frames.Stock.Parse("08 96 01 80 a1 37 a0 90 90", new TestBinder { Method = "" });
        Assert.Equal("7", Assert.IsType<InvocationBindingFailureMessage>(message).InvocationId);
    }

    [Fact]
    public void a_constructor_that_throws() =>
        Assert.Contains("odd", Fails("91 81 a5 76616c7565 03", typeof(Shapes.Even)).BindingFailure.SourceException.Message, StringComparison.Ordinal);

    [Fact]
    public void a_stream_invocation_fails_the_same_way()
    {
        var message = Frames.Stock.Parse("11 96 04 80 a3 78797a a6 6d6574686f64 91 2a 90", new TestBinder { Parameters = [typeof(string)] });
        Assert.Equal("xyz", Assert.IsType<InvocationBindingFailureMessage>(message).InvocationId);
    }

    [Fact]
    public void a_bad_item_ends_its_stream_and_still_counts_for_stateful_reconnect()
    {
        var message = Frames.Stock.Parse("08 94 02 80 a3 78797a 2a", new TestBinder { Item = typeof(string) });
        var completion = Assert.IsAssignableFrom<HubInvocationMessage>(message);
        Assert.Equal("xyz", completion.InvocationId);
        Assert.NotNull(Assert.IsType<CompletionMessage>(completion).Error);
    }

    [Fact]
    public void an_item_of_no_stream_does_the_same() =>
        Assert.NotNull(Assert.IsType<CompletionMessage>(Frames.Stock.Parse("08 94 02 80 a3 78797a 2a")).Error);

    [Fact]
    public void a_result_of_the_wrong_type_is_an_error_for_who_waits_for_it() =>
        Assert.Contains("no String", Assert.IsType<CompletionMessage>(
            Frames.Stock.Parse("09 95 03 80 a3 78797a 03 2a", new TestBinder { Result = typeof(string) })).Error, StringComparison.Ordinal);

    [Fact]
    public void a_result_that_nobody_waits_for_is_passed_over()
    {
        var completion = Assert.IsType<CompletionMessage>(Frames.Stock.Parse("0b 95 03 80 a3 78797a 03 81 2a c0"));
        Assert.Null(completion.Error);
    }

    [Fact]
    public void a_raw_result_keeps_its_bytes_and_is_forwarded_as_it_is()
    {
        const string Frame = "0e 95 03 80 a3 78797a 03 82 a1 61 2a 01 c0";
        var completion = Assert.IsType<CompletionMessage>(Frames.Stock.Parse(Frame, new TestBinder { Result = typeof(RawResult) }));
        Assert.IsType<RawResult>(completion.Result);
        Assert.Equal(Frame.Replace(" ", "", StringComparison.Ordinal), Frames.Stock.Hex(completion));
    }
}
