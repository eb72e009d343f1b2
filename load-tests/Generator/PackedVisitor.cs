using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace SessionRoom.LoadTests.Generator;

/// <summary>Hub protocol <c>messagepack</c>: each message behind its length in LEB128, wherever the frames of the WebSocket are cut.</summary>
internal abstract class PackedHubVisitor(Reactor reactor, IPEndPoint server, Audience audience, Tally tally) : Visitor(reactor, server, audience, tally)
{
    private byte[] _part = [];

    /// <summary>The argument of Join.</summary>
    protected abstract byte[] JoinRequest { get; }

    public override void SayAlive() => SendMessage([0x91, 6]);

    protected override void Opened()
    {
        Send("{\"protocol\":\"messagepack\",\"version\":1}\u001e"u8);
        SendMessage([0x95, 1, 0x80, 0xA1, (byte)'j', 0xA4, .. "Join"u8, 0x91, .. JoinRequest]);
    }

    protected override void Hear(ReadOnlySpan<byte> payload, bool final, long now)
    {
        if (_part.Length > 0) payload = _part = [.. _part, .. payload];
        // The answer to the handshake is text.
        if (payload.StartsWith("{}\u001e"u8)) payload = payload[3..];
        while (true)
        {
            var (length, shift, at) = (0, 0, 0);
            while (at < payload.Length && (payload[at] & 0x80) != 0)
            {
                length |= (payload[at++] & 0x7F) << shift;
                shift += 7;
            }
            if (at >= payload.Length || payload.Length - at - 1 < (length |= payload[at++] << shift)) break;
            Message(payload.Slice(at, length), now);
            payload = payload[(at + length)..];
        }
        _part = payload.IsEmpty ? [] : payload.ToArray();
    }

    protected abstract void Message(ReadOnlySpan<byte> message, long now);

    protected static byte[] Text(string text) => text.Length < 32 ? [(byte)(0xA0 | text.Length), .. Encoding.ASCII.GetBytes(text)] : [0xD9, (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    protected void SendMessage(byte[] message) => Send([.. Number(message.Length), .. message], binary: true);

    protected static byte[] Number(int number) => number < 0x80 ? [(byte)number] : [(byte)(number | 0x80), .. Number(number >> 7)];
}

/// <summary>This repository's server over hub protocol <c>messagepack</c>.</summary>
internal sealed class PackedVisitor : PackedHubVisitor
{
    private static readonly byte[] Seq = [0xA3, .. "seq"u8], Patch = [0xA5, .. "patch"u8], Failed = [0xA2, .. "ok"u8, 0xC2];

    private long _seq = -1;

    public PackedVisitor(Reactor reactor, IPEndPoint server, string token, Audience audience, Tally tally) : base(reactor, server, audience, tally) =>
        Upgrade("/hubs/room", $"Authorization: Bearer {token}\r\n");

    protected override byte[] JoinRequest => [0x81, .. Text("skipBoard"), 0xC3];

    /// <remarks><c>[invocation, no headers, "c", "Do", [{id, type, name}]]</c></remarks>
    public override void Change(long stamp) => SendMessage(
        [0x95, 1, 0x80, 0xA1, (byte)'c', 0xA2, .. "Do"u8, 0x91, 0x83, .. Text("id"), .. Text($"{stamp:x}"), .. Text("type"), .. Text("people.rename"), .. Text("name"), .. Text(TextOf(stamp))]);

    protected override void Message(ReadOnlySpan<byte> message, long now)
    {
        var head = message[..Math.Min(message.Length, 32)];
        if (message.Length > 1 && message[1] == 3)
        {
            if (message[4] == (byte)'c')
            {
                if (message.IndexOf(Failed) >= 0) Refused();
                return;
            }
            if (message.IndexOf(Seq) < 0)
            {
                Break(Encoding.UTF8.GetString(message));
                return;
            }
            _seq = SeqOf(message);
            HasJoined(now);
        }
        else if (head.IndexOf(Patch) >= 0)
        {
            if (_seq < 0) return;
            var (last, seq) = (_seq, SeqOf(message));
            _seq = seq;
            if (seq != last + 1) Break($"a hole: {seq} after {last}");
            Heard(Audience.ChangesOf(seq, message, static frame => Events(frame).Count(Mark)), Events(message), now);
        }
        else if (head.IndexOf("resync"u8) >= 0)
        {
            Tally.Resyncs++;
            var (last, seq) = (_seq, SeqOf(message));
            _seq = seq;
            if (last >= 0) Audience.Miss(this, last, seq);
        }
        else if (head.IndexOf("bye"u8) >= 0) Break(Encoding.UTF8.GetString(message));
    }

    private static ReadOnlySpan<byte> Events(ReadOnlySpan<byte> message) => message[..message.LastIndexOf(Patch)];

    private static long SeqOf(ReadOnlySpan<byte> message)
    {
        var value = message[(message.IndexOf(Seq) + Seq.Length)..];
        return value[0] switch
        {
            < 0x80 => value[0],
            0xCC => value[1],
            0xCD => BinaryPrimitives.ReadUInt16BigEndian(value[1..]),
            0xCE => BinaryPrimitives.ReadUInt32BigEndian(value[1..]),
            0xCF or 0xD3 => BinaryPrimitives.ReadInt64BigEndian(value[1..]),
            0xD1 => BinaryPrimitives.ReadInt16BigEndian(value[1..]),
            0xD2 => BinaryPrimitives.ReadInt32BigEndian(value[1..]),
            var other => throw new InvalidDataException($"a sequence of kind {other:x2}"),
        };
    }
}
