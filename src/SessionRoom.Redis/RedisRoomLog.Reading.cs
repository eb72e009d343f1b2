using System.Globalization;
using SessionRoom.Rooms;
using StackExchange.Redis;

namespace SessionRoom.Redis;

// Loading, and the rule that a restarted Redis is not taken at its word before the nodes had time to write back what it lost.
public sealed partial class RedisRoomLog
{
    public Task<StoredRoom?> LoadAsync(string room, CancellationToken cancel) => LoadAsync(room, null, cancel);

    public Task<StoredRoom?> LoadAsync(string room, LogPosition known, CancellationToken cancel) => LoadAsync(room, (LogPosition?)known, cancel);

    public async Task<StoredBoard?> LoadBoardAsync(string room, CancellationToken cancel) =>
        await ReadAsync(room, "n", "board", "edits", null, cancel) is { } read ? new(read.Epoch, read.Snapshot, read.Tail, read.After) : null;

    public async Task<StoredBoard?> LoadBoardAsync(string room, string epoch, long known, CancellationToken cancel) =>
        await ReadAsync(room, "n", "board", "edits", new(epoch, known), cancel) is { } read ? new(read.Epoch, read.Snapshot, read.Tail, read.After) : null;

    private async Task<StoredRoom?> LoadAsync(string room, LogPosition? known, CancellationToken cancel)
    {
        while (true)
        {
            var read = await ReadAsync(room, "seq", "state", "batches", known, cancel);
            if (read is null) return null;
            var stored = new StoredRoom(read.Epoch, read.Snapshot, read.Tail, read.After);
            if (read.Run == link.Run) return stored;
            // Whoever holds more writes it back.
            if (known is { } held && held.Epoch == stored.Epoch && held.Seq > stored.Head.Seq) return stored;
            // How long nodes may still write back what this run of Redis lost.
            if (Grace - link.RunAge is var left && left > TimeSpan.Zero)
            {
                await Task.Delay(left, cancel);
                continue;
            }
            // No node can know what others hold: should one turn up that holds more, it has to see that this is another log.
            await link.RunAsync(Script.Adopt, Keys(room, "head"), [stored.Epoch, read.Run, NextEpoch(stored.Epoch), Channel(room)], cancel);
        }
    }

    private async Task<Read?> ReadAsync(string room, string head, string snapshot, string stream, LogPosition? known, CancellationToken cancel)
    {
        var loaded = await link.RunAsync(Script.Load, Keys(room, "head", snapshot, stream), [head, known?.Epoch ?? "", known?.Seq ?? 0], cancel);
        if (loaded.IsNull) return null;
        var parts = (RedisResult[])loaded!;
        var (newest, after) = ((long)parts[1], long.Parse((string)parts[6]!, CultureInfo.InvariantCulture));
        StoredRecord? kept = parts[3].IsNull ? null : new StoredRecord((long)parts[3], (byte[])parts[4]!);
        var tail = new List<StoredRecord>();
        var seq = kept?.Seq ?? after;
        foreach (var entry in (RedisResult[])parts[5]!)
        {
            var found = (RedisResult[])entry!;
            if (SeqOf((string)found[0]!) != ++seq) throw new UnreadableRecordException(room, seq);
            tail.Add(new(seq, (byte[])((RedisResult[])found[1]!)[1]!));
        }
        return seq == newest ? new((string)parts[0]!, (string)parts[2]!, kept, tail, after) : throw new UnreadableRecordException(room, seq + 1);
    }

    private static long SeqOf(string id) => long.Parse(id.AsSpan(0, id.IndexOf('-', StringComparison.Ordinal)), CultureInfo.InvariantCulture);

    private sealed record Read(string Epoch, string Run, StoredRecord? Snapshot, IReadOnlyList<StoredRecord> Tail, long After);
}
