using System.Text;

namespace SessionRoom.Crdt;

/// <summary>Shared rich text. Indexes and lengths count UTF-16 code units; an embed or nested type counts one.</summary>
public class YText : YType
{
    internal YText(Doc doc, int type) : base(doc, type) { }

    /// <summary>The length in UTF-16 code units, embeds counting one.</summary>
    public int Length => ListLength;

    /// <summary>Inserts text. Without attributes it takes those of the text to its left; with attributes it has exactly these.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index lies outside the text or between the halves of a surrogate pair.</exception>
    public void Insert(int index, string text, IReadOnlyDictionary<string, YValue>? attributes = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (attributes is null && !Slot.HasFormats)
        {
            Insert(index, text.AsSpan());
            return;
        }
        CheckBoundary(index, 0);
        if (text.Length == 0) return;
        using var transaction = Edit();
        var editor = TextEditor.At(Store, Index, OwnClient, index);
        editor.Insert(Content.String, Encoding.UTF8.GetBytes(text), text.Length, attributes is null ? new Formats(editor.Current) : Formats.From(attributes));
    }

    /// <inheritdoc cref="Insert(int, string, IReadOnlyDictionary{string, YValue}?)"/>
    public void Insert(int index, ReadOnlySpan<char> text)
    {
        if (Slot.HasFormats)
        {
            Insert(index, text.ToString());
            return;
        }
        CheckBoundary(index, 0);
        if (text.IsEmpty) return;
        using var transaction = Edit();
        var bytes = ValueContent.Scratch();
        Encoding.UTF8.GetBytes(text, bytes.Take(Encoding.UTF8.GetByteCount(text)));
        var store = Store;
        var chain = store.ChainFor(Index, Chain.List);
        var left = store.BeforeVisible(Index, chain, index);
        var item = store.Insert(OwnClient, chain, left, Content.String, bytes.Written, text.Length);
        store.Positions(Index)?.Remember(item, index + text.Length - (int)store.Items[item].Length);
    }

    /// <summary>Inserts an object that counts one unit. Without attributes it has none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">As for text.</exception>
    public void InsertEmbed(int index, YValue embed, IReadOnlyDictionary<string, YValue>? attributes = null)
    {
        CheckBoundary(index, 0);
        using var transaction = Edit();
        var editor = TextEditor.At(Store, Index, OwnClient, index);
        InsertEmbed(ref editor, embed, Formats.From(attributes));
    }

    private static void InsertEmbed(ref TextEditor editor, YValue embed, Formats attributes)
    {
        var bytes = new ByteWriter();
        bytes.String(embed.ToJsonString());
        editor.Insert(Content.Embed, bytes.Written, 1, attributes);
    }

    /// <summary>Inserts an empty nested type that counts one unit.</summary>
    public YType InsertType(int index, YTypeKind kind, string? name = null, IReadOnlyDictionary<string, YValue>? attributes = null)
    {
        CheckBoundary(index, 0);
        using var transaction = Edit();
        var editor = TextEditor.At(Store, Index, OwnClient, index);
        return Doc.Handle(editor.InsertType(kind, NameKey(kind, name), Formats.From(attributes)));
    }

    /// <summary>Deletes a range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range lies outside the text or cuts a surrogate pair.</exception>
    public void Delete(int index, int length)
    {
        CheckBoundary(index, length);
        if (length == 0) return;
        if (!Slot.HasFormats)
        {
            DeleteRange(index, length);
            return;
        }
        using var transaction = Edit();
        var editor = TextEditor.At(Store, Index, OwnClient, index);
        editor.Delete(length);
    }

    /// <summary>Sets attributes on a range; a null value removes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">As for <see cref="Delete"/>.</exception>
    public void Format(int index, int length, IReadOnlyDictionary<string, YValue> attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        CheckBoundary(index, length);
        if (length == 0) return;
        using var transaction = Edit();
        var editor = TextEditor.At(Store, Index, OwnClient, index);
        if (!editor.AtEnd) editor.Format(length, Formats.From(attributes));
    }

    /// <summary>Applies a delta: retains (with attributes), inserts and deletes, from the start of the text.</summary>
    /// <remarks>As in Yjs, an insert without attributes has none.</remarks>
    public void ApplyDelta(IEnumerable<YDelta> delta)
    {
        ArgumentNullException.ThrowIfNull(delta);
        using var transaction = Edit();
        var editor = TextEditor.At(Store, Index, OwnClient, 0);
        foreach (var step in delta)
        {
            var attributes = Formats.From(step.Attributes);
            switch (step.Kind)
            {
                case YDeltaKind.Retain when attributes.Count == 0: editor.Retain(step.Length); break;
                case YDeltaKind.Retain: editor.Format(step.Length, attributes); break;
                case YDeltaKind.Delete: editor.Delete(step.Length); break;
                case YDeltaKind.Insert when step.Insert.Kind == YValueKind.String:
                    var text = step.Insert.AsString;
                    if (text.Length > 0) editor.Insert(Content.String, Encoding.UTF8.GetBytes(text), text.Length, attributes);
                    break;
                default: InsertEmbed(ref editor, step.Insert, attributes); break;
            }
        }
    }

    /// <summary>The text without formats and embeds.</summary>
    public override string ToString() => PlainData.Text(this);

    /// <summary>The text as insert operations with attributes; with a snapshot, as it was (the document must not collect garbage).</summary>
    public IReadOnlyList<YDelta> ToDelta(Snapshot? snapshot = null)
    {
        var store = Store;
        if (snapshot is not null) Doc.CutAt(snapshot);
        var result = new List<YDelta>();
        var formats = new Formats();
        var text = new StringBuilder();
        for (var item = FirstItem; item != 0; item = store.Items[item].Right)
        {
            ref var content = ref store.Items[item];
            if (snapshot is null ? content.Deleted : !snapshot.Shows(store, content)) continue;
            switch (content.Kind)
            {
                case Content.String:
                    text.Append(store.TextOf(content));
                    break;
                case Content.Format:
                    Pack();
                    var (key, value) = ValueContent.Format(store, content);
                    formats.Apply(key, value);
                    break;
                default:
                    if (!content.Countable) break;
                    Pack();
                    result.Add(YDelta.Inserting(ValueContent.At(Doc, item, 0), formats.ToValues()) with { Length = 1 });
                    break;
            }
        }
        Pack();
        return result;

        void Pack()
        {
            if (text.Length == 0) return;
            result.Add(YDelta.Inserting(text.ToString(), formats.ToValues()));
            text.Clear();
        }
    }

    /// <summary>The text as a string value.</summary>
    public override YValue ToJson() => ToString();

    /// <summary>Sets an attribute of the whole text (a map entry beside its characters).</summary>
    public void SetAttribute(string name, YValue value) => SetKey(name, value);

    /// <summary>Removes an attribute of the whole text.</summary>
    public bool RemoveAttribute(string name) => DeleteKey(name);

    /// <summary>An attribute of the whole text.</summary>
    public bool TryGetAttribute(string name, out YValue value) => TryGetKey(name, out value);

    /// <summary>All attributes of the whole text.</summary>
    public IReadOnlyDictionary<string, YValue> GetAttributes() => KeyValues(plain: false);

    private void CheckBoundary(int index, int length)
    {
        CheckRange(index, length);
        if (Store.CutsPair(Index, index) || Store.CutsPair(Index, index + length))
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, "An edit must not cut a surrogate pair: Yjs would replace both halves.");
        }
    }
}
