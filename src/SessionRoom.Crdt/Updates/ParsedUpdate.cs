namespace SessionRoom.Crdt;

/// <summary>A decoded and completely checked update. The arrays are kept and reused.</summary>
/// <remarks>
/// Yjs 13.6, V1: <c>varUint(clients) • clients × (varUint(structs) • varUint(client) • varUint(clock) • structs) • deleteSet</c>;
/// struct: <c>0 • varUint(length)</c> (GC), <c>10 • varUint(length)</c> (Skip) or <c>info • [origin] • [rightOrigin] • [parent] • content</c>.
/// </remarks>
internal sealed class ParsedUpdate
{
    public Block[] Blocks = new Block[8];
    public BlockGroup[] Groups = new BlockGroup[2];
    public DeletedRange[] Deleted = new DeletedRange[4];

    /// <summary>For integration: the groups to try next.</summary>
    public int[] Ready = new int[2];

    public int BlockCount { get; private set; }
    public int GroupCount { get; private set; }
    public int DeletedCount { get; private set; }

    /// <summary>How many updates have been read.</summary>
    public int Sources { get; private set; }

    private readonly Dictionary<ulong, int> _groupOf = [];
    private int _firstGroup;

    /// <summary>The group of a client, or −1. Few groups are scanned; many are looked up.</summary>
    public int GroupOf(ulong client)
    {
        if (GroupCount - _firstGroup > 8) return _groupOf.GetValueOrDefault(client, -1);
        for (var i = _firstGroup; i < GroupCount; i++)
        {
            if (Groups[i].Client == client) return i;
        }
        return -1;
    }

    public static ParsedUpdate ReadOrThrow(ReadOnlySpan<byte> update)
    {
        var parsed = new ParsedUpdate();
        parsed.ReadMoreOrThrow(update);
        return parsed;
    }

    public void ReadMoreOrThrow(ReadOnlySpan<byte> update)
    {
        if (ReadMore(update, UpdateLimits.Unlimited) is { } problem) throw new FormatException($"{problem.Reason} at byte {problem.Offset}.");
    }

    public UpdateProblem? Read(ReadOnlySpan<byte> update, UpdateLimits limits)
    {
        BlockCount = GroupCount = DeletedCount = Sources = 0;
        return ReadMore(update, limits);
    }

    /// <summary>Reads another update behind those already read.</summary>
    public UpdateProblem? ReadMore(ReadOnlySpan<byte> update, UpdateLimits limits)
    {
        _firstGroup = GroupCount;
        if (update.Length > limits.MaxBytes) return new UpdateProblem(UpdateProblemReason.TooLong, limits.MaxBytes);
        var reader = new ByteReader(update);
        for (var left = reader.Count(least: 3); left > 0 && !reader.Failed; left--) ReadGroup(ref reader, limits);
        ReadDeleteSet(ref reader);
        if (!reader.Failed && !reader.AtEnd) reader.Fail(UpdateProblemReason.TrailingBytes);
        Sources++;
        return reader.Problem;
    }

    private void ReadGroup(ref ByteReader reader, UpdateLimits limits)
    {
        var count = reader.Count(least: 2);
        var client = reader.VarUInt();
        var clock = (long)reader.VarUInt();
        if (reader.Failed) return;
        if (!AddGroup(client, count))
        {
            reader.Fail(UpdateProblemReason.DuplicateClient);
            return;
        }
        for (; count > 0; count--)
        {
            if (BlockCount == Blocks.Length) Array.Resize(ref Blocks, Math.Max(Blocks.Length * 2, BlockCount + Math.Min(count, 1 << 16)));
            ref var block = ref Blocks[BlockCount];
            block = default;
            block.Clock = clock;
            block.At = reader.Position;
            ReadStruct(ref reader, ref block, client, limits);
            block.Bytes = reader.Position - block.At;
            if (!reader.Failed && block.Length <= 0) reader.Fail(UpdateProblemReason.EmptyStruct);
            clock += block.Length;
            if (clock > limits.MaxClock) reader.Fail(UpdateProblemReason.NumberOutOfRange);
            if (reader.Failed) return;
            BlockCount++;
        }
    }

    private bool AddGroup(ulong client, int count)
    {
        if (GroupOf(client) >= 0) return false;
        if (GroupCount == Groups.Length) Array.Resize(ref Groups, Groups.Length * 2);
        Groups[GroupCount] = new BlockGroup { Client = client, Source = Sources, First = BlockCount, Count = count };
        GroupCount++;
        if (GroupCount - _firstGroup == 9)
        {
            _groupOf.Clear();
            for (var i = _firstGroup; i < GroupCount; i++) _groupOf[Groups[i].Client] = i;
        }
        else if (GroupCount - _firstGroup > 9)
        {
            _groupOf[client] = GroupCount - 1;
        }
        return true;
    }

