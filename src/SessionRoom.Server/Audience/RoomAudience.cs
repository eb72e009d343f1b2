using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>Who listens to which room on this node, and what they are sent.</summary>
/// <remarks>Takes the place of the framework's own <see cref="HubLifetimeManager{THub}"/>, which queues without bound behind a reader that stalls. Rooms are the only groups.</remarks>
internal sealed class RoomAudience(ServerOptions options, Floods floods, ServerMeters meters, TimeProvider time) : HubLifetimeManager<RoomHub>, IRoomAudience
{
    private readonly ConcurrentDictionary<string, Listener> connections = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Circle> circles = new(StringComparer.Ordinal);

    private long told;

    public IEnumerable<Listener> Everybody => connections.Values;

    /// <summary>Called with each step of a board and the number of its newest record, from the room's mailbox. Absent where nobody is told of boards.</summary>
    public Action<LiveRoom, long>? WhenWritten { get; set; }

    /// <summary>Goes up with whatever is told to anybody.</summary>
    public long Told => Volatile.Read(ref told);

    public int Connections => connections.Count;

    public int Rooms => circles.Count;

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        if (connection.User.Token() is not { } token) throw new InvalidOperationException("the hub is for people with a token");
        var listener = new Listener(connection, token, options.Limits, floods, meters, time);
        connection.Features.Set(listener);
        connections[connection.ConnectionId] = listener;
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (connections.TryGetValue(connection.ConnectionId, out var listener)) Drop(listener);
        return Task.CompletedTask;
    }

    /// <summary>The connection is down: nothing is sent to it any more, and it does not count.</summary>
    public void Drop(Listener listener)
    {
        if (!connections.TryRemove(new(listener.ConnectionId, listener))) return;
        listener.Gone();
        Leave(listener);
    }

    /// <summary>From here on the listener hears of the room; nothing is written to it before <see cref="Listener.Open"/>.</summary>
    public Circle Enter(Listener listener, LiveRoom room)
    {
        listener.Silence();
        while (true)
        {
            var circle = circles.GetOrAdd(room.Id, static (_, of) => new(of.room, of.meters, of.time), (room, meters, time));
            if (circle.TryEnter(listener, room))
            {
                listener.Circle = circle;
                // It may have gone down on the way in.
                if (listener.IsGone) Leave(listener);
                return circle;
            }
            circles.TryRemove(new(room.Id, circle));
        }
    }

    private void Leave(Listener listener)
    {
        if (listener.Circle is { } circle && circle.Leave(listener)) circles.TryRemove(new(circle.RoomId, circle));
    }

    public void Publish(LiveRoom room, RoomPatch patch)
    {
        Interlocked.Increment(ref told);
        meters.Patches.Add(1);
        if (circles.TryGetValue(room.Id, out var circle)) circle.Publish(room, patch);
    }

    public void PublishBoard(LiveRoom room, BoardStep step)
    {
        Interlocked.Increment(ref told);
        WhenWritten?.Invoke(room, step.N);
        if (circles.TryGetValue(room.Id, out var circle)) circle.PublishBoard(room, step);
    }

    public void BoardBegan(LiveRoom room, long step)
    {
        if (circles.TryGetValue(room.Id, out var circle)) circle.BoardBegan(room, step);
    }

    public void RoomBegan(LiveRoom room, long step)
    {
        if (circles.TryGetValue(room.Id, out var circle)) circle.Begin(room, step);
    }

    public void Heard(LiveRoom room, PassingNews awareness)
    {
        if (circles.TryGetValue(room.Id, out var circle)) circle.Hear(awareness);
    }

    public void RoomDeleted(string roomId)
    {
        if (!circles.TryRemove(roomId, out var circle)) return;
        foreach (var listener in circle.Close()) listener.Dismiss(ByeReasons.RoomDeleted);
    }

    public override Task SendConnectionAsync(string connectionId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        throw Unused();

    public override Task SendAllAsync(string methodName, object?[] args, CancellationToken cancellationToken = default) => throw Unused();
    public override Task SendAllExceptAsync(string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) => throw Unused();
    public override Task SendConnectionsAsync(IReadOnlyList<string> connectionIds, string methodName, object?[] args, CancellationToken cancellationToken = default) => throw Unused();
    public override Task SendGroupAsync(string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default) => throw Unused();
    public override Task SendGroupsAsync(IReadOnlyList<string> groupNames, string methodName, object?[] args, CancellationToken cancellationToken = default) => throw Unused();
    public override Task SendGroupExceptAsync(string groupName, string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) => throw Unused();
    public override Task SendUserAsync(string userId, string methodName, object?[] args, CancellationToken cancellationToken = default) => throw Unused();
    public override Task SendUsersAsync(IReadOnlyList<string> userIds, string methodName, object?[] args, CancellationToken cancellationToken = default) => throw Unused();
    public override Task AddToGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default) => throw Unused();
    public override Task RemoveFromGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default) => throw Unused();

    // What goes out follows a room's log; a send beside it would have no place in its order.
    private static NotSupportedException Unused() => new("Frames are sent by the rooms, not through the hub's clients.");
}
