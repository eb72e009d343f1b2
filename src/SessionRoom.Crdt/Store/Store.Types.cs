namespace SessionRoom.Crdt;

// Types, their lists and keys.
internal sealed partial class Store
{
    public Chain[] Chains = new Chain[2];
    public TypeSlot[] Types = new TypeSlot[2];
    private int _chainTop = 1, _typeTop = 1;
    private int[] _chainBuckets = [];

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

    /// <summary>After a large update: gives back what growing in steps reserved.</summary>
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
        var found = FindChain(type, key, out var bucket);
        if (found != 0) return found;
        if ((_chainTop + 1) * 4 > _chainBuckets.Length * 3)
        {
            GrowChainBuckets();
            FindChain(type, key, out bucket);
        }
        var chain = NewChain(type, key);
        _chainBuckets[bucket] = chain;
        ref var slot = ref Types[type];
        if (slot.LastKey == 0) slot.FirstKey = chain;
        else Chains[slot.LastKey].Next = chain;
        slot.LastKey = chain;
        return chain;
    }

    public int FindChain(int type, int key) => key < 0 ? Types[type].ListChain : FindChain(type, key, out _);

    private int FindChain(int type, int key, out int bucket)
    {
        bucket = 0;
        var mask = _chainBuckets.Length - 1;
        if (mask < 0) return 0;
        for (bucket = Mix(type, key) & mask; _chainBuckets[bucket] != 0; bucket = (bucket + 1) & mask)
        {
            ref var chain = ref Chains[_chainBuckets[bucket]];
            if (chain.Type == type && chain.Key == key) return _chainBuckets[bucket];
        }
        return 0;
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
        _chainBuckets = new int[Math.Max(4, _chainBuckets.Length * 2)];
        for (var i = 1; i < _chainTop; i++)
        {
            if (Chains[i].IsList) continue;
            FindChain(Chains[i].Type, Chains[i].Key, out var bucket);
            _chainBuckets[bucket] = i;
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
