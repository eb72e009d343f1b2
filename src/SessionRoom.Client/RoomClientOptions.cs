using System.Net.WebSockets;

namespace SessionRoom.Client;

/// <summary>How a <see cref="RoomClient"/> reaches its room.</summary>
public sealed record RoomClientOptions
{
    /// <param name="server">The server's address, as in a browser: <c>http://localhost:5080</c>.</param>
    /// <param name="token">What <see cref="RoomApi.JoinAsync"/> answered, or a token signed with an API key.</param>
    public RoomClientOptions(Uri server, string token)
    {
        ArgumentNullException.ThrowIfNull(server);
        HubAddress = new UriBuilder(new Uri(server, Calls.HubPath)) { Scheme = server.Scheme is "https" or "wss" ? "wss" : "ws" }.Uri;
        Token = token;
    }

    /// <summary>Where the hub's WebSocket opens, <c>ws</c> or <c>wss</c>.</summary>
    public Uri HubAddress { get; }

    public string Token { get; }

    /// <summary>Fetches another token when the server no longer takes this one. Without it, an expired token ends the client.</summary>
    public Func<CancellationToken, Task<string>>? RenewToken { get; init; }

    /// <summary>Told of every change, in order, while the state is as the change left it. It must not block; it may read the client.
    /// What it throws is dropped.</summary>
    public Action<RoomClient, RoomChange>? OnChange { get; init; }

    /// <summary>Speak MessagePack instead of JSON. Off by default.</summary>
    public bool MessagePack { get; init; }

    /// <summary>Follow the board as well, as <see cref="RoomClient.Board"/>. Off by default: then none of its bytes are sent to this client.</summary>
    public bool Board { get; init; }

    /// <summary>Opens the socket in some other way, such as a test server's; gets the address and the token. Its socket belongs to the client.</summary>
    public Func<Uri, string, CancellationToken, Task<WebSocket>>? OpenSocket { get; init; }

    /// <summary>The wait before the first try to reconnect, and before an <c>unavailable</c> command or an edit that is not taken now is sent again; each further one doubles it. 250 milliseconds by default.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest wait between two tries. They never end. 15 seconds by default.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often the server's clock is asked for again. 60 seconds by default.</summary>
    public TimeSpan ClockRefresh { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The local clock and its timers. Only durations are read from it, so that a wrong date does no harm.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Seeds the jitter of the waits; unset for a random one.</summary>
    public int? Seed { get; init; }
}
