namespace SessionRoom.Crdt;

/// <summary>A run of new structs that an update carries: clocks <c>[FirstClock, FirstClock + Length)</c> of one client.</summary>
public readonly record struct ClientRange(ulong Client, ulong FirstClock, ulong Length);

/// <summary>What an update spans, per client: from its first clock to the end of its last struct.</summary>
public sealed record UpdateMeta(IReadOnlyDictionary<ulong, ulong> From, IReadOnlyDictionary<ulong, ulong> To);

/// <summary>Work on update bytes without building a document.</summary>
public static class Updates
{
    /// <summary>Checks a v1 update completely, without a document: structure, counts, lengths, references, text, JSON, nesting.</summary>
    /// <returns>Null if it is sound.</returns>
    public static UpdateProblem? Validate(ReadOnlySpan<byte> update, UpdateLimits? limits = null)
    {
        var parsed = Pooled.RentParsed();
        var problem = parsed.Read(update, limits ?? UpdateLimits.Default);
        Pooled.Return(parsed);
        return problem;
    }

    /// <summary>As <see cref="Validate"/>, for v2.</summary>
    public static UpdateProblem? ValidateV2(ReadOnlySpan<byte> update, UpdateLimits? limits = null) =>
        FormatConversion.ToV1(update, limits ?? UpdateLimits.Default, out var problem) is { } v1 ? Validate(v1, limits) : problem;

    /// <summary>One update that has the effect of all. Gaps become Skips; overwritten content stays.</summary>
    /// <exception cref="FormatException">One of them is malformed.</exception>
    public static byte[] Merge(IReadOnlyList<ReadOnlyMemory<byte>> updates)
    {
        ArgumentNullException.ThrowIfNull(updates);
        return UpdateMerge.Merge(updates);
    }

    /// <summary>What a replica with this state vector lacks of the update; deletions are kept whole.</summary>
    /// <exception cref="FormatException">The bytes are malformed.</exception>
    public static byte[] Diff(ReadOnlySpan<byte> update, ReadOnlySpan<byte> stateVector)
    {
        var parsed = ParsedUpdate.ReadOrThrow(update);
        var theirs = DecodeStateVector(stateVector);
        var writer = new UpdateWriter();
        for (var i = 0; i < parsed.GroupCount; i++)
        {
            ref var group = ref parsed.Groups[i];
            var known = (long)theirs.GetValueOrDefault(group.Client);
            var written = false;
            for (var next = 0; next < group.Count; next++)
            {
                ref var block = ref parsed.Blocks[group.First + next];
                if (!written && (block.Kind == Content.Skip || block.End <= known)) continue;
                writer.Struct(group.Client, block, written ? 0 : Math.Max(0, known - block.Clock), update);
                written = true;
            }
        }
        var deleted = parsed.Deleted[..parsed.DeletedCount];
        // Stable by client: the ranges themselves stay as they are.
        return writer.Finish([.. deleted.OrderByDescending(range => range.Client)]);
    }

    /// <summary>The state vector of a replica that has applied just this update: only runs that start at clock 0 count.</summary>
    /// <exception cref="FormatException">The bytes are malformed.</exception>
    public static byte[] StateVector(ReadOnlySpan<byte> update)
    {
        var parsed = ParsedUpdate.ReadOrThrow(update);
        var states = new Dictionary<ulong, ulong>();
        for (var i = 0; i < parsed.GroupCount; i++)
        {
            ref var group = ref parsed.Groups[i];
            var end = 0L;
            for (var next = 0; next < group.Count; next++)
            {
                ref var block = ref parsed.Blocks[group.First + next];
                if (block.Clock != end || block.Kind == Content.Skip) break;
                end = block.End;
            }
            if (end > 0) states[group.Client] = (ulong)end;
        }
        return EncodeStateVector(states);
    }

    /// <summary>What the update spans.</summary>
    /// <exception cref="FormatException">The bytes are malformed.</exception>
    public static UpdateMeta Meta(ReadOnlySpan<byte> update)
    {
        var parsed = ParsedUpdate.ReadOrThrow(update);
        var from = new Dictionary<ulong, ulong>();
        var to = new Dictionary<ulong, ulong>();
        for (var i = 0; i < parsed.GroupCount; i++)
        {
            ref var group = ref parsed.Groups[i];
            if (group.Count == 0) continue;
            from[group.Client] = (ulong)parsed.Blocks[group.First].Clock;
            to[group.Client] = (ulong)parsed.Blocks[group.First + group.Count - 1].End;
        }
        return new UpdateMeta(from, to);
    }

