using System.Text;

namespace SessionRoom.Crdt;

/// <summary>Rewrites an update from one format into the other. Nothing in the bytes tells which one they are.</summary>
/// <remarks>Yjs 13.6, src/utils/UpdateEncoder.js and UpdateDecoder.js. What v1 writes as JSON (embeds, formats) v2 writes as <c>any</c>;
/// in v2 a delete set's clocks are differences and its lengths one less.</remarks>
internal static class FormatConversion
{
    /// <summary>The v2 form. A document knows which items have a key and says so even where the key itself is not written
    /// (<paramref name="ofDocument"/>); Yjs' work on bytes does not know, and leaves the flag out.</summary>
    public static byte[] ToV2(ReadOnlySpan<byte> v1, bool ofDocument = false)
    {
        var parsed = ParsedUpdate.ReadOrThrow(v1);
        var writer = new UpdateWriterV2();
        writer.Rest.VarUInt(parsed.GroupCount);
        foreach (ref readonly var group in parsed.Groups.AsSpan(0, parsed.GroupCount))
        {
            writer.Rest.VarUInt(group.Count);
            writer.Client(group.Client);
            var blocks = parsed.Blocks.AsSpan(group.First, group.Count);
            writer.Rest.VarUInt(blocks.IsEmpty ? 0 : blocks[0].Clock);
            foreach (ref readonly var block in blocks) WriteV2(writer, block, v1, ofDocument);
        }
        WriteDeletedV2(writer.Rest, parsed.Deleted.AsSpan(0, parsed.DeletedCount));
        return writer.ToArray();
    }

    private static void WriteV2(UpdateWriterV2 writer, in Block block, ReadOnlySpan<byte> v1, bool ofDocument)
    {
        writer.Info((byte)(!ofDocument && (block.HasOrigin || block.HasRight) ? block.Info & ~Content.HasKey : block.Info));
        if (block.Info == Content.Skip)
        {
            writer.Rest.VarUInt(block.Length);
            return;
        }
        if (block.Info == Content.Gc)
        {
            writer.Length(block.Length);
            return;
        }
        if (block.HasOrigin) writer.LeftId(block.OriginClient, block.OriginClock);
        if (block.HasRight) writer.RightId(block.RightClient, block.RightClock);
        if (!block.HasOrigin && !block.HasRight)
        {
            writer.IsRootParent(block.Parent == Block.RootParent);
            if (block.Parent == Block.RootParent) writer.String(Encoding.UTF8.GetString(v1.Slice(block.NameAt, block.NameBytes)));
            else writer.LeftId(block.OriginClient, block.OriginClock);
            if (block.HasKey) writer.String(Encoding.UTF8.GetString(v1.Slice(block.KeyAt, block.KeyBytes)));
        }
        var content = v1.Slice(block.ContentAt, block.ContentBytes);
        var reader = new ByteReader(content);
        switch (block.Kind)
        {
            case Content.Deleted: writer.Length(block.Length); break;
            case Content.String: writer.String(Encoding.UTF8.GetString(content)); break;
            case Content.Binary: writer.Rest.Raw(content); break;
            case Content.Embed: AnyCodec.Write(writer.Rest, JsonText.Parse(reader.Text())); break;
            case Content.Format:
                writer.Key(reader.String());
                AnyCodec.Write(writer.Rest, JsonText.Parse(reader.Text()));
                break;
            case Content.Any:
                writer.Length(block.Length);
                writer.Rest.Raw(content);
                break;
            case Content.Json:
                writer.Length(block.Length);
                for (var left = block.Length; left > 0; left--) writer.String(reader.String());
                break;
            case Content.Type:
                writer.TypeKind(block.TypeKind);
                if (block.TypeKind is (byte)YTypeKind.XmlElement or (byte)YTypeKind.XmlHook) writer.Key(Encoding.UTF8.GetString(content));
                break;
            case Content.Document:
                writer.String(reader.String());
                writer.Rest.Raw(content[reader.Position..]);
                break;
        }
    }

    private static void WriteDeletedV2(ByteWriter rest, ReadOnlySpan<DeletedRange> ranges)
    {
        var clients = 0;
        for (var i = 0; i < ranges.Length; i++)
            if (i == 0 || ranges[i].Client != ranges[i - 1].Client) clients++;
        rest.VarUInt(clients);
        while (!ranges.IsEmpty)
        {
            var count = 1;
            while (count < ranges.Length && ranges[count].Client == ranges[0].Client) count++;
            rest.VarUInt(ranges[0].Client);
            var own = Disjoint(ranges[..count].ToArray());
            rest.VarUInt(own.Count);
            var at = 0L;
            foreach (var range in own)
            {
                rest.VarUInt(range.Clock - at);
                rest.VarUInt(range.Length - 1);
                at = range.End;
            }
            ranges = ranges[count..];
        }
    }

    /// <summary>In order and without overlap: a difference cannot go back.</summary>
    private static List<DeletedRange> Disjoint(DeletedRange[] ranges)
    {
        Array.Sort(ranges, static (one, other) => one.Clock.CompareTo(other.Clock));
        var result = new List<DeletedRange>(ranges.Length);
        foreach (var range in ranges)
        {
            if (result is [.., var last] && range.Clock < last.End) result[^1] = last with { Length = Math.Max(last.End, range.End) - last.Clock };
            else result.Add(range);
        }
        return result;
    }

