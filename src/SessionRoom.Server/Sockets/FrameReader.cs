using System.IO.Pipelines;
using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace SessionRoom.Server;

/// <summary>Takes a client's frames apart: payloads of data frames flow into the pipe as they come, control frames are answered.</summary>
/// <remarks>RFC 6455: sections 5.1 (a client masks), 5.2 (layout), 5.4 (fragments), 5.5 (control frames) and 8.1 (text is UTF-8). How long a message may be is
/// the hub's business, which counts what flows in; a frame that says at once that it is longer is not waited for. Not safe from several threads.</remarks>
/// <param name="most">Bytes of a data frame.</param>
internal sealed class FrameReader(PipeWriter messages, Outlet outlet, int most)
{
    private const int MostControl = 125;

    // The hub looks through all that it has of a message whenever some of it comes: of a long one it gets pieces of this size.
    private const int Piece = 32 * 1024;

    private Head head;
    private int headHas, headNeeds = 2;
    private Opcode opcode, message;
    private bool inPayload, fin, isText;
    private ulong left;
    private int unseen;
    private bool isWhole;
    private uint mask;
    private byte[]? control;
    private int controlHas;
    private Utf8Check text;

    /// <summary>The code of the client's close frame, or of what it did wrong; absent while it goes on.</summary>
    public CloseCode? Ended { get; private set; }

    /// <summary>Takes what arrived. What follows the end is passed over.</summary>
    /// <returns>Whether what was written into the pipe is worth looking at: a message has ended, or a good piece of one is there.</returns>
    public bool Take(ReadOnlySpan<byte> bytes)
    {
        while (Ended is null)
        {
            if (inPayload)
            {
                var part = bytes[..(int)Math.Min(left, (ulong)bytes.Length)];
                bytes = bytes[part.Length..];
                if (!TakePayload(part)) break;
            }
            else if (!TakeHead(ref bytes)) break;
        }
        if (!isWhole && unseen < Piece) return false;
        (isWhole, unseen) = (false, 0);
        return true;
    }

    // True when the head is whole.
    private bool TakeHead(ref ReadOnlySpan<byte> bytes)
    {
        Span<byte> gathered = head;
        while (headHas < headNeeds)
        {
            if (bytes.IsEmpty) return false;
            gathered[headHas++] = bytes[0];
            bytes = bytes[1..];
            if (headHas == 2 && !BeginHead(gathered)) return false;
        }
        (left, headNeeds) = headNeeds switch
        {
            8 => (BinaryPrimitives.ReadUInt16BigEndian(gathered[2..]), 2),
            14 => (BinaryPrimitives.ReadUInt64BigEndian(gathered[2..]), 2),
            _ => ((ulong)(gathered[1] & 0x7F), 2),
        };
        mask = MemoryMarshal.Read<uint>(gathered[(headHas - 4)..]);
        headHas = 0;
        if (left > long.MaxValue) return Fail(CloseCode.ProtocolError);
        if (left > (ulong)most) return Fail(CloseCode.TooBig);
        inPayload = true;
        return true;
    }

    private bool BeginHead(ReadOnlySpan<byte> two)
    {
        (fin, opcode) = ((two[0] & 0x80) != 0, (Opcode)(two[0] & 0x0F));
        var length = two[1] & 0x7F;
        headNeeds = length switch { 126 => 8, 127 => 14, _ => 6 };
        // No extension was agreed on that would give a meaning to the reserved bits.
        if ((two[0] & 0x70) != 0 || (two[1] & 0x80) == 0) return Fail(CloseCode.ProtocolError);
        switch (opcode)
        {
            case Opcode.Continuation when message != Opcode.Continuation:
                break;
            case Opcode.Text or Opcode.Binary when message == Opcode.Continuation:
                (message, isText, text) = (opcode, opcode == Opcode.Text, default);
                break;
            case Opcode.Close or Opcode.Ping or Opcode.Pong when fin && length <= MostControl:
                controlHas = 0;
                break;
            default:
                return Fail(CloseCode.ProtocolError);
        }
        return true;
    }

