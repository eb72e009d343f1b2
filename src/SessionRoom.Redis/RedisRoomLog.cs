using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using SessionRoom.Rooms;
using StackExchange.Redis;

namespace SessionRoom.Redis;

/// <summary>Rooms' logs in Redis, for any number of nodes: a hash with the log's epoch and heads, a stream of batches and one of board records, a snapshot of each, and who is
/// connected to which node.</summary>
/// <remarks>
/// <para>Keys carry the room as hash tag, so that a room lives on one shard: <c>sr:{room}:head</c>, <c>:batches</c>, <c>:edits</c>, <c>:state</c>, <c>:board</c>, <c>:here</c>,
/// <c>:gone</c>, <c>:report</c>, <c>:outbox</c>. An entry's id is its number and <c>-0</c>. What was answered survives as much as Redis is set to keep: with <c>appendfsync always</c> the end of its machine, with
/// <c>everysec</c> up to a second is lost, unless a node still holds it.</para>
/// <para>A log is appended to only in the run of the Redis process in which it was looked at: nodes that hold more of it than a Redis that was restarted write that back first.</para>
/// </remarks>
public sealed partial class RedisRoomLog : ISharedLog, IEventFeeds
{
    /// <summary>How long a call may take; then the log counts as failed. 2 seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>How long nodes that hold a room have to write it back after Redis was restarted. 1.5 seconds.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1.5);

    /// <summary>Bytes up to which the nodes are told a batch or a record itself; more is read.</summary>
    private const int MostTold = 64 * 1024;

    private static readonly TimeSpan DeletedIsKnownFor = TimeSpan.FromDays(1);

    private readonly RedisLink link;
    private readonly string node = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    private RedisRoomLog(RedisLink link)
    {
        this.link = link;
        link.Restored += () => WhenBack?.Invoke();
    }

    /// <param name="address">As the Redis client reads it: <c>host:port</c>, more after commas.</param>
    /// <param name="durability"><see cref="Durability.Disk"/> waits for the append-only file where Redis can say so, and else wants <c>appendfsync always</c>.</param>
    /// <param name="clock">This node's own clock.</param>
    /// <param name="logger">Told what becomes of the connection.</param>
    /// <exception cref="RoomLogException">Nobody answers at the address, or Redis does not keep what is asked of it.</exception>
    public static async Task<RedisRoomLog> OpenAsync(string address, Durability durability, TimeProvider clock, ILogger<RedisRoomLog> logger) =>
        new(await RedisLink.OpenAsync(address, new() { Patience = Patience, Durability = durability, Clock = clock, Logger = logger }));

    public Action? WhenBack { get; set; }

    public TimeProvider Time => link.Time;

    public async Task<LogPosition?> CreateAsync(string room, ReadOnlyMemory<byte> first, CancellationToken cancel)
    {
        var epoch = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var made = await link.RunAsync(Script.Create, Keys(room, "head", "batches", "gone"), [epoch, Bytes(first)], cancel);
        return made.IsNull ? null : new(epoch, 1);
    }

    public async Task<LogPosition?> AppendAsync(string room, LogPosition expected, ReadOnlyMemory<byte> batch, Outgoing? outgoing, CancellationToken cancel)
    {
        RedisValue[] values = [expected.Epoch, expected.Seq, Bytes(batch), Channel(room), MostTold];
        if (outgoing is not null) return await AppendAsync(room, expected, [.. values, outgoing.Feed, .. Events(outgoing)], outgoing.Feed, cancel);
        var seq = await link.RunAsync(Script.Append, Keys(room, "head", "batches"), values, cancel);
        return seq.IsNull ? null : expected with { Seq = (long)seq };
    }

    public Task<bool> SaveSnapshotAsync(string room, LogPosition at, ReadOnlyMemory<byte> state, CancellationToken cancel) =>
        SaveAsync(Keys(room, "head", "state", "batches"), "seq", at.Epoch, at.Seq, state, cancel);

    public Task<long?> AppendBoardAsync(string room, string epoch, ReadOnlyMemory<byte> record, CancellationToken cancel) => AppendBoardAsync(room, epoch, "", record, cancel);

