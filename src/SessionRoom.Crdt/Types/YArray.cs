namespace SessionRoom.Crdt;

/// <summary>A shared list of values.</summary>
public sealed class YArray : YType
{
    internal YArray() { }

    /// <summary>How many values it holds.</summary>
    public int Count => throw new NotSupportedException();

    /// <summary>The value at an index.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public YValue this[int index] => throw new NotSupportedException();

    /// <summary>Inserts one value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index lies outside the list.</exception>
    public void Insert(int index, YValue value) => throw new NotSupportedException();

    /// <summary>Inserts values; neighbours that are plain data share one struct.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index lies outside the list.</exception>
    public void Insert(int index, ReadOnlySpan<YValue> values) => throw new NotSupportedException();

    /// <summary>Appends one value, behind whatever has been deleted at the end.</summary>
    public void Push(YValue value) => throw new NotSupportedException();

    /// <summary>Appends values.</summary>
    public void Push(ReadOnlySpan<YValue> values) => throw new NotSupportedException();

    /// <summary>Inserts an empty nested type.</summary>
    public YType InsertType(int index, YTypeKind kind, string? name = null) => throw new NotSupportedException();

    /// <summary>Inserts an empty nested map.</summary>
    public YMap InsertMap(int index) => (YMap)InsertType(index, YTypeKind.Map);

    /// <summary>Inserts an empty nested list.</summary>
    public YArray InsertArray(int index) => (YArray)InsertType(index, YTypeKind.Array);

    /// <summary>Inserts a nested text.</summary>
    public YText InsertText(int index, string text = "") => throw new NotSupportedException();

    /// <summary>Deletes a range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range lies outside the list.</exception>
    public void Delete(int index, int length = 1) => throw new NotSupportedException();

    /// <summary>All values, in order.</summary>
    public IReadOnlyList<YValue> ToList(Snapshot? snapshot = null) => throw new NotSupportedException();

    /// <summary>The values as plain data.</summary>
    public override YValue ToJson() => throw new NotSupportedException();
}
