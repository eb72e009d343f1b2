using System.Buffers;
using Microsoft.AspNetCore.SignalR.Protocol;
using SessionRoom.MessagePack.Contracts;
using SessionRoom.MessagePack.Wire;

namespace SessionRoom.MessagePack.Protocol;

/// <summary>Writes hub messages as arrays. Layouts are in HubProtocol.md, notation there.</summary>
internal sealed class HubMessageWriter(ContractCodecs codecs)
{
    public void Write(ref MessagePackWriter writer, HubMessage message)
    {
        switch (message)
        {
            case InvocationMessage invocation:
                WriteCall(ref writer, MessageKind.Invocation, invocation, invocation.StreamIds);
                break;
            case StreamInvocationMessage invocation:
                WriteCall(ref writer, MessageKind.StreamInvocation, invocation, invocation.StreamIds);
                break;
            case StreamItemMessage item:
                Begin(ref writer, 4, MessageKind.StreamItem, item);
                writer.WriteString(item.InvocationId);
                WriteValue(ref writer, item.Item);
                break;
            case CompletionMessage completion:
                WriteCompletion(ref writer, completion);
                break;
            case CancelInvocationMessage cancel:
                Begin(ref writer, 3, MessageKind.CancelInvocation, cancel);
                writer.WriteString(cancel.InvocationId);
                break;
            case PingMessage:
                Begin(ref writer, 1, MessageKind.Ping);
                break;
            case CloseMessage close:
                Begin(ref writer, 3, MessageKind.Close);
                WriteText(ref writer, close.Error);
                writer.WriteBoolean(close.AllowReconnect);
                break;
            case AckMessage ack:
                Begin(ref writer, 2, MessageKind.Ack);
                writer.WriteInt64(ack.SequenceId);
                break;
            case SequenceMessage sequence:
                Begin(ref writer, 2, MessageKind.Sequence);
                writer.WriteInt64(sequence.SequenceId);
                break;
            default:
                throw new InvalidDataException($"{message.GetType()} has no MessagePack form.");
        }
    }

    private void WriteCall(ref MessagePackWriter writer, MessageKind kind, HubMethodInvocationMessage call, string[]? streamIds)
    {
        Begin(ref writer, 6, kind, call);
        WriteText(ref writer, call.InvocationId);
        writer.WriteString(call.Target);
        writer.WriteArrayHeader(call.Arguments.Length);
        foreach (var argument in call.Arguments) WriteValue(ref writer, argument);
        writer.WriteArrayHeader(streamIds?.Length ?? 0);
        foreach (var id in streamIds ?? []) writer.WriteString(id);
    }

    private void WriteCompletion(ref MessagePackWriter writer, CompletionMessage completion)
    {
        var kind = completion.Error is not null ? ResultKind.Error : completion.HasResult ? ResultKind.Value : ResultKind.Void;
        Begin(ref writer, kind == ResultKind.Void ? 4 : 5, MessageKind.Completion, completion);
        writer.WriteString(completion.InvocationId);
        writer.WriteInt64((long)kind);
        if (kind == ResultKind.Error) writer.WriteString(completion.Error);
        else if (kind == ResultKind.Value) WriteValue(ref writer, completion.Result);
    }

    private void WriteValue(ref MessagePackWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNil();
                break;
            case RawResult raw:
                // A client's result on its way through a backplane: bytes of this protocol already.
                foreach (var segment in raw.RawSerializedData) writer.WriteRaw(segment.Span);
                break;
            default:
                codecs.Get(value.GetType()).WriteObject(ref writer, value);
                break;
        }
    }

    private static void Begin(ref MessagePackWriter writer, int elements, MessageKind kind)
    {
        writer.WriteArrayHeader(elements);
        writer.WriteInt64((long)kind);
    }

    private static void Begin(ref MessagePackWriter writer, int elements, MessageKind kind, HubInvocationMessage message)
    {
        Begin(ref writer, elements, kind);
        writer.WriteMapHeader(message.Headers?.Count ?? 0);
        if (message.Headers is null) return;
        foreach (var (name, value) in message.Headers)
        {
            writer.WriteString(name);
            writer.WriteString(value);
        }
    }

    private static void WriteText(ref MessagePackWriter writer, string? text)
    {
        if (text is null) writer.WriteNil();
        else writer.WriteString(text);
    }
}
