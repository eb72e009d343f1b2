using System.Collections;
using Microsoft.AspNetCore.Http.Features;

namespace SessionRoom.Server;

/// <summary>The features of a connection: what it is itself, and the few things that are added. Not safe from several threads while something is added.</summary>
/// <remarks>The framework's own collection is a hash table, three hundred bytes for each connection.</remarks>
internal sealed class SocketFeatures(SocketConnection connection) : IFeatureCollection
{
    private KeyValuePair<Type, object>[] added = [];

    public bool IsReadOnly => false;
    public int Revision { get; private set; }

    public object? this[Type key]
    {
        get
        {
            foreach (var (type, feature) in added)
                if (type == key) return feature;
            return key.IsInterface && key.IsInstanceOfType(connection) ? connection : null;
        }
        set
        {
            Revision++;
            added = [.. added.Where(feature => feature.Key != key)];
            if (value is not null) added = [.. added, new(key, value)];
        }
    }

    public TFeature? Get<TFeature>() => (TFeature?)this[typeof(TFeature)];
    public void Set<TFeature>(TFeature? instance) => this[typeof(TFeature)] = instance;

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() =>
        connection.GetType().GetInterfaces().Where(type => added.All(feature => feature.Key != type)).Select(type => new KeyValuePair<Type, object>(type, connection)).Concat(added).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
