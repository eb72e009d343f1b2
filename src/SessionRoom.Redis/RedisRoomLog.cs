using System.Security.Cryptography;
using SessionRoom.Rooms;
using StackExchange.Redis;

namespace SessionRoom.Redis;

/// <summary>Rooms' logs in Redis: a hash with the log's epoch and heads, a stream of batches and one of board records, and a snapshot of each.</summary>
/// <remarks>
/// Keys carry the room as hash tag, so that a room lives on one shard: <c>sr:{room}:head</c>, <c>:batches</c>, <c>:edits</c>, <c>:state</c>, <c>:board</c>. An entry's id is
/// its number and <c>-0</c>. What was answered survives as much as Redis is set to keep: with <c>appendfsync always</c> the end of its machine, with <c>everysec</c> up to a second is lost.
/// </remarks>
public sealed class RedisRoomLog : IRoomLog
{
    /// <summary>How long a call may take; then the log counts as failed. 5 seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly RedisLink link;

    private RedisRoomLog(RedisLink link) => this.link = link;

    /// <exception cref="RoomLogException">Nobody answers at the address.</exception>
    public static async Task<RedisRoomLog> OpenAsync(string address) => new(await RedisLink.OpenAsync(address, new() { Patience = Patience }));

    public async Task<LogPosition?> CreateAsync(string room, ReadOnlyMemory<byte> first, CancellationToken cancel)
    {
        var epoch = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var made = await link.RunAsync(Script.Create, Keys(room, "head", "batches"), [epoch, Bytes(first)], cancel);
        return made.IsNull ? null : new(epoch, 1);
    }

    public async Task<StoredRoom?> LoadAsync(string room, CancellationToken cancel) =>
        await LoadAsync(room, "seq", "state", "batches", cancel) is var (epoch, snapshot, tail) ? new(epoch, snapshot, tail) : null;

    public async Task<LogPosition?> AppendAsync(string room, LogPosition expected, ReadOnlyMemory<byte> batch, CancellationToken cancel)
    {
        var seq = await link.RunAsync(Script.Append, Keys(room, "head", "batches"), [expected.Epoch, expected.Seq, Bytes(batch), Channel(room)], cancel);
        return seq.IsNull ? null : expected with { Seq = (long)seq };
    }

    public Task<bool> SaveSnapshotAsync(string room, LogPosition at, ReadOnlyMemory<byte> state, CancellationToken cancel) =>
        SaveAsync(Keys(room, "head", "state", "batches"), "seq", at.Epoch, at.Seq, state, cancel);

    public async Task<long?> AppendBoardAsync(string room, string epoch, ReadOnlyMemory<byte> record, CancellationToken cancel)
    {
        var n = await link.RunAsync(Script.AppendBoard, Keys(room, "head", "edits"), [epoch, Bytes(record), Channel(room)], cancel);
        return n.IsNull ? null : (long)n;
    }

    public async Task<StoredBoard?> LoadBoardAsync(string room, CancellationToken cancel) =>
        await LoadAsync(room, "n", "board", "edits", cancel) is var (epoch, snapshot, tail) ? new(epoch, snapshot, tail) : null;

    public Task<bool> SaveBoardAsync(string room, string epoch, long n, ReadOnlyMemory<byte> board, CancellationToken cancel) =>
        SaveAsync(Keys(room, "head", "board", "edits"), "n", epoch, n, board, cancel);

    public async Task<bool> DeleteAsync(string room, CancellationToken cancel) =>
        (long)await link.RunAsync(Script.Delete, Keys(room, "head", "batches", "edits", "state", "board"), [], cancel) == 1;

    public Task ProbeAsync(CancellationToken cancel) => link.ProbeAsync(cancel);

    public ValueTask DisposeAsync() => link.DisposeAsync();

    private async Task<(string Epoch, StoredRecord? Snapshot, IReadOnlyList<StoredRecord> Tail)?> LoadAsync(string room, string head, string snapshot, string stream, CancellationToken cancel)
    {
        var loaded = await link.RunAsync(Script.Load, Keys(room, "head", snapshot, stream), [head], cancel);
        if (loaded.IsNull) return null;
        var parts = (RedisResult[])loaded!;
        var newest = (long)parts[1];
        StoredRecord? kept = parts[2].IsNull ? null : new StoredRecord((long)parts[2], (byte[])parts[3]!);
        var tail = new List<StoredRecord>();
        var seq = kept?.Seq ?? 0;
        foreach (var entry in (RedisResult[])parts[4]!)
        {
            var found = (RedisResult[])entry!;
            if (SeqOf((string)found[0]!) != ++seq) throw new UnreadableRecordException(room, seq);
            tail.Add(new(seq, (byte[])((RedisResult[])found[1]!)[1]!));
        }
        return seq == newest ? ((string)parts[0]!, kept, tail) : throw new UnreadableRecordException(room, seq + 1);
    }

    private async Task<bool> SaveAsync(RedisKey[] keys, string head, string epoch, long at, ReadOnlyMemory<byte> bytes, CancellationToken cancel) =>
        (long)await link.RunAsync(Script.Save, keys, [epoch, head, at, Bytes(bytes)], cancel) == 1;

    private static long SeqOf(string id) => long.Parse(id.AsSpan(0, id.IndexOf('-', StringComparison.Ordinal)), System.Globalization.CultureInfo.InvariantCulture);

    private static RedisKey[] Keys(string room, params ReadOnlySpan<string> parts)
    {
        var keys = new RedisKey[parts.Length];
        for (var index = 0; index < keys.Length; index++) keys[index] = $"sr:{{{room}}}:{parts[index]}";
        return keys;
    }

    private static RedisValue Channel(string room) => $"sr:{{{room}}}";

    private static RedisValue Bytes(ReadOnlyMemory<byte> bytes) => bytes.ToArray();
}
