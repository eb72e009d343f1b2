using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace SessionRoom.MessagePack.Tests.Support;

/// <summary>Frames in and out of a protocol, in the notation of the byte vectors.</summary>
internal static class Frames
{
    public static readonly MessagePackHubProtocol Stock = new();

    public static MessagePackHubProtocol Speaking(JsonSerializerOptions contracts) =>
        new(Options.Create(new MessagePackHubProtocolOptions { SerializerOptions = contracts }));

    public static string Hex(this IHubProtocol protocol, HubMessage message)
    {
        var bytes = protocol.GetMessageBytes(message).ToArray();
        var buffer = new ArrayBufferWriter<byte>();
        protocol.WriteMessage(message, buffer);
        Assert.Equal(bytes, buffer.WrittenSpan.ToArray());
        return Convert.ToHexStringLower(bytes);
    }

    public static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    public static HubMessage Parse(this IHubProtocol protocol, byte[] bytes, TestBinder? binder = null)
    {
        var input = new ReadOnlySequence<byte>(bytes);
        Assert.True(protocol.TryParseMessage(ref input, binder ?? new TestBinder(), out var message));
        Assert.Equal(0, input.Length);
        return message!;
    }

    public static HubMessage Parse(this IHubProtocol protocol, string hex, TestBinder? binder = null) => protocol.Parse(Bytes(hex), binder);

    /// <summary>Writes a value as a stream item and reads it as <typeparamref name="T"/>.</summary>
    public static T? Carry<T>(this IHubProtocol protocol, object? value)
    {
        var bytes = protocol.GetMessageBytes(new StreamItemMessage("1", value)).ToArray();
        return protocol.ReadItem<T>(bytes);
    }

    public static T? ReadItem<T>(this IHubProtocol protocol, byte[] frame)
    {
        var message = protocol.Parse(frame, new TestBinder { Item = typeof(T) });
        if (message is StreamItemMessage item) return (T?)item.Item;

        // Only an invocation's failure says why.
        byte[] call = [0x96, 0x01, 0x80, 0xc0, 0xa6, .. "method"u8, 0x91, .. frame.AsSpan(frame.AsSpan().IndexOf((byte)0x94) + 5), 0x90];
        var failure = Assert.IsType<InvocationBindingFailureMessage>(protocol.Parse(Framed(call), new TestBinder { Parameters = [typeof(T)] }));
        throw failure.BindingFailure.SourceException;
    }

    /// <summary>Reads a bare value, given in hex, as <typeparamref name="T"/>.</summary>
    public static T? ReadValue<T>(this IHubProtocol protocol, string hex) => protocol.ReadItem<T>(ItemFrame(Bytes(hex)));

    /// <summary>The hex of a bare value.</summary>
    public static string ValueHex(this IHubProtocol protocol, object? value)
    {
        var frame = protocol.GetMessageBytes(new StreamItemMessage("", value)).Span;
        var prefix = frame.IndexOf((byte)0x94);
        return Convert.ToHexStringLower(frame[(prefix + 4)..]);
    }

    /// <summary>A bare value that its contract refuses: the reading ends in an error for that stream alone.</summary>
    public static void Refuses<T>(this IHubProtocol protocol, string hex)
    {
        var message = protocol.Parse(ItemFrame(Bytes(hex)), new TestBinder { Item = typeof(T) });
        Assert.NotNull(Assert.IsType<CompletionMessage>(message).Error);
    }

    public static byte[] ItemFrame(ReadOnlySpan<byte> value) => Framed([0x94, 0x02, 0x80, 0xa1, 0x31, .. value]);

    public static byte[] Framed(ReadOnlySpan<byte> body)
    {
        var prefix = new List<byte>();
        var length = body.Length;
        for (; length > 0x7f; length >>= 7) prefix.Add((byte)(length | 0x80));
        prefix.Add((byte)length);
        return [.. prefix, .. body];
    }
}
