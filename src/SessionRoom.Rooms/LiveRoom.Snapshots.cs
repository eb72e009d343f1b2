using SessionRoom.Domain;

namespace SessionRoom.Rooms;

// Snapshots are taken beside the mailbox: the state is immutable, nobody waits for them.
public sealed partial class LiveRoom
{
    private const int LongestWait = 8;

    private Task snapshotting = Task.CompletedTask;
    private int batchesSinceSnapshot, snapshotBytes;
    private long bytesSinceSnapshot;

    /// <summary>A snapshot of many people costs as much as hundreds of commands: it waits until as much as it held has been stored since, but not for ever, for the next load reads all of that.</summary>
    private bool IsSnapshotDue => batchesSinceSnapshot >= house.Options.SnapshotEvery
        && (bytesSinceSnapshot >= Volatile.Read(ref snapshotBytes) || batchesSinceSnapshot >= house.Options.SnapshotEvery * LongestWait);

    private void TakeSnapshot()
    {
        if (!snapshotting.IsCompleted) return;
        (batchesSinceSnapshot, bytesSinceSnapshot) = (0, 0);
        var at = current;
        snapshotting = Task.Run(() => SaveSnapshotAsync(at));
    }

    private async Task SaveSnapshotAsync(RoomSnapshot at)
    {
        var begun = house.Time.GetTimestamp();
        try
        {
            var bytes = RoomCodec.Encode(at.State);
            Volatile.Write(ref snapshotBytes, bytes.Length);
            // What cannot be read must not take the place of the batches that can.
            if (!RoomCodec.ReadsBack(Id, at.Position.Seq, bytes)) Log.SnapshotFailed(house.Logger, Id, at.Position.Seq, null);
            else if (await house.Log.SaveSnapshotAsync(Id, at.Position, bytes, CancellationToken.None))
                Log.SnapshotTaken(house.Logger, Id, at.Position.Seq, bytes.Length, (long)house.Time.GetElapsedTime(begun).TotalMilliseconds);
        }
        catch (Exception problem) { Log.SnapshotFailed(house.Logger, Id, at.Position.Seq, problem); }
    }

    /// <summary>Takes a last snapshot and leaves the directory.</summary>
    private async Task CloseAsync()
    {
        await alarm.DisposeAsync();
        news?.Dispose();
        await snapshotting;
        if (batchesSinceSnapshot > 0) await SaveSnapshotAsync(current);
        await boardSaving;
        if (recordsSinceSave > 0 && unsure is null) SaveBoard();
        await boardSaving;
        Log.Unloaded(house.Logger, Id, current.Position.Seq);
        house.Closed(this);
    }
}
