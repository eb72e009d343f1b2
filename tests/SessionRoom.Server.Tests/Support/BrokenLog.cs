using SessionRoom.Rooms;

namespace SessionRoom.Server.Tests;

/// <summary>A log on a disk that is gone.</summary>
internal sealed class BrokenLog : IRoomLog
{
    public Task<LogPosition?> CreateAsync(string room, ReadOnlyMemory<byte> first, CancellationToken cancel) => throw Gone();
    public Task<StoredRoom?> LoadAsync(string room, CancellationToken cancel) => throw Gone();
    public Task<LogPosition?> AppendAsync(string room, LogPosition expected, ReadOnlyMemory<byte> batch, Outgoing? outgoing, CancellationToken cancel) => throw Gone();
    public Task<bool> SaveSnapshotAsync(string room, LogPosition at, ReadOnlyMemory<byte> state, CancellationToken cancel) => throw Gone();
    public Task<long?> AppendBoardAsync(string room, string epoch, ReadOnlyMemory<byte> record, CancellationToken cancel) => throw Gone();
    public Task<StoredBoard?> LoadBoardAsync(string room, CancellationToken cancel) => throw Gone();
    public Task<bool> SaveBoardAsync(string room, string epoch, long n, ReadOnlyMemory<byte> board, CancellationToken cancel) => throw Gone();
    public Task<bool> DeleteAsync(string room, CancellationToken cancel) => throw Gone();
    public Task ProbeAsync(CancellationToken cancel) => throw Gone();
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static RoomLogException Gone() => new("the disk is gone");
}