    /// <summary>The runs of structs (Skips left out) that the update carries: whose clocks it claims. Deletions do not count.</summary>
    /// <exception cref="FormatException">The bytes are malformed.</exception>
    public static IReadOnlyList<ClientRange> Clients(ReadOnlySpan<byte> update)
    {
        var parsed = Rent(update);
        var ranges = new List<ClientRange>(parsed.GroupCount);
        for (var i = 0; i < parsed.GroupCount; i++)
        {
            ref var group = ref parsed.Groups[i];
            for (var next = 0; next < group.Count;)
            {
                ref var block = ref parsed.Blocks[group.First + next];
                next++;
                if (block.Kind == Content.Skip) continue;
                var first = block.Clock;
                var end = block.End;
                for (; next < group.Count && parsed.Blocks[group.First + next].Kind != Content.Skip; next++) end = parsed.Blocks[group.First + next].End;
                ranges.Add(new ClientRange(group.Client, (ulong)first, (ulong)(end - first)));
            }
        }
        Pooled.Return(parsed);
        return ranges;
    }

    /// <summary>How many structs (Skips included) and deleted ranges the update carries.</summary>
    /// <exception cref="FormatException">The bytes are malformed.</exception>
    public static (int Structs, int Deletions) Count(ReadOnlySpan<byte> update)
    {
        var parsed = Rent(update);
        var count = (parsed.BlockCount, parsed.DeletedCount);
        Pooled.Return(parsed);
        return count;
    }

    /// <summary>Working memory that holds this update; to be returned.</summary>
    private static ParsedUpdate Rent(ReadOnlySpan<byte> update)
    {
        var parsed = Pooled.RentParsed();
        if (parsed.Read(update, UpdateLimits.Unlimited) is not { } problem) return parsed;
        Pooled.Return(parsed);
        throw new FormatException($"{problem.Reason} at byte {problem.Offset}.");
    }

    /// <summary>The same update in the v2 format.</summary>
    /// <exception cref="FormatException">The bytes are malformed.</exception>
    public static byte[] ConvertV1ToV2(ReadOnlySpan<byte> update) => FormatConversion.ToV2(update);

    /// <summary>The same update in the v1 format.</summary>
    /// <exception cref="FormatException">The bytes are malformed.</exception>
    public static byte[] ConvertV2ToV1(ReadOnlySpan<byte> update) =>
        FormatConversion.ToV1(update, UpdateLimits.Unlimited, out var problem) ?? throw new FormatException($"{problem!.Reason} at byte {problem.Offset}.");

    /// <summary>Reads a state vector: client to next expected clock.</summary>
    /// <exception cref="FormatException">The bytes are malformed.</exception>
    public static IReadOnlyDictionary<ulong, ulong> DecodeStateVector(ReadOnlySpan<byte> stateVector)
    {
        var states = new Dictionary<ulong, ulong>();
        if (stateVector.IsEmpty) return states;
        var reader = new ByteReader(stateVector);
        for (var left = reader.Count(least: 2); left > 0 && !reader.Failed; left--)
        {
            var client = reader.VarUInt();
            states[client] = reader.VarUInt();
        }
        if (!reader.AtEnd) reader.Fail(UpdateProblemReason.TrailingBytes);
        reader.ThrowIfFailed();
        return states;
    }

    /// <summary>Writes a state vector, clients descending.</summary>
    public static byte[] EncodeStateVector(IReadOnlyDictionary<ulong, ulong> stateVector)
    {
        ArgumentNullException.ThrowIfNull(stateVector);
        var writer = new ByteWriter();
        writer.VarUInt(stateVector.Count);
        foreach (var (client, clock) in stateVector.OrderByDescending(entry => entry.Key))
        {
            writer.VarUInt(client);
            writer.VarUInt(clock);
        }
        return writer.ToArray();
    }

    /// <summary>Ranges sorted by descending client and by clock, those that touch joined.</summary>
    internal static DeletedRange[] Normalise(ReadOnlySpan<DeletedRange> ranges)
    {
        var sorted = ranges.ToArray();
        sorted.AsSpan().Sort(static (a, b) => a.Client != b.Client ? b.Client.CompareTo(a.Client) : a.Clock.CompareTo(b.Clock));
        var kept = 0;
        for (var i = 1; i < sorted.Length; i++)
        {
            ref var last = ref sorted[kept];
            if (sorted[i].Client == last.Client && sorted[i].Clock <= last.End) last.Length = Math.Max(last.End, sorted[i].End) - last.Clock;
            else sorted[++kept] = sorted[i];
        }
        return sorted.Length == 0 ? sorted : sorted[..(kept + 1)];
    }

    internal static List<DeletedRange> Normalise(List<DeletedRange> ranges) =>
        [.. Normalise(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(ranges))];
}
