using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace SessionRoom.Server.Tests;

/// <summary>A client that speaks the hub's JSON frames by hand: it sees exactly what is sent, in order, and can stop reading.</summary>
internal sealed class HubSocket : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const char End = '\u001e';

    private readonly ClientWebSocket socket = new();
    private readonly Channel<JsonObject> frames = Channel.CreateUnbounded<JsonObject>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonObject>> calls = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim reading = new(1, 1);
    private int next;

    /// <summary>What was called on this client, in order: <c>target</c> and its one argument.</summary>
    public ConcurrentQueue<(string Target, JsonNode? Argument)> Heard { get; } = new();

    /// <summary>Done when the connection is down.</summary>
    public Task Closed => closed.Task.WaitAsync(Patience);

    public static Task<HubSocket> ConnectAsync(RunningServer server, string token, string? origin = null, bool smallBuffers = false) => ConnectAsync(server.Address, token, origin, smallBuffers);

    public static async Task<HubSocket> ConnectAsync(Uri server, string token, string? origin = null, bool smallBuffers = false)
    {
        var hub = new HubSocket();
        if (origin is not null) hub.socket.Options.SetRequestHeader("Origin", origin);
        using var handler = new SocketsHttpHandler { ConnectCallback = (context, cancel) => DialAsync(context.DnsEndPoint.Port, smallBuffers, cancel) };
        var address = new UriBuilder(server) { Scheme = "ws", Path = Calls.HubPath, Query = $"access_token={Uri.EscapeDataString(token)}" }.Uri;
        using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        await hub.socket.ConnectAsync(address, invoker, CancellationToken.None).WaitAsync(Patience);
        await hub.SendAsync("""{"protocol":"json","version":1}""");
        _ = hub.ReadAsync();
        return hub;
    }

    public Task SendAsync(string frame) => socket.SendAsync(Encoding.UTF8.GetBytes(frame + End), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>Invokes and waits for the answer; the error of a failed invocation is thrown.</summary>
    public async Task<JsonNode?> CallAsync(string target, params object?[] arguments)
    {
        var completion = await InvokeAsync(target, arguments).WaitAsync(Patience);
        return completion["error"] is { } error ? throw new HubCallException((string)error!) : completion["result"];
    }

    /// <summary>A command under a new id; the whole ack.</summary>
    public async Task<JsonNode> DoAsync(string type, object? fields = null)
    {
        var command = JsonSerializer.SerializeToNode(fields ?? new { }, JsonSerializerOptions.Web)!.AsObject();
        (command["type"], command["id"]) = (type, $"c{Interlocked.Increment(ref next)}-{Guid.NewGuid():N}");
        return (await CallAsync("Do", command))!;
    }

    /// <summary>The completion of an invocation that was sent by hand.</summary>
    public Task<JsonObject> AnswerAsync(string invocationId) => Waiting(invocationId).Task.WaitAsync(Patience);

    public async Task<JsonObject> InvokeAsync(string target, params object?[] arguments)
    {
        var id = $"{Interlocked.Increment(ref next)}";
        var answer = Waiting(id);
        if (closed.Task.IsCompleted) answer.TrySetException(new IOException("closed"));
        await SendAsync(JsonSerializer.Serialize(new { type = 1, invocationId = id, target, arguments }, JsonSerializerOptions.Web));
        return await answer.Task;
    }

    /// <summary>The next call of this name on the client; others are passed over.</summary>
    public async Task<JsonNode> NextAsync(string target, Func<JsonNode, bool>? that = null)
    {
        using var deadline = new CancellationTokenSource(Patience);
        await foreach (var frame in frames.Reader.ReadAllAsync(deadline.Token))
            if ((string?)frame["target"] == target && frame["arguments"]![0] is { } argument && (that is null || that(argument))) return argument;
        throw new IOException($"the connection closed before {target}; heard {string.Join(' ', Heard.Select(heard => heard.Target))}");
    }

    /// <summary>Stops taking bytes from the socket until the result is disposed of.</summary>
    public async Task<IDisposable> StallAsync()
    {
        await reading.WaitAsync();
        return new Resuming(reading);
    }

    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        socket.Dispose();
        await Task.WhenAny(closed.Task, Task.Delay(Patience));
    }

    private TaskCompletionSource<JsonObject> Waiting(string id) => calls.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private static async ValueTask<Stream> DialAsync(int port, bool smallBuffers, CancellationToken cancel)
    {
        var tcp = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (smallBuffers) tcp.ReceiveBufferSize = 4 * 1024;
        await tcp.ConnectAsync("127.0.0.1", port, cancel);
        return new NetworkStream(tcp, ownsSocket: true);
    }

    private async Task ReadAsync()
    {
        var (buffer, text) = (new byte[16 * 1024], new StringBuilder());
        var decoder = Encoding.UTF8.GetDecoder();
        var chars = new char[buffer.Length];
        try
        {
            while (true)
            {
                await reading.WaitAsync();
                ValueWebSocketReceiveResult got;
                try { got = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None); }
                finally { reading.Release(); }
                if (got.MessageType == WebSocketMessageType.Close) break;
                text.Append(chars, 0, decoder.GetChars(buffer.AsSpan(0, got.Count), chars, flush: false));
                Take(text);
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // The connection is down, which Closed says.
        }
        frames.Writer.TryComplete();
        closed.TrySetResult();
        foreach (var (_, waiting) in calls) waiting.TrySetException(new IOException("closed"));
    }

    private void Take(StringBuilder text)
    {
        var all = text.ToString();
        var from = 0;
        for (int end; (end = all.IndexOf(End, from)) >= 0; from = end + 1)
        {
            var frame = JsonNode.Parse(all[from..end])!.AsObject();
            if ((int?)frame["type"] == 3 ) Waiting((string)frame["invocationId"]!).TrySetResult(frame);
            if ((int?)frame["type"] is not 1) continue;
            Heard.Enqueue(((string)frame["target"]!, frame["arguments"]![0]));
            frames.Writer.TryWrite(frame);
        }
        text.Remove(0, from);
    }

    private sealed class Resuming(SemaphoreSlim reading) : IDisposable
    {
        public void Dispose() => reading.Release();
    }
}

internal sealed class HubCallException(string message) : Exception(message);
