using SessionRoom.Crdt;
using SessionRoom.Domain;

namespace SessionRoom.Rooms;

/// <summary>The room's replica of its board: checks what people write and answers what replicas lack. Belongs to the mailbox's reader.</summary>
/// <remarks>
/// An update is applied before it is stored, and seen by nobody until it is stored: what is refused half-way never reaches the log. Where storing fails, the replica is
/// dropped and read from the log again.
/// </remarks>
internal sealed class LiveBoard
{
    private const int CutBytes = 24, SmallPortion = 64, AsksPerCount = 8;
    private static readonly byte[] Nothing = [0, 0];
    private static readonly Refusal Malformed = new(RefusalCode.Invalid, "not an update that a sound client writes");
    private static readonly Refusal TooLong = new(RefusalCode.TooLarge, "the update is too large, or waits for too much");
    private static readonly Refusal Full = new(RefusalCode.TooLarge, "the board is full");
    private static readonly Refusal NotYours = new(RefusalCode.Forbidden, "a client id of somebody else");
    private static readonly Refusal TooManyIds = new(RefusalCode.TooLarge, "too many client ids");
    private static readonly Refusal Void = new(RefusalCode.Stale, "this replica wrote off the record, and that was thrown away");

    private readonly BoardLimits limits;
    private readonly UpdateLimits updates;
    private readonly ClientIds clients;
    private readonly HashSet<ulong> durable = [], burnt = [];
    private readonly RecentUpdates recent = new();
    private Doc doc;

    /// <summary>While off the record: the stored state, and what has been written since.</summary>
    private OffRecord? off;

    /// <summary>What the whole state may have come to in bytes, rather too much than too little; exact when it was last written.</summary>
    private long mostBytes;

    private byte[]? whole;
    private long step, asked;
    private bool removedSince;

    private LiveBoard(BoardLimits limits, ClientIds clients)
    {
        (this.limits, this.clients) = (limits, clients);
        updates = new() { MaxBytes = limits.UpdateBytes, MaxPendingBytes = limits.PendingBytes, MaxSteps = limits.Steps, MaxRunLength = (ulong)limits.BoardBytes };
        doc = NewDoc();
    }

    /// <summary>The number of the newest record.</summary>
    public long N { get; private set; }

    /// <summary>Whether something was written off the record that is neither stored nor thrown away.</summary>
    public bool HasUnrecorded => off is { Wrote: true };

    /// <exception cref="UnreadableRecordException">A record is not what this version writes, or a number is missing.</exception>
    public static LiveBoard Load(string room, StoredBoard stored, BoardLimits limits, ClientIds clients, long step)
    {
        var board = new LiveBoard(limits, clients) { N = stored.Snapshot?.Seq ?? 0, step = step };
        // In one transaction the limits on work do not hold: what is stored was taken once.
        board.doc.Transact(_ =>
        {
            if (stored.Snapshot is { } snapshot)
            {
                board.Replay(room, snapshot);
                board.mostBytes = snapshot.Bytes.Length;
            }
            foreach (var record in stored.Tail)
            {
                if (record.Seq != board.N + 1) throw new UnreadableRecordException(room, board.N + 1);
                board.Replay(room, record);
                board.N = record.Seq;
            }
        });
        board.recent.Begin(step, board.N);
        return board;
    }

    private void Replay(string room, StoredRecord stored)
    {
        var record = BoardRecord.Decode(room, stored);
        foreach (var (client, pid) in record.Claims)
        {
            clients.TryClaim(client, pid);
            durable.Add(client);
        }
        burnt.UnionWith(record.Burnt);
        try
        {
            mostBytes += Weight(record.Update.Span, out _);
            if (doc.ApplyUpdate(record.Update.Span).Problem is { } problem) throw new FormatException(problem.Reason.ToString());
        }
        catch (Exception problem) { throw new UnreadableRecordException(room, stored.Seq, problem); }
    }

