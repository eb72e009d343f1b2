namespace SessionRoom.Rooms.Tests;

/// <summary>A log that fails, stalls or loses answers when a test says so.</summary>
internal sealed class TroubledLog(IRoomLog inner) : IRoomLog
{
    private int appends, boardAppends, loads;

    public int Appends => appends;
    public int BoardAppends => boardAppends;
    public int Loads => loads;
    public bool FailsToWrite { get; set; }
    public bool FailsToRead { get; set; }

    /// <summary>Stores the append, then reports a failure.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>An append waits for this before it is handed on.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public Action? OnAppend { get; set; }

    public async Task<LogPosition?> AppendAsync(string room, LogPosition expected, ReadOnlyMemory<byte> batch, Outgoing? outgoing, CancellationToken cancel)
    {
        Interlocked.Increment(ref appends);
        OnAppend?.Invoke();
        await Gate;
        if (FailsToWrite) throw new RoomLogException("no space left");
        var position = await inner.AppendAsync(room, expected, batch, outgoing, cancel);
        return LosesAnswers ? throw new RoomLogException("the answer was lost") : position;
    }

    public Task<StoredRoom?> LoadAsync(string room, CancellationToken cancel)
    {
        Interlocked.Increment(ref loads);
        return FailsToRead ? Task.FromException<StoredRoom?>(new RoomLogException("cannot be read")) : inner.LoadAsync(room, cancel);
    }

    public Task<LogPosition?> CreateAsync(string room, ReadOnlyMemory<byte> first, CancellationToken cancel) => Writing(() => inner.CreateAsync(room, first, cancel));
    public Task<bool> SaveSnapshotAsync(string room, LogPosition at, ReadOnlyMemory<byte> state, CancellationToken cancel) => Writing(() => inner.SaveSnapshotAsync(room, at, state, cancel));
    public async Task<long?> AppendBoardAsync(string room, string epoch, ReadOnlyMemory<byte> record, CancellationToken cancel)
    {
        Interlocked.Increment(ref boardAppends);
        await Gate;
        if (FailsToWrite) throw new RoomLogException("no space left");
        var n = await inner.AppendBoardAsync(room, epoch, record, cancel);
        return LosesAnswers ? throw new RoomLogException("the answer was lost") : n;
    }

    public Task<StoredBoard?> LoadBoardAsync(string room, CancellationToken cancel) =>
        FailsToRead ? Task.FromException<StoredBoard?>(new RoomLogException("cannot be read")) : inner.LoadBoardAsync(room, cancel);

    public Task<bool> SaveBoardAsync(string room, string epoch, long n, ReadOnlyMemory<byte> board, CancellationToken cancel) => Writing(() => inner.SaveBoardAsync(room, epoch, n, board, cancel));
    public Task<bool> DeleteAsync(string room, CancellationToken cancel) => Writing(() => inner.DeleteAsync(room, cancel));
    public Task ProbeAsync(CancellationToken cancel) => FailsToWrite ? Task.FromException(new RoomLogException("no space left")) : inner.ProbeAsync(cancel);
    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private Task<T> Writing<T>(Func<Task<T>> write) => FailsToWrite ? Task.FromException<T>(new RoomLogException("no space left")) : write();
}
