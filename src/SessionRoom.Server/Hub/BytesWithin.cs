using System.Text.Json;
using System.Text.Json.Serialization;

namespace SessionRoom.Server;

/// <summary>Base64 as bytes. What has more bytes than anything may have is not decoded: one array of zeroes, one byte too long, stands for all of it, and is refused for its length.</summary>
internal sealed class BytesWithin(int most) : JsonConverter<byte[]>
{
    private readonly byte[] beyond = new byte[most + 1];

    public override byte[]? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        var digits = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        // Four digits are three bytes; the last two may only fill up. An escaped text is longer than what it says.
        return reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && (digits / 4 * 3) - 2 > most ? beyond : reader.GetBytesFromBase64();
    }

    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value);
}
