using System.Globalization;
using System.Text;
using SessionRoom.Crdt;

namespace SessionRoom.Rooms;

/// <summary>Fields of a document that anybody writes to: each is there, of the type that is asked for and not empty, or null.</summary>
internal static class BoardFields
{
    // The times that DateTimeOffset can hold: whoever formats one must not fail.
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>A root of that kind; null where this process already has it as another kind.</summary>
    public static T? Root<T>(Func<string, T> get, string name) where T : YType
    {
        try
        {
            return get(name);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The maps in a root list.</summary>
    public static IEnumerable<YMap> MapsOf(Doc doc, string root) => Root(doc.GetArray, root)?.NestedTypes().OfType<YMap>() ?? [];

    /// <summary>A text, be it a shared one or a plain string.</summary>
    /// <remarks>The kind is asked for first: a value of another kind may be huge, and is never built.</remarks>
    public static string? Text(this YMap map, string key) => map.KindOf(key) switch
    {
        YValueKind.String => map[key].AsString is { Length: > 0 } text ? WellFormed(text) : null,
        YValueKind.Type => map[key].AsType is YText { Kind: YTypeKind.Text, Length: > 0 } text && Text(text) is { Length: > 0 } some ? some : null,
        _ => null,
    };

    public static string Text(YText text) => WellFormed(text.ToString());

    public static DateOnly? Day(this YMap map, string key) =>
        map.Text(key) is { Length: 10 } text && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Unix milliseconds that a calendar knows.</summary>
    public static long? Moment(this YMap map, string key)
    {
        var number = map.KindOf(key) switch
        {
            YValueKind.Number => map[key].AsNumber,
            YValueKind.BigInt => map[key].AsBigInt,
            _ => double.NaN,
        };
        return number >= Earliest && number <= Latest ? (long)number : null;
    }

    /// <summary>In doubt it is: only nothing and <c>false</c> leave it open.</summary>
    public static bool IsSealed(this YMap map) => map.KindOf("sealed") switch
    {
        YValueKind.Undefined or YValueKind.Null => false,
        YValueKind.Boolean => map["sealed"].AsBoolean,
        _ => true,
    };

    /// <summary>Without halves of surrogate pairs, which old JSON content may hold and no encoding takes.</summary>
    public static string WellFormed(string text) =>
        text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
