namespace SessionRoom.Crdt;

// Looking back.
public sealed partial class Doc
{
    /// <summary>The state now, to look back at or compare with.</summary>
    public Snapshot Snapshot()
    {
        var deleted = new List<DeletedRange>();
        var states = new Dictionary<ulong, ulong>();
        foreach (var client in Store.Descending)
        {
            var log = Store.Log(client);
            if (log.State > 0) states[log.Id] = (ulong)log.State;
            foreach (var range in Store.DeletionsOf(log).Read()) deleted.Add(new DeletedRange(log.Id, range.Clock, range.End - range.Clock));
        }
        return new Snapshot([.. deleted], states);
    }

    /// <summary>A new document as it was at <paramref name="snapshot"/>.</summary>
    /// <exception cref="InvalidOperationException">This document collects garbage, so that the past is gone.</exception>
    public Doc RestoreSnapshot(Snapshot snapshot, DocOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (Gc) throw new InvalidOperationException("A document that collects garbage cannot be restored to an earlier state.");
        CutAt(snapshot);
        var writer = new ByteWriter();
        Store.WriteUpTo(writer, snapshot);
        var restored = new Doc(options);
        restored.ApplyUpdate(writer.Written);
        return restored;
    }

    /// <summary>Cuts the structs at the snapshot's borders, so that each lies wholly inside or outside. The next transaction joins them again.</summary>
    internal void CutAt(Snapshot snapshot)
    {
        using var transaction = BeginTransaction();
        foreach (var (id, state) in snapshot.States) CutAt(id, (long)state);
        foreach (var range in snapshot.Deleted)
        {
            CutAt(range.Client, range.Clock);
            CutAt(range.Client, range.End);
        }
        // Ending the transaction would merge at the cuts at once.
        transaction.Journal.Splits.Clear();
    }

    private void CutAt(ulong id, long clock)
    {
        var client = Store.FindClient(id);
        if (client != 0 && clock < Store.Log(client).State) Store.StartingAt(client, clock);
    }
}
