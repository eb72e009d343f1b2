using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SessionRoom.Domain;

/// <summary>What one append stores: the facts of one sequence number, and the answers that were given with or before them.</summary>
public sealed record RoomBatch(ImmutableArray<RoomEvent> Events, ImmutableArray<Answer> Answers);

/// <summary>How commands, events, states and views read as JSON: camelCase, string enums, absent for null, properties in any order.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true, NumberHandling = JsonNumberHandling.Strict, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(MemberCommand))]
[JsonSerializable(typeof(RoomEvent))]
[JsonSerializable(typeof(RoomBatch))]
[JsonSerializable(typeof(RoomState))]
[JsonSerializable(typeof(RoomView))]
[JsonSerializable(typeof(Refusal))]
[JsonSerializable(typeof(CommandResult))]
public sealed partial class RoomJson : JsonSerializerContext;
