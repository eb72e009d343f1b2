using SessionRoom.Client;

namespace SessionRoom.LoadTests.Crowd;

/// <summary>Tells when a client is back in its room.</summary>
internal sealed class Lives
{
    private TaskCompletionSource? _next;

    /// <summary>Completes when the client is in the room the next time: after the connection that it has now.</summary>
    public Task NextAsync(TimeSpan patience)
    {
        var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _next, next);
        return next.Task.WaitAsync(patience);
    }

    public void Notice(RoomClient client, RoomChange change)
    {
        if (change is RoomStatusChanged { Status: RoomStatus.Live }) Volatile.Read(ref _next)?.TrySetResult();
    }
}
