namespace SessionRoom.Crdt;

// Applying updates: decode and check everything, then place what is ready, keep the rest.
public sealed partial class Doc
{
    private byte[]? _pendingStructs;
    private Dictionary<ulong, long> _missing = [];
    private List<DeletedRange> _pendingDeletes = [];

    /// <summary>Whether structs or deletions wait for others that have not arrived.</summary>
    public bool HasPending => _pendingStructs is not null || _pendingDeletes.Count > 0;

    /// <summary>How many bytes wait for missing updates; a waiting deletion counts 24.</summary>
    public int PendingBytes => (_pendingStructs?.Length ?? 0) + _pendingDeletes.Count * 24;

    /// <summary>Forgets what waits for missing updates; the next exchange of state vectors brings it again.</summary>
    public void DropPending() => (_pendingStructs, _missing, _pendingDeletes) = (null, [], []);

    /// <summary>Applies a v1 update. Updates may come late, twice and in any order; what cannot be placed yet is kept pending.</summary>
    /// <returns>What happened. A refused update leaves the document exactly as it was.</returns>
    /// <remarks>Inside an open transaction the limits on work and pending bytes do not apply: there is nothing to go back to.</remarks>
    /// <exception cref="AggregateException">Observers threw; the update is applied nevertheless.</exception>
    public ApplyResult ApplyUpdate(ReadOnlySpan<byte> update, object? origin = null)
    {
        var parsed = Pooled.RentParsed();
        try
        {
            return parsed.Read(update, _limits) is { } problem ? new ApplyResult(problem, Changed: false, HasPending) : Apply(parsed, update, origin);
        }
        finally
        {
            Pooled.Return(parsed);
        }
    }

    private ApplyResult Apply(ParsedUpdate parsed, ReadOnlySpan<byte> update, object? origin)
    {
        var joined = _running is not null;
        var transaction = Begin(origin, local: false);
        var mark = Store.SetMark();
        var (structs, missing, deletes) = (_pendingStructs, _missing, _pendingDeletes);
        var waiting = HasPending;
        if (waiting) (_missing, _pendingDeletes) = (new(missing), [.. deletes]);
        UpdateProblem? failure = null;
        Store.StepsLeft = joined ? long.MaxValue : _limits.MaxSteps;
        try
        {
            Place(parsed, update);
            if (!joined && PendingBytes > _limits.MaxPendingBytes) failure = new UpdateProblem(UpdateProblemReason.PendingFull, -1);
        }
        catch (WorkExceededException) when (!joined)
        {
            failure = new UpdateProblem(UpdateProblemReason.TooMuchWork, -1);
        }
        catch (Exception e) when (!joined && e is not OutOfMemoryException)
        {
            failure = new UpdateProblem(UpdateProblemReason.Failed, -1);
        }
        if (failure is not null)
        {
            Store.UndoTransaction(mark);
            if (waiting) (_pendingStructs, _missing, _pendingDeletes) = (structs, missing, deletes);
            else DropPending();
        }
        Store.StepsLeft = long.MaxValue;
        var changed = transaction.Journal.ChangedAnything;
        transaction.Dispose();
        return new ApplyResult(failure, changed, HasPending);
    }

    private void Place(ParsedUpdate parsed, ReadOnlySpan<byte> update)
    {
        if (parsed.BlockCount > 64)
        {
            // What touches in a whole document was parted by something that comes later; joined, it would be cut again.
            Store.JoinsAtOnce = false;
            Reserve(parsed);
        }
        PlaceAll(parsed, update);
        if (parsed.BlockCount > 64) Store.TrimTypes();
        var rest = Remaining(parsed, update, out var missing);
        var retry = _pendingStructs is not null && _missing.Any(wait => wait.Value < Store.State(wait.Key));
        if (rest is not null)
        {
            _pendingStructs = _pendingStructs is null ? rest : Updates.Merge([_pendingStructs, rest]);
            foreach (var (client, clock) in missing!) _missing[client] = Math.Min(clock, _missing.GetValueOrDefault(client, long.MaxValue));
        }
        ApplyDeletes(parsed);
        if (!retry) return;
        var again = _pendingStructs!;
        (_pendingStructs, _missing) = (null, []);
        if (parsed.Read(again, UpdateLimits.Unlimited) is null) Place(parsed, again);
    }

    private void Reserve(ParsedUpdate parsed)
    {
        var (content, types, chains) = (0, 0, 0);
        for (var i = 0; i < parsed.BlockCount; i++)
        {
            ref var block = ref parsed.Blocks[i];
            if (block.Kind != Content.Deleted) content += block.ContentBytes;
            if (block.Kind == Content.Type) types++;
            if (block.IsItem && block.Parent != Block.NoParent) chains++;
        }
        Store.ReserveItems(parsed.BlockCount);
        Store.ReserveContent(content);
        Store.ReserveTypes(types, chains);
    }

    private void ApplyDeletes(ParsedUpdate parsed)
    {
        var waiting = _pendingDeletes.Count == 0 ? null : _pendingDeletes.ToArray();
        if (waiting is not null) _pendingDeletes.Clear();
        for (var i = 0; i < parsed.DeletedCount; i++) ApplyDelete(parsed.Deleted[i]);
        if (waiting is null) return;
        foreach (var range in waiting) ApplyDelete(range);
        _pendingDeletes = Updates.Normalise(_pendingDeletes);
    }

