using System.Text;

namespace SessionRoom.Crdt.Tests.Differential;

/// <summary>One random edit, resolved against an engine document by the rules of tests/peers/crdt/ops.mjs.</summary>
internal sealed class EngineEdit
{
    private const string InsertText = "insert", InsertWith = "insertWith", Delete = "delete", Format = "format", Embed = "embed", Delta = "delta", Attribute = "attribute";

    private static readonly string[] Keys = ["k", "", "key", "é", "😀", "l"];
    private static readonly string[] Rich = [InsertText, InsertText, InsertWith, Delete, Format, Embed, Format, Delete, Delta, Attribute];
    private static readonly string[] Plain = [InsertText, InsertText, InsertText, InsertText, InsertText, Delete, Delete, Delete];

    private readonly bool _rich;
    private readonly bool _cut;
    private readonly bool _nested;
    private readonly int _root;
    private readonly int[] _path;
    private readonly int _dice;
    private readonly string _text;
    private readonly YValue _attributes;
    private readonly ScriptValue[] _values;

    public EngineEdit(ScriptReader reader)
    {
        var flags = reader.Byte();
        _rich = (flags & 1) != 0;
        _cut = (flags & 2) != 0;
        _nested = (flags & 4) != 0;
        _root = reader.Byte();
        _path = new int[reader.Int()];
        for (var i = 0; i < _path.Length; i++)
        {
            _path[i] = reader.Int();
        }

        _dice = reader.Int();
        A = reader.Int();
        B = reader.Int();
        _text = reader.String();
        _attributes = ScriptValue.ReadAny(reader);
        _values = new ScriptValue[reader.Int()];
        for (var i = 0; i < _values.Length; i++)
        {
            _values[i] = ScriptValue.Read(reader);
        }
    }

    public int A { get; }

    public int B { get; }

    public void Run(Doc doc)
    {
        switch (Target(doc))
        {
            case YText text: EditText(text); break;
            case YArray array: EditArray(array); break;
            case YMap map: EditMap(map); break;
            case YXmlHook hook when _dice % 8 < 6: hook.Set(Keys[A % Keys.Length], B); break;
            case YXmlFragment parent: EditXml(parent); break;
        }
    }

    public YType Target(Doc doc)
    {
        var type = EngineContent.Roots(doc)[_root];
        foreach (var step in _path)
        {
            var below = Children(type);
            var choice = step % (below.Length + 1);
            if (choice == 0)
            {
                break;
            }

            type = below[choice - 1];
        }

        return type;
    }

    private static YType[] Children(YType type) => type switch
    {
        YText text => Types(text.ToDelta().Select(step => step.Insert)),
        YMap map => Types(map.Keys.Order(StringComparer.Ordinal).Select(key => map[key])),
        YArray array => Types(array.ToList()),
        YXmlFragment parent => [.. parent.Children],
        _ => [],
    };

    private static YType[] Types(IEnumerable<YValue> values) =>
        [.. values.Where(value => value.Kind == YValueKind.Type).Select(value => value.AsType)];

    /// <summary>The text with one unit per index: an embed is U+FFFC.</summary>
    private static string Units(YText text) =>
        text.ToDelta().Aggregate(new StringBuilder(), (units, step) =>
            step.Insert.Kind == YValueKind.String ? units.Append(step.Insert.AsString) : units.Append('\uFFFC')).ToString();

    private int Snap(string units, int at) =>
        !_cut && at > 0 && at < units.Length && char.IsLowSurrogate(units[at]) && char.IsHighSurrogate(units[at - 1]) ? at - 1 : at;

    private (int From, int To) Range(int length)
    {
        var from = A % length;
        return (from, from + 1 + (B % Math.Min(length - from, 4)));
    }

