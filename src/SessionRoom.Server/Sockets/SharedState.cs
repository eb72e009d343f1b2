using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace SessionRoom.Server;

/// <summary>A room's state as it goes to many: encoded once for each protocol, and the same bytes in every answer that carries it. Safe from any thread.</summary>
internal sealed class SharedState(JsonElement json)
{
    /// <summary>Stands for the state until its bytes take its place.</summary>
    private static readonly JsonElement Nothing = JsonElement.Parse("null"u8);

    private const byte More = 0x80;
    private const int LongestPrefix = 5;

    private static ReadOnlySpan<byte> TextField => "\"state\":null"u8;

    private static ReadOnlySpan<byte> BinaryField => [0xA5, (byte)'s', (byte)'t', (byte)'a', (byte)'t', (byte)'e', 0xC0];

    private byte[]? text, binary;

    public JsonElement Json => json;

    /// <summary>Writes the message, which holds <see cref="Json"/>, without encoding or copying that again.</summary>
    public void Write(HubMessage message, IHubProtocol protocol, MessageWriter output)
    {
        var isBinary = protocol.TransferFormat == TransferFormat.Binary;
        var body = Body(Without(message), protocol);
        // No text that comes before it can hold this: quotes are escaped there, and no UTF-8 has the byte that is nil.
        var (found, nothing) = isBinary ? (body.IndexOf(BinaryField), 1) : (body.IndexOf(TextField), "null".Length);
        var at = found + (isBinary ? BinaryField.Length : TextField.Length) - nothing;
        var state = For(protocol, isBinary);
        var rest = body[(at + nothing)..];
        if (isBinary) WritePrefix(output, at + state.Length + rest.Length);
        output.Write(body[..at]);
        output.Share(state);
        output.Write(rest);
    }

    private byte[] For(IHubProtocol protocol, bool isBinary) => isBinary
        ? binary ??= Encoded(protocol)
        : text ??= JsonMarshal.GetRawUtf8Value(json).ToArray();

    // What a message with this as its result has beyond one with nil, which is a byte.
    private byte[] Encoded(IHubProtocol protocol)
    {
        var around = Body(CompletionMessage.WithResult("", Nothing), protocol).Length - 1;
        return Body(CompletionMessage.WithResult("", json), protocol)[around..].ToArray();
    }

    private static HubMessage Without(HubMessage message) => message switch
    {
        CompletionMessage { Result: JoinReply reply } answer => CompletionMessage.WithResult(answer.InvocationId!, reply with { State = Nothing }),
        InvocationMessage { Arguments: [ResyncFrame frame] } call => new InvocationMessage(call.Target, [frame with { State = Nothing }]),
        _ => throw new ArgumentException($"{message.GetType().Name} has no state", nameof(message)),
    };

    // Binary messages begin with their length.
    private static ReadOnlySpan<byte> Body(HubMessage message, IHubProtocol protocol)
    {
        var draft = new ArrayBufferWriter<byte>();
        protocol.WriteMessage(message, draft);
        var written = draft.WrittenSpan;
        if (protocol.TransferFormat != TransferFormat.Binary) return written;
        var prefix = 1;
        while ((written[prefix - 1] & More) != 0) prefix++;
        return written[prefix..];
    }

    private static void WritePrefix(MessageWriter output, int length)
    {
        Span<byte> prefix = stackalloc byte[LongestPrefix];
        var count = 0;
        for (; length >= More; length >>= 7) prefix[count++] = (byte)(length | More);
        prefix[count++] = (byte)length;
        output.Write(prefix[..count]);
    }
}

/// <summary>A resync, whose state many get.</summary>
internal sealed class ResyncMessage(ResyncFrame frame, SharedState state) : InvocationMessage(Calls.Resync, [frame])
{
    public SharedState State => state;
}
