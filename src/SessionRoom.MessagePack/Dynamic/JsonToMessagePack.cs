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
                WriteNumber(ref writer, json.ValueSpan);
                break;
            case JsonTokenType.String:
                WriteString(ref writer, json.ValueSpan);
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
            WriteString(ref writer, json.ValueSpan);
            json.Read();
            Copy(ref json, ref writer);
        }

        writer.EndContainer(start, count, map: true);
    }

    /// <param name="writer">Takes the number.</param>
    /// <param name="text">As it stands in JSON.</param>
    public static void WriteNumber(ref MessagePackWriter writer, ReadOnlySpan<byte> text)
    {
        if (Utf8Parser.TryParse(text, out long signed, out var used) && used == text.Length) writer.WriteInt64(signed);
        else if (Utf8Parser.TryParse(text, out ulong unsigned, out used) && used == text.Length) writer.WriteUInt64(unsigned);
        else if (Utf8Parser.TryParse(text, out double real, out used) && used == text.Length && double.IsFinite(real)) writer.WriteDouble(real);
        else throw new JsonException("A number is outside the range of Double.");
    }

    /// <param name="writer">Takes the string.</param>
    /// <param name="text">As it stands between the quotes in JSON.</param>
    public static void WriteString(ref MessagePackWriter writer, ReadOnlySpan<byte> text)
    {
        if (text.Contains((byte)'\\')) WriteUnescaped(ref writer, text);
        else writer.WriteUtf8(text);
    }

    private static void WriteUnescaped(ref MessagePackWriter writer, ReadOnlySpan<byte> text)
    {
        var quoted = ArrayPool<byte>.Shared.Rent(text.Length + 2);
        var unescaped = ArrayPool<byte>.Shared.Rent(text.Length);
        quoted[0] = quoted[text.Length + 1] = (byte)'"';
        text.CopyTo(quoted.AsSpan(1));
        var json = new Utf8JsonReader(quoted.AsSpan(0, text.Length + 2));
        json.Read();
        writer.WriteUtf8(unescaped.AsSpan(0, json.CopyString(unescaped)));
        ArrayPool<byte>.Shared.Return(quoted);
        ArrayPool<byte>.Shared.Return(unescaped);
    }
}
