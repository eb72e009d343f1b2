using StackExchange.Redis;

namespace SessionRoom.Redis;

// The rooms of each integrator's key: a set, sr:key:{key}.
public sealed partial class RedisRoomLog
{
    /// <summary>Notes a room of that key; false, and nothing is noted, when it has <paramref name="most"/> others.</summary>
    public async Task<bool> NoteAsync(string key, string room, int most) => (long)await link.RunAsync(Script.Note, [KeyOf(key)], [room, most], CancellationToken.None) == 1;

    public async Task<bool> IsNotedAsync(string key, string room) => (long)await link.RunAsync(Script.IsNoted, [KeyOf(key)], [room], CancellationToken.None) == 1;

    /// <summary>All rooms of that key.</summary>
    public async Task<IReadOnlyCollection<string>> NotedAsync(string key) => [.. ((RedisResult[])(await link.RunAsync(Script.Noted, [KeyOf(key)], [], CancellationToken.None))!).Select(room => (string)room!)];

    public Task ForgetAsync(string key, string room) => link.RunAsync(Script.Forget, [KeyOf(key)], [room], CancellationToken.None);

    private static RedisKey KeyOf(string key) => $"sr:key:{{{key}}}";
}
