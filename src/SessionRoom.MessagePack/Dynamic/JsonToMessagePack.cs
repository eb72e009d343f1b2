using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using SessionRoom.MessagePack.Wire;

namespace SessionRoom.MessagePack.Dynamic;

/// <summary>Writes JSON text as MessagePack. Numbers become the integer they are, else a 64-bit float: more digits than
/// that holds are rounded, as they are in a browser. Strings stay strings; base64 is not guessed at.</summary>
internal static class JsonToMessagePack
{
    /// <param name="json">Stands on the first token of the value, and on its last afterwards.</param>
    /// <param name="writer">Takes the value.</param>
    public static void Copy(ref Utf8JsonReader json, ref MessagePackWriter writer)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.Null:
                writer.WriteNil();
                break;
            case JsonTokenType.True or JsonTokenType.False:
                writer.WriteBoolean(json.TokenType == JsonTokenType.True);
                break;
            case JsonTokenType.Number:
                CopyNumber(json.ValueSpan, ref writer);
                break;
            case JsonTokenType.String:
                CopyString(ref json, ref writer);
                break;
            case JsonTokenType.StartArray:
                CopyArray(ref json, ref writer);
                break;
            case JsonTokenType.StartObject:
                CopyObject(ref json, ref writer);
                break;
            default:
                throw new JsonException($"{json.TokenType} begins no value.");
        }
    }

    private static void CopyArray(ref Utf8JsonReader json, ref MessagePackWriter writer)
    {
        var start = writer.BeginContainer();
        var count = 0;
        for (; json.Read() && json.TokenType != JsonTokenType.EndArray; count++) Copy(ref json, ref writer);
        writer.EndContainer(start, count, map: false);
    }

    private static void CopyObject(ref Utf8JsonReader json, ref MessagePackWriter writer)
    {
        var start = writer.BeginContainer();
        var count = 0;
        for (; json.Read() && json.TokenType != JsonTokenType.EndObject; count++)
        {
            CopyString(ref json, ref writer);
            json.Read();
            Copy(ref json, ref writer);
        }

        writer.EndContainer(start, count, map: true);
    }

    private static void CopyNumber(ReadOnlySpan<byte> text, ref MessagePackWriter writer)
    {
        if (Utf8Parser.TryParse(text, out long signed, out var used) && used == text.Length) writer.WriteInt64(signed);
        else if (Utf8Parser.TryParse(text, out ulong unsigned, out used) && used == text.Length) writer.WriteUInt64(unsigned);
        else if (Utf8Parser.TryParse(text, out double real, out used) && used == text.Length && double.IsFinite(real)) writer.WriteDouble(real);
        else throw new JsonException("A number is outside the range of Double.");
    }

    private static void CopyString(ref Utf8JsonReader json, ref MessagePackWriter writer)
    {
        if (!json.ValueIsEscaped)
        {
            writer.WriteUtf8(json.ValueSpan);
            return;
        }

        var unescaped = ArrayPool<byte>.Shared.Rent(json.ValueSpan.Length);
        writer.WriteUtf8(unescaped.AsSpan(0, json.CopyString(unescaped)));
        ArrayPool<byte>.Shared.Return(unescaped);
    }
}
