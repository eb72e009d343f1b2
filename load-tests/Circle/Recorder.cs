using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using SessionRoom.Client;
using SessionRoom.LoadTests.Boards;
using SessionRoom.LoadTests.Crowd;
using SessionRoom.LoadTests.Fleet;

namespace SessionRoom.LoadTests.Circle;

/// <summary>Writes down what goes over one client's connections, byte for byte as hub protocol JSON, one message a line: for a checker that trusts neither client nor server.</summary>
/// <remarks>A line is <c>{"connection": n, "sent" or "received": message}</c>, <c>{"marked": name}</c> for an edit of the board that was answered, and in the end <c>{"state", "epoch", "seq", "board"}</c>: what the client shows.</remarks>
internal sealed class Recorder(Func<Uri, string, CancellationToken, Task<WebSocket>> open, string path) : IDisposable
{
    private readonly StreamWriter _lines = new(path, append: false, new UTF8Encoding(false), 1 << 16);
    private readonly Lock _gate = new();
    private WebSocket? _socket;
    private int _connections;
    private long _awayUntil;

    public int Connections => _connections;

    /// <summary>The network is gone, and for that long it does not come back.</summary>
    public void GoAway(TimeSpan time)
    {
        Volatile.Write(ref _awayUntil, Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency));
        _socket?.Abort();
    }

    public async Task<WebSocket> OpenAsync(Uri hub, string token, CancellationToken cancel)
    {
        var left = TimeSpan.FromSeconds((Volatile.Read(ref _awayUntil) - Stopwatch.GetTimestamp()) / (double)Stopwatch.Frequency);
        if (left > TimeSpan.Zero) await Task.Delay(left, cancel);
        var socket = await open(hub, token, cancel);
        var connection = Interlocked.Increment(ref _connections);
        Frames received = new(frame => Write(connection, "received", frame)), sent = new(frame => Write(connection, "sent", frame));
        return _socket = new TappedSocket(socket, received.Take, sent.Take);
    }

    public void Marked(string mark) => Write(new JsonObject { ["marked"] = mark });

    /// <summary>The last line: what the client shows.</summary>
    public void End(string you, RoomSnapshot room, BoardContent board)
    {
        Write(new JsonObject { ["state"] = room.State.DeepClone(), ["epoch"] = room.Epoch, ["seq"] = room.Seq, ["you"] = you, ["board"] = JsonNode.Parse(board.Json.ToJsonString()) });
    }

    private void Write(int connection, string way, ReadOnlySpan<byte> frame)
    {
        if (frame.IndexOf("\"type\":6"u8) >= 0) return;
        var text = Encoding.UTF8.GetString(frame);
        lock (_gate) _lines.WriteLine($$"""{"connection":{{connection}},"{{way}}":{{text}}}""");
    }

    private void Write(JsonObject line)
    {
        lock (_gate) _lines.WriteLine(line.ToJsonString());
    }

    public void Dispose()
    {
        lock (_gate) _lines.Dispose();
    }
}
