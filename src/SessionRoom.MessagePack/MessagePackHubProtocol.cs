using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using SessionRoom.MessagePack.Contracts;
using SessionRoom.MessagePack.Protocol;
using SessionRoom.MessagePack.Wire;

namespace SessionRoom.MessagePack;

/// <summary>SignalR's <c>messagepack</c> hub protocol, version 2, over System.Text.Json contracts. Safe to share between
/// connections and threads.</summary>
public sealed class MessagePackHubProtocol : IHubProtocol
{
    private readonly HubMessageReader _reader;
    private readonly HubMessageWriter _writer;
    private readonly int _maxDepth;
    private readonly int _maximumFrameLength;

    /// <summary>A protocol with the default settings and the JSON hub protocol's default contracts.</summary>
    public MessagePackHubProtocol()
        : this(Options.Create(new MessagePackHubProtocolOptions()))
    {
    }

    /// <summary>A protocol with the given settings.</summary>
    /// <param name="options">Read once, here.</param>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="MessagePackHubProtocolOptions.MaximumFrameLength"/> is below 1.</exception>
    public MessagePackHubProtocol(IOptions<MessagePackHubProtocolOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Value.MaximumFrameLength, 1, nameof(options));
        var codecs = new ContractCodecs(options.Value.SerializerOptions ?? new JsonHubProtocolOptions().PayloadSerializerOptions);
        _reader = new HubMessageReader(codecs);
        _writer = new HubMessageWriter(codecs);
        _maxDepth = codecs.MaxDepth;
        _maximumFrameLength = options.Value.MaximumFrameLength;
    }

    /// <inheritdoc />
    public string Name => "messagepack";

    /// <summary>2: with <c>Ack</c> and <c>Sequence</c>, which stateful reconnect needs.</summary>
    public int Version => 2;

    /// <inheritdoc />
    public TransferFormat TransferFormat => TransferFormat.Binary;

    /// <inheritdoc />
    public bool IsVersionSupported(int version) => version <= Version;

    /// <summary>Reads the next message. Kinds that this version does not know are passed over; if the input ends behind one,
    /// it counts as a ping, so that the caller lets go of its bytes.</summary>
    /// <param name="input">Moves behind the message.</param>
    /// <param name="binder">Says what types the message holds.</param>
    /// <param name="message">The message, a binding failure among them.</param>
    /// <returns>False if the input holds no whole message.</returns>
    /// <exception cref="InvalidDataException">The bytes are no hub message, or more than the limit; nothing after them can be read.</exception>
    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        ArgumentNullException.ThrowIfNull(binder);
        message = null;
        while (Frame.TryTake(ref input, _maximumFrameLength, out var body))
        {
            message = Read(body, binder);
            if (message is not null) return true;
            message = PingMessage.Instance;
        }

        return message is not null;
    }

    /// <inheritdoc />
    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        var writer = new MessagePackWriter(_maxDepth, Frame.LongestPrefix);
        try
        {
            _writer.Write(ref writer, message);
            var written = writer.Written;
            var spliced = writer.Spliced;
            var start = Frame.Close(written, spliced.Length);
            if (spliced.IsEmpty)
            {
                output.Write(written[start..]);
                return;
            }

            output.Write(written[start..writer.SplicedAt]);
            output.Write(spliced);
            output.Write(written[writer.SplicedAt..]);
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <inheritdoc />
    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var writer = new MessagePackWriter(_maxDepth, Frame.LongestPrefix);
        try
        {
            _writer.Write(ref writer, message);
            var written = writer.Written;
            var spliced = writer.Spliced;
            var start = Frame.Close(written, spliced.Length);
            var frame = GC.AllocateUninitializedArray<byte>(written.Length - start + spliced.Length);
            if (spliced.IsEmpty)
            {
                written[start..].CopyTo(frame);
                return frame;
            }

            var rest = frame.AsSpan(writer.SplicedAt - start);
            written[start..writer.SplicedAt].CopyTo(frame);
            spliced.CopyTo(rest);
            written[writer.SplicedAt..].CopyTo(rest[spliced.Length..]);
            return frame;
        }
        finally
        {
            writer.Dispose();
        }
    }

    private HubMessage? Read(ReadOnlySequence<byte> body, IInvocationBinder binder)
    {
        if (body.IsSingleSegment) return _reader.Read(body.FirstSpan, binder);
        var length = (int)body.Length;
        var whole = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            body.CopyTo(whole);
            return _reader.Read(whole.AsSpan(0, length), binder);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }
}
