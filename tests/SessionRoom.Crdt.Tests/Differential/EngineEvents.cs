using System.Text;

namespace SessionRoom.Crdt.Tests.Differential;

/// <summary>What observers were told, as tests/peers/crdt/content.mjs writes it.</summary>
internal sealed class EngineEvents
{
    private readonly List<string> _lines = [];
    private readonly List<string> _now = [];

    public void Watch(Doc doc)
    {
        foreach (var root in EngineContent.Roots(doc))
        {
            root.ObserveDeep(events => _now.AddRange(events.Select(Line)));
        }

        doc.AfterTransaction += _ =>
        {
            _now.Sort(StringComparer.Ordinal);
            _lines.AddRange(_now);
            _now.Clear();
        };
    }

    public string Take()
    {
        var text = string.Join('\n', _lines);
        _lines.Clear();
        return text;
    }

    private static string Line(YEvent change)
    {
        var text = new StringBuilder();
        text.AppendJoin('/', change.Path.Select(PathStep)).Append(' ');
        if (change.Target is not YMap)
        {
            WriteDelta(text, change.Delta);
        }

        text.Append(' ');
        foreach (var (key, (action, old)) in change.Keys.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            EngineContent.WriteString(text, key);
            text.Append(action switch { YKeyAction.Add => "add", YKeyAction.Update => "update", _ => "delete" });
            if (action != YKeyAction.Add)
            {
                text.Append(Value(old));
            }
        }

        return text.ToString();
    }

    private static string PathStep(YValue step) =>
        step.Kind == YValueKind.Number ? "#" + step.AsNumber : $"s{step.AsString.Length}:{step.AsString}";

    private static void WriteDelta(StringBuilder text, IReadOnlyList<YDelta> delta)
    {
        var steps = new List<(char Kind, string Text, int Length, string Attributes)>();
        foreach (var step in delta)
        {
            var attributes = new StringBuilder();
            EngineContent.WriteObject(attributes, step.Attributes);
            switch (step.Kind)
            {
                case YDeltaKind.Retain: Add(steps, 'r', "", step.Length, attributes.ToString()); break;
                case YDeltaKind.Delete: Add(steps, 'd', "", step.Length, attributes.ToString()); break;
                case YDeltaKind.Insert when step.Insert.Kind == YValueKind.String && !InList(delta):
                    Add(steps, 's', step.Insert.AsString, step.Length, attributes.ToString());
                    break;
                case YDeltaKind.Insert when step.Insert.Kind == YValueKind.Array && InList(delta):
                    foreach (var value in step.Insert.AsArray)
                    {
                        Add(steps, 'e', Value(value), 1, attributes.ToString());
                    }

                    break;
                default: Add(steps, 'e', Value(step.Insert), 1, attributes.ToString()); break;
            }
        }

        foreach (var (kind, inserted, length, attributes) in steps)
        {
            text.Append(kind switch { 's' => $"s{inserted.Length}:{inserted}", 'e' => "e" + inserted, _ => $"{kind}{length}" }).Append(attributes);
        }
    }

    /// <summary>A list inserts arrays of values, a text inserts strings: no delta holds both.</summary>
    private static bool InList(IReadOnlyList<YDelta> delta) =>
        delta.Where(step => step.Kind == YDeltaKind.Insert).All(step => step.Insert.Kind == YValueKind.Array);

    private static void Add(List<(char Kind, string Text, int Length, string Attributes)> steps, char kind, string inserted, int length, string attributes)
    {
        if (kind != 'e' && steps.Count > 0 && steps[^1].Kind == kind && steps[^1].Attributes == attributes)
        {
            steps[^1] = (kind, steps[^1].Text + inserted, steps[^1].Length + length, attributes);
        }
        else
        {
            steps.Add((kind, inserted, length, attributes));
        }
    }

    // A type in an event is named by its kind: its content may have changed since.
    private static string Value(YValue value) =>
        value.Kind == YValueKind.Type ? $"<{value.AsType.Kind}>" : EngineContent.Of(value);
}
