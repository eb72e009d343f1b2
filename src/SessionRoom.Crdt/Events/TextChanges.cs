using System.Text;

namespace SessionRoom.Crdt;

/// <summary>Works out what a transaction did to a text, attributes included.</summary>
internal sealed class TextChanges(YType target, TypeEvent change)
{
    private readonly List<YDelta> _delta = [];
    private readonly Formats _current = new();
    private readonly Formats _old = new();
    private readonly Formats _attributes = new();
    private readonly StringBuilder _text = new();
    private YDeltaKind? _action;
    private int _length;

    public List<YDelta> Compute()
    {
        var store = target.Store;
        for (var handle = target.FirstItem; handle != 0; handle = store.Items[handle].Right)
        {
            ref var item = ref store.Items[handle];
            switch (item.Kind)
            {
                case Content.Type or Content.Embed:
                    if (change.Adds(item))
                    {
                        if (change.Deletes(item)) break;
                        Flush();
                        _delta.Add(YDelta.Inserting(ValueContent.At(target.Doc, handle, 0), _current.ToValues()) with { Length = 1 });
                    }
                    else
                    {
                        Pass(item);
                    }
                    break;
                case Content.String:
                    if (change.Adds(item))
                    {
                        if (change.Deletes(item)) break;
                        Become(YDeltaKind.Insert);
                        _text.Append(store.TextOf(item));
                    }
                    else
                    {
                        Pass(item);
                    }
                    break;
                case Content.Format: OnFormat(item); break;
            }
        }
        Flush();
        while (_delta.Count > 0 && _delta[^1] is { Kind: YDeltaKind.Retain, Attributes: null }) _delta.RemoveAt(_delta.Count - 1);
        return _delta;
    }

    private void Pass(in Item item)
    {
        if (change.Deletes(item)) Become(YDeltaKind.Delete);
        else if (!item.Deleted) Become(YDeltaKind.Retain);
        else return;
        _length += (int)item.Length;
    }

    private void OnFormat(in Item item)
    {
        var (key, value) = ValueContent.Format(target.Store, item);
        if (change.Adds(item))
        {
            if (change.Deletes(item)) return;
            if (!_current.Of(key).IsEqual(value))
            {
                if (_action == YDeltaKind.Retain) Flush();
                if (value.IsEqual(_old.Of(key))) _attributes.Remove(key);
                else _attributes[key] = value;
            }
        }
        else if (change.Deletes(item))
        {
            _old[key] = value;
            var now = _current.Of(key);
            if (!now.IsEqual(value))
            {
                if (_action == YDeltaKind.Retain) Flush();
                _attributes[key] = now;
            }
        }
        else if (!item.Deleted)
        {
            _old[key] = value;
            if (_attributes.TryGetValue(key, out var attribute) && !attribute.IsEqual(value))
            {
                if (_action == YDeltaKind.Retain) Flush();
                if (value.IsNone) _attributes.Remove(key);
                else _attributes[key] = value;
            }
        }
        if (item.Deleted) return;
        if (_action == YDeltaKind.Insert) Flush();
        _current.Apply(key, value);
    }

    private void Become(YDeltaKind action)
    {
        if (_action != action) Flush();
        _action = action;
    }

    private void Flush()
    {
        switch (_action)
        {
            case YDeltaKind.Delete when _length > 0:
                _delta.Add(YDelta.Deleting(_length));
                break;
            case YDeltaKind.Insert when _text.Length > 0:
                _delta.Add(YDelta.Inserting(_text.ToString(), _current.ToValues()));
                break;
            case YDeltaKind.Retain when _length > 0:
                _delta.Add(YDelta.Retaining(_length, _attributes.ToValues()));
                break;
        }
        (_action, _length) = (null, 0);
        _text.Clear();
    }
}
