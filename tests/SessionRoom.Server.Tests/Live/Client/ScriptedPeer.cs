using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace SessionRoom.Client.Tests;

/// <summary>A call that the client made; without an id where it waits for no answer.</summary>
internal sealed record ScriptedCall(string Target, string Id, JsonArray Arguments)
{
    public JsonObject Command => Arguments[0]!.AsObject();
}

/// <summary>One connection as the server sees it, in hub protocol JSON. Shakes hands and tells the time by itself; the rest is the test's.</summary>
internal sealed class ScriptedPeer : IAsyncDisposable
{
    private const char End = '\u001e';

    private readonly ScriptedServer _server;
    private readonly WebSocket _socket;
    private readonly Channel<ScriptedCall> _calls = Channel.CreateUnbounded<ScriptedCall>();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly Task _reading;

    public ScriptedPeer(ScriptedServer server, WebSocket socket)
    {
        (_server, _socket) = (server, socket);
        _reading = ReadAsync();
    }

    public int TimesAsked { get; private set; }

    public async Task<ScriptedCall> CallAsync(string target)
    {
        var call = await _calls.Reader.ReadAsync(_server.Deadline);
        Assert.Equal(target, call.Target);
        return call;
    }

    public async Task AnswerJoinAsync(long seq, string state, string epoch = "a") =>
        await AnswerJoinAsync(await CallAsync(Calls.Join), seq, state, epoch);

    public Task AnswerJoinAsync(ScriptedCall call, long seq, string state, string epoch = "a") =>
        AnswerAsync(call, $$"""{"protocol":1,"you":"ann","epoch":"{{epoch}}","seq":{{seq}},"now":0,"state":{{state}}}""");

    public Task AnswerAsync(ScriptedCall call, string result) => SendAsync($$"""{"type":3,"invocationId":"{{call.Id}}","result":{{result}}}""");

    public Task FailAsync(ScriptedCall call, string error) => SendAsync($$"""{"type":3,"invocationId":"{{call.Id}}","error":"{{error}}"}""");

    public Task PatchAsync(long seq, string patch) => TellAsync(Calls.Patch, $$"""{"seq":{{seq}},"at":5,"events":[],"patch":{{patch}}}""");

    public Task TellAsync(string target, string argument) => SendAsync($$"""{"type":1,"target":"{{target}}","arguments":[{{argument}}]}""");

    /// <summary>The connection is gone, without a word.</summary>
    public void Break() => _socket.Abort();

    private async Task SendAsync(string message)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, true, _server.Deadline);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task ReadAsync()
    {
        var (buffer, text) = (new byte[4096], new StringBuilder());
        try
        {
            while (await _socket.ReceiveAsync(buffer, _server.Deadline) is { MessageType: not WebSocketMessageType.Close } part)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
                while (text.ToString().IndexOf(End, StringComparison.Ordinal) is >= 0 and var end)
                {
                    await HearAsync(JsonNode.Parse(text.ToString(0, end))!.AsObject());
                    text.Remove(0, end + 1);
                }
            }
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _server.Deadline);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            _socket.Abort();
        }
        _calls.Writer.TryComplete();
    }

    private async Task HearAsync(JsonObject message)
    {
        if (message.ContainsKey("protocol")) await SendAsync("{}");
        else if (message["type"]?.GetValue<int>() is 1)
        {
            var call = new ScriptedCall(message["target"]!.GetValue<string>(), message["invocationId"]?.GetValue<string>() ?? "", message["arguments"]!.AsArray());
            if (call.Target != Calls.Time) await _calls.Writer.WriteAsync(call);
            else
            {
                TimesAsked++;
                await AnswerAsync(call, JsonSerializer.Serialize(_server.Now()));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Break();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
    }
}
