using System.Text;

namespace SessionRoom.Crdt.Tests.Differential;

/// <summary>What an engine document holds, as tests/peers/crdt/content.mjs writes it.</summary>
internal static class EngineContent
{
    public static string Document(Doc doc) =>
        string.Join('\n', Roots(doc).Select(root => root.RootName + "=" + Of(YValue.From(root))));

    /// <summary>Gives the roots their kinds, in the order of a script's root numbers.</summary>
    public static YType[] Roots(Doc doc) =>
        [doc.GetText("t"), doc.GetText("r"), doc.GetArray("a"), doc.GetMap("m"), doc.GetXmlFragment("x")];

    public static string Of(YValue value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    public static void WriteString(StringBuilder text, string value) => text.Append('s').Append(value.Length).Append(':').Append(value);

    public static void WriteObject(StringBuilder text, IReadOnlyDictionary<string, YValue>? members)
    {
        text.Append('{');
        WriteEntries(text, members ?? new Dictionary<string, YValue>(StringComparer.Ordinal));
        text.Append('}');
    }

    public static void Write(StringBuilder text, YValue value)
    {
        switch (value.Kind)
        {
            case YValueKind.Undefined: text.Append('u'); break;
            case YValueKind.Null: text.Append('n'); break;
            case YValueKind.Boolean: text.Append(value.AsBoolean ? 'T' : 'F'); break;
            case YValueKind.Number: WriteNumber(text, value.AsNumber); break;
            case YValueKind.BigInt: text.Append('i').Append(value.AsBigInt).Append(';'); break;
            case YValueKind.String: WriteString(text, value.AsString); break;
            case YValueKind.Bytes: text.Append('b').Append(Convert.ToHexStringLower(value.AsBytes.Span)).Append(';'); break;
            case YValueKind.Object: WriteObject(text, value.AsObject); break;
            case YValueKind.Array:
                text.Append('[');
                WriteAll(text, value.AsArray);
                text.Append(']');
                break;
            case YValueKind.Type: WriteType(text, value.AsType); break;
            case YValueKind.Document:
                text.Append('D');
                WriteString(text, value.AsDocument.Guid);
                break;
            default: throw new InvalidDataException(value.Kind.ToString());
        }
    }

    private static void WriteNumber(StringBuilder text, double number) =>
        text.Append('d').Append(double.IsNaN(number) ? "NaN" : BitConverter.DoubleToInt64Bits(number).ToString("x16")).Append(';');

    private static void WriteType(StringBuilder text, YType type)
    {
        switch (type)
        {
            case YText rich:
                text.Append(rich is YXmlText ? "Y(" : "X(");
                WriteRuns(text, rich.ToDelta());
                text.Append('|');
                WriteEntries(text, rich.GetAttributes());
                break;
            case YArray array:
                text.Append("A(");
                WriteAll(text, array.ToList());
                break;
            case YMap map:
                text.Append("M(");
                WriteEntries(text, map.Keys.ToDictionary(key => key, key => map[key], StringComparer.Ordinal));
                break;
            case YXmlElement element:
                text.Append('E');
                WriteString(text, element.NodeName);
                text.Append('(');
                WriteAll(text, element.Children.Select(YValue.From));
                text.Append('|');
                WriteEntries(text, element.GetAttributes());
                break;
            case YXmlFragment fragment:
                text.Append("G(");
                WriteAll(text, fragment.Children.Select(YValue.From));
                break;
            case YXmlHook hook:
                text.Append('H');
                WriteString(text, hook.HookName);
                text.Append('(');
                WriteEntries(text, hook.ToJson().AsObject);
                break;
            default: throw new InvalidDataException(type.Kind.ToString());
        }

        text.Append(')');
    }

    private static void WriteRuns(StringBuilder text, IReadOnlyList<YDelta> delta)
    {
        for (var i = 0; i < delta.Count; i++)
        {
            var attributes = new StringBuilder();
            WriteObject(attributes, delta[i].Attributes);
            if (delta[i].Insert.Kind != YValueKind.String)
            {
                text.Append('e');
                Write(text, delta[i].Insert);
                text.Append(attributes);
                continue;
            }

            var run = delta[i].Insert.AsString;
            for (; i + 1 < delta.Count && delta[i + 1].Insert.Kind == YValueKind.String; i++)
            {
                var next = new StringBuilder();
                WriteObject(next, delta[i + 1].Attributes);
                if (!next.Equals(attributes))
                {
                    break;
                }

                run += delta[i + 1].Insert.AsString;
            }

            WriteString(text, run);
            text.Append(attributes);
        }
    }

    private static void WriteEntries(StringBuilder text, IReadOnlyDictionary<string, YValue> entries)
    {
        foreach (var (key, value) in entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            WriteString(text, key);
            Write(text, value);
        }
    }

    private static void WriteAll(StringBuilder text, IEnumerable<YValue> values)
    {
        foreach (var value in values)
        {
            Write(text, value);
        }
    }
}
