namespace SessionRoom.Crdt;

/// <summary>Deleted clocks of one client as sorted, disjoint ranges. Ranges out of order wait in a tail that is sorted in when they are read.</summary>
internal sealed class ClockRanges
{
    internal readonly record struct Range(long Clock, long End);

    private Range[] _ranges = [];
    private int _count, _sorted;

    /// <summary>The ranges as written to the wire; empty when it must be written anew.</summary>
    public byte[] Encoded = [];

    public void Add(long clock, long length)
    {
        Encoded = [];
        if (_count > 0)
        {
            ref var last = ref _ranges[_count - 1];
            // Typing backwards and forwards both end up beside the last range.
            if (clock == last.End)
            {
                last = last with { End = clock + length };
                return;
            }
            if (clock + length == last.Clock && _count > _sorted)
            {
                last = last with { Clock = clock };
                return;
            }
        }
        if (_count == _ranges.Length) Array.Resize(ref _ranges, Math.Max(4, _count * 2));
        _ranges[_count] = new Range(clock, clock + length);
        if (_sorted == _count && (_count == 0 || clock > _ranges[_count - 1].End)) _sorted++;
        _count++;
        if (_count - _sorted > 1024 + _sorted) Normalise();
    }

    public ReadOnlySpan<Range> Read()
    {
        Normalise();
        return _ranges.AsSpan(0, _count);
    }

    private void Normalise()
    {
        if (_sorted == _count) return;
        // The last sorted range may have grown into the tail's clocks; sorting everything keeps this simple.
        _ranges.AsSpan(0, _count).Sort(static (a, b) => a.Clock.CompareTo(b.Clock));
        var kept = 0;
        for (var i = 1; i < _count; i++)
        {
            if (_ranges[i].Clock <= _ranges[kept].End) _ranges[kept] = _ranges[kept] with { End = Math.Max(_ranges[kept].End, _ranges[i].End) };
            else _ranges[++kept] = _ranges[i];
        }
        _count = _sorted = kept + 1;
    }
}
