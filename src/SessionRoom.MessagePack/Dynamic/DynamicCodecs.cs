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
        var json = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(value), new JsonReaderOptions { MaxDepth = 1000 });
        json.Read();
        JsonToMessagePack.Copy(ref json, ref writer);
    }

    public static JsonElement ReadElement(ref MessagePackReader reader)
    {
        using var scratch = JsonScratch.Rent();
        MessagePackToJson.Copy(ref reader, scratch.Writer);
        var json = new Utf8JsonReader(scratch.Text(), new JsonReaderOptions { MaxDepth = 1000 });
        return JsonElement.ParseValue(ref json);
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
