using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SessionRoom.Crdt;

/// <summary>JSON text exactly as JavaScript's <c>JSON.stringify</c> writes it: embeds and formats carry it on the wire.</summary>
internal static class JsonText
{
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = AnyCodec.DeepestPossible };

    public static string Write(YValue value)
    {
        var text = new StringBuilder();
        Write(text, value, AnyCodec.DeepestPossible);
        return text.ToString();
    }

    public static YValue Parse(string json)
    {
        try
        {
            return Parse(Encoding.UTF8.GetBytes(json));
        }
        catch (JsonException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    public static YValue Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, ReaderOptions);
        reader.Read();
        var value = Value(ref reader);
        if (reader.Read()) throw new JsonException("Text follows the value.");
        return value;
    }

    public static bool IsValid(ReadOnlySpan<byte> utf8, int depth)
    {
        // Formats are nearly always one of these.
        if (utf8.SequenceEqual("null"u8) || utf8.SequenceEqual("true"u8)) return true;
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Math.Max(depth, 1) });
            while (reader.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>What valid JSON, or the word <c>undefined</c>, holds; told by how it begins.</summary>
    public static YValueKind KindOf(ReadOnlySpan<byte> utf8) => utf8.TrimStart(" \t\r\n"u8) switch
    {
        [(byte)'"', ..] => YValueKind.String,
        [(byte)'t' or (byte)'f', ..] => YValueKind.Boolean,
        [(byte)'n', ..] => YValueKind.Null,
        [(byte)'u', ..] or [] => YValueKind.Undefined,
        [(byte)'{', ..] => YValueKind.Object,
        [(byte)'[', ..] => YValueKind.Array,
        _ => YValueKind.Number,
    };

    private static YValue Value(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null: return YValue.Null;
            case JsonTokenType.True: return true;
            case JsonTokenType.False: return false;
            case JsonTokenType.Number: return double.Parse(Encoding.ASCII.GetString(reader.ValueSpan), NumberStyles.Float, CultureInfo.InvariantCulture);
            case JsonTokenType.String: return Text(ref reader);
            case JsonTokenType.StartArray:
                var elements = new List<YValue>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) elements.Add(Value(ref reader));
                return YValue.From(elements);
            case JsonTokenType.StartObject:
                var members = new Dictionary<string, YValue>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var key = Text(ref reader);
                    reader.Read();
                    members[key] = Value(ref reader);
                }
                return YValue.From(members);
            default: throw new JsonException("A value is missing.");
        }
    }

    /// <summary>The string under the reader; an escaped lone surrogate, which JavaScript allows, is kept.</summary>
    private static string Text(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped) return Encoding.UTF8.GetString(reader.ValueSpan);
        var raw = Encoding.UTF8.GetString(reader.ValueSpan);
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }
            i++;
            switch (raw[i])
            {
                case 'b': text.Append('\b'); break;
                case 'f': text.Append('\f'); break;
                case 'n': text.Append('\n'); break;
                case 'r': text.Append('\r'); break;
                case 't': text.Append('\t'); break;
                case 'u':
                    text.Append((char)ushort.Parse(raw.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                    i += 4;
                    break;
                default: text.Append(raw[i]); break;
            }
        }
        return text.ToString();
    }

    private static void Write(StringBuilder text, YValue value, int depth)
    {
        if (depth < 0) throw new ArgumentException("The value nests too deep.", nameof(value));
        switch (value.Kind)
        {
            case YValueKind.Boolean: text.Append(value.AsBoolean ? "true" : "false"); break;
            case YValueKind.Number: text.Append(Number(value.AsNumber)); break;
            case YValueKind.BigInt: text.Append(CultureInfo.InvariantCulture, $"{value.AsBigInt}"); break;
            case YValueKind.String: Quote(text, value.AsString); break;
            case YValueKind.Bytes:
                var bytes = value.AsBytes.Span;
                text.Append('{');
                for (var i = 0; i < bytes.Length; i++) text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}\"{i}\":{bytes[i]}");
                text.Append('}');
                break;
            case YValueKind.Array:
                text.Append('[');
                for (var i = 0; i < value.AsArray.Count; i++)
                {
                    if (i > 0) text.Append(',');
                    Write(text, value.AsArray[i], depth - 1);
                }
                text.Append(']');
                break;
            case YValueKind.Object:
                text.Append('{');
                var first = true;
                foreach (var (key, member) in value.AsObject)
                {
                    if (member.Kind == YValueKind.Undefined) continue;
                    if (!first) text.Append(',');
                    first = false;
                    Quote(text, key);
                    text.Append(':');
                    Write(text, member, depth - 1);
                }
                text.Append('}');
                break;
            case YValueKind.Type: Write(text, value.AsType.ToJson(), depth - 1); break;
            case YValueKind.Document: text.Append("{}"); break;
            default: text.Append("null"); break;
        }
    }

    private static void Quote(StringBuilder text, string value)
    {
        text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                default:
                    var paired = char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]);
                    if (paired) text.Append(c).Append(value[++i]);
                    else if (c < ' ' || char.IsSurrogate(c)) text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    else text.Append(c);
                    break;
            }
        }
        text.Append('"');
    }

    /// <summary>ECMAScript's Number::toString: shortest digits; plain notation for exponents −7…20.</summary>
    private static string Number(double number)
    {
        if (!double.IsFinite(number)) return "null";
        if (number == 0) return "0";
        var shortest = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture);
        // Shortest round-trip digits and the decimal exponent, whichever notation .NET chose.
        var mark = shortest.IndexOf('E', StringComparison.Ordinal);
        var exponent = mark < 0 ? 0 : int.Parse(shortest.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = mark < 0 ? shortest : shortest[..mark];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        exponent += point < 0 ? mantissa.Length : point;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leading = digits.Length - digits.TrimStart('0').Length;
        exponent -= leading;
        digits = digits.Trim('0');
        var sign = number < 0 ? "-" : "";
        if (exponent > 0 && exponent <= 21)
        {
            return sign + (digits.Length <= exponent ? digits.PadRight(exponent, '0') : $"{digits[..exponent]}.{digits[exponent..]}");
        }
        if (exponent > -6 && exponent <= 0) return $"{sign}0.{new string('0', -exponent)}{digits}";
        var power = exponent - 1;
        return $"{sign}{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(power < 0 ? "-" : "+")}{Math.Abs(power)}";
    }
}
