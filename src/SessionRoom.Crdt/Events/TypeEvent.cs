namespace SessionRoom.Crdt;

/// <summary>One type's changes, worked out when asked: from what is newer than the transaction's start, and what it deleted.</summary>
/// <remarks>Yjs 13.6, src/utils/YEvent.js and YTextEvent in src/types/YText.js.</remarks>
internal sealed class TypeEvent(YType target, Transaction transaction, HashSet<int> keys) : YEvent
{
    private IReadOnlyList<YDelta>? _delta;
    private IReadOnlyDictionary<string, YKeyChange>? _keys;

    /// <summary>The observed type, where paths begin; null for the root.</summary>
    public YType? Observed { get; set; }

    public override YType Target => target;
    public override Transaction Transaction => transaction;

    public override IReadOnlyList<YDelta> Delta =>
        _delta ??= !keys.Contains(Chain.List) ? [] : target is YText ? new TextChanges(target, this).Compute() : ListDelta();

    public override IReadOnlyDictionary<string, YKeyChange> Keys => _keys ??= KeyChanges();

    public override IReadOnlyList<YValue> Path
    {
        get
        {
            var path = new List<YValue>();
            var store = target.Store;
            for (var type = target.Index; type != Observed?.Index && store.Types[type].Holder is var holder and > 0;)
            {
                ref var chain = ref store.Chains[store.Items[holder].Chain];
                path.Add(chain.IsList ? IndexOf(store, holder) : store.Keys.Text(chain.Key));
                type = chain.Type;
            }
            path.Reverse();
            return path;
        }
    }

    internal bool Adds(in Item item) => target.Store.IsNew(item);
    internal bool Deletes(in Item item) => item.Deleted && target.Store.DeletedNow(item);

    private static int IndexOf(Store store, int item)
    {
        var index = 0;
        for (var left = store.Items[item].Left; left != 0; left = store.Items[left].Left) index += store.Items[left].Visible;
        return index;
    }

    private List<YDelta> ListDelta()
    {
        var delta = new List<YDelta>();
        var store = target.Store;
        var retained = 0;
        for (var handle = target.FirstItem; handle != 0; handle = store.Items[handle].Right)
        {
            ref var item = ref store.Items[handle];
            var (adds, deletes) = (Adds(item), Deletes(item));
            if (deletes && !adds && item.Countable) Append(YDelta.Deleting((int)item.Length));
            else if (adds && item.Visible > 0)
            {
                var values = new List<YValue>();
                ValueContent.AddAll(target.Doc, handle, values);
                Append(new YDelta { Kind = YDeltaKind.Insert, Length = values.Count, Insert = YValue.From(values) });
            }
            else if (!adds) retained += item.Visible;
        }
        return delta;

        void Append(YDelta step)
        {
            if (retained > 0) delta.Add(YDelta.Retaining(retained));
            var joins = retained == 0 && delta.Count > 0 && delta[^1].Kind == step.Kind;
            retained = 0;
            if (!joins)
            {
                delta.Add(step);
                return;
            }
            var last = delta[^1];
            delta[^1] = last with
            {
                Length = last.Length + step.Length,
                Insert = step.Kind == YDeltaKind.Insert ? YValue.From([.. last.Insert.AsArray, .. step.Insert.AsArray]) : default,
            };
        }
    }

    private Dictionary<string, YKeyChange> KeyChanges()
    {
        var changes = new Dictionary<string, YKeyChange>(StringComparer.Ordinal);
        var store = target.Store;
        foreach (var key in keys)
        {
            if (key == Chain.List) continue;
            var handle = store.Chains[store.FindChain(target.Index, key)].Tail;
            if (handle == 0) continue;
            ref var item = ref store.Items[handle];
            YKeyChange change;
            if (Adds(item))
            {
                var previous = item.Left;
                while (previous != 0 && Adds(store.Items[previous])) previous = store.Items[previous].Left;
                var replaces = previous != 0 && Deletes(store.Items[previous]);
                if (Deletes(item))
                {
                    if (!replaces) continue;
                    change = new YKeyChange(YKeyAction.Delete, ValueContent.Last(target.Doc, previous));
                }
                else
                {
                    change = replaces
                        ? new YKeyChange(YKeyAction.Update, ValueContent.Last(target.Doc, previous))
                        : new YKeyChange(YKeyAction.Add, YValue.Undefined);
                }
            }
            else if (Deletes(item))
            {
                change = new YKeyChange(YKeyAction.Delete, ValueContent.Last(target.Doc, handle));
            }
            else
            {
                continue;
            }
            changes[store.Keys.Text(key)] = change;
        }
        return changes;
    }
}
