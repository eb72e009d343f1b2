using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace SessionRoom.Server;

/// <summary>A message to many: encoded and framed once for each protocol, and the same bytes for everybody who speaks it. Made and offered by one thread.</summary>
internal sealed class SharedFrame(HubMessage message)
{
    // Written here first: how long the head is shows only then.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? drafts;

    private const int LargestDraft = 256 * 1024;

    private (IHubProtocol? Protocol, byte[]? Frame) one, other;

    public byte[] For(IHubProtocol protocol)
    {
        if (one.Protocol == protocol) return one.Frame!;
        if (other.Protocol == protocol) return other.Frame!;
        var frame = Encode(protocol);
        if (one.Protocol is null) one = (protocol, frame);
        else other = (protocol, frame);
        return frame;
    }

    private byte[] Encode(IHubProtocol protocol)
    {
        var draft = drafts ??= new();
        try
        {
            protocol.WriteMessage(message, draft);
            return Frames.Of(protocol.TransferFormat == TransferFormat.Binary ? Opcode.Binary : Opcode.Text, draft.WrittenSpan);
        }
        finally
        {
            if (draft.Capacity > LargestDraft) drafts = null;
            else draft.ResetWrittenCount();
        }
    }
}
