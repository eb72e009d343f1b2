using System.Buffers.Text;
using System.Net;

namespace SessionRoom.LoadTests.Generator;

/// <summary>Somebody in a room over a <see cref="Link"/>, in the dialect of one server: they join, ask for changes, and hear those of all.</summary>
/// <remarks>A change is known by a text that it carries: <c>~q~</c> and the moment at which it was due, in 19 digits.</remarks>
internal abstract class Visitor(Reactor reactor, IPEndPoint server, Audience audience, Tally tally, int? receiveBuffer = null) : Link(reactor, server, receiveBuffer)
{
    private const int Digits = 19;

    public static ReadOnlySpan<byte> Mark => "~q~"u8;

    public Audience Audience => audience;
    protected Tally Tally => tally;

    /// <summary>Whether the times of what they hear are taken. What is counted is counted of all.</summary>
    public bool IsSampled { get; set; }

    /// <summary>How many changes they have.</summary>
    public long Got { get; set; }

    /// <summary>Whether they have the room's state, and when it came, by the stopwatch.</summary>
    public long? Joined { get; private set; }

    /// <summary>Asks for a change that was due at this moment.</summary>
    public abstract void Change(long stamp);

    /// <summary>Says that it is still there.</summary>
    public abstract void SayAlive();

    protected void HasJoined(long now)
    {
        if (Joined is not null) return;
        Joined = now;
        tally.Joins?.Add(now - Began);
    }

    protected static string TextOf(long stamp) => $"~q~{stamp:D19}";

    protected void Refused() => Tally.Refused++;

    /// <summary>Changes came that were due at these moments.</summary>
    protected void Heard(List<long> stamps, long now)
    {
        if (stamps.Count == 0) return;
        tally.Frames++;
        tally.Deliveries += stamps.Count;
        audience.Advance(this, stamps.Count);
        if (IsSampled && tally.Latencies is { } latencies) stamps.ForEach(stamp => latencies.Add(now - stamp));
    }

    /// <summary>A patch came.</summary>
    /// <param name="changes">How many changes are in it.</param>
    /// <param name="marks">The part that names each once.</param>
    protected void Heard(int changes, ReadOnlySpan<byte> marks, long now)
    {
        tally.Frames++;
        if (changes == 0) return;
        tally.Deliveries += changes;
        audience.Advance(this, changes);
        if (!IsSampled || tally.Latencies is not { } latencies) return;
        for (int at; changes > 0 && (at = marks.IndexOf(Mark)) >= 0 && at + Mark.Length + Digits <= marks.Length; changes--)
        {
            if (Utf8Parser.TryParse(marks.Slice(at + Mark.Length, Digits), out long stamp, out _)) latencies.Add(now - stamp);
            marks = marks[(at + Mark.Length + Digits)..];
        }
    }
}
