using System.Text.Json;
using System.Text.Json.Nodes;
using SessionRoom.MessagePack.Contracts;
using SessionRoom.MessagePack.Wire;

namespace SessionRoom.MessagePack.Dynamic;

/// <summary>Any of the node types. What is read stands on parsed JSON, so that <c>GetValue</c> converts as it does there.</summary>
internal sealed class JsonNodeCodec<T>(ContractCodecs contracts) : Codec<T?>
    where T : JsonNode
{
    private readonly JsonNodeOptions _options = new() { PropertyNameCaseInsensitive = contracts.Options.PropertyNameCaseInsensitive };

    public override void Write(ref MessagePackWriter writer, T? value) => JsonNodes.Write(ref writer, value, contracts.Options);

    public override T? Read(ref MessagePackReader reader)
    {
        var kind = reader.Kind;
        if (reader.TryReadNil()) return null;
        var expected = kind switch
        {
            TokenKind.Map => typeof(T).IsAssignableFrom(typeof(JsonObject)),
            TokenKind.Array => typeof(T).IsAssignableFrom(typeof(JsonArray)),
            _ => typeof(T).IsAssignableFrom(typeof(JsonValue)),
        };
        if (!expected) throw reader.Mismatch(typeof(T).Name);
        var element = JsonElementCodec.ReadElement(ref reader);
        JsonNode? node = kind switch
        {
            TokenKind.Map => JsonObject.Create(element, _options),
            TokenKind.Array => JsonArray.Create(element, _options),
            _ => JsonValue.Create(element, _options),
        };
        return (T?)node;
    }
}

internal static class JsonNodes
{
    public static void Write(ref MessagePackWriter writer, JsonNode? node, JsonSerializerOptions options)
    {
        switch (node)
        {
            case null:
                writer.WriteNil();
                break;
            case JsonObject map:
                writer.Enter();
                writer.WriteMapHeader(map.Count);
                foreach (var (name, value) in map)
                {
                    writer.WriteString(name);
                    Write(ref writer, value, options);
                }

                writer.Leave();
                break;
            case JsonArray array:
                writer.Enter();
                writer.WriteArrayHeader(array.Count);
                foreach (var item in array) Write(ref writer, item, options);
                writer.Leave();
                break;
            default:
                WriteValue(ref writer, node.AsValue(), options);
                break;
        }
    }

    private static void WriteValue(ref MessagePackWriter writer, JsonValue value, JsonSerializerOptions options)
    {
        if (value.TryGetValue<object>(out var content))
        {
            switch (content)
            {
                case string text:
                    writer.WriteString(text);
                    return;
                case bool flag:
                    writer.WriteBoolean(flag);
                    return;
                case int number:
                    writer.WriteInt64(number);
                    return;
                case long number:
                    writer.WriteInt64(number);
                    return;
                case double number when double.IsFinite(number):
                    writer.WriteDouble(number);
                    return;
                case JsonElement element:
                    JsonElementCodec.WriteElement(ref writer, element);
                    return;
            }
        }

        // Anything else a node may wrap prints itself.
        using var scratch = JsonScratch.Rent();
        value.WriteTo(scratch.Writer, options);
        var json = new Utf8JsonReader(scratch.Text(), new JsonReaderOptions { MaxDepth = 1000 });
        json.Read();
        JsonToMessagePack.Copy(ref json, ref writer);
    }
}