    private static void ReadStruct(ref ByteReader reader, ref Block block, ulong client, UpdateLimits limits)
    {
        block.Info = reader.Byte();
        if (block.Info is Content.Gc or Content.Skip)
        {
            block.Length = (long)reader.VarUInt();
            if ((ulong)block.Length > limits.MaxRunLength) reader.Fail(UpdateProblemReason.RunTooLong);
            return;
        }
        if (block.HasOrigin) (block.OriginClient, block.OriginClock) = ReadId(ref reader, client, block.Clock);
        if (block.HasRight) (block.RightClient, block.RightClock) = ReadId(ref reader, client, block.Clock);
        if (!block.HasOrigin && !block.HasRight)
        {
            int at, bytes;
            switch (reader.VarUInt())
            {
                case 1:
                    block.Parent = Block.RootParent;
                    Where(ref reader, reader.Text(), out at, out bytes);
                    block.SetName(at, bytes);
                    break;
                case 0:
                    block.Parent = Block.ItemParent;
                    (block.OriginClient, block.OriginClock) = ReadId(ref reader, client, block.Clock);
                    break;
                default: reader.Fail(UpdateProblemReason.UnknownTag); break;
            }
            if (block.HasKey)
            {
                Where(ref reader, reader.Text(), out at, out bytes);
                block.SetKey(at, bytes);
            }
        }
        ReadContent(ref reader, ref block, limits);
    }

    private static (ulong, long) ReadId(ref ByteReader reader, ulong ownClient, long ownClock)
    {
        var client = reader.VarUInt();
        var clock = (long)reader.VarUInt();
        if (client == ownClient && clock >= ownClock) reader.Fail(UpdateProblemReason.ForwardReference);
        return (client, clock);
    }

    private static void Where(ref ByteReader reader, ReadOnlySpan<byte> justRead, out int at, out int bytes)
    {
        bytes = justRead.Length;
        at = reader.Position - bytes;
    }

    private static void ReadContent(ref ByteReader reader, ref Block block, UpdateLimits limits)
    {
        block.Length = 1;
        block.ContentAt = reader.Position;
        switch (block.Kind)
        {
            case Content.Deleted:
                block.Length = (long)reader.VarUInt();
                if ((ulong)block.Length > limits.MaxRunLength) reader.Fail(UpdateProblemReason.RunTooLong);
                break;
            case Content.String:
                block.Length = reader.Units(out block.ContentBytes);
                block.ContentAt = reader.Position - block.ContentBytes;
                return;
            case Content.Any:
                block.Length = reader.Count(least: 1);
                block.ContentAt = reader.Position;
                for (var left = block.Length; left > 0 && !reader.Failed; left--) AnyCodec.Skip(ref reader, limits.MaxDepth);
                break;
            case Content.Json:
                block.Length = reader.Count(least: 1);
                block.ContentAt = reader.Position;
                for (var left = block.Length; left > 0 && !reader.Failed; left--) ReadJson(ref reader, limits, orUndefined: true);
                break;
            case Content.Binary: reader.Buffer(); break;
            case Content.Embed: ReadJson(ref reader, limits); break;
            case Content.Format:
                reader.Text();
                ReadJson(ref reader, limits);
                break;
            case Content.Type:
                var kind = reader.VarUInt();
                if (kind > 6) reader.Fail(UpdateProblemReason.UnknownTag);
                block.TypeKind = (byte)kind;
                if (kind is (ulong)YTypeKind.XmlElement or (ulong)YTypeKind.XmlHook) Where(ref reader, reader.Text(), out block.ContentAt, out block.ContentBytes);
                return;
            case Content.Document:
                reader.Text();
                AnyCodec.Skip(ref reader, limits.MaxDepth);
                break;
            default: reader.Fail(UpdateProblemReason.UnknownTag); break;
        }
        block.ContentBytes = reader.Position - block.ContentAt;
    }

    private static void ReadJson(ref ByteReader reader, UpdateLimits limits, bool orUndefined = false)
    {
        var text = reader.Text();
        if (reader.Failed || orUndefined && text.SequenceEqual("undefined"u8)) return;
        if (!JsonText.IsValid(text, limits.MaxDepth)) reader.Fail(UpdateProblemReason.InvalidJson);
    }

    private void ReadDeleteSet(ref ByteReader reader)
    {
        for (var clients = reader.Count(least: 2); clients > 0 && !reader.Failed; clients--)
        {
            var client = reader.VarUInt();
            for (var left = reader.Count(least: 2); left > 0 && !reader.Failed; left--)
            {
                var range = new DeletedRange(client, (long)reader.VarUInt(), (long)reader.VarUInt());
                if (!reader.Failed && range.Length == 0) reader.Fail(UpdateProblemReason.EmptyStruct);
                if (range.End > (long)ByteReader.MaxNumber) reader.Fail(UpdateProblemReason.NumberOutOfRange);
                if (reader.Failed) return;
                if (DeletedCount == Deleted.Length) Array.Resize(ref Deleted, Deleted.Length * 2);
                Deleted[DeletedCount++] = range;
            }
        }
    }
}
