using System.Text.Json;
using System.Text.Json.Serialization;

namespace SessionRoom.Domain;

[JsonConverter(typeof(CamelCaseEnum<Role>))]
public enum Role { Facilitator, NoteTaker, Member, Guest, Observer, Projector }

[JsonConverter(typeof(CamelCaseEnum<Place>))]
public enum Place { Remote, InRoom }

/// <summary>What a raised hand asks for, strongest first.</summary>
[JsonConverter(typeof(CamelCaseEnum<Intent>))]
public enum Intent { Order, Question, Reply, Topic }

[JsonConverter(typeof(CamelCaseEnum<Stage>))]
public enum Stage { Lobby, Live, Ended }

[JsonConverter(typeof(CamelCaseEnum<QueuePolicy>))]
public enum QueuePolicy { Fifo, Fair, Round }

[JsonConverter(typeof(CamelCaseEnum<QueueMode>))]
public enum QueueMode { Open, Moderated }

[JsonConverter(typeof(CamelCaseEnum<TimerStatus>))]
public enum TimerStatus { Idle, Running, Paused, Overtime }

[JsonConverter(typeof(SnakeCaseEnum<RefusalCode>))]
public enum RefusalCode { Forbidden, NotAgreed, Stale, Invalid, NotFound, Closed, RateLimited, TooLarge, Ended, Unavailable }

/// <summary>An enum whose names travel in camelCase; numbers are refused.</summary>
public sealed class CamelCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>An enum whose names travel in snake_case; numbers are refused.</summary>
public sealed class SnakeCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
