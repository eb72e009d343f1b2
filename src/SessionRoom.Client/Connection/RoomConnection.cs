using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
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
        // Participant ids are keys of the state: two that differ in case only are two people.
        builder.AddJsonProtocol(json => json.PayloadSerializerOptions = new(JsonSerializerDefaults.Web) { PropertyNameCaseInsensitive = false });
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

    public Task StartAsync(CancellationToken cancel) => _hub.StartAsync(cancel);

    /// <exception cref="JoinRefusedException">The server answered with a refusal.</exception>
    public async Task<JoinReply> JoinAsync(CancellationToken cancel)
    {
        try
        {
            return await _hub.InvokeAsync<JoinReply>(Calls.Join, new JoinRequest(), cancel);
        }
        catch (HubException e) when (JoinRefusedException.CodeIn(e.Message) is { } code)
        {
            throw new JoinRefusedException(code);
        }
    }

    public Task<Ack> DoAsync(JsonObject command) => _hub.InvokeAsync<Ack>(Calls.Do, command);

    public Task<long> TimeAsync(CancellationToken cancel) => _hub.InvokeAsync<long>(Calls.Time, cancel);

    /// <summary>This connection is of no more use; the next one will do better.</summary>
    public void Drop(Exception why)
    {
        Failure ??= why;
        _ended.TrySetResult();
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();
}
