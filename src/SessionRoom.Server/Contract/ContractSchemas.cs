using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;

namespace SessionRoom.Server;

/// <summary>Which way a shape travels: what is optional to send may always be there in an answer.</summary>
internal enum Travels { ToServer, ToClient }

/// <summary>The shapes of the contract, read off the very types that are serialized, each under its name in the document's components.</summary>
/// <remarks>Nothing is ever <c>null</c> on the wire: what may be absent is not required. In an answer that is what C# has as nullable, in a request also what has a default.</remarks>
internal sealed class ContractSchemas(OpenApiDocument document)
{
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    private readonly Dictionary<string, (Type Type, Travels Way)> written = new(StringComparer.Ordinal);

    public IOpenApiSchema Of(Type type, Travels way)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Plain(type) is { } plain) return plain;
        if (ElementOf(type) is { } element) return new OpenApiSchema { Type = JsonSchemaType.Array, Items = Of(element, way) };
        if (ValueOf(type) is { } value) return new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = Of(value, way) };
        return Named(ContractNames.Of(type, way), type, way, () => type.IsEnum ? Words(type) : Facets.Instead(type, way, this) ?? Shape(type, way));
    }

    public static OpenApiSchema Text(params IEnumerable<string> words) => new() { Type = JsonSchemaType.String, Enum = [.. words.Select(word => (JsonNode)word)] };

    public static OpenApiSchema Object(params IEnumerable<(string Name, IOpenApiSchema Schema, bool Required)> properties) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = properties.ToDictionary(property => property.Name, property => property.Schema, StringComparer.Ordinal),
        Required = properties.Where(property => property.Required).Select(property => property.Name).ToHashSet(StringComparer.Ordinal),
    };

    /// <summary>Writes it under its name, once. Two types that want the same name are a mistake.</summary>
    public OpenApiSchemaReference Named(string name, Type type, Travels way, Func<OpenApiSchema> write)
    {
        if (written.TryAdd(name, (type, way)))
        {
            var schema = write();
            schema.Description ??= Facets.About(name);
            if (Facets.Example(name) is { } example) schema.Examples = [example];
            document.Components!.Schemas![name] = schema;
        }
        else if (written[name] is var (other, before) && (other != type || (before != way && !type.IsEnum))) throw new InvalidOperationException($"{type} and {other} are both called {name} in the contract");
        return new(name, document);
    }

    private OpenApiSchema Shape(Type type, Travels way)
    {
        var info = Reading.GetTypeInfo(type);
        if (info.PolymorphismOptions is { } kinds) return Union(type, kinds, way);
        return Fields(info, way);
    }

    // One shape per kind, told apart by its first field.
    private OpenApiSchema Union(Type type, JsonPolymorphismOptions kinds, Travels way)
    {
        var (field, mapping) = (kinds.TypeDiscriminatorPropertyName, new Dictionary<string, OpenApiSchemaReference>(StringComparer.Ordinal));
        foreach (var kind in kinds.DerivedTypes.Where(kind => !Facets.IsInternal(kind.DerivedType)))
        {
            var word = (string)kind.TypeDiscriminator!;
            mapping.Add(word, Named(ContractNames.Of(kind.DerivedType, way), kind.DerivedType, way, () =>
            {
                var fields = Fields(Reading.GetTypeInfo(kind.DerivedType), way);
                fields.Properties = new Dictionary<string, IOpenApiSchema>([new(field, Text(word)), .. fields.Properties!], StringComparer.Ordinal);
                fields.Required!.Add(field);
                return fields;
            }));
        }
        return new() { OneOf = [.. mapping.Values], Discriminator = new() { PropertyName = field, Mapping = mapping } };
    }

    private OpenApiSchema Fields(JsonTypeInfo info, Travels way)
    {
        var fields = info.Properties.Where(property => property.Get is not null || property.Set is not null).ToList();
        // What a record inherits comes first: the command's id, the event's time.
        return Object(fields.OrderBy(property => property.AssociatedParameter is null ? 0 : 1).Select(property => (property.Name, Field(info.Type, property, way), IsRequired(info.Type, property, way))));
    }

    private IOpenApiSchema Field(Type type, JsonPropertyInfo property, Travels way)
    {
        var schema = Facets.Instead(type, property.Name, way, this) ?? Of(property.PropertyType, way);
        if (schema is OpenApiSchema own) Facets.Describe(type, property.Name, own);
        return schema;
    }

    private static bool IsRequired(Type type, JsonPropertyInfo property, Travels way)
    {
        if (Facets.IsAlwaysThere(type, property.Name)) return true;
        var nullable = Nullable.GetUnderlyingType(property.PropertyType) is not null || (!property.PropertyType.IsValueType && property.IsGetNullable);
        return way == Travels.ToClient ? !nullable : property.AssociatedParameter is { HasDefaultValue: false };
    }

    private static OpenApiSchema Words(Type type) => Text(Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.SerializeToNode(value, type, Reading)!.GetValue<string>()));

    private static OpenApiSchema? Plain(Type type) => type switch
    {
        _ when type == typeof(string) => new() { Type = JsonSchemaType.String },
        _ when type == typeof(bool) => new() { Type = JsonSchemaType.Boolean },
        _ when type == typeof(int) => new() { Type = JsonSchemaType.Integer, Format = "int32" },
        _ when type == typeof(long) => new() { Type = JsonSchemaType.Integer, Format = "int64" },
        _ when type == typeof(double) => new() { Type = JsonSchemaType.Number, Format = "double" },
        _ when type == typeof(DateOnly) => new() { Type = JsonSchemaType.String, Format = "date" },
        _ when type == typeof(byte[]) => new() { Type = JsonSchemaType.String, Format = "byte", Description = "Base64; under MessagePack bin." },
        _ when type == typeof(Uri) => new() { Type = JsonSchemaType.String, Format = "uri" },
        _ when type == typeof(JsonElement) || type == typeof(JsonNode) => new(),
        _ => null,
    };

    private static Type? ElementOf(Type type) => ValueOf(type) is null && type.IsAssignableTo(typeof(IEnumerable)) ? Argument(type, typeof(IEnumerable<>), 0) : null;

    private static Type? ValueOf(Type type) => Argument(type, typeof(IReadOnlyDictionary<,>), 1);

    private static Type? Argument(Type type, Type open, int place) =>
        type.GetInterfaces().Append(type).FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == open)?.GetGenericArguments()[place];
}
