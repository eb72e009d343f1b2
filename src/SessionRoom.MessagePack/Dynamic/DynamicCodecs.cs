using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using SessionRoom.MessagePack.Contracts;
using SessionRoom.MessagePack.Wire;

namespace SessionRoom.MessagePack.Dynamic;

internal sealed class JsonElementCodec : Codec<JsonElement>
{
    public override void Write(ref MessagePackWriter writer, JsonElement value) => WriteElement(ref writer, value);

    public override JsonElement Read(ref MessagePackReader reader) => ReadElement(ref reader);

    public static void WriteElement(ref MessagePackWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.Enter();
                writer.WriteMapHeader(value.GetPropertyCount());
                foreach (var property in value.EnumerateObject())
                {
                    JsonToMessagePack.WriteString(ref writer, JsonMarshal.GetRawUtf8PropertyName(property));
                    WriteElement(ref writer, property.Value);
                }

                writer.Leave();
                break;
            case JsonValueKind.Array:
                writer.Enter();
                writer.WriteArrayHeader(value.GetArrayLength());
                foreach (var item in value.EnumerateArray()) WriteElement(ref writer, item);
                writer.Leave();
                break;
            case JsonValueKind.String:
                JsonToMessagePack.WriteString(ref writer, JsonMarshal.GetRawUtf8Value(value)[1..^1]);
                break;
            case JsonValueKind.Number:
                JsonToMessagePack.WriteNumber(ref writer, JsonMarshal.GetRawUtf8Value(value));
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.WriteBoolean(value.ValueKind == JsonValueKind.True);
                break;
            case JsonValueKind.Null:
                writer.WriteNil();
                break;
            default:
                throw new JsonException("An undefined element has no value to write.");
        }
    }

    public static JsonElement ReadElement(ref MessagePackReader reader)
    {
        var text = new JsonText();
        try
        {
            MessagePackToJson.Copy(ref reader, ref text);
            return JsonElement.Parse(text.Written, new JsonDocumentOptions { MaxDepth = 1000 });
        }
        finally
        {
            text.Dispose();
        }
    }
}

/// <summary>Declared as <see cref="object"/>: written as what it is, read as JSON reads it.</summary>
internal sealed class ObjectCodec(ContractCodecs contracts) : Codec<object?>
{
    private CodecOf<JsonNode?> _nodes = new(contracts);
    private readonly bool _readNodes = contracts.Options.UnknownTypeHandling == System.Text.Json.Serialization.JsonUnknownTypeHandling.JsonNode;

    public override void Write(ref MessagePackWriter writer, object? value)
    {
        if (value is null) writer.WriteNil();
        else if (value.GetType() == typeof(object)) writer.WriteMapHeader(0);
        else contracts.Get(value.GetType()).WriteObject(ref writer, value);
    }

    public override object? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil()) return null;
        return _readNodes ? _nodes.Value.Read(ref reader) : JsonElementCodec.ReadElement(ref reader);
    }
}
