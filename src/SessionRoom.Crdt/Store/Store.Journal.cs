using System.Runtime.CompilerServices;

namespace SessionRoom.Crdt;

/// <summary>What one transaction has done so far. Its cost does not depend on how many clients the document knows.</summary>
internal sealed class Journal
{
    public int Serial;
    public readonly List<(int Client, long Before)> Touched = [];
    public readonly List<(int Client, long Clock)> Splits = [];

    /// <summary>Deleted ranges; <see cref="DeletedRange.Client"/> is a client index here.</summary>
    public DeletedRange[] Deletions = new DeletedRange[4];
    public int DeletionCount;

    /// <summary>Whether anything was deleted that did not come as deleted.</summary>
    public bool HasContentToDrop;

    /// <summary>Changed types and their keys (<see cref="Chain.List"/> for the list), if somebody watches.</summary>
    public readonly Dictionary<int, HashSet<int>> Changed = [];

    public bool ChangedAnything => Touched.Count > 0 || DeletionCount > 0;

    public void Clear()
    {
        Touched.Clear();
        Splits.Clear();
        DeletionCount = 0;
        HasContentToDrop = false;
        if (Changed.Count > 0) Changed.Clear();
        // One huge transaction must not pin its records for ever.
        if (Deletions.Length > 64) Deletions = new DeletedRange[4];
        if (Splits.Capacity > 16) Splits.Capacity = 0;
        if (Touched.Capacity > 16) Touched.Capacity = 0;
    }
}

// The running transaction.
internal sealed partial class Store
{
    private int _serials;
    private Journal _now = new();

    /// <summary>Whether somebody wants to know which types changed.</summary>
    public bool Watched;

    public Journal Now => _now;
    public ReadOnlySpan<DeletedRange> Deletions => _now.Deletions.AsSpan(0, _now.DeletionCount);

    public void Begin(Journal journal)
    {
        _now = journal;
        journal.Clear();
        journal.Serial = ++_serials;
    }

    /// <summary>Goes back to a transaction that others ran inside of (begun by its observers).</summary>
    public void Resume(Journal journal)
    {
        if (_now == journal) return;
        _now = journal;
        foreach (var (client, before) in journal.Touched) (_clients[client].TouchedIn, _clients[client].Before) = (journal.Serial, before);
    }

    private void Touch(ClientLog log, int client)
    {
        if (log.TouchedIn == _now.Serial) return;
        (log.TouchedIn, log.Before) = (_now.Serial, log.State);
        _now.Touched.Add((client, log.State));
    }

    /// <summary>The client's state when the transaction began.</summary>
    public long Before(int client)
    {
        var log = _clients[client];
        return log.TouchedIn == _now.Serial ? log.Before : log.State;
    }

    public bool IsNew(in Item item) => item.Clock >= Before(item.Client);

    private void RecordDeletion(int client, long clock, long length)
    {
        if (_now.DeletionCount > 0)
        {
            ref var last = ref _now.Deletions[_now.DeletionCount - 1];
            if (last.Client == (ulong)client && last.End == clock)
            {
                last.Length += length;
                return;
            }
        }
        if (_now.DeletionCount == _now.Deletions.Length) Array.Resize(ref _now.Deletions, _now.DeletionCount * 2);
        _now.Deletions[_now.DeletionCount++] = new DeletedRange((ulong)client, clock, length);
    }

    /// <summary>Sorts the deletions by client and clock, and joins those that touch.</summary>
    private void NormaliseDeletions()
    {
        if (_now.DeletionCount < 2) return;
        var ranges = _now.Deletions.AsSpan(0, _now.DeletionCount);
        if (!AreSorted(ranges)) ranges.Sort(static (a, b) => a.Client != b.Client ? a.Client.CompareTo(b.Client) : a.Clock.CompareTo(b.Clock));
        var kept = 0;
        for (var i = 1; i < ranges.Length; i++)
        {
            ref var last = ref ranges[kept];
            if (ranges[i].Client == last.Client && ranges[i].Clock <= last.End) last.Length = Math.Max(last.End, ranges[i].End) - last.Clock;
            else ranges[++kept] = ranges[i];
        }
        _now.DeletionCount = kept + 1;
    }

    /// <summary>A whole document's deletions come in order.</summary>
    private static bool AreSorted(ReadOnlySpan<DeletedRange> ranges)
    {
        for (var i = 1; i < ranges.Length; i++)
        {
            var order = ranges[i - 1].Client.CompareTo(ranges[i].Client);
            if (order > 0 || order == 0 && ranges[i - 1].Clock > ranges[i].Clock) return false;
        }
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MarkChanged(int chain)
    {
        if (Watched) NoteChanged(chain);
    }

    private void NoteChanged(int chain)
    {
        var type = Chains[chain].Type;
        var holder = Types[type].Holder;
        if (holder != 0 && (holder < 0 || Items[holder].Deleted || IsNew(Items[holder]))) return;
        if (!_now.Changed.TryGetValue(type, out var keys)) _now.Changed.Add(type, keys = []);
        keys.Add(Chains[chain].Key);
    }

    // --- the position index's view ---

    private int[] _blockOf = [];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref int BlockOf(int item) => ref _blockOf[item];

    // Beside the types: few have one.
    private PositionIndex?[] _positions = [];

    /// <summary>The position index of a type's list, if it has one.</summary>
    public PositionIndex? Positions(int type) => type < _positions.Length ? _positions[type] : null;

    private PositionIndex? PositionsOf(int chain)
    {
        ref var owner = ref Chains[chain];
        return owner.IsList ? Positions(owner.Type) : null;
    }

    public PositionIndex IndexPositions(int type)
    {
        if (_blockOf.Length == 0) _blockOf = new int[Items.Length];
        if (_positions.Length <= type) Array.Resize(ref _positions, Types.Length);
        return _positions[type] ??= new PositionIndex(this, Types[type].ListChain);
    }
}
