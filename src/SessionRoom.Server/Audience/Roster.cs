using System.Collections.Immutable;

namespace SessionRoom.Server;

/// <summary>Listeners of a room. Whoever comes or goes costs the same however many there are; the array of them all is made when it is asked for after that. Not safe from several threads.</summary>
internal sealed class Roster
{
    private readonly HashSet<Listener> members = [];
    private ImmutableArray<Listener> all = [];

    public bool IsEmpty => members.Count == 0;

    public ImmutableArray<Listener> All
    {
        get
        {
            if (all.IsDefault) all = [.. members];
            return all;
        }
    }

    public bool Contains(Listener listener) => members.Contains(listener);

    public void Add(Listener listener)
    {
        if (members.Add(listener)) all = default;
    }

    public void Remove(Listener listener)
    {
        if (members.Remove(listener)) all = default;
    }

    public void Clear()
    {
        members.Clear();
        all = [];
    }
}