    // True when the frame is whole.
    private bool TakePayload(ReadOnlySpan<byte> part)
    {
        left -= (ulong)part.Length;
        if (opcode >= Opcode.Close)
        {
            if (!part.IsEmpty) Unmask(part, (control ??= new byte[MostControl]).AsSpan(controlHas));
            controlHas += part.Length;
            if (left > 0) return false;
            inPayload = false;
            TakeControl((control ?? []).AsSpan(0, controlHas));
            return true;
        }
        while (!part.IsEmpty)
        {
            var room = messages.GetSpan();
            var taken = part[..Math.Min(part.Length, room.Length)];
            Unmask(taken, room);
            if (isText && !text.Take(room[..taken.Length])) return Fail(CloseCode.InvalidText);
            messages.Advance(taken.Length);
            unseen += taken.Length;
            part = part[taken.Length..];
        }
        if (left > 0) return false;
        inPayload = false;
        if (!fin) return true;
        (message, isWhole) = (Opcode.Continuation, true);
        return !isText || text.IsWhole || Fail(CloseCode.InvalidText);
    }

    private void TakeControl(ReadOnlySpan<byte> payload)
    {
        // Of several pings that wait only one has to be answered: section 5.5.3.
        if (opcode == Opcode.Ping && outlet.HasRoom)
        {
            outlet.Add(Frames.Of(Opcode.Pong, payload));
            outlet.Send();
        }
        if (opcode != Opcode.Close) return;
        if (payload.IsEmpty) Ended = CloseCode.None;
        else if (payload.Length == 1 || !IsSent(BinaryPrimitives.ReadUInt16BigEndian(payload))) Ended = CloseCode.ProtocolError;
        else Ended = Utf8.IsValid(payload[2..]) ? (CloseCode)BinaryPrimitives.ReadUInt16BigEndian(payload) : CloseCode.InvalidText;
    }

    // Section 7.4, and the codes that were registered since.
    private static bool IsSent(ushort code) => code is >= 1000 and <= 1014 and not (1004 or 1005 or 1006) or >= 3000 and <= 4999;

    private bool Fail(CloseCode code)
    {
        Ended = code;
        return false;
    }

    private void Unmask(ReadOnlySpan<byte> from, Span<byte> to)
    {
        var (wide, at) = (mask | ((ulong)mask << 32), 0);
        for (; at + sizeof(ulong) <= from.Length; at += sizeof(ulong))
            MemoryMarshal.Write(to[at..], MemoryMarshal.Read<ulong>(from[at..]) ^ wide);
        for (; at < from.Length; at++) to[at] = (byte)(from[at] ^ (byte)(mask >> ShiftOf(at)));
        // The next part goes on where this one ends.
        var turn = from.Length % 4;
        mask = BitConverter.IsLittleEndian ? (mask >> (8 * turn)) | (turn == 0 ? 0 : mask << (32 - (8 * turn))) : (mask << (8 * turn)) | (turn == 0 ? 0 : mask >> (32 - (8 * turn)));
    }

    private static int ShiftOf(int at) => 8 * (BitConverter.IsLittleEndian ? at % 4 : 3 - (at % 4));

    [InlineArray(14), StructLayout(LayoutKind.Auto)]
    private struct Head
    {
        private byte first;
    }
}

/// <summary>Whether text that comes in parts is UTF-8; a character may be cut anywhere.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Utf8Check
{
    private uint cut;
    private int cutLength;

    /// <summary>Whether no character is cut at the end of what was taken.</summary>
    public readonly bool IsWhole => cutLength == 0;

    /// <summary>False where it is no UTF-8, however it goes on.</summary>
    public bool Take(ReadOnlySpan<byte> part)
    {
        if (cutLength > 0 && !TakeCut(ref part)) return false;
        if (Utf8.IsValid(part)) return true;
        // At most its last three bytes may be the beginning of a character.
        for (var back = 1; back <= 3 && back <= part.Length; back++)
        {
            if ((part[^back] & 0xC0) == 0x80) continue;
            if (System.Text.Rune.DecodeFromUtf8(part[^back..], out _, out _) != OperationStatus.NeedMoreData || !Utf8.IsValid(part[..^back])) return false;
            foreach (var unit in part[^back..]) Keep(unit);
            return true;
        }
        return false;
    }

    // Completes the character that was cut, as far as there is something to do it with.
    private bool TakeCut(ref ReadOnlySpan<byte> part)
    {
        Span<byte> character = stackalloc byte[4];
        while (!part.IsEmpty)
        {
            Keep(part[0]);
            part = part[1..];
            for (var unit = 0; unit < cutLength; unit++) character[unit] = (byte)(cut >> (8 * unit));
            switch (System.Text.Rune.DecodeFromUtf8(character[..cutLength], out _, out _))
            {
                case OperationStatus.Done:
                    (cut, cutLength) = (0, 0);
                    return true;
                case OperationStatus.InvalidData:
                    return false;
            }
        }
        return true;
    }

    private void Keep(byte unit) => cut |= (uint)unit << (8 * cutLength++);
}
