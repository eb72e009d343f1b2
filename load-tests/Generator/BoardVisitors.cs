using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Text;
using SessionRoom.Crdt;

namespace SessionRoom.LoadTests.Generator;

/// <summary>The replica that somebody's edits are made on: each types into the title of a card of their own. What others write does not matter to it.</summary>
/// <remarks>An edit is known by who made it and its number, so that a server may merge, repeat and send back as it likes: each counts once, and one's own do not.</remarks>
internal sealed class Typing
{
    private const int StampDigits = 19, AuthorDigits = 3, NumberDigits = 7, Tail = StampDigits + AuthorDigits + NumberDigits;

    private readonly int[] _heard = new int[1000];
    private readonly int _author;
    private readonly List<long> _stamps = [];
    private readonly Doc _doc;
    private readonly string _card;
    private YText? _title;
    private byte[] _update = [];

    public Typing(string name, int author, ulong client)
    {
        _author = author;
        (_card, _doc) = ($"card {name}", new(new() { ClientId = client }));
        _doc.UpdateV1 += (_, update, _, _) => _update = update.ToArray();
    }

    /// <summary>When those edits of others were due that are in a message and were in none before.</summary>
    public List<long> New(ReadOnlySpan<byte> message)
    {
        _stamps.Clear();
        for (int at; (at = message.IndexOf(Visitor.Mark)) >= 0 && at + Visitor.Mark.Length + Tail <= message.Length;)
        {
            message = message[(at + Visitor.Mark.Length)..];
            if (!Utf8Parser.TryParse(message[..StampDigits], out long stamp, out _) || !Utf8Parser.TryParse(message.Slice(StampDigits, AuthorDigits), out int author, out _)
                || !Utf8Parser.TryParse(message.Slice(StampDigits + AuthorDigits, NumberDigits), out int number, out _)) continue;
            if (author == _author || number <= _heard[author]) continue;
            _heard[author] = number;
            _stamps.Add(stamp);
        }
        return _stamps;
    }

    public byte[] Type(string text)
    {
        text = $"{text}{_author:D3}{++_heard[_author]:D7} ";
        _doc.Transact(_ =>
        {
            _title ??= _doc.GetMap("actions").SetMap(_card).SetText("title");
            _title.Insert(_title.Length, text);
        });
        return _update;
    }
}

/// <summary>A board of this repository's server; its members hear no patches of theirs.</summary>
internal sealed class OwnBoardVisitor : PackedHubVisitor
{
    private static readonly byte[] Failed = [0xA2, .. "ok"u8, 0xC2];

    private readonly Typing _typing;

    public OwnBoardVisitor(Reactor reactor, IPEndPoint server, string token, Typing typing, Audience audience, Tally tally) : base(reactor, server, audience, tally)
    {
        _typing = typing;
        Upgrade("/hubs/room", $"Authorization: Bearer {token}\r\n");
    }

    protected override byte[] JoinRequest => [0x80];

    /// <remarks><c>[invocation, no headers, "p", "Push", [bytes]]</c></remarks>
    public override void Change(long stamp)
    {
        var update = _typing.Type(TextOf(stamp));
        Span<byte> size = [0xC6, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(size[1..], update.Length);
        SendMessage([0x95, 1, 0x80, 0xA1, (byte)'p', 0xA4, .. "Push"u8, 0x91, .. size, .. update]);
        Audience.Advance(this, 1);
    }

    protected override void Message(ReadOnlySpan<byte> message, long now)
    {
        if (message.Length > 4 && message[1] == 3)
        {
            if (message[4] == (byte)'p' && message.IndexOf(Failed) >= 0) Refused();
            else if (message[4] == (byte)'j') HasJoined(now);
        }
        else if (Joined is not null) Heard(_typing.New(message), now);
    }
}

/// <summary>Messages of y-protocols: <c>varUint(0 sync) • varUint(0 step 1, 1 step 2, 2 update) • bytes</c>; Hocuspocus puts the document's name before each.</summary>
internal sealed class YjsVisitor : Visitor
{
    private readonly byte[] _name;
    private readonly Typing _typing;
    private readonly bool _authenticates;

    /// <param name="named">Hocuspocus: the name stands before each message, and somebody says who they are.</param>
    public YjsVisitor(Reactor reactor, IPEndPoint server, string room, bool named, Typing typing, Audience audience, Tally tally) : base(reactor, server, audience, tally)
    {
        (_typing, _authenticates) = (typing, named);
        _name = named ? [(byte)room.Length, .. Encoding.ASCII.GetBytes(room)] : [];
        Upgrade(named ? "/" : $"/{room}");
    }

    public override void Change(long stamp)
    {
        var update = _typing.Type(TextOf(stamp));
        Send([.. _name, 0, 2, .. Length(update.Length), .. update], binary: true);
        Audience.Advance(this, 1);
    }

    public override void SayAlive()
    {
        // The server asks by a ping.
    }

    protected override void Opened()
    {
        if (_authenticates) Send([.. _name, 2, 0, 1, (byte)'t'], binary: true);
        // The state vector of an empty replica is one byte.
        Send([.. _name, 0, 0, 1, 0], binary: true);
    }

    protected override void Hear(ReadOnlySpan<byte> payload, bool final, long now)
    {
        if (Joined is null)
        {
            if (payload.StartsWith(_name) && payload[_name.Length..] is [0 or 4, 1, ..]) HasJoined(now);
        }
        else Heard(_typing.New(payload), now);
    }

    private static byte[] Length(int number) => number < 0x80 ? [(byte)number] : [(byte)(number | 0x80), .. Length(number >> 7)];
}
