namespace SessionRoom.Crdt;

/// <summary>Shared rich text. Indexes and lengths count UTF-16 code units; an embed or nested type counts one.</summary>
public class YText : YType
{
    internal YText() { }

    /// <summary>The length in UTF-16 code units, embeds counting one.</summary>
    public int Length => throw new NotSupportedException();

    /// <summary>Inserts text. Without attributes it takes those of the text to its left; with attributes it has exactly these.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index lies outside the text or between the halves of a surrogate pair.</exception>
    public void Insert(int index, string text, IReadOnlyDictionary<string, YValue>? attributes = null) => throw new NotSupportedException();

    /// <inheritdoc cref="Insert(int, string, IReadOnlyDictionary{string, YValue}?)"/>
    public void Insert(int index, ReadOnlySpan<char> text) => throw new NotSupportedException();

    /// <summary>Inserts an object that counts one unit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">As for text.</exception>
    public void InsertEmbed(int index, YValue embed, IReadOnlyDictionary<string, YValue>? attributes = null) => throw new NotSupportedException();

    /// <summary>Inserts an empty nested type that counts one unit.</summary>
    public YType InsertType(int index, YTypeKind kind, string? name = null, IReadOnlyDictionary<string, YValue>? attributes = null) => throw new NotSupportedException();

    /// <summary>Deletes a range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range lies outside the text or cuts a surrogate pair.</exception>
    public void Delete(int index, int length) => throw new NotSupportedException();

    /// <summary>Sets attributes on a range; a null value removes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">As for <see cref="Delete"/>.</exception>
    public void Format(int index, int length, IReadOnlyDictionary<string, YValue> attributes) => throw new NotSupportedException();

    /// <summary>Applies a delta: retains (with attributes), inserts and deletes, from the start of the text.</summary>
    public void ApplyDelta(IEnumerable<YDelta> delta) => throw new NotSupportedException();

    /// <summary>The text without formats and embeds.</summary>
    public override string ToString() => throw new NotSupportedException();

    /// <summary>The text as insert operations with attributes.</summary>
    public IReadOnlyList<YDelta> ToDelta(Snapshot? snapshot = null) => throw new NotSupportedException();

    /// <summary>The text as a string value.</summary>
    public override YValue ToJson() => throw new NotSupportedException();

    /// <summary>Sets an attribute of the whole text (a map entry beside its characters).</summary>
    public void SetAttribute(string name, YValue value) => throw new NotSupportedException();

    /// <summary>Removes an attribute of the whole text.</summary>
    public bool RemoveAttribute(string name) => throw new NotSupportedException();

    /// <summary>An attribute of the whole text.</summary>
    public bool TryGetAttribute(string name, out YValue value) => throw new NotSupportedException();

    /// <summary>All attributes of the whole text.</summary>
    public IReadOnlyDictionary<string, YValue> GetAttributes() => throw new NotSupportedException();
}
