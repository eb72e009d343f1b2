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

    /// <summary>Never less than the bytes of the whole state; exact when it was last written.</summary>
    private long mostBytes;

    private byte[]? whole;
    private long step;

    private LiveBoard(BoardLimits limits, ClientIds clients)
    {
        (this.limits, this.clients) = (limits, clients);
        updates = new() { MaxBytes = limits.UpdateBytes, MaxPendingBytes = limits.PendingBytes, MaxSteps = limits.Steps, MaxRunLength = (ulong)limits.BoardBytes };
        doc = NewDoc();
    }

    /// <summary>The number of the newest record.</summary>
    public long N { get; private set; }

    /// <summary>Whether something was written off the record that is neither stored nor thrown away.</summary>
    public bool HasUnrecorded => off is { Updates.Count: > 0 };

    /// <exception cref="UnreadableRecordException">A record is not what this version writes, or a number is missing.</exception>
    public static LiveBoard Load(string room, StoredBoard stored, BoardLimits limits, ClientIds clients, long step)
    {
        var board = new LiveBoard(limits, clients) { N = stored.Snapshot?.Seq ?? 0, step = step };
        // In one transaction the limits on work do not hold: what is stored was taken once.
        board.doc.Transact(_ =>
        {
            if (stored.Snapshot is { } snapshot) board.Replay(room, snapshot);
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
        mostBytes += record.Update.Length;
        try
        {
            if (doc.ApplyUpdate(record.Update.Span).Problem is { } problem) throw new FormatException(problem.Reason.ToString());
        }
        catch (Exception problem) { throw new UnreadableRecordException(room, stored.Seq, problem); }
    }

    /// <summary>Checks an update and applies it. Null: it may be stored.</summary>
    /// <param name="adds">Whether there is anything in it that the board lacked.</param>
    public Refusal? Take(string pid, ReadOnlyMemory<byte> update, out bool adds)
    {
        adds = false;
        if (Updates.Validate(update.Span, updates) is { } unsound) return Of(unsound);
        var writers = new List<ulong>();
        foreach (var range in Updates.Clients(update.Span))
        {
            if (range.FirstClock + range.Length <= doc.GetState(range.Client)) continue;
            if (burnt.Contains(range.Client)) return Void;
            if (clients.OwnerOf(range.Client) is null && clients.CountOf(pid) >= limits.ClientIds) return TooManyIds;
            if (!clients.TryClaim(range.Client, pid)) return NotYours;
            writers.Add(range.Client);
        }
        if (writers.Count > 0 && !HasRoomFor(update.Length)) return Full;

        var waiting = doc.PendingBytes;
        var applied = doc.ApplyUpdate(update.Span);
        if (applied.Problem is { } problem) return Of(problem);
        adds = applied.Changed || doc.PendingBytes != waiting;
        if (!adds) return null;
        off?.Writers.UnionWith(writers);
        (whole, mostBytes) = (null, mostBytes + update.Length);
        return null;
    }

    private static Refusal Of(UpdateProblem problem) =>
        problem.Reason is UpdateProblemReason.TooLong or UpdateProblemReason.PendingFull or UpdateProblemReason.TooMuchWork ? TooLong : Malformed;

    private bool HasRoomFor(int more)
    {
        if (mostBytes + more <= limits.BoardBytes) return true;
        // Updates overwrite each other: what counts is the state that they come to.
        return Whole().Length + more <= limits.BoardBytes;
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

    /// <summary>What was taken is kept in memory only.</summary>
    public void KeptOffRecord(ReadOnlyMemory<byte> update, long at)
    {
        off!.Updates.Add(update);
        step = at;
        recent.Add(at, N, update);
    }

    public void GoOffRecord() => off ??= new(StoredState());

    /// <summary>The record that stores what was written off the record.</summary>
    public BoardRecord Keeping() => Recording(off!.Updates);

    /// <summary>The record that says whose replicas are void.</summary>
    public BoardRecord ThrowingAway() => new([], [.. off!.Writers], Nothing);

    /// <summary>Back to what is stored. The client ids that wrote since are void.</summary>
    public void ThrewAway(BoardRecord record, long n, long at)
    {
        burnt.UnionWith(record.Burnt);
        doc = NewDoc();
        doc.Transact(_ => doc.ApplyUpdate(off!.State));
        (off, whole, mostBytes) = (null, null, off!.State.Length);
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
        return new(N, step, ask.StateVector is { } theirs ? doc.EncodeStateAsUpdate(theirs) : Whole(), doc.EncodeStateVector());
    }

    /// <summary>The whole state as it is stored.</summary>
    public byte[] StoredState() => off?.State ?? Whole();

    /// <summary>The snapshot of what is stored.</summary>
    public BoardRecord Snapshot() => new([.. clients.All.Where(claim => durable.Contains(claim.Key))], burnt, StoredState());

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

    private sealed record OffRecord(byte[] State)
    {
        public List<ReadOnlyMemory<byte>> Updates { get; } = [];
        public HashSet<ulong> Writers { get; } = [];
    }
}