    public Task<long?> AppendBoardAsync(string room, string epoch, long expected, ReadOnlyMemory<byte> record, CancellationToken cancel) =>
        AppendBoardAsync(room, epoch, (RedisValue)expected, record, cancel);

    public Task<bool> SaveBoardAsync(string room, string epoch, long n, ReadOnlyMemory<byte> board, CancellationToken cancel) =>
        SaveAsync(Keys(room, "head", "board", "edits"), "n", epoch, n, board, cancel);

    public async Task<bool> DeleteAsync(string room, CancellationToken cancel)
    {
        var deleted = (RedisResult[])(await link.RunAsync(Script.Delete, Keys(room, "head", "gone", "batches", "edits", "state", "board", "here", "outbox", "report"),
            [(long)DeletedIsKnownFor.TotalMilliseconds, Channel(room)], cancel))!;
        // Where this does not come about any more, gathering finds events of a room that is gone.
        if (!deleted[1].IsNull) await PurgeAsync((string)deleted[1]!, room, (long)deleted[2], cancel);
        return (long)deleted[0] == 1;
    }

    public Task ProbeAsync(CancellationToken cancel) => link.ProbeAsync(cancel);

    public async Task<RoomOutlook?> LookAsync(string room, IReadOnlyCollection<string> here, CancellationToken cancel)
    {
        var people = here.Count == 0 ? "" : JsonSerializer.Serialize(here);
        var seen = await link.RunAsync(Script.Look, Keys(room, "head", "here"), [node, (long)ISharedLog.Lease.TotalMilliseconds, people], cancel);
        if (seen.IsNull) return null;
        var parts = (RedisResult[])seen!;
        var elsewhere = new HashSet<string>(StringComparer.Ordinal);
        foreach (var others in (RedisResult[])parts[4]!) elsewhere.UnionWith(JsonSerializer.Deserialize<string[]>((string)others!)!);
        // A log that nobody looked at since Redis was restarted is read before it is gone by.
        return new((long)parts[3] == 1 ? (string)parts[0]! : "", (long)parts[1], (long)parts[2], elsewhere);
    }

    public Task WriteBackAsync(string room, LogPosition held, ReadOnlyMemory<byte> state, long n, ReadOnlyMemory<byte>? board, CancellationToken cancel) => link.RunAsync(
        Script.WriteBack, Keys(room, "head", "batches", "edits", "state", "board", "gone"),
        [held.Epoch, held.Seq, n, Bytes(state), board is { } bytes ? Bytes(bytes) : "", NextEpoch(held.Epoch), Channel(room)], cancel);

    public ValueTask DisposeAsync() => link.DisposeAsync();

    private async Task<long?> AppendBoardAsync(string room, string epoch, RedisValue expected, ReadOnlyMemory<byte> record, CancellationToken cancel)
    {
        var n = await link.RunAsync(Script.AppendBoard, Keys(room, "head", "edits"), [epoch, expected, Bytes(record), Channel(room), MostTold], cancel);
        return n.IsNull ? null : (long)n;
    }

    private async Task<bool> SaveAsync(RedisKey[] keys, string head, string epoch, long at, ReadOnlyMemory<byte> bytes, CancellationToken cancel) =>
        (long)await link.RunAsync(Script.Save, keys, [epoch, head, at, Bytes(bytes)], cancel) == 1;

    /// <summary>Another epoch of the same room: see <see cref="ISharedLog.IsSameRoom"/>.</summary>
    private static string NextEpoch(string epoch) => $"{epoch.Split('-')[0]}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";

    private static RedisKey[] Keys(string room, params ReadOnlySpan<string> parts)
    {
        var keys = new RedisKey[parts.Length];
        for (var index = 0; index < keys.Length; index++) keys[index] = $"sr:{{{room}}}:{parts[index]}";
        return keys;
    }

    private static string Channel(string room) => $"sr:{{{room}}}";

    /// <summary>Without a copy where they are an array of their own.</summary>
    private static RedisValue Bytes(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var part) && part.Offset == 0 && part.Count == part.Array!.Length ? part.Array : bytes.ToArray();
}
