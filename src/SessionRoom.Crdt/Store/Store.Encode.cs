namespace SessionRoom.Crdt;

// Writing the v1 format.
internal sealed partial class Store
{
    private readonly record struct Part(ulong Id, int Client, long From, int First, int Count);

    private Part[] _parts = new Part[2];
    private long[] _theirs = [];

    /// <summary>What a replica with this state vector lacks, with the complete delete set.</summary>
    /// <exception cref="FormatException">The state vector is malformed.</exception>
    public void WriteState(ByteWriter writer, ReadOnlySpan<byte> stateVector)
    {
        if (_theirs.Length < _clientTop) _theirs = new long[_clientTop];
        Array.Clear(_theirs);
        var reader = new ByteReader(stateVector);
        for (var left = stateVector.IsEmpty ? 0 : reader.Count(least: 2); left > 0 && !reader.Failed; left--)
        {
            var client = FindClient(reader.VarUInt());
            var clock = (long)reader.VarUInt();
            if (client != 0) _theirs[client] = clock;
        }
        if (!reader.AtEnd) reader.Fail(UpdateProblemReason.TrailingBytes);
        reader.ThrowIfFailed();

        var count = 0;
        foreach (var client in Descending)
        {
            if (_clients[client].State > _theirs[client]) count++;
        }
        writer.VarUInt(count);
        foreach (var client in Descending)
        {
            if (_clients[client].State > _theirs[client]) WriteStructs(writer, client, _theirs[client]);
        }
        WriteDeleteSet(writer);
    }

    public void WriteStateVector(ByteWriter writer)
    {
        var count = 0;
        foreach (var client in Descending)
        {
            if (_clients[client].State > 0) count++;
        }
        writer.VarUInt(count);
        foreach (var client in Descending)
        {
            if (_clients[client].State == 0) continue;
            writer.VarUInt(_ids[client]);
            writer.VarUInt(_clients[client].State);
        }
    }

    /// <summary>What the running transaction did.</summary>
    public void WriteTransaction(ByteWriter writer)
    {
        var count = 0;
        foreach (var (client, before) in _now.Touched)
        {
            if (_clients[client].State > before) AddPart(ref count, new Part(_clients[client].Id, client, before, 0, 0));
        }
        writer.VarUInt(count);
        foreach (var part in Sorted(count)) WriteStructs(writer, part.Client, part.From);
        count = 0;
        NormaliseDeletions();
        var ranges = Deletions;
        for (var i = 0; i < ranges.Length;)
        {
            var first = i;
            while (i < ranges.Length && ranges[i].Client == ranges[first].Client) i++;
            AddPart(ref count, new Part(_clients[(int)ranges[first].Client].Id, 0, 0, first, i - first));
        }
        writer.VarUInt(count);
        foreach (var part in Sorted(count))
        {
            writer.VarUInt(part.Id);
            writer.VarUInt(part.Count);
            foreach (var range in ranges.Slice(part.First, part.Count))
            {
                writer.VarUInt(range.Clock);
                writer.VarUInt(range.Length);
            }
        }
    }

    /// <summary>The structs up to a snapshot's state, with its deletions; the document has been cut there.</summary>
    public void WriteUpTo(ByteWriter writer, Snapshot snapshot)
    {
        var count = 0;
        foreach (var client in Descending)
        {
            if (snapshot.States.GetValueOrDefault(_clients[client].Id) > 0 && _clients[client].State > 0) count++;
        }
        writer.VarUInt(count);
        foreach (var client in Descending)
        {
            var log = _clients[client];
            var end = Math.Min((long)snapshot.States.GetValueOrDefault(log.Id), log.State);
            if (end <= 0) continue;
            var last = log.Find(end - 1);
            writer.VarUInt(log.CountFrom(log.Find(0)) - log.CountFrom(last) + 1);
            writer.VarUInt(log.Id);
            writer.VarUInt(0);
            for (var spot = new Spot(0, 0); ; log.TryNext(spot, out spot))
            {
                WriteStruct(writer, Items[log[spot]], 0);
                if (spot == last) break;
            }
        }
        UpdateWriter.WriteDeleteSet(writer, snapshot.Deleted);
    }

    private void AddPart(ref int count, Part part)
    {
        if (count == _parts.Length) Array.Resize(ref _parts, count * 2);
        _parts[count++] = part;
    }

    private Span<Part> Sorted(int count)
    {
        var parts = _parts.AsSpan(0, count);
        if (count > 1) parts.Sort(static (a, b) => b.Id.CompareTo(a.Id));
        return parts;
    }

    /// <summary>One client's structs from a clock below its state on.</summary>
    private void WriteStructs(ByteWriter writer, int client, long from)
    {
        var log = _clients[client];
        var spot = log.FindNew(from);
        writer.VarUInt(log.CountFrom(spot));
        writer.VarUInt(log.Id);
        writer.VarUInt(from);
        WriteStruct(writer, Items[log[spot]], from - Items[log[spot]].Clock);
        while (log.TryNext(spot, out spot)) WriteStruct(writer, Items[log[spot]], 0);
    }

