using System.Net;
using System.Text;

namespace SessionRoom.LoadTests.Generator;

/// <summary>A bare WebSocket: what one sends, all of the room get, byte for byte. The bytes are those that our server would send.</summary>
internal sealed class RawVisitor : Visitor
{
    private readonly string _name;

    public RawVisitor(Reactor reactor, IPEndPoint server, string room, string name, Audience audience, Tally tally) : base(reactor, server, audience, tally)
    {
        _name = name;
        Upgrade($"/raw?room={room}&name={name}");
    }

    public override void Change(long stamp) => Send(Encoding.UTF8.GetBytes($$"""{"type":1,"target":"patch","arguments":[{{Patches.Of(_name, TextOf(stamp))}}]}""" + '\u001e'));

    public override void SayAlive()
    {
        // The server asks; a pong is sent where frames are cut.
    }

    protected override void Opened()
    {
    }

    protected override void Hear(ReadOnlySpan<byte> payload, bool final, long now)
    {
        if (payload.StartsWith("{\"type\":1,\"target\":\"patch\""u8)) Heard(1, payload, now);
        else HasJoined(now);
    }
}
