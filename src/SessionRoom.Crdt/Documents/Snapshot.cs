namespace SessionRoom.Crdt;

/// <summary>A state of a document: what had been written and what had been deleted.</summary>
/// <remarks>Wire form: <c>deleteSet • stateVector</c>.</remarks>
public sealed class Snapshot : IEquatable<Snapshot>
{
    private readonly DeletedRange[] _deleted;
    private readonly IReadOnlyDictionary<ulong, ulong> _states;

    internal Snapshot(DeletedRange[] deleted, IReadOnlyDictionary<ulong, ulong> states) => (_deleted, _states) = (deleted, states);

    internal ReadOnlySpan<DeletedRange> Deleted => _deleted;
    internal IReadOnlyDictionary<ulong, ulong> States => _states;

    /// <summary>Reads the v1 form.</summary>
    /// <exception cref="FormatException">The bytes are malformed.</exception>
    public static Snapshot Decode(ReadOnlySpan<byte> bytes)
    {
        // The delete set as that of an update without structs; the state vector is what remains.
        var reader = new ByteReader(bytes);
        var deleted = new List<DeletedRange>();
        for (var clients = reader.Count(least: 2); clients > 0 && !reader.Failed; clients--)
        {
            var client = reader.VarUInt();
            for (var left = reader.Count(least: 2); left > 0 && !reader.Failed; left--)
            {
                deleted.Add(new DeletedRange(client, (long)reader.VarUInt(), (long)reader.VarUInt()));
                if (deleted[^1].End > (long)ByteReader.MaxNumber) reader.Fail(UpdateProblemReason.NumberOutOfRange);
            }
        }
        reader.ThrowIfFailed();
        return new Snapshot([.. Updates.Normalise(deleted)], Updates.DecodeStateVector(bytes[reader.Position..]));
    }

    /// <summary>Writes the v1 form.</summary>
    public byte[] Encode()
    {
        var writer = new ByteWriter();
        UpdateWriter.WriteDeleteSet(writer, _deleted);
        writer.Raw(EncodeStateVector());
        return writer.ToArray();
    }

    /// <summary>The state vector part.</summary>
    public byte[] EncodeStateVector() => Updates.EncodeStateVector(_states);

    /// <summary>Same state and same deletions.</summary>
    public bool Equals(Snapshot? other) => other is not null && Encode().AsSpan().SequenceEqual(other.Encode());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Snapshot);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_deleted.Length, _states.Count);

    /// <summary>Whether an item was there, and not deleted.</summary>
    internal bool Shows(Store store, in Item item)
    {
        var client = store.Log(item.Client).Id;
        return (ulong)item.Clock < _states.GetValueOrDefault(client) && !Covers(client, item.Clock);
    }

    private bool Covers(ulong client, long clock)
    {
        var (low, high) = (0, _deleted.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            ref var range = ref _deleted[middle];
            if (range.Client > client || range.Client == client && range.End <= clock) low = middle + 1;
            else if (range.Client < client || range.Clock > clock) high = middle - 1;
            else return true;
        }
        return false;
    }

    internal void Collect(YType type, List<YValue> values)
    {
        var store = type.Store;
        type.Doc.CutAt(this);
        for (var item = type.FirstItem; item != 0; item = store.Items[item].Right)
        {
            ref var content = ref store.Items[item];
            if (content.Countable && Shows(store, content)) ValueContent.AddAll(type.Doc, item, values);
        }
    }
}
