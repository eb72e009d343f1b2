using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace SessionRoom.Server;

/// <summary>What a frame carries.</summary>
/// <remarks>RFC 6455, section 5.2, "Opcode".</remarks>
internal enum Opcode : byte
{
    Continuation = 0x0,
    Text = 0x1,
    Binary = 0x2,
    Close = 0x8,
    Ping = 0x9,
    Pong = 0xA,
}

/// <summary>Why a WebSocket ends.</summary>
/// <remarks>RFC 6455, section 7.4.1. <see cref="None"/> stands for a close frame without a status code, and is never sent.</remarks>
[SuppressMessage("Design", "CA1008", Justification = "There is no status 0.")]
internal enum CloseCode : ushort
{
    Normal = 1000,
    ProtocolError = 1002,
    None = 1005,
    InvalidText = 1007,
    TooBig = 1009,
    InternalError = 1011,
}

/// <summary>The frames that a server sends: whole messages, unmasked.</summary>
/// <remarks>RFC 6455, section 5.2. Wire form: <c>fin, opcode (byte) • length (7 bits, or 126 and 16, or 127 and 64, big-endian) • payload</c>.</remarks>
internal static class Frames
{
    public const int LongestHead = 10;

    private const byte Fin = 0x80, Length16 = 126, Length64 = 127;

    public static int HeadLength(int payload) => payload < Length16 ? 2 : payload <= ushort.MaxValue ? 4 : LongestHead;

    /// <summary>Writes the head of a frame; <paramref name="head"/> has <see cref="HeadLength"/> bytes.</summary>
    public static void WriteHead(Span<byte> head, Opcode opcode, int payload)
    {
        head[0] = (byte)(Fin | (byte)opcode);
        switch (head.Length)
        {
            case 2:
                head[1] = (byte)payload;
                break;
            case 4:
                head[1] = Length16;
                BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)payload);
                break;
            default:
                head[1] = Length64;
                BinaryPrimitives.WriteUInt64BigEndian(head[2..], (ulong)payload);
                break;
        }
    }

    /// <summary>A frame that is to be kept.</summary>
    public static byte[] Of(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        var head = HeadLength(payload.Length);
        var frame = GC.AllocateUninitializedArray<byte>(head + payload.Length);
        WriteHead(frame.AsSpan(0, head), opcode, payload.Length);
        payload.CopyTo(frame.AsSpan(head));
        return frame;
    }

    public static byte[] Close(CloseCode code)
    {
        if (code == CloseCode.None) return Of(Opcode.Close, []);
        Span<byte> payload = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        return Of(Opcode.Close, payload);
    }
}
