using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using SessionRoom.MessagePack.Wire;

namespace SessionRoom.MessagePack.Dynamic;

/// <summary>Writes a MessagePack value as JSON: bytes as base64, timestamps as ISO 8601, integer keys as their digits.
/// NaN, infinities, other extensions and keys of other types have no JSON form and are refused.</summary>
internal static class MessagePackToJson
{
    public static void Copy(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        switch (reader.Kind)
        {
            case TokenKind.Nil:
                reader.TryReadNil();
                json.WriteNullValue();
                break;
            case TokenKind.Boolean:
                json.WriteBooleanValue(reader.ReadBoolean());
                break;
            case TokenKind.Integer:
                if (reader.IsLargeUnsigned()) json.WriteNumberValue(reader.ReadUInt64());
                else json.WriteNumberValue(reader.ReadInt64());
                break;
            case TokenKind.Float:
                CopyFloat(ref reader, json);
                break;
            case TokenKind.String:
                json.WriteStringValue(Valid(reader.ReadUtf8()));
                break;
            case TokenKind.Binary:
                json.WriteBase64StringValue(reader.ReadBinary());
                break;
            case TokenKind.Extension:
                WriteTime(json, reader.ReadTimestamp());
                break;
            case TokenKind.Array:
                json.WriteStartArray();
                reader.Enter();
                for (var left = reader.ReadArrayHeader(); left > 0; left--) Copy(ref reader, json);
                reader.Leave();
                json.WriteEndArray();
                break;
            case TokenKind.Map:
                json.WriteStartObject();
                reader.Enter();
                for (var left = reader.ReadMapHeader(); left > 0; left--)
                {
                    CopyKey(ref reader, json);
                    Copy(ref reader, json);
                }

                reader.Leave();
                json.WriteEndObject();
                break;
            default:
                reader.SkipValue();
                break;
        }
    }

    private static void CopyFloat(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        if (reader.TryReadSingle(out var single))
        {
            if (!float.IsFinite(single)) throw NotFinite();
            json.WriteNumberValue(single);
            return;
        }

        var value = reader.ReadDouble();
        if (!double.IsFinite(value)) throw NotFinite();
        json.WriteNumberValue(value);
    }

    private static void CopyKey(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        if (reader.Kind != TokenKind.Integer)
        {
            json.WritePropertyName(Valid(reader.ReadUtf8()));
            return;
        }

        Span<byte> digits = stackalloc byte[20];
        int length;
        if (reader.IsLargeUnsigned()) reader.ReadUInt64().TryFormat(digits, out length, provider: CultureInfo.InvariantCulture);
        else reader.ReadInt64().TryFormat(digits, out length, provider: CultureInfo.InvariantCulture);
        json.WritePropertyName(digits[..length]);
    }

    // As Date.toJSON writes it, with the digits below the millisecond only where there are any.
    private static void WriteTime(Utf8JsonWriter json, DateTime utc)
    {
        Span<byte> text = stackalloc byte[28];
        var format = utc.Ticks % TimeSpan.TicksPerMillisecond == 0 ? "yyyy-MM-ddTHH:mm:ss.fffZ" : "yyyy-MM-ddTHH:mm:ss.fffffffZ";
        utc.TryFormat(text, out var length, format, CultureInfo.InvariantCulture);
        json.WriteStringValue(text[..length]);
    }

    private static ReadOnlySpan<byte> Valid(ReadOnlySpan<byte> utf8) =>
        Utf8.IsValid(utf8) ? utf8 : throw new MessagePackFormatException("A string is not UTF-8.");

    private static JsonException NotFinite() => new("NaN and infinities have no JSON form.");
}
