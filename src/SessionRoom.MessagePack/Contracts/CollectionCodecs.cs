using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;

namespace SessionRoom.MessagePack.Contracts;

/// <summary>Chooses how a collection is built from what was read; null where only the serializer knows.</summary>
internal static class CollectionCodecs
{
    public static Codec<TCollection>? Enumerable<TCollection, T>(JsonTypeInfo<TCollection> contract, ContractCodecs contracts)
        where TCollection : IEnumerable<T>
    {
        var type = typeof(TCollection);
        object? codec = type == typeof(T[]) ? new ArrayCodec<T>(contracts)
            : type == typeof(ImmutableArray<T>) ? new ImmutableArrayCodec<T>(contracts)
            : null;
        if (codec is not null) return (Codec<TCollection>)codec;
        object? build = null;
        if (type.IsAssignableFrom(typeof(List<T>))) build = (List<T> list) => list;
        else if (type.IsAssignableFrom(typeof(HashSet<T>))) build = (List<T> list) => new HashSet<T>(list);
        else if (type.IsAssignableFrom(typeof(ImmutableList<T>))) build = (List<T> list) => list.ToImmutableList();
        else if (type.IsAssignableFrom(typeof(ImmutableHashSet<T>))) build = (List<T> list) => list.ToImmutableHashSet();
        else if (type == typeof(ImmutableSortedSet<T>)) build = (List<T> list) => list.ToImmutableSortedSet();
        else if (contract.CreateObject is { } create && typeof(ICollection<T>).IsAssignableFrom(type)) build = Filled<TCollection, T>(create);
        // Functions are covariant: one that makes a List also makes an IReadOnlyList.
        return build is Func<List<T>, TCollection> known ? new EnumerableCodec<TCollection, T>(contracts, known) : null;
    }

    public static Codec<TDictionary>? Dictionary<TDictionary, TKey, TValue>(JsonTypeInfo<TDictionary> contract, ContractCodecs contracts)
        where TDictionary : IEnumerable<KeyValuePair<TKey, TValue>>
        where TKey : notnull
    {
        if (contracts.KeyOf<TKey>() is not { } keys) return null;
        var type = typeof(TDictionary);
        object? build = null;
        if (type.IsAssignableFrom(typeof(Dictionary<TKey, TValue>))) build = (Dictionary<TKey, TValue> all) => all;
        else if (type.IsAssignableFrom(typeof(ImmutableDictionary<TKey, TValue>))) build = (Dictionary<TKey, TValue> all) => all.ToImmutableDictionary();
        else if (type == typeof(ImmutableSortedDictionary<TKey, TValue>)) build = (Dictionary<TKey, TValue> all) => all.ToImmutableSortedDictionary();
        else if (contract.CreateObject is { } create && typeof(IDictionary<TKey, TValue>).IsAssignableFrom(type)) build = Filled<TDictionary, TKey, TValue>(create);
        return build is Func<Dictionary<TKey, TValue>, TDictionary> known
            ? new DictionaryCodec<TDictionary, TKey, TValue>(contracts, keys, known)
            : null;
    }

    private static Func<List<T>, TCollection> Filled<TCollection, T>(Func<TCollection> create) => list =>
    {
        object made = create()!;
        foreach (var element in list) ((ICollection<T>)made).Add(element);
        return (TCollection)made;
    };

    private static Func<Dictionary<TKey, TValue>, TDictionary> Filled<TDictionary, TKey, TValue>(Func<TDictionary> create)
        where TKey : notnull => all =>
    {
        object made = create()!;
        foreach (var (key, value) in all) ((IDictionary<TKey, TValue>)made)[key] = value;
        return (TDictionary)made;
    };
}
