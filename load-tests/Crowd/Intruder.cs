using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace SessionRoom.LoadTests.Crowd;

/// <summary>Somebody who sends whatever they like to the hub and looks at what comes back.</summary>
internal sealed class Intruder : IAsyncDisposable
{
    private const char End = '\u001e';
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket = new();
    private readonly StringBuilder _heard = new();
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _calls;

    /// <summary>The last <c>bye</c>'s reason.</summary>
    public string? Bye { get; private set; }

    /// <summary>Opens the socket. Answers null, or the status that it was refused with.</summary>
    public async Task<HttpStatusCode?> OpenAsync(Uri server, string? token, string? origin = null)
    {
        if (token is not null) _socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        if (origin is not null) _socket.Options.SetRequestHeader("Origin", origin);
        _socket.Options.CollectHttpResponseDetails = true;
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await _socket.ConnectAsync(new UriBuilder(new Uri(server, "/hubs/room")) { Scheme = "ws" }.Uri, limit.Token);
            return null;
        }
        catch (WebSocketException) when (_socket.HttpStatusCode >= HttpStatusCode.BadRequest)
        {
            return _socket.HttpStatusCode;
        }
    }

    /// <summary>Shakes hands and joins; answers what became of it.</summary>
    public async Task<string> EnterAsync()
    {
        await SendAsync("""{"protocol":"json","version":1}""");
        return await HandshakeAsync() == "{}" ? await CallAsync("Join", "{}") : "no handshake";
    }

    /// <summary>Sends text as one frame, with the mark that ends a message.</summary>
    public async Task SendAsync(string message)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, true, limit.Token);
        }
        catch (Exception e) when (e is WebSocketException or IOException)
        {
            // It is closed already; whoever reads next sees that.
        }
    }

    /// <summary>Calls a method with one argument and answers its result as JSON, <c>error</c> for an exception, or <c>gone</c>.</summary>
    public async Task<string> CallAsync(string target, string argument)
    {
        var id = $"{++_calls}";
        await SendAsync($$"""{"type":1,"invocationId":"{{id}}","target":"{{target}}","arguments":[{{argument}}]}""");
        return await AnswerAsync(id);
    }

    /// <summary>The answer to a call, whatever else comes before it; <c>silent</c> where none comes.</summary>
    public async Task<string> AnswerAsync(string id, TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? Patience);
        try
        {
            while (await RecordAsync(limit.Token) is { } record)
            {
                var message = JsonNode.Parse(record)!;
                if (message["type"]?.GetValue<int>() == 7) return "gone";
                if (message["target"]?.GetValue<string>() == "bye") Bye = message["arguments"]![0]!["reason"]!.GetValue<string>();
                if (message["type"]?.GetValue<int>() != 3 || message["invocationId"]!.GetValue<string>() != id) continue;
                return message["error"] is null ? message["result"]?.ToJsonString() ?? "null" : "error";
            }
            return "gone";
        }
        catch (OperationCanceledException)
        {
            return "silent";
        }
    }

    /// <summary>What a command is answered with: <c>ok</c>, a refusal code, <c>error</c> or <c>gone</c>.</summary>
    public async Task<string> DoAsync(string command)
    {
        var answer = await CallAsync("Do", command);
        if (answer is "error" or "gone" or "silent") return answer;
        var ack = JsonNode.Parse(answer)!;
        return ack["ok"]!.GetValue<bool>() ? "ok" : ack["error"]!["code"]!.GetValue<string>();
    }

    private async Task<string?> HandshakeAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        return await RecordAsync(limit.Token);
    }

    private async Task<string?> RecordAsync(CancellationToken cancel)
    {
        while (true)
        {
            var text = _heard.ToString();
            var end = text.IndexOf(End, StringComparison.Ordinal);
            if (end >= 0)
            {
                _heard.Remove(0, end + 1);
                return text[..end];
            }
            try
            {
                var part = await _socket.ReceiveAsync(_buffer.AsMemory(), cancel);
                if (part.MessageType == WebSocketMessageType.Close) return null;
                _heard.Append(Encoding.UTF8.GetString(_buffer, 0, part.Count));
            }
            catch (Exception e) when (e is WebSocketException or IOException)
            {
                return null;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
