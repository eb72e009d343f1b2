namespace SessionRoom.Crdt;

/// <summary>A place in a text, between two items, with the attributes that hold there; and the edits that depend on attributes.</summary>
/// <remarks>Behaves as Yjs 13.6, src/types/YText.js, so that the same edit gives the same items.</remarks>
internal ref struct TextEditor
{
    private readonly Store _store;
    private readonly int _type, _chain, _client;
    private int _left, _right;

    /// <summary>The visible units on the left.</summary>
    private int _index;

    private TextEditor(Store store, int type, int client)
    {
        (_store, _type, _client) = (store, type, client);
        _chain = store.ChainFor(type, Chain.List);
        _right = store.Chains[_chain].Head;
        Current = new Formats();
    }

    /// <summary>The attributes that hold here.</summary>
    public Formats Current { get; private set; }

    public readonly bool AtEnd => _right == 0;

    /// <summary>Behind the unit before an index: formats and deleted items that follow it are on the right.</summary>
    public static TextEditor At(Store store, int type, int client, int index)
    {
        var editor = new TextEditor(store, type, client);
        editor.GoTo(index);
        return editor;
    }

    /// <summary>Goes to an index on the right or here: walks if it is near, else asks the position index, which knows the attributes there.</summary>
    private void GoTo(int index)
    {
        for (var steps = _store.ShortWalk; index > _index && _right != 0; steps--)
        {
            if (steps == 0)
            {
                _left = _store.EndingAtIndex(_type, index, out _);
                _right = _store.Items[_left].Right;
                _index = index;
                Current = _store.IndexPositions(_type).FormatsBehind(_store, _left);
                return;
            }
            if (index - _index < _store.Items[_right].Visible) _store.Cut(_right, index - _index);
            Forward();
        }
    }

    /// <summary>Goes over units without a change, as Yjs does when it formats them with nothing.</summary>
    public void Retain(int length)
    {
        if (length <= 0 || length > _store.Types[_type].Length - _index)
        {
            Format(length, new Formats());
            return;
        }
        GoTo(_index + length);
        Restore(new Formats());
    }

    public void Insert(int kind, ReadOnlySpan<byte> content, long length, Formats attributes)
    {
        var negated = BeginInsert(attributes);
        Put(_store.Insert(_client, _chain, _left, kind, content, length), length);
        Restore(negated);
    }

    public int InsertType(YTypeKind kind, int name, Formats attributes)
    {
        var negated = BeginInsert(attributes);
        var type = _store.InsertType(_client, _chain, _left, kind, name);
        Put(_store.Types[type].Holder);
        Restore(negated);
        return type;
    }

    private Formats BeginInsert(Formats attributes)
    {
        foreach (var key in Current.Keys)
        {
            if (!attributes.ContainsKey(key)) attributes[key] = FormatValue.None;
        }
        SkipEqualFormats(attributes);
        return Start(attributes);
    }

    /// <summary>Sets attributes on the next <paramref name="length"/> units.</summary>
    /// <returns>How many units were missing at the end.</returns>
    public int Format(int length, Formats attributes)
    {
        SkipEqualFormats(attributes);
        var negated = Start(attributes);
        while (_right != 0 && (length > 0 || negated.Count > 0 && (_store.Items[_right].Deleted || _store.Items[_right].Kind == Content.Format)))
        {
            ref var item = ref _store.Items[_right];
            if (!item.Deleted && item.Kind == Content.Format)
            {
                var (key, value) = ValueContent.Format(_store, item);
                if (!attributes.TryGetValue(key, out var wanted))
                {
                    Current[key] = value;
                }
                else
                {
                    if (wanted.IsEqual(value)) negated.Remove(key);
                    else if (length == 0) break;
                    else negated[key] = value;
                    _store.Delete(_right);
                }
            }
            else if (!item.Deleted)
            {
                if (length < item.Length) _store.Cut(_right, length);
                length -= (int)_store.Items[_right].Length;
            }
            Forward();
        }
        if (length > 0)
        {
            // Editors take a line end at the end of a text for granted; Yjs writes it when it is formatted.
            Span<byte> lines = new byte[length];
            lines.Fill((byte)'\n');
            Put(_store.Insert(_client, _chain, _left, Content.String, lines, length), length);
            length = 0;
        }
        Restore(negated);
        return length;
    }

    /// <summary>Deletes the next units, and the formats that this makes redundant.</summary>
    public void Delete(int length)
    {
        var before = new Formats(Current);
        var start = _right;
        while (length > 0 && _right != 0)
        {
            var visible = _store.Items[_right].Visible;
            if (visible > 0)
            {
                if (length < visible) _store.Cut(_right, length);
                length -= _store.Items[_right].Visible;
                _store.Delete(_right);
            }
            Forward();
        }
        if (start != 0) CleanGap(start, before);
    }

    private void CleanGap(int start, Formats before)
    {
        var end = start;
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        for (; end != 0 && _store.Items[end].Visible == 0; end = _store.Items[end].Right)
        {
            ref var item = ref _store.Items[end];
            if (!item.Deleted && item.Kind == Content.Format) last[ValueContent.Format(_store, item).Key] = end;
        }
        var reached = false;
        for (; start != end; start = _store.Items[start].Right)
        {
            reached |= start == _right;
            ref var item = ref _store.Items[start];
            if (item.Deleted || item.Kind != Content.Format) continue;
            var (key, value) = ValueContent.Format(_store, item);
            var earlier = before.Of(key);
            // Overwritten further on, or what held before anyway.
            if (last.GetValueOrDefault(key) != start || earlier.IsSame(value))
            {
                _store.Delete(start);
                if (!reached && Current.Of(key).IsSame(value) && !earlier.IsSame(value)) Current.Apply(key, earlier);
            }
            else if (!reached)
            {
                Current.Apply(key, value);
            }
        }
    }

    /// <summary>Moves over deleted items and formats that say what is wanted anyway.</summary>
    private void SkipEqualFormats(Formats wanted)
    {
        while (_right != 0)
        {
            ref var item = ref _store.Items[_right];
            if (!item.Deleted)
            {
                if (item.Kind != Content.Format) return;
                var (key, value) = ValueContent.Format(_store, item);
                if (!wanted.Of(key).IsEqual(value)) return;
            }
            Forward();
        }
    }

    /// <summary>Writes the formats that differ from what holds here.</summary>
    /// <returns>What to write to restore what held.</returns>
    private Formats Start(Formats attributes)
    {
        var negated = new Formats();
        foreach (var (key, value) in attributes)
        {
            var current = Current.Of(key);
            if (current.IsEqual(value)) continue;
            negated[key] = current;
            Write(key, value);
        }
        return negated;
    }

    private void Restore(Formats negated)
    {
        while (_right != 0)
        {
            ref var item = ref _store.Items[_right];
            if (!item.Deleted)
            {
                if (item.Kind != Content.Format) break;
                var (key, value) = ValueContent.Format(_store, item);
                if (!negated.TryGetValue(key, out var wanted) || !wanted.IsEqual(value)) break;
                negated.Remove(key);
            }
            Forward();
        }
        foreach (var (key, value) in negated) Write(key, value);
    }

    private void Write(string key, FormatValue value)
    {
        if (value.At >= 0)
        {
            Put(_store.InsertShared(_client, _chain, _left, Content.Format, value.At));
            return;
        }
        var bytes = ValueContent.Scratch();
        bytes.String(key);
        bytes.String(value.Json);
        Put(_store.Insert(_client, _chain, _left, Content.Format, bytes.Written, 1));
    }

    private void Put(int item, long length = 1)
    {
        if (item == _left)
        {
            // It joined what was here.
            _index += (int)length;
            return;
        }
        _right = item;
        Forward();
    }

    private void Forward()
    {
        ref var item = ref _store.Items[_right];
        if (!item.Deleted && item.Kind == Content.Format)
        {
            var (key, value) = ValueContent.Format(_store, item);
            Current.Apply(key, value);
        }
        _store.Walked++;
        _index += item.Visible;
        _left = _right;
        _right = item.Right;
    }
}
