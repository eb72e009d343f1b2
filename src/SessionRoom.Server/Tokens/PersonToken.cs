using SessionRoom.Domain;

namespace SessionRoom.Server;

/// <summary>What a token says about its bearer. The role counts only when they first arrive; later the room's state has it.</summary>
/// <param name="IssuedAt">Unix milliseconds, of whole seconds; so is the next.</param>
/// <param name="KeyId">The key that signed it; absent when the server did.</param>
internal sealed record PersonToken(string Room, string Pid, string Name, Role Role, Place Place, long IssuedAt, long ExpiresAt, string? KeyId = null)
{
    public Arrive Arriving(bool online) => new(Pid, Name, Role, Place, online);
}
