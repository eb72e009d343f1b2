using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Peers;

/// <summary>A member of a board as light as a socket can be: it sends updates that were made before, and counts the edits of others in what it receives.</summary>
/// <remarks>An edit is known by the text that it types, <see cref="TextOf"/>, so that a server may merge as it likes.</remarks>
internal abstract class PeerMember(char letter) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket _socket = new();
    private readonly TaskCompletionSource _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;
    private TaskCompletionSource? _next;
    private long _heard, _frames, _bytes;

    private const int StampDigits = 8;

    private static ReadOnlySpan<byte> Mark => "~q~"u8;

    /// <summary>Who writes: nobody else in the room has this letter.</summary>
    public char Letter => letter;

    /// <summary>How long edits took that others made; kept of those whose letter is <c>A</c>.</summary>
    public Latencies? Delays { get; set; }

    /// <summary>What an edit types: a mark, whose it is, and when it was made.</summary>
    public string TextOf() => $"~q~{letter}{Environment.TickCount64 % 100_000_000:D8} ";

    /// <summary>Edits of others that came.</summary>
    public long Heard => Interlocked.Read(ref _heard);
    public long Frames => Interlocked.Read(ref _frames);
    public long Bytes => Interlocked.Read(ref _bytes);

    public async Task ComeAsync()
    {
        Prepare(_socket.Options);
        _socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        await _socket.ConnectAsync(Address, CancellationToken.None).WaitAsync(Patience);
        foreach (var message in Greetings()) await SendAsync(message);
        _reading = ReadAsync();
        await _joined.Task.WaitAsync(Patience);
    }

    public ValueTask PushAsync(byte[] update) => SendAsync(PushOf(update));

    /// <summary>Pushes and waits for the answer: whatever comes next, where nobody else writes.</summary>
    public async Task PushedAsync(byte[] update)
    {
        var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _next, next);
        await PushAsync(update);
        await next.Task.WaitAsync(Patience);
    }

    /// <summary>Says that it is still there.</summary>
    public ValueTask PingAsync() => SendAsync(Ping());

    protected abstract Uri Address { get; }

    protected virtual void Prepare(ClientWebSocketOptions options)
    {
    }

    /// <summary>What is sent first, to be let in and to get the board.</summary>
    protected abstract IEnumerable<byte[]> Greetings();

    protected abstract byte[] PushOf(ReadOnlySpan<byte> update);

    protected abstract byte[] Ping();

    /// <summary>Whether this is the answer that brings the board.</summary>
    protected abstract bool IsWelcome(ReadOnlySpan<byte> message);

    /// <summary>A length as both protocols write it: LEB128.</summary>
    protected static ReadOnlySpan<byte> Number(int number)
    {
        var (bytes, count) = (new byte[5], 0);
        for (; number > 0x7F; number >>= 7) bytes[count++] = (byte)(number | 0x80);
        bytes[count++] = (byte)number;
        return bytes.AsSpan(0, count);
    }

    private ValueTask SendAsync(byte[] message) => _socket.SendAsync(message.AsMemory(), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);

    private async Task ReadAsync()
    {
        var (buffer, held) = (new byte[2048], 0);
        try
        {
            while (true)
            {
                if (held == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
                var part = await _socket.ReceiveAsync(buffer.AsMemory(held), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close) break;
                held += part.Count;
                if (!part.EndOfMessage) continue;
                Hear(buffer.AsSpan(0, held));
                held = 0;
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Whoever counts sees what did not come.
        }
        _joined.TrySetException(new InvalidOperationException("the connection ended before the board came"));
        _ = _joined.Task.Exception;
    }

    private void Hear(ReadOnlySpan<byte> message)
    {
        Interlocked.Add(ref _bytes, message.Length);
        Interlocked.Increment(ref _frames);
        if (!_joined.Task.IsCompleted)
        {
            if (IsWelcome(message)) _joined.TrySetResult();
            return;
        }
        Volatile.Read(ref _next)?.TrySetResult();
        var heard = 0;
        for (int at; (at = message.IndexOf(Mark)) >= 0 && at + Mark.Length + StampDigits < message.Length; message = message[(at + Mark.Length)..])
        {
            var from = message[at + Mark.Length];
            if (from == (byte)letter) continue;
            heard++;
            if (from == (byte)'A' && Delays is { } delays && Utf8Parser.TryParse(message.Slice(at + Mark.Length + 1, StampDigits), out long stamp, out _))
                delays.Add((Environment.TickCount64 % 100_000_000 - stamp) * Stopwatch.Frequency / 1_000);
        }
        if (heard > 0) Interlocked.Add(ref _heard, heard);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
    }
}

/// <summary>Hub protocol <c>messagepack</c>, as our pages speak it.</summary>
internal sealed class OwnMember(Uri server, string token, char letter) : PeerMember(letter)
{
    private const byte Completion = 3;

    protected override Uri Address => new UriBuilder(new Uri(server, "/hubs/room")) { Scheme = "ws" }.Uri;

    protected override void Prepare(ClientWebSocketOptions options) => options.SetRequestHeader("Authorization", $"Bearer {token}");

    protected override IEnumerable<byte[]> Greetings() =>
    [
        Encoding.UTF8.GetBytes("""{"protocol":"messagepack","version":1}""" + '\u001e'),
        // [invocation, no headers, "j", "Join", [{}]]
        Framed([0x95, 1, 0x80, 0xA1, (byte)'j', 0xA4, .. "Join"u8, 0x91, 0x80]),
    ];

    /// <remarks><c>[invocation, no headers, "p", "Push", [bytes]]</c>: each is answered, as for every client.</remarks>
    protected override byte[] PushOf(ReadOnlySpan<byte> update)
    {
        Span<byte> size = [0xC6, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(size[1..], update.Length);
        return Framed([0x95, 1, 0x80, 0xA1, (byte)'p', 0xA4, .. "Push"u8, 0x91, .. size, .. update]);
    }

    protected override byte[] Ping() => Framed([0x91, 6]);

    protected override bool IsWelcome(ReadOnlySpan<byte> message)
    {
        if (message.StartsWith("{}\u001e"u8)) message = message[3..];
        while (!message.IsEmpty && (message[0] & 0x80) != 0) message = message[1..];
        return message.Length > 2 && message[2] == Completion;
    }

    private static byte[] Framed(ReadOnlySpan<byte> message) => [.. Number(message.Length), .. message];
}

/// <summary>The messages of y-protocols behind the document's name, as Hocuspocus 4.7 takes them.</summary>
/// <remarks><c>varString(name) • varUint(type) • …</c>: 0 sync (0 step 1, 1 step 2, 2 update), 2 authentication, 3 a question who is there, 4 an answer to sync.</remarks>
internal sealed class HocuspocusMember(Uri server, string name, char letter) : PeerMember(letter)
{
    private const byte Sync = 0, Authentication = 2, AskPresence = 3, SyncReply = 4, Step1 = 0, Step2 = 1, Update = 2;

    private readonly byte[] _name = [(byte)name.Length, .. Encoding.ASCII.GetBytes(name)];

    protected override Uri Address => new UriBuilder(server) { Scheme = "ws" }.Uri;

    protected override IEnumerable<byte[]> Greetings() =>
    [
        [.. _name, Authentication, 0, 1, (byte)'t'],
        // The state vector of an empty replica is one byte.
        [.. _name, Sync, Step1, 1, 0],
    ];

    protected override byte[] PushOf(ReadOnlySpan<byte> update) => [.. _name, Sync, Update, .. Number(update.Length), .. update];

    protected override byte[] Ping() => [.. _name, AskPresence];

    protected override bool IsWelcome(ReadOnlySpan<byte> message) =>
        message.StartsWith(_name) && message[_name.Length..] is [Sync or SyncReply, Step2, ..];
}
