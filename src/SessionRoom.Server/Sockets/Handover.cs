using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace SessionRoom.Server;

/// <summary>A connection of the web server that may go on when its last request, which upgraded it, is over.</summary>
/// <remarks>A request that lasts as long as its WebSocket holds, for each idle connection, all that served it: headers, features, services, and a waiting call of every middleware.</remarks>
internal sealed class Handover : IConnectionHeartbeatFeature
{
    private readonly ConnectionContext connection;
    private readonly IConnectionHeartbeatFeature? heart;
    private Action? beat;
    private Func<Task>? next;

    private Handover(ConnectionContext connection)
    {
        (this.connection, heart) = (connection, connection.Features.Get<IConnectionHeartbeatFeature>());
        connection.Features.Set(this);
        // The web server never forgets whom its heart beats for, which would be all of the request.
        if (heart is not null) connection.Features.Set<IConnectionHeartbeatFeature>(this);
    }

    /// <summary>Stands around the web server's own serving of requests.</summary>
    public static async Task ServeAsync(ConnectionContext connection, ConnectionDelegate requests)
    {
        var handover = new Handover(connection);
        await requests(connection);
        if (handover.next is not { } next) return;
        (handover.beat, handover.next) = (null, null);
        await next();
    }

    /// <summary>What comes over the connection behind the request. It may be read once the request is over.</summary>
    public PipeReader In => connection.Transport.Input;

    public void Abort() => connection.Abort();

    /// <summary>What the connection is for when its upgraded request is over.</summary>
    public void GoOnWith(Func<Task> what) => next = what;

    void IConnectionHeartbeatFeature.OnHeartbeat(Action<object> action, object state)
    {
        if (beat is null) heart!.OnHeartbeat(static handover => ((Handover)handover).beat?.Invoke(), this);
        beat += () => action(state);
    }
}
