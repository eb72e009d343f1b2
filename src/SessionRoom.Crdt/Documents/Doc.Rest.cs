namespace SessionRoom.Crdt;

// An idle document as bytes.
public sealed partial class Doc
{
    private Store? _store;
    private byte[]? _resting;
    private (string Name, YTypeKind Kind)[] _restingRoots = [];
    private RestingHandle[] _restingHandles = [];

    /// <summary>What a handle stands for: a root by name, a nested type by its holder, or something that is gone.</summary>
    private sealed record RestingHandle(YType Handle, YTypeKind Kind, string? Name, bool IsRoot, ulong Client, long Clock);

    /// <summary>Whether the document is held as bytes at the moment; anything but reading its state wakes it.</summary>
    public bool IsResting => _resting is not null;

    /// <summary>The structs; wakes a resting document.</summary>
    internal Store Store => _store ?? Wake();

    /// <summary>
    /// Drops everything but the document's update bytes, about a fifth of the memory. The next use builds it again (some 0.2 µs per
    /// struct); until then <see cref="EncodeStateAsUpdate"/> for an empty replica and <see cref="EncodeStateVector"/> answer from the
    /// bytes. Handles and observers stay valid.
    /// </summary>
    /// <exception cref="InvalidOperationException">A transaction is open.</exception>
    public void Rest()
    {
        if (_running is not null || _settling) throw new InvalidOperationException("A transaction is open.");
        if (_store is not { } store) return;
        var writer = Pooled.RentWriter();
        store.WriteState(writer, []);
        _resting = writer.ToArray();
        Pooled.Return(writer);
        _restingRoots = [.. store.Roots.Select(type => (store.Keys.Text(store.Types[type].Name), store.Types[type].Kind))];
        _restingHandles = [.. _handles.Values.Select(handle => Describe(store, handle))];
        _store = null;
    }

    private static RestingHandle Describe(Store store, YType handle)
    {
        ref var slot = ref store.Types[handle.Index];
        var name = slot.Name < 0 ? null : store.Keys.Text(slot.Name);
        if (slot.Holder <= 0) return new RestingHandle(handle, slot.Kind, name, slot.Holder == 0, 0, -1);
        ref var holder = ref store.Items[slot.Holder];
        return new RestingHandle(handle, slot.Kind, name, IsRoot: false, store.Log(holder.Client).Id, holder.Clock);
    }

    private Store Wake()
    {
        var store = _store = new Store { CollectsGarbage = Gc, ShortWalk = _shortWalk };
        store.Begin(_reused.Journal);
        if (_resting is not { } bytes) return store;
        foreach (var (name, kind) in _restingRoots)
        {
            var root = store.Root(store.Keys.Intern(name));
            store.Types[root].Kind = kind;
        }
        var parsed = new ParsedUpdate();
        if (parsed.Read(bytes, UpdateLimits.Unlimited) is { } problem) throw new InvalidOperationException($"The resting document is damaged: {problem}.");
        var (structs, missing, deletes) = (_pendingStructs, _missing, _pendingDeletes);
        (_pendingStructs, _missing, _pendingDeletes) = (null, [], []);
        Place(parsed, bytes);
        (_pendingStructs, _missing, _pendingDeletes) = (structs, missing, deletes);
        store.Settle();
        store.Begin(_reused.Journal);
        Reattach(store);
        (_resting, _restingRoots) = (null, []);
        return store;
    }

    private void Reattach(Store store)
    {
        var observers = _observers;
        if (observers is not null) _observers = [];
        _handles.Clear();
        foreach (var resting in _restingHandles)
        {
            var holder = resting.Clock < 0 ? 0 : store.ContainingOrNone(store.FindClient(resting.Client), resting.Clock);
            var type = resting.IsRoot ? store.FindRoot(resting.Name!)
                : holder != 0 && store.Items[holder].Kind == Content.Type ? store.Items[holder].Content
                : store.NewCollectedType(resting.Kind, resting.Name);
            var handle = resting.Handle;
            if (observers is not null && observers.TryGetValue(handle.Index, out var list)) _observers![type] = list;
            handle.Index = type;
            _handles[type] = handle;
        }
        _restingHandles = [];
    }
}
