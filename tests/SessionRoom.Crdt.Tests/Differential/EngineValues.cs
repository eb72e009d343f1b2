namespace SessionRoom.Crdt.Tests.Differential;

/// <summary>A value of a script on the engine's side: plain data, or a shared type that is made where it is inserted.</summary>
/// <param name="Kind">The number that tests/peers/crdt/ops.mjs gives this kind of value.</param>
internal sealed record ScriptValue(int Kind, YValue Plain, string Name, IReadOnlyList<(string Key, ScriptValue Value)> Children)
{
    private const int Text = 2, Map = 3, Array = 4, Element = 6, XmlText = 7, Hook = 8;

    public bool IsType => Kind is Text or Map or Array or Element or XmlText or Hook;

    public bool IsXml => Kind is Element or XmlText or Hook;

    public IReadOnlyList<(string Key, YValue Value)> Attributes { get; private init; } = [];

    public YTypeKind TypeKind => Kind switch
    {
        Text => YTypeKind.Text,
        Map => YTypeKind.Map,
        Array => YTypeKind.Array,
        Element => YTypeKind.XmlElement,
        Hook => YTypeKind.XmlHook,
        _ => YTypeKind.XmlText,
    };

    /// <summary>Only elements and hooks carry a name on the wire.</summary>
    public string? TypeName => Kind is Element or Hook ? Name : null;

    public static ScriptValue Read(ScriptReader reader)
    {
        var kind = reader.Byte();
        switch (kind)
        {
            case 0:
                return new(kind, ReadAny(reader), "", []);
            case 1:
                return new(kind, reader.Bytes(), "", []);
            case Text or XmlText or Hook:
                return new(kind, default, reader.String(), []);
            case Map:
                return new(kind, default, "", Many(reader, () => (reader.String(), Read(reader))));
            case Array:
                return new(kind, default, "", Many(reader, () => ("", Read(reader))));
            case 5:
                return new(kind, YValue.From(new YSubdocument(reader.String())), "", []);
            case Element:
                var name = reader.String();
                var attributes = Many(reader, () => (reader.String(), ReadAny(reader)));
                return new(kind, default, name, Many(reader, () => ("", Read(reader)))) { Attributes = attributes };
            default:
                throw new InvalidDataException($"value kind {kind}");
        }
    }

    /// <summary>Writes what the value holds into the empty type that was inserted for it: its clocks follow its holder's.</summary>
    public void Fill(YType type)
    {
        switch (type)
        {
            case YText text:
                if (Name.Length > 0)
                {
                    text.Insert(0, Name);
                }

                break;
            case YMap map:
                foreach (var (key, value) in Children)
                {
                    value.SetIn(map, key);
                }

                break;
            case YArray array:
                InsertIn(array, 0, [.. Children.Select(child => child.Value)]);
                break;
            case YXmlElement element:
                InsertIn(element, 0, [.. Children.Select(child => child.Value)]);
                foreach (var (key, value) in Attributes)
                {
                    element.SetAttribute(key, value);
                }

                break;
        }
    }

    public void SetIn(YMap map, string key)
    {
        if (IsType)
        {
            Fill(map.SetType(key, TypeKind, TypeName));
        }
        else
        {
            map.Set(key, Plain);
        }
    }

    /// <summary>Neighbours that are plain go in together, as one call of Yjs' insert packs them.</summary>
    public static void InsertIn(YArray array, int index, ReadOnlySpan<ScriptValue> values)
    {
        var plain = new List<YValue>();
        foreach (var value in values)
        {
            if (!value.IsType)
            {
                plain.Add(value.Plain);
                continue;
            }

            array.Insert(index, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(plain));
            index += plain.Count;
            plain.Clear();
            value.Fill(array.InsertType(index++, value.TypeKind, value.TypeName));
        }

        array.Insert(index, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(plain));
    }

    public static void InsertIn(YXmlFragment parent, int index, ReadOnlySpan<ScriptValue> nodes)
    {
        foreach (var node in nodes)
        {
            node.Fill(node.Kind switch
            {
                Element => parent.InsertElement(index, node.Name),
                Hook => parent.InsertHook(index, node.Name),
                _ => parent.InsertText(index),
            });
            index++;
        }
    }

    public static YValue ReadAny(ScriptReader reader)
    {
        var tag = reader.Byte();
        switch (tag)
        {
            case 127: return YValue.Undefined;
            case 126: return YValue.Null;
            case 125: return reader.Integer();
            case 124: return reader.Single();
            case 123: return reader.Double();
            case 122: return YValue.FromBigInt(reader.BigInt());
            case 121: return false;
            case 120: return true;
            case 119: return reader.String();
            case 118:
                // Yjs keeps the place of a key's first mention and its last value; a Dictionary that only grows does too.
                var members = new Dictionary<string, YValue>(StringComparer.Ordinal);
                for (var count = reader.Int(); count > 0; count--)
                {
                    members[reader.String()] = ReadAny(reader);
                }

                return YValue.From(members);
            case 117: return YValue.From(Many(reader, () => ReadAny(reader)));
            case 116: return reader.Bytes();
            default: throw new InvalidDataException($"any {tag}");
        }
    }

    private static T[] Many<T>(ScriptReader reader, Func<T> read)
    {
        var items = new T[reader.Int()];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = read();
        }

        return items;
    }
}
