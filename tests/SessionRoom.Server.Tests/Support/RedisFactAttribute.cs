using SessionRoom.LoadTests.Fleet;

namespace SessionRoom.Server.Tests;

/// <summary>A fact about servers on a real Redis: skipped where there is none, except under CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RedisFactAttribute : FactAttribute
{
    public RedisFactAttribute() => Skip = RedisProcess.Lacking;
}
