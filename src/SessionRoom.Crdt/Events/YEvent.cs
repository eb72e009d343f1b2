namespace SessionRoom.Crdt;

/// <summary>What one transaction changed in one shared type.</summary>
public abstract class YEvent
{
    private protected YEvent() { }

    /// <summary>The type that changed.</summary>
    public abstract YType Target { get; }

    /// <summary>The transaction.</summary>
    public abstract Transaction Transaction { get; }

    /// <summary>The way from the observed type (for a deep observer; else from the root) to the target: keys as strings, indexes as numbers.</summary>
    public abstract IReadOnlyList<YValue> Path { get; }

    /// <summary>The change of the list or text as retain, insert and delete operations.</summary>
    public abstract IReadOnlyList<YDelta> Delta { get; }

    /// <summary>The keys that changed, with their old values.</summary>
    public abstract IReadOnlyDictionary<string, YKeyChange> Keys { get; }
}

/// <summary>What happened to a key.</summary>
public enum YKeyAction
{
    /// <summary>It was absent before.</summary>
    Add,
    /// <summary>It has another value now.</summary>
    Update,
    /// <summary>It is gone.</summary>
    Delete,
}

/// <summary>A change of one key.</summary>
/// <param name="Action">What happened.</param>
/// <param name="OldValue">The value before the transaction; undefined if there was none.</param>
public readonly record struct YKeyChange(YKeyAction Action, YValue OldValue);

/// <summary>The three operations of a delta.</summary>
public enum YDeltaKind
{
    /// <summary>Skips units, or changes their attributes.</summary>
    Retain,
    /// <summary>Inserts text, an embed, or list values.</summary>
    Insert,
    /// <summary>Deletes units.</summary>
    Delete,
}

/// <summary>One step of a delta.</summary>
public sealed record YDelta
{
    /// <summary>Which operation.</summary>
    public required YDeltaKind Kind { get; init; }

    /// <summary>How many units are retained, inserted or deleted.</summary>
    public required int Length { get; init; }

    /// <summary>What is inserted: a string value for text, an embed or type for rich text, an array value for a list.</summary>
    public YValue Insert { get; init; }

    /// <summary>Attributes; null when there are none. A null value removes.</summary>
    public IReadOnlyDictionary<string, YValue>? Attributes { get; init; }

    /// <summary>Skips units, setting <paramref name="attributes"/> on them if given.</summary>
    public static YDelta Retaining(int length, IReadOnlyDictionary<string, YValue>? attributes = null) =>
        new() { Kind = YDeltaKind.Retain, Length = length, Attributes = attributes };

    /// <summary>Inserts text or an embed.</summary>
    public static YDelta Inserting(YValue insert, IReadOnlyDictionary<string, YValue>? attributes = null) =>
        new() { Kind = YDeltaKind.Insert, Length = insert.Kind == YValueKind.String ? insert.AsString.Length : 1, Insert = insert, Attributes = attributes };

    /// <summary>Deletes units.</summary>
    public static YDelta Deleting(int length) => new() { Kind = YDeltaKind.Delete, Length = length };
}
