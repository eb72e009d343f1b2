using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SessionRoom.MessagePack.Tests.Support;

/// <summary>The kinds of contracts that a hub meets.</summary>
public static class Shapes
{
    public enum Role
    {
        Member,
        NoteTaker,
        Facilitator,
    }

    [Flags]
    public enum Rights
    {
        None = 0,
        Speak = 1,
        Write = 2,
    }

    public sealed record Hand(string Intent, long At);

    public sealed record Person(string Name, Role Role, bool Online, Hand? Hand = null, int Turns = 3, double? Share = null)
    {
        public required string Place { get; init; }

        public ImmutableArray<string> Tags { get; init; } = [];

        [JsonIgnore]
        public string Secret { get; init; } = "secret";

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int Talk { get; set; }

        [JsonPropertyName("x-note")]
        public string? Note { get; set; }

        public string Upper => Name.ToUpperInvariant();
    }

    public readonly record struct Point(int X, int Y);

    public sealed class Even
    {
        public Even(int value)
        {
            if (value % 2 != 0) throw new ArgumentException("odd", nameof(value));
            Value = value;
        }

        public int Value { get; }
    }

    public sealed record Everything
    {
        public ImmutableDictionary<string, Person> People { get; init; } = ImmutableDictionary<string, Person>.Empty;

        public ImmutableList<Point> Points { get; init; } = [];

        public IReadOnlyList<Role>? Roles { get; init; }

        public Dictionary<int, List<string?>>? ByNumber { get; init; }

        public Dictionary<Guid, byte>? ById { get; init; }

        public HashSet<long>? Set { get; init; }

        public byte[]? Bytes { get; init; }

        public ReadOnlyMemory<byte> Memory { get; init; }

        public Everything? Inner { get; init; }

        public JsonObject? Node { get; init; }

        public JsonElement? Element { get; init; }

        public object? Any { get; init; }

        public Rights Rights { get; init; }

        public decimal Money { get; init; }

        public Guid Id { get; init; }

        public DateTimeOffset When { get; init; }

        public TimeSpan Span { get; init; }

        public char Letter { get; init; } = 'a';

        public float Real { get; init; }

        public ulong Big { get; init; }

        public Uri? Link { get; init; }

        public int[][]? Nested { get; init; }
    }

    [JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
    [JsonDerivedType(typeof(Raised), "hand.raised")]
    [JsonDerivedType(typeof(Moved), "queue.moved")]
    [JsonDerivedType(typeof(Numbered), 7)]
    public abstract record Event(string By);

    public record Raised(string By, string Intent) : Event(By);

    public sealed record Moved(string By, int From, int To) : Event(By);

    public sealed record Numbered(string By) : Event(By);

    public sealed record Unnamed(string By) : Event(By);

    /// <summary>An id with a converter of its own, which no codec can see through.</summary>
    [JsonConverter(typeof(TicketConverter))]
    public readonly record struct Ticket(int Number);

    public sealed class TicketConverter : JsonConverter<Ticket>
    {
        public override Ticket Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(int.Parse(reader.GetString()!.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture));

        public override void Write(Utf8JsonWriter writer, Ticket value, JsonSerializerOptions options) => writer.WriteStringValue($"T{value.Number}");

        public override Ticket ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Read(ref reader, typeToConvert, options);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, Ticket value, JsonSerializerOptions options) =>
            writer.WritePropertyName($"T{value.Number}");
    }

    public sealed record Tickets(Ticket First, Ticket? Second, Dictionary<Ticket, Point> All)
    {
        [JsonConverter(typeof(JsonStringEnumConverter<Role>))]
        public Role? Named { get; init; }
    }

    public sealed class Extended
    {
        public int Known { get; set; }

        [JsonExtensionData]
        public Dictionary<string, JsonElement>? Rest { get; set; }
    }

    /// <summary>Contracts as the room has them: camelCase, enums as strings, null absent.</summary>
    public static JsonSerializerOptions Room { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Shapes.Person))]
[JsonSerializable(typeof(Shapes.Everything))]
[JsonSerializable(typeof(Shapes.Event))]
[JsonSerializable(typeof(Shapes.Tickets))]
internal sealed partial class ShapesContext : JsonSerializerContext;