    /// <summary>Checks an update and applies it. Null: it may be stored.</summary>
    /// <param name="adds">What the board lacked of it; absent where it lacked nothing.</param>
    public Refusal? Take(string pid, ReadOnlyMemory<byte> update, out ReadOnlyMemory<byte>? adds)
    {
        adds = null;
        if (Updates.Validate(update.Span, updates) is { } unsound) return Of(unsound);
        var writers = new List<ulong>();
        Dictionary<ulong, ulong>? known = null;
        foreach (var range in Updates.Clients(update.Span))
        {
            var state = doc.GetState(range.Client);
            if (range.FirstClock < state) (known ??= [])[range.Client] = state;
            if (range.FirstClock + range.Length <= state) continue;
            if (burnt.Contains(range.Client)) return Void;
            if (clients.OwnerOf(range.Client) is null && clients.CountOf(pid) >= limits.ClientIds) return TooManyIds;
            if (!clients.TryClaim(range.Client, pid)) return NotYours;
            writers.Add(range.Client);
        }
        var weight = Weight(update.Span, out var removes);
        if (!HasRoomFor(weight, removesOnly: writers.Count == 0, removes)) return Full;

        var applied = doc.ApplyUpdate(update.Span);
        if (applied.Problem is { } problem) return Of(problem);
        // What waits for others may be more than before although nothing changed.
        if (!applied.Changed && !applied.Pending) return null;
        // Clocks that the board has already are left out: nothing else can be said under them.
        adds = known is null ? update : Updates.Diff(update.Span, Updates.EncodeStateVector(known));
        if (off is not null)
        {
            off.Wrote = true;
            off.Writers.UnionWith(writers);
        }
        (whole, mostBytes, removedSince) = (null, mostBytes + weight, removedSince || removes > 0);
        return null;
    }

    private static Refusal Of(UpdateProblem problem) =>
        problem.Reason is UpdateProblemReason.TooLong or UpdateProblemReason.PendingFull or UpdateProblemReason.TooMuchWork ? TooLong : Malformed;

    /// <summary>What an update may add to the bytes of the whole: its structs are cut, and its deletions cut others.</summary>
    private static long Weight(ReadOnlySpan<byte> update, out int removes)
    {
        (var structs, removes) = Updates.Count(update);
        return update.Length + (CutBytes * ((long)structs + removes));
    }

    /// <summary>Whether the board may grow by this. What only removes is taken up to twice the size, and beyond that in small portions.</summary>
    private bool HasRoomFor(long more, bool removesOnly, int removes)
    {
        var most = removesOnly ? 2L * limits.BoardBytes : limits.BoardBytes;
        if (mostBytes + more <= most) return true;
        // Updates overwrite each other: what counts is the state that they come to. Writing it is work, so not for each refusal.
        if (whole is not null || removedSince || ++asked % AsksPerCount == 1) (mostBytes, removedSince) = (Whole().Length, false);
        return mostBytes + more <= most || (removesOnly && removes <= SmallPortion);
    }

    /// <summary>The record that stores these updates; its update is what people are sent.</summary>
    public BoardRecord Recording(IReadOnlyList<ReadOnlyMemory<byte>> taken)
    {
        var update = taken is [var only] ? only : Updates.Merge(taken);
        var claims = new List<KeyValuePair<ulong, string>>();
        foreach (var range in Updates.Clients(update.Span))
            if (!durable.Contains(range.Client) && clients.OwnerOf(range.Client) is { } pid) claims.Add(new(range.Client, pid));
        return new(claims, [], update);
    }

    /// <summary>The record is stored as number <paramref name="n"/>.</summary>
    public void Stored(BoardRecord record, long n, long at)
    {
        foreach (var (client, _) in record.Claims) durable.Add(client);
        (N, step) = (n, at);
        recent.Add(at, n, record.Update);
    }

    /// <summary>A record that another node stored as the next one.</summary>
    /// <exception cref="UnreadableRecordException">The record is not what this version writes.</exception>
    public void TakeIn(string room, BoardRecord record, long n, long at)
    {
        foreach (var (client, pid) in record.Claims)
        {
            clients.Assign(client, pid);
            durable.Add(client);
        }
        burnt.UnionWith(record.Burnt);
        if (!Apply(record.Update)) throw new UnreadableRecordException(room, n);
        if (off is { } kept) off = new(Updates.Merge([kept.State, record.Update]), kept);
        (N, step) = (n, at);
        recent.Add(at, n, record.Update);
    }

    /// <summary>What this replica held before the log was written back.</summary>
    public void TakeBack(byte[] update) => Apply(update);

    /// <summary>What another node's people wrote off the record. False where it was known.</summary>
    public bool TakeOffRecord(BoardRecord written, long at)
    {
        var before = doc.EncodeStateVector();
        foreach (var (client, pid) in written.Claims) clients.TryClaim(client, pid);
        if (!Apply(written.Update)) return false;
        foreach (var range in Updates.Clients(written.Update.Span)) off!.Writers.Add(range.Client);
        off!.Wrote = true;
        var isNews = Updates.Count(Updates.Diff(written.Update.Span, before)).Structs > 0 || Updates.Count(written.Update.Span).Deletions > 0;
        if (isNews) KeptOffRecord(written.Update, at);
        return isNews;
    }

