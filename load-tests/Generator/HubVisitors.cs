using System.Buffers.Text;
using System.Net;
using System.Text;

namespace SessionRoom.LoadTests.Generator;

/// <summary>Hub protocol JSON, without the negotiation: messages end with <c>0x1e</c>, wherever the frames of the WebSocket are cut.</summary>
internal abstract class JsonHubVisitor(Reactor reactor, IPEndPoint server, Audience audience, Tally tally, int? receiveBuffer) : Visitor(reactor, server, audience, tally, receiveBuffer)
{
    private const byte End = 0x1e;

    private byte[] _part = [];
    private int _partCount;

    protected abstract string JoinCall { get; }

    public override void SayAlive() => Send("{\"type\":6}\u001e"u8);

    protected override void Opened() => Send(Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e" + JoinCall + "\u001e"));

    protected override void Hear(ReadOnlySpan<byte> payload, bool final, long now)
    {
        while (payload.IndexOf(End) is >= 0 and var at)
        {
            if (_partCount == 0) Message(payload[..at], now);
            else
            {
                Hold(payload[..at]);
                Message(_part.AsSpan(0, _partCount), now);
                _partCount = 0;
            }
            payload = payload[(at + 1)..];
        }
        if (!payload.IsEmpty) Hold(payload);
    }

    protected abstract void Message(ReadOnlySpan<byte> message, long now);

    private void Hold(ReadOnlySpan<byte> part)
    {
        if (_part.Length < _partCount + part.Length) Array.Resize(ref _part, Math.Max(_part.Length * 2, _partCount + part.Length));
        part.CopyTo(_part.AsSpan(_partCount));
        _partCount += part.Length;
    }
}

/// <summary>This repository's server over hub protocol JSON.</summary>
internal sealed class RoomVisitor : JsonHubVisitor
{
    private long _seq = -1;

    public RoomVisitor(Reactor reactor, IPEndPoint server, string token, Audience audience, Tally tally, int? receiveBuffer = null) : base(reactor, server, audience, tally, receiveBuffer) =>
        Upgrade("/hubs/room", $"Authorization: Bearer {token}\r\n");

    protected override string JoinCall => """{"type":1,"invocationId":"j","target":"Join","arguments":[{"skipBoard":true}]}""";

    public override void Change(long stamp) => Send(Encoding.UTF8.GetBytes(
        $$$"""{"type":1,"invocationId":"c","target":"Do","arguments":[{"id":"{{{stamp:x}}}","type":"people.rename","name":"{{{TextOf(stamp)}}}"}]}""" + '\u001e'));

    protected override void Message(ReadOnlySpan<byte> message, long now)
    {
        if (message.StartsWith("{\"type\":1,\"target\":\"patch\""u8))
        {
            var seq = SeqOf(message);
            if (_seq < 0) return;
            var last = _seq;
            _seq = seq;
            if (seq != last + 1) Break($"a hole: {seq} after {last}");
            Tally.Example ??= Encoding.UTF8.GetString(message);
            Heard(Audience.ChangesOf(seq, message, static frame => Events(frame).Count(Mark)), Events(message), now);
        }
        else if (message.StartsWith("{\"type\":3,\"invocationId\":\"c\""u8))
        {
            if (message.IndexOf("\"ok\":false"u8) >= 0) Refused();
        }
        else if (message.StartsWith("{\"type\":3,\"invocationId\":\"j\""u8))
        {
            if (message.IndexOf("\"seq\":"u8) < 0)
            {
                Break(Encoding.UTF8.GetString(message));
                return;
            }
            _seq = SeqOf(message);
            HasJoined(now);
        }
        else if (message.StartsWith("{\"type\":1,\"target\":\"resync\""u8))
        {
            Tally.Resyncs++;
            var (last, seq) = (_seq, SeqOf(message));
            _seq = seq;
            if (last >= 0) Audience.Miss(this, last, seq);
        }
        else if (message.StartsWith("{\"type\":1,\"target\":\"bye\""u8)) Break(Encoding.UTF8.GetString(message));
    }

    // What happened stands before what it makes of the state.
    private static ReadOnlySpan<byte> Events(ReadOnlySpan<byte> message) => message[..message.LastIndexOf("\"patch\":"u8)];

    private static long SeqOf(ReadOnlySpan<byte> message) =>
        message.IndexOf("\"seq\":"u8) is >= 0 and var at && Utf8Parser.TryParse(message[(at + 6)..], out long seq, out _) ? seq : throw new InvalidDataException($"no sequence in {Encoding.UTF8.GetString(message)}");
}

/// <summary>A hub that sends what it is given to a group, as SignalR's own documentation shows it.</summary>
internal sealed class HubVisitor : JsonHubVisitor
{
    private readonly (string Room, string Name) _who;

    public HubVisitor(Reactor reactor, IPEndPoint server, string room, string name, Audience audience, Tally tally) : base(reactor, server, audience, tally, null)
    {
        _who = (room, name);
        Upgrade("/hub");
    }

    protected override string JoinCall => $$"""{"type":1,"invocationId":"j","target":"Join","arguments":["{{_who.Room}}","{{_who.Name}}"]}""";

    public override void Change(long stamp) => Send(Encoding.UTF8.GetBytes(
        $$"""{"type":1,"invocationId":"c","target":"Change","arguments":["{{_who.Room}}",{{Patches.Of(_who.Name, TextOf(stamp))}}]}""" + '\u001e'));

    protected override void Message(ReadOnlySpan<byte> message, long now)
    {
        if (message.StartsWith("{\"type\":1,\"target\":\"patch\""u8)) Heard(1, message, now);
        else if (message.StartsWith("{\"type\":3,\"invocationId\":\"j\",\"result\""u8)) HasJoined(now);
        else if (message.StartsWith("{\"type\":3"u8) && message.IndexOf("\"error\""u8) >= 0) Refused();
        else if (message.StartsWith("{\"type\":7"u8)) Break(Encoding.UTF8.GetString(message));
    }
}
