using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>A log whose appends are timed.</summary>
internal sealed class MeteredLog(IRoomLog inner, ServerMeters meters, TimeProvider time) : IRoomLog
{
    public Task<LogPosition?> AppendAsync(string room, LogPosition expected, ReadOnlyMemory<byte> batch, Outgoing? outgoing, CancellationToken cancel) =>
        TimedAsync(inner.AppendAsync(room, expected, batch, outgoing, cancel));

    public Task<long?> AppendBoardAsync(string room, string epoch, ReadOnlyMemory<byte> record, CancellationToken cancel) =>
        TimedAsync(inner.AppendBoardAsync(room, epoch, record, cancel));

    private async Task<T> TimedAsync<T>(Task<T> append)
    {
        var started = time.GetTimestamp();
        try
        {
            return await append;
        }
        finally
        {
            meters.Appends.Record(time.GetElapsedTime(started).TotalSeconds);
        }
    }

    public Task<LogPosition?> CreateAsync(string room, ReadOnlyMemory<byte> first, CancellationToken cancel) => inner.CreateAsync(room, first, cancel);
    public Task<StoredRoom?> LoadAsync(string room, CancellationToken cancel) => inner.LoadAsync(room, cancel);
    public Task<bool> SaveSnapshotAsync(string room, LogPosition at, ReadOnlyMemory<byte> state, CancellationToken cancel) => inner.SaveSnapshotAsync(room, at, state, cancel);
    public Task<StoredBoard?> LoadBoardAsync(string room, CancellationToken cancel) => inner.LoadBoardAsync(room, cancel);
    public Task<bool> SaveBoardAsync(string room, string epoch, long n, ReadOnlyMemory<byte> board, CancellationToken cancel) => inner.SaveBoardAsync(room, epoch, n, board, cancel);
    public Task<bool> DeleteAsync(string room, CancellationToken cancel) => inner.DeleteAsync(room, cancel);
    public Task ProbeAsync(CancellationToken cancel) => inner.ProbeAsync(cancel);
    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
