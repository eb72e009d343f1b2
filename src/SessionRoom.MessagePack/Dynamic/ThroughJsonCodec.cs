using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SessionRoom.MessagePack.Contracts;
using SessionRoom.MessagePack.Wire;

namespace SessionRoom.MessagePack.Dynamic;

/// <summary>The way round for contracts that cannot be seen through, such as custom converters: the value is written
/// as JSON, and the JSON as MessagePack. Right for everything JSON can carry, but slower, and bytes inside are base64.</summary>
internal sealed class ThroughJsonCodec<T>(JsonTypeInfo<T> contract) : Codec<T>
{
    public override void Write(ref MessagePackWriter writer, T value)
    {
        using var scratch = JsonScratch.Rent();
        JsonSerializer.Serialize(scratch.Writer, value, contract);
        var json = new Utf8JsonReader(scratch.Text(), new JsonReaderOptions { MaxDepth = 1000 });
        json.Read();
        JsonToMessagePack.Copy(ref json, ref writer);
    }

    public override T Read(ref MessagePackReader reader)
    {
        var text = new JsonText();
        try
        {
            MessagePackToJson.Copy(ref reader, ref text);
            return JsonSerializer.Deserialize(text.Written, contract)!;
        }
        finally
        {
            text.Dispose();
        }
    }
}
