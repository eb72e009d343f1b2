namespace SessionRoom.Crdt;

/// <summary>A shared list of values.</summary>
public sealed class YArray : YType
{
    internal YArray(Doc doc, int type) : base(doc, type) { }

    /// <summary>How many values it holds.</summary>
    public int Count => ListLength;

    /// <summary>The value at an index.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public YValue this[int index]
    {
        get
        {
            CheckRange(index, 1);
            var item = Store.Locate(Index, index, out var start);
            return ValueContent.At(Doc, item, index - start);
        }
    }

    /// <summary>Inserts one value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index lies outside the list.</exception>
    public void Insert(int index, YValue value) => InsertValues(index, [value]);

    /// <summary>Inserts values; neighbours that are plain data share one struct.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index lies outside the list.</exception>
    public void Insert(int index, ReadOnlySpan<YValue> values) => InsertValues(index, values);

    /// <summary>Appends one value, behind whatever has been deleted at the end.</summary>
    public void Push(YValue value) => PushValues([value]);

    /// <summary>Appends values.</summary>
    public void Push(ReadOnlySpan<YValue> values) => PushValues(values);

    /// <summary>Inserts an empty nested type.</summary>
    public YType InsertType(int index, YTypeKind kind, string? name = null) => InsertTypeAt(index, kind, name);

    /// <summary>Inserts an empty nested map.</summary>
    public YMap InsertMap(int index) => (YMap)InsertType(index, YTypeKind.Map);

    /// <summary>Inserts an empty nested list.</summary>
    public YArray InsertArray(int index) => (YArray)InsertType(index, YTypeKind.Array);

    /// <summary>Inserts a nested text.</summary>
    public YText InsertText(int index, string text = "")
    {
        using var transaction = Doc.BeginTransaction();
        var nested = (YText)InsertType(index, YTypeKind.Text);
        nested.Insert(0, text);
        return nested;
    }

    /// <summary>Deletes a range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range lies outside the list.</exception>
    public void Delete(int index, int length = 1) => DeleteRange(index, length);

    /// <summary>All values, in order; with a snapshot, those of that time (the document must not collect garbage).</summary>
    public IReadOnlyList<YValue> ToList(Snapshot? snapshot = null)
    {
        var values = new List<YValue>();
        if (snapshot is null) PlainData.Collect(this, values);
        else snapshot.Collect(this, values);
        return values;
    }

    /// <summary>The shared types among the values, in order; plain data is passed over unread. The document must not change meanwhile.</summary>
    public IEnumerable<YType> NestedTypes()
    {
        for (var item = FirstItem; item != 0; item = Store.Items[item].Right)
        {
            if (Store.Items[item].Visible > 0 && Store.Items[item].Kind == Content.Type) yield return Doc.Handle(Store.Items[item].Content);
        }
    }

    /// <summary>The values as plain data.</summary>
    public override YValue ToJson() => PlainData.List(this);
}
