using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.WebUtilities;

namespace SessionRoom.Server;

/// <summary>Where the hub's connections come in, as SignalR's clients expect it: a negotiation, which any node answers and none remembers, and WebSockets.</summary>
/// <remarks>dotnet/aspnetcore, src/SignalR/docs/specs/TransportProtocols.md. It takes the place of the framework's own endpoint, whose connections cost an idle
/// reader twice the memory and each frame of a room a copy, a frame head and three changes of thread.</remarks>
internal sealed class HubSockets : BackgroundService
{
    /// <summary>The connections are looked after in turn, so that pings do not come all at once.</summary>
    private const int Turns = 10;

    private const int NegotiateVersion = 1;

    // As long as the framework's own endpoint gives the client.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<SocketConnection, int> connections = new();
    private readonly Func<ConnectionContext, Task> hub;
    private readonly CancellationTokenSource closing = new();
    private readonly TimeSpan patience;
    private readonly int mostFrame;
    private readonly Floods floods;
    private readonly TimeProvider time;
    private int arrivals;

    public HubSockets(HubConnectionHandler<RoomHub> hub, ServerOptions options, Floods floods, IHostApplicationLifetime lifetime, TimeProvider time)
    {
        (this.hub, this.floods, this.time, mostFrame) = (hub.OnConnectedAsync, floods, time, options.Limits.FrameBytes);
        // Behind our own patience, which says why; it catches what that does not count: an answer that is not taken.
        patience = options.Limits.StalledFor + TimeSpan.FromSeconds(5);
        lifetime.ApplicationStopping.Register(EndAll);
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var sockets = routes.ServiceProvider.GetRequiredService<HubSockets>();
        routes.MapPost(Calls.HubPath + "/negotiate", Negotiate).RequireAuthorization(Access.People).WithMetadata(new HubMetadata(typeof(RoomHub))).ExcludeFromDescription();
        routes.MapMethods(Calls.HubPath, [HttpMethods.Get, HttpMethods.Connect], sockets.ServeAsync).RequireAuthorization(Access.People).WithMetadata(new HubMetadata(typeof(RoomHub))).ExcludeFromDescription();
    }

    private static async Task Negotiate(HttpContext http)
    {
        var answer = new NegotiationResponse
        {
            AvailableTransports = [new() { Transport = nameof(HttpTransportType.WebSockets), TransferFormats = [nameof(TransferFormat.Text), nameof(TransferFormat.Binary)] }],
        };
        if (!int.TryParse(http.Request.Query["negotiateVersion"], out var version)) version = 0;
        if (version < 0) answer.Error = "negotiateVersion is 0 or more";
        else
        {
            answer.Version = Math.Min(version, NegotiateVersion);
            answer.ConnectionId = NewId();
            if (answer.Version > 0) answer.ConnectionToken = NewId();
        }
        var body = new ArrayBufferWriter<byte>();
        NegotiateProtocol.WriteResponse(answer, body);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.WrittenCount;
        await http.Response.BodyWriter.WriteAsync(body.WrittenMemory);
    }

    private async Task ServeAsync(HttpContext http)
    {
        if (closing.IsCancellationRequested)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }
        if (http.User.Token() is { } token && floods.WaitOf(token) is { } wait)
        {
            await Problems.SlowDown(http, wait, "Too many calls came from this person.").ExecuteAsync(http);
            return;
        }
        if (await Handshake.AcceptAsync(http) is not { } accepted)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        var connection = new SocketConnection(NewId(), http.User, accepted, mostFrame, time, closing.Token);
        if (accepted.Handover is { } handover)
        {
            handover.GoOnWith(() => RunAsync(connection));
            return;
        }
        // It has been read: who it names stays, its text does not.
        http.Request.Headers.Authorization = default;
        http.Features.Set<HiddenToken>(null);
        await RunAsync(connection);
    }

    private async Task RunAsync(SocketConnection connection)
    {
        connections[connection] = Interlocked.Increment(ref arrivals) % Turns;
        try
        {
            await connection.RunAsync(hub, Farewell);
        }
        finally
        {
            connections.TryRemove(connection, out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1) / Turns, time);
        try
        {
            for (var turn = 0; await timer.WaitForNextTickAsync(stoppingToken); turn = (turn + 1) % Turns)
                foreach (var (connection, its) in connections)
                    if (its == turn) connection.Beat(patience);
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    // The hub sends each a last message that allows to come back.
    private void EndAll() => closing.Cancel();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var connection in connections.Keys) connection.Abort();
    }

    public override void Dispose()
    {
        closing.Dispose();
        base.Dispose();
    }

    private static string NewId() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(16));
}