    /// <summary>What was written off the record that this state vector lacks, and by whom; null where nothing was.</summary>
    public BoardRecord? UnrecordedSince(ReadOnlySpan<byte> vector) => off is not { Wrote: true }
        ? null
        : new([.. clients.All.Where(claim => off.Writers.Contains(claim.Key))], [], doc.EncodeStateAsUpdate(vector));

    /// <summary>What this replica has.</summary>
    public byte[] Vector() => doc.EncodeStateVector();

    /// <summary>Applies what was checked once already, whatever work it is.</summary>
    private bool Apply(ReadOnlyMemory<byte> update)
    {
        var sound = true;
        doc.Transact(_ => sound = doc.ApplyUpdate(update.Span).Problem is null);
        (whole, mostBytes, removedSince) = (null, mostBytes + Weight(update.Span, out var removes), removedSince || removes > 0);
        return sound;
    }

    /// <summary>What was taken is kept in memory only.</summary>
    public void KeptOffRecord(ReadOnlyMemory<byte> update, long at)
    {
        step = at;
        recent.Add(at, N, update);
    }

    public void GoOffRecord() => off ??= new(StoredState(), doc.EncodeStateVector());

    /// <summary>What was written off the record.</summary>
    public byte[] Unrecorded() => doc.EncodeStateAsUpdate(off!.Vector);

    /// <summary>What was written off the record before this replica was read.</summary>
    public void TakeUnrecorded(byte[] update, long at)
    {
        doc.Transact(_ => doc.ApplyUpdate(update));
        foreach (var range in Updates.Clients(update)) off!.Writers.Add(range.Client);
        (off!.Wrote, whole, mostBytes) = (true, null, mostBytes + update.Length);
        recent.Begin(step = at, N);
    }

    /// <summary>The record that says whose replicas are void.</summary>
    public BoardRecord ThrowingAway() => new([], off is null ? [] : [.. off.Writers], Nothing);

    /// <summary>Back to what is stored. The client ids that wrote since are void.</summary>
    public void ThrewAway(BoardRecord record, long n, long at)
    {
        burnt.UnionWith(record.Burnt);
        if (off is { } gone)
        {
            doc = NewDoc();
            doc.Transact(_ => doc.ApplyUpdate(gone.State));
            (off, whole, mostBytes) = (null, null, gone.State.Length);
        }
        (N, step) = (n, at);
        recent.Begin(at, n);
    }

    public void CameOnRecord() => off = null;

    /// <exception cref="FormatException">The state vector is malformed.</exception>
    public BoardAnswer Answer(BoardAsk ask)
    {
        if (ask.Step is { } seen) return new(N, step, recent.SinceStep(seen) ?? Whole(), null);
        // Off the record the numbers stand still, and tell nothing of what came since.
        if (ask.N is { } n) return new(N, step, off is null && n <= N ? recent.SinceN(n) : null, null);
        return new(N, step, ask.StateVector is { } theirs and not [] and not [0] ? doc.EncodeStateAsUpdate(theirs) : Whole(), doc.EncodeStateVector());
    }

    /// <summary>The whole state as it is stored.</summary>
    public byte[] StoredState() => off?.State ?? Whole();

    /// <summary>The snapshot of what is stored.</summary>
    public BoardRecord Snapshot() => new([.. clients.All.Where(claim => durable.Contains(claim.Key))], [.. burnt], StoredState());

    /// <summary>Whether the replica rests as bytes.</summary>
    public bool IsResting => doc.IsResting;

    /// <summary>Nobody writes or asks: the replica rests as bytes.</summary>
    public void Rest()
    {
        whole = null;
        doc.Rest();
    }

    private byte[] Whole()
    {
        if (whole is not null) return whole;
        whole = doc.EncodeStateAsUpdate();
        mostBytes = whole.Length;
        return whole;
    }

    private Doc NewDoc() => new(new() { Limits = updates with { MaxBytes = int.MaxValue, MaxRunLength = UpdateLimits.Default.MaxRunLength } });

    /// <param name="State">What is stored.</param>
    /// <param name="Vector">The state vector of that.</param>
    private sealed record OffRecord(byte[] State, byte[] Vector)
    {
        public OffRecord(byte[] state, OffRecord before) : this(state, Updates.StateVector(state)) => (Wrote, Writers) = (before.Wrote, before.Writers);

        public bool Wrote { get; set; }
        public HashSet<ulong> Writers { get; } = [];
    }
}
