namespace SessionRoom.Crdt;

/// <summary>Text attributes by name, as the JSON text that the wire carries, in the order in which they were set.</summary>
internal sealed class Formats : OrderedDictionary<string, string>
{
    public const string None = "null";

    public Formats() : base(StringComparer.Ordinal) { }

    public Formats(Formats other) : base(other, StringComparer.Ordinal) { }

    public static Formats From(IReadOnlyDictionary<string, YValue>? attributes)
    {
        var formats = new Formats();
        foreach (var (key, value) in attributes ?? new Dictionary<string, YValue>(StringComparer.Ordinal)) formats[key] = value.ToJsonString();
        return formats;
    }

    /// <summary>The value of an attribute; "null" if it is not set.</summary>
    public string Of(string key) => TryGetValue(key, out var value) ? value : None;

    /// <summary>What a Format item does to the attributes behind it.</summary>
    public void Apply(string key, string value)
    {
        if (value == None) Remove(key);
        else this[key] = value;
    }

    public Dictionary<string, YValue>? ToValues()
    {
        if (Count == 0) return null;
        var values = new Dictionary<string, YValue>(StringComparer.Ordinal);
        foreach (var (key, value) in this) values[key] = JsonText.Parse(value);
        return values;
    }

    /// <summary>Equal as Yjs compares them: plain values by value, objects one level deep.</summary>
    public static bool AreEqual(string left, string right)
    {
        // The very same value, inherited: nothing to compare.
        if (ReferenceEquals(left, right)) return true;
        if (!IsObject(left) || !IsObject(right)) return left == right;
        var (a, b) = (JsonText.Parse(left), JsonText.Parse(right));
        if (a.Kind != b.Kind) return false;
        return a.Kind == YValueKind.Object
            ? a.AsObject.Count == b.AsObject.Count && a.AsObject.All(entry => b.AsObject.TryGetValue(entry.Key, out var other) && SameOneLevel(entry.Value, other))
            : a.AsArray.Count == b.AsArray.Count && a.AsArray.Zip(b.AsArray).All(pair => SameOneLevel(pair.First, pair.Second));
    }

    /// <summary>The same value, where an object is the same only as itself: never, between two items.</summary>
    public static bool AreSame(string left, string right) => left == right && !IsObject(left);

    private static bool SameOneLevel(YValue left, YValue right) => left.Kind is not (YValueKind.Object or YValueKind.Array) && left.Equals(right);

    private static bool IsObject(string json) => json[0] is '{' or '[';
}
