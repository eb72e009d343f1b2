namespace SessionRoom.Crdt;

// Who watches what.
public sealed partial class Doc
{
    private sealed class Observation(Doc doc, YType type, Action<YEvent>? handler, Action<IReadOnlyList<YEvent>>? deep) : IDisposable
    {
        public Action<YEvent>? Handler => handler;
        public Action<IReadOnlyList<YEvent>>? Deep => deep;

        public void Dispose()
        {
            if (doc._observers is null || !doc._observers.TryGetValue(type.Index, out var list)) return;
            list.Remove(this);
            if (list.Count == 0) doc._observers.Remove(type.Index);
            if (doc._observers.Count == 0) doc._observers = null;
        }
    }

    private Dictionary<int, List<Observation>>? _observers;

    internal IDisposable AddObserver(YType type, Action<YEvent>? handler, Action<IReadOnlyList<YEvent>>? deep)
    {
        if (handler is null && deep is null) throw new ArgumentNullException(nameof(handler));
        _observers ??= [];
        if (!_observers.TryGetValue(type.Index, out var list)) _observers.Add(type.Index, list = []);
        var observation = new Observation(this, type, handler, deep);
        list.Add(observation);
        return observation;
    }

    private Observation[] ObserversOf(int type) =>
        _observers is not null && _observers.TryGetValue(type, out var list) ? list.ToArray() : [];

    /// <summary>Direct observers first, then deep ones, shallow events before deep events.</summary>
    private void Notify(Transaction transaction)
    {
        var journal = transaction.Journal;
        var deep = new Dictionary<int, List<TypeEvent>>();
        var changes = journal.Changed.Where(change => !Store.IsDeletedType(change.Key)).Select(change => (change.Key, Keys: new HashSet<int>(change.Value))).ToArray();
        foreach (var (type, keys) in changes)
        {
            var change = new TypeEvent(Handle(type), transaction, keys);
            foreach (var observation in ObserversOf(type))
            {
                if (observation.Handler is not { } handler) continue;
                Guard(() => handler(change));
                Store.Resume(journal);
            }
            for (var ancestor = type; ancestor != 0; ancestor = ParentOf(ancestor))
            {
                if (_observers is null || !_observers.ContainsKey(ancestor)) continue;
                if (!deep.TryGetValue(ancestor, out var events)) deep.Add(ancestor, events = []);
                events.Add(change);
            }
        }
        foreach (var (type, events) in deep)
        {
            foreach (var observation in ObserversOf(type))
            {
                if (observation.Deep is not { } handler) continue;
                var observed = Handle(type);
                foreach (var change in events) change.Observed = observed;
                var alive = events.Where(change => !change.Target.IsDeleted).OrderBy(change => change.Path.Count).ToArray<YEvent>();
                if (alive.Length > 0) Guard(() => handler(alive));
                Store.Resume(journal);
            }
        }
    }

    private int ParentOf(int type) => Store.Types[type].Holder is var holder and > 0 && Store.Items[holder].Chain is var chain and not 0
        ? Store.Chains[chain].Type : 0;
}
