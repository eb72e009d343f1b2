using System.Diagnostics;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace SessionRoom.LoadTests.Crowd;

/// <summary>A member as light as a socket can be: it joins, counts the frames that come, and reads no more of them than it must.</summary>
/// <remarks>Hub protocol JSON, without the negotiation. A thousand of them share two cores with the server that they measure.</remarks>
internal sealed class RawMember : IAsyncDisposable
{
    private const byte End = 0x1e;

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly TaskCompletionSource _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ByeReceived> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource? _stalled;
    private (long Seq, TaskCompletionSource Reached)? _goal;
    private Task _reading = Task.CompletedTask;

    /// <summary>Called with each patch frame and the stopwatch's time at which it was there.</summary>
    public Action<ReadOnlySpan<byte>, long>? OnPatch { get; init; }

    /// <summary>Keep the frames that make the state, to be folded afterwards. Off by default.</summary>
    public bool Keeps { get; init; }

    /// <summary>The kernel's buffer for what was not read yet, in bytes; the system's choice by default.</summary>
    public int? ReceiveBuffer { get; init; }

    public List<byte[]> Kept { get; } = [];
    public long Seq { get; private set; } = -1;
    public int Holes { get; private set; }
    public int Patches { get; private set; }
    public int Resyncs { get; private set; }
    public Task Joined => _joined.Task;

    /// <summary>Completes when the connection is over.</summary>
    public Task<ByeReceived> Ended => _ended.Task;

    public async Task OpenAsync(Uri server, string token, CancellationToken cancel)
    {
        _socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        _socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        var address = new UriBuilder(new Uri(server, "/hubs/room")) { Scheme = "ws" }.Uri;
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler { ConnectCallback = ConnectAsync });
        await _socket.ConnectAsync(address, invoker, cancel);
        await SendAsync("""{"protocol":"json","version":1}""" + (char)End + """{"type":1,"invocationId":"join","target":"Join","arguments":[{}]}""", cancel);
        _reading = ReadAsync();
    }

    /// <summary>Completes when the member has come to this sequence.</summary>
    public Task ReachAsync(long seq)
    {
        lock (Kept)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (Seq >= seq) reached.SetResult();
            else _goal = (seq, reached);
            return reached.Task;
        }
    }

    public Task PingAsync(CancellationToken cancel) => SendAsync("""{"type":6}""", cancel);

    public async Task SendAsync(string message, CancellationToken cancel)
    {
        await _sending.WaitAsync(cancel);
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(message + (char)End), WebSocketMessageType.Text, true, cancel);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>From here on it reads nothing, as a phone in a tunnel does, until <see cref="ReadOn"/>.</summary>
    public void StopReading() => _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ReadOn() => Interlocked.Exchange(ref _stalled, null)?.TrySetResult();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (ReceiveBuffer is { } bytes) socket.ReceiveBufferSize = bytes;
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task ReadAsync()
    {
        var (buffer, held) = (new byte[4096], 0);
        string? bye = null, failure = null;
        try
        {
            while (true)
            {
                if (_stalled is { } stalled) await stalled.Task;
                if (held == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
                var part = await _socket.ReceiveAsync(buffer.AsMemory(held), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close) break;
                var now = Stopwatch.GetTimestamp();
                var (from, searched) = (0, held);
                held += part.Count;
                while (buffer.AsSpan(searched, held - searched).IndexOf(End) is >= 0 and var at)
                {
                    bye = Hear(buffer.AsSpan(from, searched + at - from), now) ?? bye;
                    from = searched = searched + at + 1;
                }
                buffer.AsSpan(from, held - from).CopyTo(buffer);
                held -= from;
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            failure = e.Message;
        }
        _ended.TrySetResult(new(bye, failure));
        _joined.TrySetException(new InvalidOperationException($"the connection ended before it joined: {bye ?? failure}"));
        _ = _joined.Task.Exception;
    }

    private string? Hear(ReadOnlySpan<byte> frame, long now)
    {
        if (frame.StartsWith("{\"type\":1,"u8))
        {
            if (frame.IndexOf("\"target\":\"patch\""u8) is >= 0 and < 32) Patch(frame, now);
            else if (frame.IndexOf("\"target\":\"resync\""u8) is >= 0 and < 32)
            {
                Resyncs++;
                Begin(frame);
            }
            else if (frame.IndexOf("\"target\":\"bye\""u8) is >= 0 and < 32) return Encoding.UTF8.GetString(frame);
        }
        else if (frame.StartsWith("{\"type\":3,\"invocationId\":\"join\""u8))
        {
            if (frame.IndexOf("\"error\":"u8) is >= 0 and < 64) _joined.TrySetException(new InvalidOperationException(Encoding.UTF8.GetString(frame)));
            else Begin(frame);
            _joined.TrySetResult();
        }
        return null;
    }

    private void Begin(ReadOnlySpan<byte> frame)
    {
        Advance(SeqOf(frame));
        if (Keeps) Kept.Add(frame.ToArray());
    }

    private void Patch(ReadOnlySpan<byte> frame, long now)
    {
        var seq = SeqOf(frame);
        Patches++;
        if (Keeps) Kept.Add(frame.ToArray());
        // Before the answer of Join nothing follows anything yet.
        if (Seq >= 0 && seq != Seq + 1) Holes++;
        if (Seq >= 0) Advance(seq);
        OnPatch?.Invoke(frame, now);
    }

    private void Advance(long seq)
    {
        lock (Kept)
        {
            Seq = seq;
            if (_goal is { } goal && seq >= goal.Seq) goal.Reached.TrySetResult();
        }
    }

    /// <summary>The frame's own sequence: the first field of that name, which stands before the state and the events.</summary>
    private static long SeqOf(ReadOnlySpan<byte> frame)
    {
        var at = frame.IndexOf("\"seq\":"u8);
        if (at < 0 || !System.Buffers.Text.Utf8Parser.TryParse(frame[(at + 6)..], out long seq, out _))
            throw new InvalidDataException($"no sequence in {Encoding.UTF8.GetString(frame)}");
        return seq;
    }

    public async ValueTask DisposeAsync()
    {
        ReadOn();
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
    }
}

/// <param name="Bye">The server's last word, as it came.</param>
/// <param name="Failure">How the connection broke, if it was not closed.</param>
internal sealed record ByeReceived(string? Bye, string? Failure);
