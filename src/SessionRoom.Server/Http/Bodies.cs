using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using SessionRoom.Domain;

namespace SessionRoom.Server;

/// <param name="Agreement">The text, or an object with <c>text</c>.</param>
internal sealed record CreateRoom(string Title, string? Purpose = null, string? Id = null, JsonElement? Agreement = null,
    ImmutableArray<AgendaItem>? Agenda = null, RoomSettings? Settings = null);

internal sealed record RoomMade(string Id, string Title, RoomLinks Links);

/// <summary>Page URLs relative to the server, each with its invite in the fragment, which no browser sends and no log sees.</summary>
internal sealed record RoomLinks(string Facilitator, string Member, string Observer, string Projector);

internal sealed record ShowInvite(string Invite);

/// <summary>What the holder of an invite may read before they join.</summary>
/// <param name="Agreement">Absent where the room has none.</param>
internal sealed record Invitation(string Title, Agreement? Agreement = null);

internal sealed record JoinRoom(string Invite, string Name, Place? Place = null);

/// <param name="TtlSeconds">1 to 2,592,000 (30 days); the server's token life when absent.</param>
internal sealed record IssueToken(string Name, Role Role, string? ParticipantId = null, Place? Place = null, long? TtlSeconds = null);

/// <param name="ExpiresAt">Unix milliseconds.</param>
internal sealed record TokenIssued(string Token, string ParticipantId, Role Role, long ExpiresAt);

internal sealed record RoomRead(string Epoch, long Seq, JsonElement State);

/// <summary>How bodies read as JSON; commands and answers are the wire's own.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.Strict, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CreateRoom))]
[JsonSerializable(typeof(RoomMade))]
[JsonSerializable(typeof(ShowInvite))]
[JsonSerializable(typeof(Invitation))]
[JsonSerializable(typeof(JoinRoom))]
[JsonSerializable(typeof(IssueToken))]
[JsonSerializable(typeof(TokenIssued))]
[JsonSerializable(typeof(RoomRead))]
[JsonSerializable(typeof(BoardRead))]
[JsonSerializable(typeof(Ack))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(Microsoft.AspNetCore.Mvc.ProblemDetails))]
internal sealed partial class BodyJson : JsonSerializerContext;
