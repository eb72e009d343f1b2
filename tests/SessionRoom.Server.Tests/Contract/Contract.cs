using System.Text.Json;
using System.Text.Json.Nodes;

namespace SessionRoom.Server.Tests;

/// <summary>Reads the schemas of the served document strictly: what a shape does not name may not be there.</summary>
internal sealed class Contract(JsonNode document)
{
    private const string Components = "#/components/schemas/";

    /// <summary>The shapes that something was held against.</summary>
    public HashSet<string> Checked { get; } = new(StringComparer.Ordinal);

    public void Check(string name, JsonNode? value) => Assert.True(Wrong(Named(name), value, name) is not { } wrong, $"{Wrong(Named(name), value, name)} in {value?.ToJsonString()}");

    private JsonNode Named(string name)
    {
        Checked.Add(name);
        return document["components"]!["schemas"]![name] ?? throw new InvalidOperationException($"no {name} in the contract");
    }

    /// <summary>What is wrong and where; null when nothing is.</summary>
    private string? Wrong(JsonNode schema, JsonNode? value, string at)
    {
        if ((string?)schema["$ref"] is { } reference) return Wrong(Named(reference[Components.Length..]), value, at);
        if (schema["discriminator"] is { } discriminator)
        {
            var word = (string?)value?[(string)discriminator["propertyName"]!] ?? "";
            return discriminator["mapping"]![word] is { } kind ? Wrong(Named(((string)kind!).Split('/')[^1]), value, $"{at}({word})") : $"{at} is of no kind that is described: {word}";
        }
        if (schema["oneOf"] is JsonArray ways)
        {
            var wrongs = ways.Select(way => Wrong(way!, value, at)).ToList();
            return wrongs.Count(wrong => wrong is null) == 1 ? null : string.Join(" and ", wrongs.Select(wrong => wrong ?? $"{at} fits two"));
        }
        if (schema["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value))) return $"{at} is none of {words.ToJsonString()}";
        return (string?)schema["type"] switch
        {
            "object" => WrongFields(schema, value, at),
            "array" => value is JsonArray items ? items.Select((item, i) => Wrong(schema["items"]!, item, $"{at}[{i}]")).FirstOrDefault(wrong => wrong is not null) : $"{at} is no array",
            "string" => value?.GetValueKind() == JsonValueKind.String ? null : $"{at} is no text",
            "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? null : $"{at} is neither true nor false",
            "integer" => value is JsonValue number && number.TryGetValue<long>(out _) ? null : $"{at} is no whole number",
            null => null,
            var type => throw new InvalidOperationException($"{at}: {type} is not checked"),
        };
    }

    private string? WrongFields(JsonNode schema, JsonNode? value, string at)
    {
        if (value is not JsonObject fields) return $"{at} is no object";
        var known = schema["properties"]?.AsObject();
        var others = schema["additionalProperties"] as JsonObject;
        foreach (var required in schema["required"]?.AsArray() ?? [])
            if (!fields.ContainsKey((string)required!)) return $"{at}.{required} is missing";
        if (known is null && others is null) return null;
        foreach (var (name, field) in fields)
        {
            if ((known?[name] ?? others) is not { } described) return $"{at}.{name} is not described";
            if (Wrong(described, field, $"{at}.{name}") is { } wrong) return wrong;
        }
        return null;
    }
}
