using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

// The .NET client compiles this same file, so that both ends share one definition and neither depends on the other.
#if SESSIONROOM_CLIENT
namespace SessionRoom.Client;
#else
namespace SessionRoom.Server;
#endif

/// <summary>The names that travel: where the hub is and what it and its clients are called with. See <c>PROTOCOL.md</c>, section 2.</summary>
public static class Calls
{
    /// <summary>The version that <see cref="JoinReply.Protocol"/> carries.</summary>
    public const int Protocol = 1;

    public const string HubPath = "/hubs/room";

    public const string Join = "Join", Do = "Do", Push = "Push", Aware = "Aware", Time = "Time";
    public const string Patch = "patch", Board = "board", Awareness = "aware", Resync = "resync", Bye = "bye";
}

/// <summary>Why the server closes a connection.</summary>
public static class ByeReasons
{
    public const string Removed = "removed", Expired = "expired", RoomDeleted = "room_deleted";
    public const string TooSlow = "too_slow", RateLimited = "rate_limited", ServerStopping = "server_stopping";
}

/// <summary>The argument of <c>Join</c>.</summary>
/// <param name="Board">The caller's CRDT state vector; absent for a client without a replica.</param>
/// <param name="N">Instead of a state vector: the caller has every board frame up to this number.</param>
/// <param name="SkipBoard">The caller does not want the board on this connection.</param>
public sealed record JoinRequest(byte[]? Board = null, long? N = null, bool? SkipBoard = null);

/// <summary>The answer to <c>Join</c>: the room as it is at <paramref name="Seq"/> of the log named <paramref name="Epoch"/>.</summary>
/// <param name="You">The caller's participant id.</param>
/// <param name="Now">The server's time, Unix milliseconds.</param>
/// <param name="N">The number of the newest stored board update.</param>
/// <param name="Board">The board's update that the caller lacks.</param>
/// <param name="Missing">The server's CRDT state vector.</param>
public sealed record JoinReply(
    int Protocol, string You, string Epoch, long Seq, long Now, JsonElement State, long? N = null, byte[]? Board = null, byte[]? Missing = null);

/// <summary>The answer to a command. A refusal is an answer too: then <paramref name="Error"/> says why.</summary>
public sealed record Ack(bool Ok, long Seq, AckResult? Result = null, AckError? Error = null);

/// <summary>What an accepted command tells beyond "done": the seat that it made.</summary>
public sealed record AckResult(string? Pid = null);

/// <summary>A refusal code of section 4, and a sentence for the log of whoever sent the command.</summary>
public sealed record AckError(string Code, string Message);

/// <summary>What happened between <paramref name="Seq"/> − 1 and <paramref name="Seq"/>, and the merge patch (RFC 7396) that it makes of the state.</summary>
public sealed record PatchFrame(long Seq, long At, JsonElement Events, JsonElement Patch);

/// <summary>A CRDT update from somebody else; <paramref name="N"/> counts the room's board updates.</summary>
public sealed record BoardFrame(long N, byte[] Update);

/// <summary>Replaces everything that the client has; the board where it moved on too.</summary>
public sealed record ResyncFrame(string Epoch, long Seq, long Now, JsonElement State, long? N = null, byte[]? Board = null);

/// <summary>The last word before the server closes a connection; one of <see cref="ByeReasons"/>.</summary>
/// <param name="RetryAfterMs">How long to wait before connecting again; with <c>server_stopping</c> and <c>rate_limited</c>.</param>
public sealed record ByeFrame(string Reason, long? RetryAfterMs = null);

/// <summary>How the frames read as JSON: camelCase, absent for null, bytes as base64.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JoinRequest))]
[JsonSerializable(typeof(JoinReply))]
[JsonSerializable(typeof(Ack))]
[JsonSerializable(typeof(PatchFrame))]
[JsonSerializable(typeof(BoardFrame))]
[JsonSerializable(typeof(ResyncFrame))]
[JsonSerializable(typeof(ByeFrame))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonArray))]
[JsonSerializable(typeof(byte[]))]
[JsonSerializable(typeof(long))]
public sealed partial class WireJson : JsonSerializerContext;