    private void ApplyDelete(DeletedRange range)
    {
        var client = Store.FindClient(range.Client);
        var state = client == 0 ? 0 : Store.Log(client).State;
        if (range.Clock < state) Store.DeleteRange(client, range.Clock, Math.Min(range.End, state));
        if (range.End <= state) return;
        var clock = Math.Max(range.Clock, state);
        _pendingDeletes.Add(range with { Clock = clock, Length = range.End - clock });
    }

    /// <summary>Places all structs whose references are known. A client whose next struct must wait for another one of the update goes on
    /// as soon as that one is there, until nothing moves.</summary>
    private void PlaceAll(ParsedUpdate parsed, ReadOnlySpan<byte> update)
    {
        if (parsed.Ready.Length < parsed.GroupCount) parsed.Ready = new int[parsed.Groups.Length];
        var count = 0;
        for (var i = parsed.GroupCount - 1; i >= 0; i--) parsed.Ready[count++] = i;
        while (count > 0)
        {
            var index = parsed.Ready[--count];
            ref var group = ref parsed.Groups[index];
            var before = group.Next;
            var needed = PlaceReady(parsed, ref group, update, out _, out group.NeededClock);
            if (group.Next > before && group.FirstWaiter != 0) Wake(parsed, ref group, ref count);
            if (needed < 0 || parsed.Groups[needed].Exhausted) continue;
            group.NextWaiter = parsed.Groups[needed].FirstWaiter;
            parsed.Groups[needed].FirstWaiter = index + 1;
        }
    }

    private void Wake(ParsedUpdate parsed, ref BlockGroup group, ref int count)
    {
        var state = Store.State(group.Client);
        var waiter = group.FirstWaiter;
        group.FirstWaiter = 0;
        while (waiter != 0)
        {
            ref var other = ref parsed.Groups[waiter - 1];
            var next = other.NextWaiter;
            if (other.NeededClock < state)
            {
                parsed.Ready[count++] = waiter - 1;
            }
            else
            {
                other.NextWaiter = group.FirstWaiter;
                group.FirstWaiter = waiter;
            }
            if (--Store.StepsLeft < 0) throw new WorkExceededException();
            waiter = next;
        }
    }

    /// <summary>Places a client's structs until one is not ready.</summary>
    /// <returns>The group that it waits for, or −1 if that is not in the update.</returns>
    private int PlaceReady(ParsedUpdate parsed, ref BlockGroup group, ReadOnlySpan<byte> update, out (ulong Client, long Clock) missing, out long needed)
    {
        (missing, needed) = (default, 0);
        var client = 0;
        var log = default(ClientLog);
        for (; group.Next < group.Count; group.Next++)
        {
            ref var block = ref parsed.Blocks[group.First + group.Next];
            if (block.Kind == Content.Skip) continue;
            var state = log is not null ? log.State : Store.State(group.Client);
            if (block.Clock > state)
            {
                missing = (group.Client, block.Clock - 1);
                return -1;
            }
            var (origin, right) = (0, 0);
            if (block.IsItem && FirstUnknown(block, group.Client, client, out origin, out right, out var unknown, out needed))
            {
                missing = (unknown, Store.State(unknown));
                return parsed.GroupOf(unknown);
            }
            if (log is null)
            {
                client = Store.ClientFor(group.Client);
                log = Store.Log(client);
                if (parsed.BlockCount > 64) log.Reserve(group.Count - group.Next);
            }
            if (block.End > state) Store.Place(block, client, origin, right, state - block.Clock, update);
        }
        return -1;
    }

    /// <summary>Looks up the clients that a struct refers to; says whether one of them has not come as far as that.</summary>
    private bool FirstUnknown(in Block block, ulong own, int ownIndex, out int origin, out int right, out ulong unknown, out long clock)
    {
        (origin, right, unknown, clock) = (0, 0, block.OriginClient, block.OriginClock);
        if (block.HasOrigin || block.Parent == Block.ItemParent)
        {
            origin = unknown == own && ownIndex != 0 ? ownIndex : Store.FindClient(unknown);
            if (unknown != own && clock >= Store.StateOf(origin)) return true;
        }
        if (!block.HasRight) return false;
        (unknown, clock) = (block.RightClient, block.RightClock);
        right = unknown == own && ownIndex != 0 ? ownIndex : Store.FindClient(unknown);
        return unknown != own && clock >= Store.StateOf(right);
    }

    /// <summary>The structs that could not be placed, as an update, and what each client waits for.</summary>
    private byte[]? Remaining(ParsedUpdate parsed, ReadOnlySpan<byte> update, out Dictionary<ulong, long>? missing)
    {
        missing = null;
        for (var i = 0; i < parsed.GroupCount; i++)
        {
            ref var group = ref parsed.Groups[i];
            if (group.Exhausted) continue;
            missing ??= [];
            PlaceReady(parsed, ref group, update, out var wait, out _);
            missing[wait.Client] = Math.Min(wait.Clock, missing.GetValueOrDefault(wait.Client, long.MaxValue));
        }
        return missing is null ? null : UpdateWriter.WriteRemaining(parsed, update);
    }
}
