using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using SessionRoom.Client;
using SessionRoom.LoadTests.Crowd;

namespace SessionRoom.LoadTests.Fleet;

/// <summary>A client's way to the nodes, by a socket on any that lives; and what went over it, read from the bytes.</summary>
/// <param name="only">The only node that it goes to; any by default.</param>
internal sealed class Line(Nodes nodes, Histories histories, string who, int? only = null)
{
    private readonly Lock _gate = new();
    private Connection? _connection;
    private (string Epoch, long Seq)? _at;
    private long _longest;

    /// <summary>The node of the newest connection.</summary>
    public int Node { get; private set; } = -1;

    /// <summary>How many connections there were.</summary>
    public int Connections { get; private set; }

    /// <summary>When the newest connection was open, and when it had the state: by the stopwatch.</summary>
    public (long Opened, long Joined) Since { get; private set; }

    /// <summary>The epoch of the newest resync; null before the first.</summary>
    public string? ResyncedTo { get; private set; }

    /// <summary>Commands and edits that were answered <c>unavailable</c>, by node.</summary>
    public int[] Unavailable { get; } = new int[nodes.Count];

    /// <summary>The longest that a command or an edit waited for any answer, on the connection that it was sent on. What a connection took with it when it ended does not count.</summary>
    public TimeSpan LongestWait
    {
        get
        {
            lock (_gate) return Stopwatch.GetElapsedTime(0, _connection is { Oldest: { } oldest } ? Math.Max(_longest, Stopwatch.GetTimestamp() - oldest) : _longest);
        }
    }

    /// <summary>A client's own defaults, but that it never waits so long that an outage would pass without anything under way.</summary>
    public RoomClientOptions Options(string token) => new(nodes.Addresses[0], token) { Board = true, OpenSocket = OpenAsync, LongestWait = TimeSpan.FromSeconds(1) };

    private async Task<WebSocket> OpenAsync(Uri hub, string token, CancellationToken cancel)
    {
        var (node, socket) = await nodes.OpenAsync(hub, token, only, cancel);
        var connection = new Connection(this, node);
        lock (_gate)
        {
            (Node, _connection, Since) = (node, connection, (Stopwatch.GetTimestamp(), 0));
            Connections++;
        }
        return new TappedSocket(socket, connection.Received.Take, connection.Sent.Take);
    }

    private void Ended(int node, long waited, bool unavailable)
    {
        lock (_gate) _longest = Math.Max(_longest, waited);
        if (unavailable) Interlocked.Increment(ref Unavailable[node]);
    }

    private void Begin(Connection connection, ReadOnlySpan<byte> frame, bool resync)
    {
        var (epoch, seq) = (Encoding.UTF8.GetString(Frames.TextOf(frame, "\"epoch\":\""u8)), Frames.NumberOf(frame, "\"seq\":"u8));
        var had = !resync ? _at : connection.Seq < 0 ? null : (_at!.Value.Epoch, connection.Seq);
        histories.Begin($"{who} on node {Node}, joined {Stopwatch.GetElapsedTime(Since.Joined).TotalMilliseconds:0} ms ago", had, epoch, seq, resync);
        (_at, connection.Seq) = ((epoch, seq), seq);
        if (resync) ResyncedTo = epoch;
        else Since = Since with { Joined = Stopwatch.GetTimestamp() };
    }

    private void Patch(Connection connection, ReadOnlySpan<byte> frame)
    {
        // Before the answer of Join there is nothing that it could follow.
        if (connection.Seq < 0 || _at is not { } at) return;
        var seq = Frames.NumberOf(frame, "\"seq\":"u8);
        histories.Patch(who, at.Epoch, connection.Seq, seq, frame);
        (_at, connection.Seq) = ((at.Epoch, seq), seq);
    }

    /// <summary>One connection: which calls wait on it, and which sequence it has come to.</summary>
    private sealed class Connection
    {
        private readonly Dictionary<string, (bool Join, long Since)> _calls = new(StringComparer.Ordinal);
        private readonly Line _line;
        private readonly int _node;

        public Connection(Line line, int node)
        {
            (_line, _node) = (line, node);
            (Received, Sent) = (new Frames(Hear), new Frames(Say));
        }

        public long Seq { get; set; } = -1;
        public Frames Received { get; }
        public Frames Sent { get; }

        /// <summary>When the oldest of the calls that wait was made.</summary>
        public long? Oldest
        {
            get { lock (_calls) return _calls.Count == 0 ? null : _calls.Values.Min(call => call.Since); }
        }

        private void Say(ReadOnlySpan<byte> frame)
        {
            if (!Frames.Begins(frame, "\"type\":1"u8)) return;
            var join = Frames.Begins(frame, "\"target\":\"Join\""u8);
            if (!join && !Frames.Begins(frame, "\"target\":\"Do\""u8) && !Frames.Begins(frame, "\"target\":\"Push\""u8)) return;
            var id = Encoding.UTF8.GetString(Frames.TextOf(frame, "\"invocationId\":\""u8));
            lock (_calls) _calls[id] = (join, Stopwatch.GetTimestamp());
        }

        private void Hear(ReadOnlySpan<byte> frame)
        {
            if (Frames.Begins(frame, "\"target\":\"patch\""u8)) _line.Patch(this, frame);
            else if (Frames.Begins(frame, "\"target\":\"resync\""u8)) _line.Begin(this, frame, resync: true);
            else if (Frames.Begins(frame, "\"type\":3"u8)) Answer(frame);
        }

        private void Answer(ReadOnlySpan<byte> frame)
        {
            (bool Join, long Since) call;
            lock (_calls)
                if (!_calls.Remove(Encoding.UTF8.GetString(Frames.TextOf(frame, "\"invocationId\":\""u8)), out call)) return;
            if (call.Join && frame.IndexOf("\"epoch\":"u8) >= 0) _line.Begin(this, frame, resync: false);
            if (!call.Join) _line.Ended(_node, Stopwatch.GetTimestamp() - call.Since, frame.IndexOf("\"code\":\"unavailable\""u8) >= 0);
        }
    }
}
