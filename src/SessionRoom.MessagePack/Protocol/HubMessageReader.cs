using System.Buffers;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using SessionRoom.MessagePack.Contracts;
using SessionRoom.MessagePack.Wire;

namespace SessionRoom.MessagePack.Protocol;

/// <summary>Reads hub messages. An envelope that cannot be understood is an <see cref="InvalidDataException"/>, which ends
/// the connection; a value in it that its contract does not fit fails that call alone.</summary>
internal sealed class HubMessageReader(ContractCodecs codecs)
{
    private const int LongestId = 1024;

    /// <returns>Null for a kind of message that this version does not know.</returns>
    public HubMessage? Read(ReadOnlySpan<byte> frame, IInvocationBinder binder)
    {
        var reader = new MessagePackReader(frame, codecs.MaxDepth);
        try
        {
            var elements = reader.ReadArrayHeader();
            return reader.ReadInt64() switch
            {
                (long)MessageKind.Invocation => ReadInvocation(ref reader, elements, binder),
                (long)MessageKind.StreamItem => ReadStreamItem(ref reader, binder),
                (long)MessageKind.Completion => ReadCompletion(ref reader, binder),
                (long)MessageKind.StreamInvocation => ReadStreamInvocation(ref reader, elements, binder),
                (long)MessageKind.CancelInvocation => ReadCancel(ref reader),
                (long)MessageKind.Ping => PingMessage.Instance,
                (long)MessageKind.Close => ReadClose(ref reader, elements),
                (long)MessageKind.Ack => new AckMessage(ReadSequenceId(ref reader)),
                (long)MessageKind.Sequence => new SequenceMessage(ReadSequenceId(ref reader)),
                _ => null,
            };
        }
        catch (Exception e) when (e is MessagePackFormatException or JsonException)
        {
            throw new InvalidDataException($"A hub message cannot be understood. {e.Message}", e);
        }
    }

    private HubMessage ReadInvocation(ref MessagePackReader reader, int elements, IInvocationBinder binder)
    {
        var headers = ReadHeaders(ref reader);
        var id = ReadIdOrNone(ref reader);
        var target = ReadTarget(ref reader, binder);
        var arguments = ReadArguments(ref reader, target, binder, out var failure);
        var streams = elements > 5 ? ReadStreamIds(ref reader) : null;
        if (failure is not null) return new InvocationBindingFailureMessage(id, target, failure) { Headers = headers };
        return new InvocationMessage(id, target, arguments!, streams) { Headers = headers };
    }

    private HubMessage ReadStreamInvocation(ref MessagePackReader reader, int elements, IInvocationBinder binder)
    {
        var headers = ReadHeaders(ref reader);
        var id = ReadId(ref reader);
        var target = ReadTarget(ref reader, binder);
        var arguments = ReadArguments(ref reader, target, binder, out var failure);
        var streams = elements > 5 ? ReadStreamIds(ref reader) : null;
        if (failure is not null) return new InvocationBindingFailureMessage(id, target, failure) { Headers = headers };
        return new StreamInvocationMessage(id, target, arguments!, streams) { Headers = headers };
    }

    private HubMessage ReadStreamItem(ref MessagePackReader reader, IInvocationBinder binder)
    {
        var headers = ReadHeaders(ref reader);
        var id = ReadId(ref reader);
        var (position, depth) = (reader.Position, reader.Depth);
        try
        {
            return new StreamItemMessage(id, codecs.Get(binder.GetStreamItemType(id)).ReadObject(ref reader)) { Headers = headers };
        }
        catch (Exception)
        {
            SkipFrom(ref reader, position, depth);
            // Not a StreamBindingFailureMessage: stateful reconnect counts what the peer sent by its kind, and the framework does
            // not count that type, so that every later number would be off by one. A completion is counted, and ends the stream
            // with an error just the same.
            return CompletionMessage.WithError(id, "Failed to bind Stream message.");
        }
    }

    private CompletionMessage ReadCompletion(ref MessagePackReader reader, IInvocationBinder binder)
    {
        var headers = ReadHeaders(ref reader);
        var id = ReadId(ref reader);
        var completion = reader.ReadInt64() switch
        {
            (long)ResultKind.Error => CompletionMessage.WithError(id, ReadText(ref reader)),
            (long)ResultKind.Void => CompletionMessage.Empty(id),
            (long)ResultKind.Value => ReadResult(ref reader, id, binder),
            var kind => throw new MessagePackFormatException($"{kind} is no kind of result."),
        };
        completion.Headers = headers;
        return completion;
    }

