using SessionRoom.Rooms;

namespace SessionRoom.Redis;

/// <summary>The redis-server process is another one than the call was prepared for: the script was not run. Its log may lack what was answered before.</summary>
public sealed class RedisRestartedException : RoomLogException
{
    public RedisRestartedException() : base("Redis was restarted") { }
    public RedisRestartedException(string message) : base(message) { }
    public RedisRestartedException(string message, Exception? inner) : base(message, inner) { }
}
