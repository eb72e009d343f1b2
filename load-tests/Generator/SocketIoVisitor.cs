using System.Net;
using System.Text;

namespace SessionRoom.LoadTests.Generator;

/// <summary>Socket.IO over Engine.IO 4, WebSocket only: <c>0</c> open, <c>2</c> ping, <c>3</c> pong, <c>40</c> connect, <c>42</c> event, <c>43</c> its answer.</summary>
internal sealed class SocketIoVisitor : Visitor
{
    private readonly (string Room, string Name) _who;

    public SocketIoVisitor(Reactor reactor, IPEndPoint server, string room, string name, Audience audience, Tally tally) : base(reactor, server, audience, tally)
    {
        _who = (room, name);
        Upgrade("/socket.io/?EIO=4&transport=websocket");
    }

    public override void Change(long stamp) => Send(Encoding.UTF8.GetBytes($$"""422["change","{{_who.Room}}",{{Patches.Of(_who.Name, TextOf(stamp))}}]"""));

    public override void SayAlive()
    {
        // The server asks, and is answered.
    }

    protected override void Opened()
    {
    }

    protected override void Hear(ReadOnlySpan<byte> payload, bool final, long now)
    {
        if (payload.StartsWith("42[\"patch\""u8)) Heard(1, payload, now);
        else if (payload.StartsWith("431["u8)) HasJoined(now);
        else if (payload.StartsWith("40"u8)) Send(Encoding.UTF8.GetBytes($"""421["join","{_who.Room}","{_who.Name}"]"""));
        else if (payload.SequenceEqual("2"u8)) Send("3"u8);
        else if (payload.StartsWith("0{"u8)) Send("40"u8);
        else if (payload.StartsWith("41"u8) || payload.StartsWith("44"u8)) Break(Encoding.UTF8.GetString(payload));
    }
}