    private CompletionMessage ReadResult(ref MessagePackReader reader, string id, IInvocationBinder binder)
    {
        var (position, depth) = (reader.Position, reader.Depth);
        Type type;
        try
        {
            type = binder.GetReturnType(id);
        }
        catch (Exception)
        {
            // Nobody waits for it any more.
            reader.SkipValue();
            return CompletionMessage.WithResult(id, null);
        }

        try
        {
            if (type != typeof(RawResult)) return CompletionMessage.WithResult(id, codecs.Get(type).ReadObject(ref reader));
            reader.SkipValue();
            return CompletionMessage.WithResult(id, new RawResult(new ReadOnlySequence<byte>(reader.Since(position).ToArray())));
        }
        catch (Exception e)
        {
            SkipFrom(ref reader, position, depth);
            return CompletionMessage.WithError(id, $"The result is no {type.Name}. {e.Message}");
        }
    }

    private static CancelInvocationMessage ReadCancel(ref MessagePackReader reader)
    {
        var headers = ReadHeaders(ref reader);
        return new CancelInvocationMessage(ReadId(ref reader)) { Headers = headers };
    }

    private static CloseMessage ReadClose(ref MessagePackReader reader, int elements)
    {
        var error = ReadText(ref reader);
        var allowReconnect = elements > 2 && reader.ReadBoolean();
        return error is null && !allowReconnect ? CloseMessage.Empty : new CloseMessage(error, allowReconnect);
    }

    private object?[]? ReadArguments(ref MessagePackReader reader, string target, IInvocationBinder binder, out ExceptionDispatchInfo? failure)
    {
        var (start, outside) = (reader.Position, reader.Depth);
        failure = null;
        try
        {
            if (target.Length == 0) throw new InvalidDataException("An invocation names no target.");
            var types = binder.GetParameterTypes(target);
            var count = reader.ReadArrayHeader();
            if (count != types.Count) throw new InvalidDataException($"'{target}' takes {types.Count} arguments and was given {count}.");
            var arguments = count == 0 ? [] : new object?[count];
            for (var i = 0; i < count; i++) arguments[i] = codecs.Get(types[i]).ReadObject(ref reader);
            return arguments;
        }
        catch (Exception e)
        {
            // Whatever went wrong, be it in a converter or a constructor of the application: the caller is told, and if the
            // bytes are sound the connection goes on behind them.
            failure = ExceptionDispatchInfo.Capture(e);
            reader.Rewind(start, outside);
            if (reader.Kind != TokenKind.Array) throw new MessagePackFormatException("Arguments are not an array.", e);
            reader.SkipValue();
            return null;
        }
    }

    private static void SkipFrom(ref MessagePackReader reader, int position, int depth)
    {
        reader.Rewind(position, depth);
        reader.SkipValue();
    }

    private static Dictionary<string, string>? ReadHeaders(ref MessagePackReader reader)
    {
        var count = reader.ReadMapHeader();
        if (count == 0) return null;
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        for (; count > 0; count--)
        {
            if (!headers.TryAdd(reader.ReadString(), reader.ReadString())) throw new MessagePackFormatException("A header is there twice.");
        }

        return headers;
    }

    private static string[] ReadStreamIds(ref MessagePackReader reader)
    {
        var count = reader.ReadArrayHeader();
        var ids = new List<string>(Math.Min(count, 16));
        for (; count > 0; count--) ids.Add(ReadId(ref reader));
        return [.. ids];
    }

    private static string ReadTarget(ref MessagePackReader reader, IInvocationBinder binder)
    {
        var utf8 = reader.ReadUtf8();
        return binder.GetTarget(utf8) ?? MessagePackReader.Decode(utf8);
    }

    private static string ReadId(ref MessagePackReader reader) =>
        ReadIdOrNone(ref reader) ?? throw new MessagePackFormatException("An invocation or stream has no id.");

    private static string? ReadIdOrNone(ref MessagePackReader reader)
    {
        if (reader.TryReadNil()) return null;
        // Ids are kept in tables for as long as a call is open: one must not fill them with a frame's worth of id.
        return reader.ReadUtf8() switch
        {
            { Length: 0 } => null,
            { Length: > LongestId } => throw new MessagePackFormatException($"An id is longer than {LongestId} bytes."),
            var utf8 => MessagePackReader.Decode(utf8),
        };
    }

    private static string? ReadText(ref MessagePackReader reader) => reader.TryReadNil() ? null : reader.ReadString();

    private static long ReadSequenceId(ref MessagePackReader reader)
    {
        var id = reader.ReadInt64();
        return id >= 0 ? id : throw new MessagePackFormatException("A sequence id is negative.");
    }
}
