using System.Collections.Concurrent;

namespace SessionRoom.Server;

/// <summary>Who was closed for a flood of calls, and stays out for a while: every new connection begins with its whole burst.</summary>
internal sealed class Floods(ServerOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Room, string Pid), long> flooded = new();

    public TimeSpan StaysOut => options.Limits.OutAfterFlood;

    public void Note(PersonToken token)
    {
        foreach (var (who, at) in flooded)
            if (LeftSince(at) <= TimeSpan.Zero) flooded.TryRemove(new(who, at));
        flooded[(token.Room, token.Pid)] = time.GetTimestamp();
    }

    /// <summary>How long this person still stays out; null where they may come in.</summary>
    public TimeSpan? WaitOf(PersonToken token) =>
        flooded.TryGetValue((token.Room, token.Pid), out var at) && LeftSince(at) is var left && left > TimeSpan.Zero ? left : null;

    private TimeSpan LeftSince(long at) => StaysOut - time.GetElapsedTime(at);
}
