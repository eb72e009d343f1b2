using System.Globalization;
using System.Text.Json;
using SessionRoom.MessagePack.Wire;

namespace SessionRoom.MessagePack.Dynamic;

/// <summary>Writes a MessagePack value as JSON: bytes as base64, timestamps as ISO 8601, integer keys as their digits.
/// NaN, infinities, other extensions and keys of other types have no JSON form and are refused.</summary>
internal static class MessagePackToJson
{
    public static void Copy(ref MessagePackReader reader, ref JsonText json)
    {
        switch (reader.Kind)
        {
            case TokenKind.Nil:
                reader.TryReadNil();
                json.Raw("null"u8);
                break;
            case TokenKind.Boolean:
                json.Raw(reader.ReadBoolean() ? "true"u8 : "false"u8);
                break;
            case TokenKind.Integer:
                CopyInteger(ref reader, ref json);
                break;
            case TokenKind.Float:
                CopyFloat(ref reader, ref json);
                break;
            case TokenKind.String:
                json.String(reader.ReadUtf8());
                break;
            case TokenKind.Binary:
                json.Base64String(reader.ReadBinary());
                break;
            case TokenKind.Extension:
                CopyTime(reader.ReadTimestamp(), ref json);
                break;
            case TokenKind.Array:
                CopyArray(ref reader, ref json);
                break;
            case TokenKind.Map:
                CopyMap(ref reader, ref json);
                break;
            default:
                reader.SkipValue();
                break;
        }
    }

    private static void CopyArray(ref MessagePackReader reader, ref JsonText json)
    {
        json.Punctuate((byte)'[');
        reader.Enter();
        for (var left = reader.ReadArrayHeader(); left > 0; left--)
        {
            Copy(ref reader, ref json);
            json.Punctuate((byte)',');
        }

        reader.Leave();
        json.Close((byte)']');
    }

    private static void CopyMap(ref MessagePackReader reader, ref JsonText json)
    {
        json.Punctuate((byte)'{');
        reader.Enter();
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            CopyKey(ref reader, ref json);
            json.Punctuate((byte)':');
            Copy(ref reader, ref json);
            json.Punctuate((byte)',');
        }

        reader.Leave();
        json.Close((byte)'}');
    }

    private static void CopyKey(ref MessagePackReader reader, ref JsonText json)
    {
        if (reader.Kind != TokenKind.Integer)
        {
            json.String(reader.ReadUtf8());
            return;
        }

        json.Punctuate((byte)'"');
        CopyInteger(ref reader, ref json);
        json.Punctuate((byte)'"');
    }

    private static void CopyInteger(ref MessagePackReader reader, ref JsonText json)
    {
        if (reader.IsLargeUnsigned()) json.Number(reader.ReadUInt64());
        else json.Number(reader.ReadInt64());
    }

    private static void CopyFloat(ref MessagePackReader reader, ref JsonText json)
    {
        if (reader.TryReadSingle(out var single))
        {
            if (!float.IsFinite(single)) throw NotFinite();
            json.Number(single);
            return;
        }

        var value = reader.ReadDouble();
        if (!double.IsFinite(value)) throw NotFinite();
        json.Number(value);
    }

    // As Date.toJSON writes it, with the digits below the millisecond only where there are any.
    private static void CopyTime(DateTime utc, ref JsonText json)
    {
        Span<byte> text = stackalloc byte[28];
        var format = utc.Ticks % TimeSpan.TicksPerMillisecond == 0 ? "yyyy-MM-ddTHH:mm:ss.fffZ" : "yyyy-MM-ddTHH:mm:ss.fffffffZ";
        utc.TryFormat(text, out var length, format, CultureInfo.InvariantCulture);
        json.String(text[..length]);
    }

    private static JsonException NotFinite() => new("NaN and infinities have no JSON form.");
}
