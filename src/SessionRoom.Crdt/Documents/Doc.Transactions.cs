namespace SessionRoom.Crdt;

// Transactions and what happens at their end.
public sealed partial class Doc
{
    private readonly Transaction _reused;
    private Transaction? _running;
    private Queue<Transaction>? _waiting;
    private bool _settling;
    private UpdateHandler? _updateV1, _updateV2;
    private List<Exception>? _failures;

    /// <summary>Raised after each transaction that changed something, with its update in the v1 format.</summary>
    public event UpdateHandler? UpdateV1 { add => _updateV1 += value; remove => _updateV1 -= value; }

    /// <summary>Raised after each transaction that changed something, with its update in the v2 format.</summary>
    public event UpdateHandler? UpdateV2 { add => _updateV2 += value; remove => _updateV2 -= value; }

    /// <summary>Raised when a transaction has ended, whether it changed something or not.</summary>
    public event Action<Transaction>? AfterTransaction;

    /// <summary>Runs <paramref name="edits"/> as one transaction with one update. Inside another transaction it joins that one.</summary>
    /// <exception cref="AggregateException">Observers threw; the transaction is complete nevertheless.</exception>
    public void Transact(Action<Transaction> edits, object? origin = null)
    {
        ArgumentNullException.ThrowIfNull(edits);
        using var transaction = BeginTransaction(origin);
        edits(transaction);
    }

    /// <summary>Begins a transaction that ends when the result is disposed; the form without an allocation for a closure.</summary>
    public Transaction BeginTransaction(object? origin = null) => Begin(origin, local: true);

    internal Transaction Begin(object? origin, bool local)
    {
        if (_running is { } outer)
        {
            outer.Depth++;
            return outer;
        }
        // One that an observer begins gets its own record; it is settled after the one being settled now.
        var transaction = _settling ? new Transaction(this) : _reused;
        (transaction.Origin, transaction.Local, transaction.Depth) = (origin, local, 1);
        Store.Begin(transaction.Journal);
        (Store.Watched, Store.JoinsAtOnce) = (_observers is not null, !_settling);
        return _running = transaction;
    }

    internal void End(Transaction transaction)
    {
        if (--transaction.Depth > 0) return;
        _running = null;
        if (_settling)
        {
            (_waiting ??= []).Enqueue(transaction);
            return;
        }
        _settling = true;
        try
        {
            Settle(transaction);
            while (_waiting is { Count: > 0 }) Settle(_waiting.Dequeue());
        }
        finally
        {
            _settling = false;
            Store.Begin(_reused.Journal);
            _reused.Origin = null;
        }
        if (_failures is not { } failures) return;
        _failures = null;
        throw new AggregateException(failures);
    }

    private void Settle(Transaction transaction)
    {
        var journal = transaction.Journal;
        Store.Resume(journal);
        if (_observers is not null && journal.Changed.Count > 0)
        {
            Store.PrepareDeletions();
            Notify(transaction);
            Store.Resume(journal);
        }
        Store.Settle();
        // Somebody else writes under our id: take another before the next local edit.
        if (!transaction.Local && journal.ChangedAnything) AvoidCollision(journal);
        if (AfterTransaction is not null) RaiseAfter(transaction);
        if (_updateV1 is null && _updateV2 is null || !journal.ChangedAnything) return;
        Store.Resume(journal);
        var update = Pooled.RentWriter();
        Store.WriteTransaction(update);
        if (_updateV1 is not null) Raise(_updateV1, update.Written, transaction);
        if (_updateV2 is not null) Raise(_updateV2, FormatConversion.ToV2(update.Written, ofDocument: true), transaction);
        Pooled.Return(update);
    }

    private void RaiseAfter(Transaction transaction) => Guard(() => AfterTransaction?.Invoke(transaction));

    private void Raise(UpdateHandler handlers, ReadOnlySpan<byte> update, Transaction transaction)
    {
        try
        {
            handlers(this, update, transaction.Origin, transaction.Local);
        }
        catch (Exception e)
        {
            (_failures ??= []).Add(e);
        }
    }

    /// <summary>A failing observer must not stop the transaction: it is reported at the end.</summary>
    private void Guard(Action call)
    {
        try
        {
            call();
        }
        catch (Exception e)
        {
            (_failures ??= []).Add(e);
        }
    }

    private void AvoidCollision(Journal journal)
    {
        foreach (var (client, before) in journal.Touched)
        {
            if (Store.Log(client).Id == ClientId && Store.Log(client).State > before)
            {
                ClientId = NewClientId();
                return;
            }
        }
    }

    private static ulong NewClientId() => (ulong)Random.Shared.NextInt64(1L << 32);
}
