namespace SessionRoom.Crdt;

// Types, their lists and keys.
internal sealed partial class Store
{
    public Chain[] Chains = new Chain[2];
    public TypeSlot[] Types = new TypeSlot[2];
    private int _chainTop = 1, _typeTop = 1;

    // A type's keys are walked up to this many; more are looked up by hash.
    private const int FewKeys = 12;
    private int[] _chainBuckets = [];
    private int _bucketed;

    private readonly Dictionary<int, int> _rootOf = [];
    public readonly List<int> Roots = [];

    /// <summary>A root by name, created on first mention.</summary>
    public int Root(int name)
    {
        if (_rootOf.TryGetValue(name, out var type)) return type;
        type = NewType(YTypeKind.Unknown, name, holder: 0);
        _rootOf.Add(name, type);
        Roots.Add(type);
        return type;
    }

    /// <summary>Makes room before a large update; a parent that is named twice needs one chain only.</summary>
    public void ReserveTypes(int types, int chains)
    {
        if (Types.Length < _typeTop + types + 1) Array.Resize(ref Types, _typeTop + types + 1);
        if (Chains.Length < _chainTop + chains) Array.Resize(ref Chains, _chainTop + chains);
    }

    /// <summary>After a large update: gives back what was reserved in vain.</summary>
    public void TrimTypes()
    {
        if (Chains.Length > _chainTop + (_chainTop >> 3)) Array.Resize(ref Chains, _chainTop + 1);
        if (Types.Length > _typeTop + (_typeTop >> 3)) Array.Resize(ref Types, _typeTop + 1);
    }

    public int FindRoot(string name) => Keys.Find(name) is var key and >= 0 && _rootOf.TryGetValue(key, out var type) ? type : 0;

    private int NewType(YTypeKind kind, int name, int holder)
    {
        if (_typeTop == Types.Length) Array.Resize(ref Types, _typeTop + Math.Max(2, _typeTop >> 1));
        Types[_typeTop] = new TypeSlot { Kind = kind, Name = name, Holder = holder };
        return _typeTop++;
    }

    /// <summary>The chain of a key, or of the list; created on first mention.</summary>
    public int ChainFor(int type, int key)
    {
        if (key < 0)
        {
            if (Types[type].ListChain == 0)
            {
                var list = NewChain(type, Chain.List);
                Types[type].ListChain = list;
            }
            return Types[type].ListChain;
        }
        var found = FindChain(type, key);
        if (found != 0) return found;
        var chain = NewChain(type, key);
        ref var slot = ref Types[type];
        if (slot.LastKey == 0) slot.FirstKey = chain;
        else Chains[slot.LastKey].Next = chain;
        slot.LastKey = chain;
        if (slot.HasManyKeys) Bucket(chain);
        return chain;
    }

    public int FindChain(int type, int key)
    {
        ref var slot = ref Types[type];
        if (key < 0) return slot.ListChain;
        if (slot.HasManyKeys) return FindBucketed(type, key, out _);
        var chain = slot.FirstKey;
        for (var walked = 0; chain != 0 && Chains[chain].Key != key; chain = Chains[chain].Next)
        {
            if (++walked < FewKeys) continue;
            slot.HasManyKeys = true;
            for (var each = slot.FirstKey; each != 0; each = Chains[each].Next) Bucket(each);
            return FindBucketed(type, key, out _);
        }
        return chain;
    }

    private int FindBucketed(int type, int key, out int bucket)
    {
        var mask = _chainBuckets.Length - 1;
        for (bucket = Mix(type, key) & mask; _chainBuckets[bucket] != 0; bucket = (bucket + 1) & mask)
        {
            ref var chain = ref Chains[_chainBuckets[bucket]];
            if (chain.Type == type && chain.Key == key) return _chainBuckets[bucket];
        }
        return 0;
    }

    private void Bucket(int chain)
    {
        if (++_bucketed * 4 > _chainBuckets.Length * 3) GrowChainBuckets();
        FindBucketed(Chains[chain].Type, Chains[chain].Key, out var bucket);
        _chainBuckets[bucket] = chain;
    }

    private static int Mix(int type, int key)
    {
        var hash = (uint)type * 0x9E3779B1 ^ (uint)key * 0x85EBCA77;
        return (int)(hash ^ hash >> 15);
    }

    private int NewChain(int type, int key)
    {
        if (_chainTop == Chains.Length) Array.Resize(ref Chains, _chainTop + Math.Max(2, _chainTop >> 1));
        Chains[_chainTop] = new Chain { Type = type, Key = key };
        return _chainTop++;
    }

    private void GrowChainBuckets()
    {
        var old = _chainBuckets;
        _chainBuckets = new int[Math.Max(16, old.Length * 2)];
        foreach (var chain in old)
        {
            if (chain == 0) continue;
            FindBucketed(Chains[chain].Type, Chains[chain].Key, out var bucket);
            _chainBuckets[bucket] = chain;
        }
    }

    /// <summary>The item that shows a key's value; 0 if the key is absent.</summary>
    public int CurrentOf(int chain)
    {
        var tail = chain == 0 ? 0 : Chains[chain].Tail;
        return tail != 0 && !Items[tail].Deleted ? tail : 0;
    }

    public bool IsDeletedType(int type) => Types[type].Holder is var holder and not 0 && (holder < 0 || Items[holder].Deleted);

    /// <summary>A type whose holder is gone, for handles that outlive it.</summary>
    public int NewCollectedType(YTypeKind kind, string? name) => NewType(kind, name is null ? -1 : Keys.Intern(name), TypeSlot.Collected);
}