    /// <summary>The v1 form, or why the bytes are refused. A few bytes of runs can stand for any number of structs: the result is bounded by <see cref="UpdateLimits.MaxBytes"/>.</summary>
    public static byte[]? ToV1(ReadOnlySpan<byte> v2, UpdateLimits limits, out UpdateProblem? problem)
    {
        problem = v2.Length > limits.MaxBytes ? new(UpdateProblemReason.TooLong, limits.MaxBytes) : null;
        if (problem is not null) return null;
        // Columns of runs make v1 longer, but not without bound: a struct's text and its changes of direction cost bytes in v2 as well.
        limits = limits with { MaxBytes = (int)Math.Min(limits.MaxBytes, 4096 + 64L * v2.Length) };
        var reader = new UpdateReaderV2(v2);
        var writer = new ByteWriter(v2.Length * 2);
        var clients = reader.Rest.Count(least: 2);
        writer.VarUInt(clients);
        for (; clients > 0 && !reader.Failed; clients--)
        {
            var count = reader.Rest.VarUInt();
            writer.VarUInt(count);
            writer.VarUInt(reader.Client());
            writer.VarUInt(reader.Rest.VarUInt());
            for (; count > 0 && !reader.Failed; count--)
            {
                ReadStruct(ref reader, writer, limits);
                if (writer.Length <= limits.MaxBytes) continue;
                problem = new(UpdateProblemReason.TooLong, -1);
                return null;
            }
        }
        ReadDeleted(ref reader.Rest, writer);
        if (!reader.Failed && !reader.Rest.AtEnd) reader.Rest.Fail(UpdateProblemReason.TrailingBytes);
        if (reader.Failed) problem = reader.Rest.Problem ?? new(UpdateProblemReason.Truncated, -1);
        return problem is null ? writer.ToArray() : null;
    }

    private static void ReadStruct(ref UpdateReaderV2 reader, ByteWriter writer, UpdateLimits limits)
    {
        var info = reader.Info();
        writer.Byte((byte)((info & (Content.HasOrigin | Content.HasRight)) == 0 ? info : info & ~Content.HasKey));
        switch (info)
        {
            case Content.Gc: writer.VarUInt(reader.Length()); return;
            case Content.Skip: writer.VarUInt(reader.Rest.VarUInt()); return;
        }
        if ((info & Content.HasOrigin) != 0) WriteId(writer, reader.LeftId());
        if ((info & Content.HasRight) != 0) WriteId(writer, reader.RightId());
        if ((info & (Content.HasOrigin | Content.HasRight)) == 0)
        {
            var root = reader.IsRootParent();
            writer.VarUInt(root ? 1 : 0);
            if (root) writer.String(reader.String());
            else WriteId(writer, reader.LeftId());
            if ((info & Content.HasKey) != 0) writer.String(reader.String());
        }
        switch (info & Content.KindMask)
        {
            case Content.Deleted: writer.VarUInt(reader.Length()); break;
            case Content.String: writer.String(reader.String()); break;
            case Content.Binary: writer.Buffer(reader.Rest.Buffer()); break;
            case Content.Embed: writer.String(JsonText.Write(AnyCodec.Read(ref reader.Rest, limits.MaxDepth))); break;
            case Content.Format:
                writer.String(reader.Key());
                writer.String(JsonText.Write(AnyCodec.Read(ref reader.Rest, limits.MaxDepth)));
                break;
            case Content.Any: CopyAny(ref reader, writer, limits); break;
            case Content.Json:
                var texts = reader.Length();
                writer.VarUInt(texts);
                for (; texts > 0 && !reader.Failed && writer.Length <= limits.MaxBytes; texts--) writer.String(reader.String());
                break;
            case Content.Type:
                var kind = reader.TypeKind();
                writer.VarUInt(kind);
                if (kind is (ulong)YTypeKind.XmlElement or (ulong)YTypeKind.XmlHook) writer.String(reader.Key());
                break;
            case Content.Document:
                writer.String(reader.String());
                CopyOneAny(ref reader, writer, limits);
                break;
            default: reader.Rest.Fail(UpdateProblemReason.UnknownTag); break;
        }
    }

    private static void CopyAny(ref UpdateReaderV2 reader, ByteWriter writer, UpdateLimits limits)
    {
        var count = reader.Length();
        if (count > (ulong)reader.Rest.Remaining) reader.Rest.Fail(UpdateProblemReason.ImpossibleCount);
        writer.VarUInt(count);
        for (; count > 0 && !reader.Failed; count--) CopyOneAny(ref reader, writer, limits);
    }

    private static void CopyOneAny(ref UpdateReaderV2 reader, ByteWriter writer, UpdateLimits limits)
    {
        var from = reader.Rest.Position;
        AnyCodec.Skip(ref reader.Rest, limits.MaxDepth);
        if (!reader.Rest.Failed) writer.Raw(reader.Rest.Data[from..reader.Rest.Position]);
    }

    private static void ReadDeleted(ref ByteReader rest, ByteWriter writer)
    {
        var clients = rest.Count(least: 2);
        writer.VarUInt(clients);
        for (; clients > 0 && !rest.Failed; clients--)
        {
            writer.VarUInt(rest.VarUInt());
            var ranges = rest.Count(least: 2);
            writer.VarUInt(ranges);
            for (var at = 0UL; ranges > 0 && !rest.Failed; ranges--)
            {
                var (clock, length) = (at + rest.VarUInt(), rest.VarUInt() + 1);
                at = clock + length;
                if (at > ByteReader.MaxNumber) rest.Fail(UpdateProblemReason.NumberOutOfRange);
                writer.VarUInt(clock);
                writer.VarUInt(length);
            }
        }
    }

    private static void WriteId(ByteWriter writer, (ulong Client, ulong Clock) id)
    {
        writer.VarUInt(id.Client);
        writer.VarUInt(id.Clock);
    }
}
