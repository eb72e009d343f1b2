namespace SessionRoom.Crdt;

/// <summary>An attribute's value: its JSON text, and where the heap holds it, which stands for the identity that a JavaScript object has.</summary>
internal readonly record struct FormatValue(string Json, int At = -1)
{
    public static readonly FormatValue None = new("null");

    public bool IsNone => Json == "null";
    private bool IsObject => Json[0] is '{' or '[';

    /// <summary>The same value; an object is the same only as itself.</summary>
    public bool IsSame(FormatValue other) => IsObject || other.IsObject ? At >= 0 && At == other.At : Json == other.Json;

    /// <summary>Equal as Yjs compares them: plain values by value, objects one level deep.</summary>
    public bool IsEqual(FormatValue other)
    {
        // The very same value, inherited: nothing to compare.
        if (ReferenceEquals(Json, other.Json) || IsSame(other)) return true;
        if (!IsObject || !other.IsObject) return false;
        var (a, b) = (JsonText.Parse(Json), JsonText.Parse(other.Json));
        if (a.Kind != b.Kind) return false;
        return a.Kind == YValueKind.Object
            ? a.AsObject.Count == b.AsObject.Count && a.AsObject.All(entry => b.AsObject.TryGetValue(entry.Key, out var theirs) && SameOneLevel(entry.Value, theirs))
            : a.AsArray.Count == b.AsArray.Count && a.AsArray.Zip(b.AsArray).All(pair => SameOneLevel(pair.First, pair.Second));
    }

    private static bool SameOneLevel(YValue left, YValue right) => left.Kind is not (YValueKind.Object or YValueKind.Array) && left.Equals(right);
}

/// <summary>Text attributes by name, in the order in which they were set.</summary>
internal sealed class Formats : OrderedDictionary<string, FormatValue>
{
    public Formats() : base(StringComparer.Ordinal) { }

    public Formats(Formats other) : base(other, StringComparer.Ordinal) { }

    public static Formats From(IReadOnlyDictionary<string, YValue>? attributes)
    {
        var formats = new Formats();
        foreach (var (key, value) in attributes ?? new Dictionary<string, YValue>(StringComparer.Ordinal)) formats[key] = new FormatValue(value.ToJsonString());
        return formats;
    }

    /// <summary>The value of an attribute; none if it is not set.</summary>
    public FormatValue Of(string key) => TryGetValue(key, out var value) ? value : FormatValue.None;

    /// <summary>What a Format item does to the attributes behind it.</summary>
    public void Apply(string key, FormatValue value)
    {
        if (value.IsNone) Remove(key);
        else this[key] = value;
    }

    public Dictionary<string, YValue>? ToValues()
    {
        if (Count == 0) return null;
        var values = new Dictionary<string, YValue>(StringComparer.Ordinal);
        foreach (var (key, value) in this) values[key] = JsonText.Parse(value.Json);
        return values;
    }
}