    private void EditText(YText text)
    {
        var units = Units(text);
        var rich = _rich && _root != 0 && (_nested || text.Parent is null);
        var action = rich ? Rich[_dice % 10] : Plain[_dice % 8];
        var at = Snap(units, A % (units.Length + 1));
        switch (action)
        {
            case InsertText: text.Insert(at, _text); return;
            case InsertWith: text.Insert(at, _text, _attributes.AsObject); return;
            case Attribute: SetAttribute(text); return;
            case Embed:
                var attributes = B % 2 == 0 ? new Dictionary<string, YValue>(StringComparer.Ordinal) : _attributes.AsObject;
                if (B % 3 == 0)
                {
                    text.InsertType(at, YTypeKind.Map, null, attributes);
                }
                else
                {
                    text.InsertEmbed(at, YValue.From(new Dictionary<string, YValue>(StringComparer.Ordinal) { ["e"] = B }), attributes);
                }

                return;
        }

        if (units.Length == 0)
        {
            return;
        }

        var (first, last) = Range(units.Length);
        var from = Snap(units, first);
        var to = Math.Max(Snap(units, last), from);
        if (to > from && action == Delete)
        {
            text.Delete(from, to - from);
        }
        else if (to > from && action == Delta)
        {
            text.ApplyDelta(DeltaOf(from, to));
        }
        else if (to > from)
        {
            text.Format(from, to - from, _attributes.AsObject);
        }
    }

    private void SetAttribute(YText text)
    {
        var key = Keys[A % Keys.Length];
        if (B % 4 == 0)
        {
            text.RemoveAttribute(key);
        }
        else
        {
            text.SetAttribute(key, FirstPlain);
        }
    }

    private YValue FirstPlain => _values.FirstOrDefault(value => value.Kind == 0) is { } value ? value.Plain : _text;

    private List<YDelta> DeltaOf(int from, int to)
    {
        var delta = new List<YDelta>();
        if (from > 0)
        {
            delta.Add(YDelta.Retaining(from));
        }

        if (B % 3 != 0)
        {
            delta.Add(YDelta.Inserting(_text, _attributes.AsObject));
        }

        if (B % 7 != 0)
        {
            delta.Add(B % 2 == 0 ? YDelta.Deleting(to - from) : YDelta.Retaining(to - from, _attributes.AsObject));
        }

        if (B % 5 == 0)
        {
            delta.Add(YDelta.Inserting(YValue.From(new Dictionary<string, YValue>(StringComparer.Ordinal) { ["e"] = B })));
        }

        return delta;
    }

    private void EditArray(YArray array)
    {
        var roll = _dice % 8;
        ScriptValue[] values = [.. _values.Where(value => !value.IsXml && IsListable(value))];
        if (roll < 5)
        {
            ScriptValue.InsertIn(array, A % (array.Count + 1), values);
        }
        else if (roll == 7)
        {
            array.Push([.. values.Where(value => !value.IsType).Select(value => value.Plain)]);
        }
        else if (array.Count > 0)
        {
            var (from, to) = Range(array.Count);
            array.Delete(from, to - from);
        }
    }

    // Yjs' lists take neither undefined nor a bigint, unless inside another value.
    private static bool IsListable(ScriptValue value) =>
        value.Kind != 0 || value.Plain.Kind is not (YValueKind.Undefined or YValueKind.BigInt);

    private void EditMap(YMap map)
    {
        var key = Keys[A % Keys.Length];
        if (_dice % 8 == 7 && B % 8 == 0)
        {
            map.Clear();
        }
        else if (_dice % 8 >= 6)
        {
            map.Delete(key);
        }
        else if (_values.FirstOrDefault(value => !value.IsXml) is { } value)
        {
            value.SetIn(map, key);
        }
        else
        {
            map.Set(key, B);
        }
    }

    private void EditXml(YXmlFragment parent)
    {
        var key = Keys[A % Keys.Length];
        var roll = _dice % 8;
        if (roll == 4)
        {
            if (parent.Count > 0)
            {
                var (from, to) = Range(parent.Count);
                parent.Delete(from, to - from);
            }
        }
        else if (roll >= 5 && parent is YXmlElement element)
        {
            if (roll == 7)
            {
                element.RemoveAttribute(key);
            }
            else
            {
                element.SetAttribute(key, FirstPlain);
            }
        }
        else
        {
            ScriptValue[] nodes = [.. _values.Where(value => value.IsXml)];
            var at = A % (parent.Count + 1);
            if (nodes.Length == 0)
            {
                parent.InsertText(at, _text);
            }
            else
            {
                ScriptValue.InsertIn(parent, at, nodes);
            }
        }
    }
}
