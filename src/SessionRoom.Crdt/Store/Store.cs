using System.Runtime.CompilerServices;

namespace SessionRoom.Crdt;

/// <summary>The structs of a document in flat arrays. Knows the algorithm; knows nothing of events, pending updates or handles for users.</summary>
internal sealed partial class Store
{
    public Item[] Items = new Item[8];
    private int _itemTop = 1, _free;

    public readonly KeyTable Keys = new();

    /// <summary>Whether deleted content is dropped.</summary>
    public bool CollectsGarbage = true;

    public int ItemCount => _itemTop;

    private int NewItem()
    {
        if (_free != 0)
        {
            var reused = _free;
            _free = Items[reused].Right;
            Items[reused] = default;
            return reused;
        }
        if (_itemTop == Items.Length) GrowItems(_itemTop + (_itemTop < 1 << 15 ? _itemTop : _itemTop >> 1));
        Items[_itemTop] = default;
        return _itemTop++;
    }

    private void FreeItem(int handle)
    {
        Items[handle] = default;
        Items[handle].Right = _free;
        _free = handle;
    }

    public void ReserveItems(int more)
    {
        if (_itemTop + more > Items.Length) GrowItems(Math.Max(_itemTop + more + 1, Items.Length + (Items.Length >> 2)));
    }

    private void GrowItems(int capacity)
    {
        // Blank when used, not before: a large document's array is not written twice.
        var items = GC.AllocateUninitializedArray<Item>(capacity);
        Items.AsSpan(0, _itemTop).CopyTo(items);
        Items = items;
        if (_blockOf.Length > 0) Array.Resize(ref _blockOf, capacity);
    }

    // --- clients ---

    /// <summary>Client indexes by hash of the id, at most half full.</summary>
    private int[] _clientBuckets = new int[4];
    private ClientLog[] _clients = new ClientLog[2];
    private ulong[] _ids = new ulong[2];
    private int[] _descending = [];
    private int _clientTop = 1;
    private ulong _lastClientId;
    private int _lastClient;

    public ClientLog Log(int client) => _clients[client];

    /// <summary>Client indexes by descending id: the order of the wire.</summary>
    public ReadOnlySpan<int> Descending => _descending.AsSpan(0, _clientTop - 1);

    /// <summary>A client's index; 0 if it has never been seen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FindClient(ulong id)
    {
        if (id == _lastClientId && _lastClient != 0) return _lastClient;
        return FindOtherClient(id);
    }

    private int FindOtherClient(ulong id)
    {
        var client = _clientBuckets[BucketOf(id)];
        if (client != 0) (_lastClientId, _lastClient) = (id, client);
        return client;
    }

    // Seeded per process: ids come from strangers.
    private static readonly ulong Seed = (ulong)Random.Shared.NextInt64() | 1;

    /// <summary>Where the client is, or belongs.</summary>
    private int BucketOf(ulong id)
    {
        var mask = _clientBuckets.Length - 1;
        var bucket = (int)Math.BigMul(id ^ Seed, Seed, out var low) ^ (int)(low >> 32);
        for (bucket &= mask; _clientBuckets[bucket] is var client and not 0 && _ids[client] != id;) bucket = (bucket + 1) & mask;
        return bucket;
    }

    private void GrowClientBuckets()
    {
        _clientBuckets = new int[_clientBuckets.Length * 2];
        for (var client = 1; client < _clientTop; client++) _clientBuckets[BucketOf(_ids[client])] = client;
    }

    public int ClientFor(ulong id)
    {
        var client = FindClient(id);
        if (client != 0) return client;
        if (_clientTop == Item.MaxClients) throw new WorkExceededException();
        client = _clientTop++;
        if (client == _clients.Length)
        {
            Array.Resize(ref _clients, client * 2);
            Array.Resize(ref _ids, client * 2);
        }
        (_clients[client], _ids[client]) = (new ClientLog(id), id);
        if (_clientTop * 2 > _clientBuckets.Length) GrowClientBuckets();
        else _clientBuckets[BucketOf(id)] = client;
        if (client > _descending.Length) Array.Resize(ref _descending, Math.Max(2, client * 2));
        var at = 0;
        for (var high = client - 1; at < high;)
        {
            var middle = (at + high) >> 1;
            if (_ids[_descending[middle]] > id) at = middle + 1;
            else high = middle;
        }
        Array.Copy(_descending, at, _descending, at + 1, client - 1 - at);
        _descending[at] = client;
        (_lastClientId, _lastClient) = (id, client);
        return client;
    }

    public long State(ulong id) => StateOf(FindClient(id));

    /// <summary>The next clock expected from the client of an index; 0 for none.</summary>
    public long StateOf(int client) => client != 0 ? _clients[client].State : 0;

    // --- finding ---

    private int Containing(int client, long clock) => _clients[client].Containing(clock);

    public int ContainingOrNone(int client, long clock) =>
        client != 0 && clock < _clients[client].State ? Containing(client, clock) : 0;

    /// <summary>The struct that covers the clock, cut so that it ends there.</summary>
    private int EndingAt(int client, long clock)
    {
        var log = _clients[client];
        // Often it is what the client wrote last.
        if (clock == log.State - 1) return log[log.Last];
        var spot = log.Find(clock);
        var handle = log[spot];
        ref var item = ref Items[handle];
        if (item.End - 1 != clock && !item.IsGc) Split(handle, clock - item.Clock + 1, spot);
        return handle;
    }

    /// <summary>The struct that covers the clock, cut so that it starts there.</summary>
    public int StartingAt(int client, long clock)
    {
        var log = _clients[client];
        var spot = log.Find(clock);
        var handle = log[spot];
        ref var item = ref Items[handle];
        return item.Clock < clock && !item.IsGc ? Split(handle, clock - item.Clock, spot) : handle;
    }

    private void AppendToLog(int client, int handle)
    {
        var log = _clients[client];
        ref var item = ref Items[handle];
        Touch(log, client);
        log.MayMerge = log.MayMerge || log.State > 0 && CanMerge(Items[log[log.Last]], handle);
        log.Append(handle, item.Clock);
        log.State = item.End;
    }
}
