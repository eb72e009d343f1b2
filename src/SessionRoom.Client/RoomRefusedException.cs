using System.Net;

namespace SessionRoom.Client;

/// <summary>The server does not let this client in: its token (401), its person or origin (403), or there is no such room (404).</summary>
public sealed class RoomRefusedException : Exception
{
    public RoomRefusedException(HttpStatusCode status) : base($"the server refused the connection: {(int)status}") => Status = status;

    /// <summary>The HTTP status that the connection was answered with.</summary>
    public HttpStatusCode Status { get; }
}

/// <summary>The client has ended: the server said a final <c>bye</c>, or the client was disposed.</summary>
public sealed class RoomEndedException : Exception
{
    public RoomEndedException(string reason) : base($"the client left the room: {reason}") => Reason = reason;

    /// <summary>The reason of the <c>bye</c>, or <c>disposed</c>.</summary>
    public string Reason { get; }
}
