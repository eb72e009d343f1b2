namespace SessionRoom.Rooms.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("session-room-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
