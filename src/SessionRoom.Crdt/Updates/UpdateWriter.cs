namespace SessionRoom.Crdt;

/// <summary>Writes v1 updates out of decoded ones, copying structs as they are where nothing is cut off.</summary>
internal sealed class UpdateWriter
{
    private readonly ByteWriter _groups = new(256);
    private readonly ByteWriter _structs = new(256);
    private ulong _client;
    private long _firstClock;
    private int _count, _groupCount;

    public static byte[] WriteRemaining(ParsedUpdate parsed, ReadOnlySpan<byte> update)
    {
        var writer = new UpdateWriter();
        var order = new List<int>();
        for (var i = 0; i < parsed.GroupCount; i++)
        {
            if (!parsed.Groups[i].Exhausted) order.Add(i);
        }
        order.Sort((a, b) => parsed.Groups[b].Client.CompareTo(parsed.Groups[a].Client));
        foreach (var i in order)
        {
            ref var group = ref parsed.Groups[i];
            for (var next = group.Next; next < group.Count; next++) writer.Struct(group.Client, parsed.Blocks[group.First + next], 0, update);
        }
        return writer.Finish([]);
    }

    /// <summary>Adds a struct without its first <paramref name="offset"/> units. Structs of a client must follow each other.</summary>
    public void Struct(ulong client, in Block block, long offset, ReadOnlySpan<byte> update)
    {
        Begin(client, block.Clock + offset);
        _count++;
        // Yjs forgets that there is a key where the key itself is not transmitted; so do we, to the byte.
        var info = (byte)(block.IsItem && block.Parent == Block.NoParent ? block.Info & ~Content.HasKey : block.Info);
        if (offset == 0)
        {
            _structs.Byte(info);
            _structs.Raw(update.Slice(block.At + 1, block.Bytes - 1));
            return;
        }
        if (!block.IsItem)
        {
            _structs.Byte(block.Info);
            _structs.VarUInt(block.Length - offset);
            return;
        }
        _structs.Byte((byte)(info | Content.HasOrigin));
        _structs.VarUInt(client);
        _structs.VarUInt(block.Clock + offset - 1);
        if (block.HasRight)
        {
            _structs.VarUInt(block.RightClient);
            _structs.VarUInt(block.RightClock);
        }
        var content = update.Slice(block.ContentAt, block.ContentBytes);
        switch (block.Kind)
        {
            case Content.Deleted:
                _structs.VarUInt(block.Length - offset);
                break;
            case Content.String:
                var at = Store.Utf8Offset(content, (int)offset, block.Length);
                if (at >= 0)
                {
                    _structs.Buffer(content[at..]);
                    break;
                }
                _structs.VarUInt(content.Length - ~at - 1);
                _structs.Raw("\uFFFD"u8);
                _structs.Raw(content[(~at + 4)..]);
                break;
            default: // Any and JSON; the other kinds have one unit and cannot be cut.
                _structs.VarUInt(block.Length - offset);
                _structs.Raw(content[Store.SkipValues(content, (int)offset, block.Kind == Content.Any)..]);
                break;
        }
    }

    public void Gc(ulong client, long clock, long length) => Run(Content.Gc, client, clock, length);
    public void Skip(ulong client, long clock, long length) => Run(Content.Skip, client, clock, length);

    private void Run(byte info, ulong client, long clock, long length)
    {
        Begin(client, clock);
        _count++;
        _structs.Byte(info);
        _structs.VarUInt(length);
    }

    private void Begin(ulong client, long clock)
    {
        if (_count > 0 && client == _client) return;
        EndGroup();
        (_client, _firstClock) = (client, clock);
    }

    private void EndGroup()
    {
        if (_count == 0) return;
        _groups.VarUInt(_count);
        _groups.VarUInt(_client);
        _groups.VarUInt(_firstClock);
        _groups.Raw(_structs.Written);
        _structs.Clear();
        _groupCount++;
        _count = 0;
    }

    /// <summary>The update, with these deletions: ranges of one client must follow each other.</summary>
    public byte[] Finish(ReadOnlySpan<DeletedRange> deleted)
    {
        EndGroup();
        var result = new ByteWriter(_groups.Length + 16 + deleted.Length * 4);
        result.VarUInt(_groupCount);
        result.Raw(_groups.Written);
        WriteDeleteSet(result, deleted);
        return result.ToArray();
    }

    public static void WriteDeleteSet(ByteWriter writer, ReadOnlySpan<DeletedRange> deleted)
    {
        var clients = 0;
        for (var i = 0; i < deleted.Length; i++)
        {
            if (i == 0 || deleted[i].Client != deleted[i - 1].Client) clients++;
        }
        writer.VarUInt(clients);
        for (var i = 0; i < deleted.Length;)
        {
            var first = i;
            while (i < deleted.Length && deleted[i].Client == deleted[first].Client) i++;
            writer.VarUInt(deleted[first].Client);
            writer.VarUInt(i - first);
            foreach (var range in deleted[first..i])
            {
                writer.VarUInt(range.Clock);
                writer.VarUInt(range.Length);
            }
        }
    }
}
