using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using SessionRoom.Client.Transport;

namespace SessionRoom.Client.Connection;

/// <summary>One life of the hub connection: the calls and the messages of the wire, until it ends.</summary>
internal sealed class RoomConnection : IAsyncDisposable
{
    private readonly HubConnection _hub;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RoomConnection(RoomClientOptions options, string token)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(new SocketConnectionFactory(options, token));
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(options.HubAddress));
        // Participant ids are keys of the state: two that differ in case only are two people. Nothing on the wire is ever null.
        builder.AddJsonProtocol(json => json.PayloadSerializerOptions = new(JsonSerializerDefaults.Web)
        {
            PropertyNameCaseInsensitive = false, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        });
        if (options.MessagePack) builder.AddMessagePackProtocol();
        _hub = builder.Build();
        _hub.Closed += failure =>
        {
            Failure = failure;
            _ended.TrySetResult();
            return Task.CompletedTask;
        };
        _hub.On<ByeFrame>(Calls.Bye, bye =>
        {
            Bye = bye;
            _ended.TrySetResult();
        });
    }

    /// <summary>Completes when the connection went down, was dropped, or heard <c>bye</c>.</summary>
    public Task Ended => _ended.Task;

    public ByeFrame? Bye { get; private set; }

    public Exception? Failure { get; private set; }

    public void OnPatch(Action<PatchFrame> take) => _hub.On(Calls.Patch, take);

    public void OnResync(Action<ResyncFrame> take) => _hub.On(Calls.Resync, take);

    public void OnBoard(Action<BoardFrame> take) => _hub.On(Calls.Board, take);

    public void OnAware(Action<byte[]> take) => _hub.On(Calls.Awareness, take);

    public Task StartAsync(CancellationToken cancel) => _hub.StartAsync(cancel);

    /// <exception cref="JoinRefusedException">The server answered with a refusal.</exception>
    public async Task<JoinReply> JoinAsync(JoinRequest request, CancellationToken cancel)
    {
        try
        {
            return await _hub.InvokeAsync<JoinReply>(Calls.Join, request, cancel);
        }
        catch (HubException e) when (JoinRefusedException.CodeIn(e.Message) is { } code)
        {
            throw new JoinRefusedException(code);
        }
    }

    public Task<Ack> DoAsync(JsonObject command) => _hub.InvokeAsync<Ack>(Calls.Do, command);

    public Task<Ack> PushAsync(byte[] update) => _hub.InvokeAsync<Ack>(Calls.Push, (object)update);

    public Task AwareAsync(byte[] update, CancellationToken cancel) => _hub.SendAsync(Calls.Aware, (object)update, cancel);

    public Task<long> TimeAsync(CancellationToken cancel) => _hub.InvokeAsync<long>(Calls.Time, cancel);

    /// <summary>This connection is of no more use; the next one will do better.</summary>
    public void Drop(Exception why)
    {
        Failure ??= why;
        _ended.TrySetResult();
    }

    /// <summary>Waits for that long, and tells whether it ended or the client stopped meanwhile.</summary>
    public async Task<bool> EndsWithinAsync(TimeSpan limit, TimeProvider time, CancellationToken stop)
    {
        try
        {
            await Ended.WaitAsync(limit, time, stop);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();
}
