namespace SessionRoom.Crdt;

/// <summary>Merges updates by their bytes: per client the structs of all in clock order, overlaps cut, gaps filled with Skips.</summary>
/// <remarks>Yjs 13.6, src/utils/updates.js, mergeUpdates. Of structs that cover the same clocks the one from the update that is being
/// followed wins, as there; both are correct.</remarks>
internal static class UpdateMerge
{
    public static byte[] Merge(IReadOnlyList<ReadOnlyMemory<byte>> updates)
    {
        var parsed = new ParsedUpdate();
        foreach (var update in updates) parsed.ReadMoreOrThrow(update.Span);

        var order = new int[parsed.GroupCount];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            SkipSkips(parsed, ref parsed.Groups[i]);
        }
        order.AsSpan().Sort((a, b) => Compare(parsed, a, b));
        var writer = new UpdateWriter();
        for (var i = 0; i < order.Length;)
        {
            var first = i;
            while (i < order.Length && parsed.Groups[order[i]].Client == parsed.Groups[order[first]].Client) i++;
            new ClientMerge(parsed, writer, updates).Run(order.AsSpan(first, i - first));
        }
        return writer.Finish(Updates.Normalise(parsed.Deleted.AsSpan(0, parsed.DeletedCount)));
    }

    private static int Compare(ParsedUpdate parsed, int a, int b)
    {
        ref var left = ref parsed.Groups[a];
        ref var right = ref parsed.Groups[b];
        if (left.Client != right.Client) return right.Client.CompareTo(left.Client);
        var byClock = HeadClock(parsed, left).CompareTo(HeadClock(parsed, right));
        return byClock != 0 ? byClock : a.CompareTo(b);
    }

    private static long HeadClock(ParsedUpdate parsed, in BlockGroup group) =>
        group.Exhausted ? long.MaxValue : parsed.Blocks[group.First + group.Next].Clock;

    private static void SkipSkips(ParsedUpdate parsed, ref BlockGroup group)
    {
        while (!group.Exhausted && parsed.Blocks[group.First + group.Next].Kind == Content.Skip) group.Next++;
    }

    private struct ClientMerge(ParsedUpdate parsed, UpdateWriter writer, IReadOnlyList<ReadOnlyMemory<byte>> updates)
    {
        private long _end = -1;
        // A GC run is held back: it may grow.
        private long _gcFrom = -1;

        public void Run(ReadOnlySpan<int> groups)
        {
            var client = parsed.Groups[groups[0]].Client;
            if (groups.Length == 1)
            {
                // A gap ends what is followed; there may be more behind it.
                while (!parsed.Groups[groups[0]].Exhausted) Follow(client, groups[0]);
            }
            else
            {
                var queue = new PriorityQueue<int, (long Clock, int Group)>(groups.Length);
                foreach (var index in groups) Enqueue(queue, index);
                while (queue.TryDequeue(out var index, out _))
                {
                    Follow(client, index);
                    Enqueue(queue, index);
                }
            }
            FlushGc(client);
        }

        private readonly void Enqueue(PriorityQueue<int, (long, int)> queue, int index)
        {
            ref var group = ref parsed.Groups[index];
            SkipSkips(parsed, ref group);
            if (!group.Exhausted) queue.Enqueue(index, (HeadClock(parsed, group), index));
        }

        /// <summary>Writes one update's structs as far as they follow each other.</summary>
        private void Follow(ulong client, int index)
        {
            ref var group = ref parsed.Groups[index];
            var update = updates[group.Source].Span;
            var (written, passed) = (false, false);
            for (; !group.Exhausted; group.Next++)
            {
                ref var block = ref parsed.Blocks[group.First + group.Next];
                if (block.Kind == Content.Skip)
                {
                    if (written) return;
                    passed = true;
                }
                else if (block.End <= _end)
                {
                    passed = true;
                }
                else
                {
                    // Behind a gap, or after known structs were passed over, another update may have what comes first.
                    if ((written || passed) && block.Clock > _end) return;
                    Write(client, block, update);
                    written = true;
                }
            }
        }

        private void Write(ulong client, in Block block, ReadOnlySpan<byte> update)
        {
            if (_end >= 0 && block.Clock > _end)
            {
                FlushGc(client);
                writer.Skip(client, _end, block.Clock - _end);
            }
            var offset = _end > block.Clock ? _end - block.Clock : 0;
            if (block.Kind == Content.Gc)
            {
                if (_gcFrom < 0) _gcFrom = block.Clock + offset;
            }
            else
            {
                FlushGc(client);
                writer.Struct(client, block, offset, update);
            }
            _end = block.End;
        }

        private void FlushGc(ulong client)
        {
            if (_gcFrom < 0) return;
            writer.Gc(client, _gcFrom, _end - _gcFrom);
            _gcFrom = -1;
        }
    }
}