    private void WriteStruct(ByteWriter writer, in Item item, long offset)
    {
        var kind = item.Kind;
        if (kind == Content.Gc)
        {
            writer.Byte(Content.Gc);
            writer.VarUInt(item.Length - offset);
            return;
        }
        var hasOrigin = offset > 0 || item.HasOrigin;
        ref var chain = ref Chains[item.Chain];
        var space = writer.Space(64);
        space[0] = (byte)(kind | (hasOrigin ? Content.HasOrigin : 0) | (item.HasRightOrigin ? Content.HasRight : 0) | (chain.IsList ? 0 : Content.HasKey));
        var at = 1;
        if (offset > 0) at = WriteId(space, at, item.Client, item.Clock + offset - 1);
        else if (hasOrigin) at = WriteId(space, at, item.OriginClient, item.OriginClock);
        if (item.HasRightOrigin) at = WriteId(space, at, item.RightClient, item.RightClock);
        if (kind == Content.String && offset == 0 && (hasOrigin || item.HasRightOrigin))
        {
            at = ByteWriter.VarUInt(space, at, (ulong)item.Bytes);
            writer.Advance(at);
            writer.Raw(ContentOf(item));
            return;
        }
        writer.Advance(at);
        if (!hasOrigin && !item.HasRightOrigin) WriteParent(writer, chain);
        WriteContent(writer, item, (int)Math.Min(offset, int.MaxValue), offset);
    }

    private int WriteId(Span<byte> space, int at, int client, long clock) =>
        ByteWriter.VarUInt(space, ByteWriter.VarUInt(space, at, _ids[client]), (ulong)clock);

    private void WriteId(ByteWriter writer, int client, long clock)
    {
        writer.VarUInt(_ids[client]);
        writer.VarUInt(clock);
    }

    private void WriteParent(ByteWriter writer, in Chain chain)
    {
        ref var type = ref Types[chain.Type];
        if (type.Holder == 0)
        {
            writer.VarUInt(1);
            writer.Buffer(Keys.Utf8(type.Name));
        }
        else
        {
            writer.VarUInt(0);
            ref var holder = ref Items[type.Holder];
            WriteId(writer, holder.Client, holder.Clock);
        }
        if (!chain.IsList) writer.Buffer(Keys.Utf8(chain.Key));
    }

    private void WriteContent(ByteWriter writer, in Item item, int offset, long wideOffset)
    {
        var bytes = item.Kind == Content.Type ? default : ContentOf(item);
        switch (item.Kind)
        {
            case Content.Deleted:
                writer.VarUInt(item.Length - wideOffset);
                break;
            case Content.String:
                var at = offset == 0 ? 0 : Utf8Offset(bytes, offset, item.Length);
                if (at >= 0)
                {
                    writer.Buffer(bytes[at..]);
                    break;
                }
                // From the second half of a surrogate pair on.
                writer.VarUInt(bytes.Length - ~at - 1);
                writer.Raw(Replacement);
                writer.Raw(bytes[(~at + 4)..]);
                break;
            case Content.Any or Content.Json:
                writer.VarUInt(item.Length - offset);
                writer.Raw(offset == 0 ? bytes : bytes[SkipValues(bytes, offset, item.Kind == Content.Any)..]);
                break;
            case Content.Type:
                ref var type = ref Types[item.Content];
                writer.VarUInt((int)type.Kind);
                if (type.Name >= 0) writer.Buffer(Keys.Utf8(type.Name));
                break;
            default:
                writer.Raw(bytes);
                break;
        }
    }

    /// <summary>Every deleted clock. Kept as one goes once it has been asked for, and per client as bytes until the client's next deletion.</summary>
    public void WriteDeleteSet(ByteWriter writer)
    {
        var count = 0;
        foreach (var client in Descending)
        {
            if (DeletionsOf(_clients[client]).Read().Length > 0) count++;
        }
        writer.VarUInt(count);
        foreach (var client in Descending)
        {
            var log = _clients[client];
            var deleted = log.Deleted!;
            var ranges = deleted.Read();
            if (ranges.Length == 0) continue;
            if (deleted.Encoded.Length > 0)
            {
                writer.Raw(deleted.Encoded);
                continue;
            }
            var start = writer.Length;
            writer.VarUInt(log.Id);
            writer.VarUInt(ranges.Length);
            foreach (var range in ranges)
            {
                writer.VarUInt(range.Clock);
                writer.VarUInt(range.End - range.Clock);
            }
            deleted.Encoded = writer.Written[start..].ToArray();
        }
    }

    public ClockRanges DeletionsOf(ClientLog log)
    {
        if (log.Deleted is not null) return log.Deleted;
        var deleted = new ClockRanges();
        if (log.State > 0)
        {
            var spot = log.Find(0);
            do
            {
                ref var item = ref Items[log[spot]];
                if (item.Deleted) deleted.Add(item.Clock, item.Length);
            }
            while (log.TryNext(spot, out spot));
        }
        return log.Deleted = deleted;
    }
}
