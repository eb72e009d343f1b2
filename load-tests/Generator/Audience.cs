namespace SessionRoom.LoadTests.Generator;

/// <summary>Those of one room, and how far its changes have come: by number, for each gets them all, in the order in which the server made them.</summary>
internal sealed class Audience
{
    private readonly Dictionary<long, int> _changes = [];
    private readonly List<(Visitor Who, long From, long To)> _missed = [];
    private int[] _reached = new int[1024];

    public List<Visitor> Members { get; } = [];

    /// <summary>Changes that somebody of it asked for.</summary>
    public long Sent { get; private set; }

    /// <summary>Changes that everybody has.</summary>
    public long Complete { get; private set; }

    public long InFlight => Sent - Complete;

    /// <summary>Called when a change has come to everybody.</summary>
    public Action<Audience>? OnComplete { get; set; }

    public void Change(long stamp)
    {
        if (InFlight + 1 >= _reached.Length) Grow();
        Members[(int)(Sent++ % Members.Count)].Change(stamp);
    }

    /// <summary>Somebody has so many more.</summary>
    public void Advance(Visitor who, long changes)
    {
        for (; changes > 0; changes--)
        {
            ref var reached = ref _reached[++who.Got & (_reached.Length - 1)];
            if (++reached < Members.Count) continue;
            reached = 0;
            Complete++;
            OnComplete?.Invoke(this);
        }
    }

    /// <summary>How many changes the patch of this sequence holds; whoever sees it first counts them.</summary>
    public int ChangesOf(long seq, ReadOnlySpan<byte> frame, Func<ReadOnlySpan<byte>, int> count)
    {
        if (_changes.TryGetValue(seq, out var changes)) return changes;
        _changes[seq] = changes = count(frame);
        for (var i = _missed.Count - 1; i >= 0; i--)
        {
            var (who, from, to) = _missed[i];
            if (!TryMiss(who, from, to)) continue;
            _missed.RemoveAt(i);
        }
        return changes;
    }

    /// <summary>Somebody has a whole state instead of the patches after <paramref name="from"/> until <paramref name="to"/>.</summary>
    public void Miss(Visitor who, long from, long to)
    {
        if (!TryMiss(who, from, to)) _missed.Add((who, from, to));
    }

    private bool TryMiss(Visitor who, long from, long to)
    {
        var changes = 0;
        for (var seq = from + 1; seq <= to; seq++)
        {
            if (!_changes.TryGetValue(seq, out var held)) return false;
            changes += held;
        }
        Advance(who, changes);
        return true;
    }

    private void Grow()
    {
        var grown = new int[_reached.Length * 2];
        for (var change = Complete + 1; change <= Sent; change++) grown[change & (grown.Length - 1)] = _reached[change & (_reached.Length - 1)];
        _reached = grown;
    }
}
