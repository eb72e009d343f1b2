using SessionRoom.Redis;

namespace SessionRoom.Server;

/// <summary>The rooms of each key in Redis.</summary>
internal sealed class SharedKeyedRooms(RedisRoomLog log, ServerOptions options) : IKeyedRooms
{
    public async ValueTask<bool> TryAddAsync(ApiKey key, string room) => await log.NoteAsync(key.Id, room, options.Limits.RoomsPerKey);

    public async ValueTask<bool> HasAsync(ApiKey key, string room) => await log.IsNotedAsync(key.Id, room);

    public async ValueTask<IReadOnlyCollection<string>> AllAsync(string key) => await log.NotedAsync(key);

    public async ValueTask RemoveAsync(string madeBy, string room)
    {
        if (KeyedRooms.KeyOf(madeBy) is { } key) await log.ForgetAsync(key, room);
    }
}
