using SessionRoom.Crdt;

namespace SessionRoom.Rooms;

// The board on several nodes: records of others are applied and relayed in the log's order; what is written off the record passes between the nodes and is stored nowhere.
public sealed partial class LiveRoom
{
    private const int FewAppends = 5;

    /// <summary>What was taken into the replica and may not be stored. It is stored before anything else is taken.</summary>
    private BoardRecord? unsure;

    /// <summary>The board as this node held it when the log was written back: what the log lacks of it is stored again.</summary>
    private BoardRecord? lacking;

    /// <summary>The newest record that this node knows; absent where nobody here has asked for the board.</summary>
    private long? KnownN => board?.N ?? toldN;

    /// <summary>Takes in a record that is the next one. False where the log has to be read.</summary>
    private bool TryTakeIn(RecordNews told)
    {
        if (told.Epoch != current.Position.Epoch) { mustLook = true; return true; }
        if (KnownN is not { } known || told.N <= known) return true;
        if (told.N != known + 1 || told.Bytes is not { } bytes) return false;
        TakeIn(new(told.N, bytes));
        return true;
    }

    private void TakeIn(StoredRecord stored)
    {
        var (record, step) = (BoardRecord.Decode(Id, stored), Interlocked.Increment(ref newestStep));
        board?.TakeIn(Id, record, stored.Seq, step);
        toldN = stored.Seq;
        Relay(new(step, stored.Seq, record.Update, null));
    }

    /// <summary>Takes in what other nodes have stored, and stores what this one could not.</summary>
    private async Task CatchUpBoardAsync()
    {
        boardBehind = false;
        if (board is null)
        {
            if (toldN is not null || lacking is not null) await LoadBoardAsync();
            return;
        }
        var stored = await house.Shared!.LoadBoardAsync(Id, current.Position.Epoch, board.N, CancellationToken.None);
        if (stored is null || stored.Epoch != current.Position.Epoch)
        {
            mustReload = true;
            throw new RoomLogException("the room's log is another one");
        }
        if (stored.Snapshot is null)
            foreach (var record in stored.Tail) TakeIn(record);
        else
        {
            // What came in between was trimmed: the board is read as a whole.
            if (board.HasUnrecorded && current.State.Session.OffRecord) held = board.Unrecorded();
            toldN = board.N;
            Volatile.Write(ref board, null);
            await LoadBoardAsync();
        }
        if (unsure is null) return;
        await StoreAsync(unsure, null);
        unsure = null;
    }

    /// <summary>Where a record claims client ids, nobody may have claimed them meanwhile.</summary>
    private async Task<long?> AppendSharedAsync(ISharedLog shared, BoardRecord record)
    {
        var bytes = record.Encode();
        CheckClaims(record);
        if (record.Claims.Count == 0) return await house.Log.AppendBoardAsync(Id, current.Position.Epoch, bytes, CancellationToken.None);
        for (var attempt = 0; attempt < FewAppends; attempt++)
        {
            var epoch = current.Position.Epoch;
            if (await shared.AppendBoardAsync(Id, epoch, board!.N, bytes, CancellationToken.None) is { } n) return n;
            await CatchUpAsync();
            if (deleted || current.Position.Epoch != epoch) return null;
            var stored = await shared.LoadBoardAsync(Id, epoch, board!.N, CancellationToken.None);
            if (stored is not { Snapshot: null } || stored.Epoch != epoch) return null;
            foreach (var next in stored.Tail) TakeIn(next);
            CheckClaims(record);
        }
        return null;
    }

    /// <summary>A record whose ids became somebody else's meanwhile may not be stored, and the replica that took it is read again.</summary>
    private void CheckClaims(BoardRecord record)
    {
        foreach (var (client, pid) in record.Claims)
            if (clients.OwnerOf(client) != pid) throw new UnreadableRecordException("a client id was claimed on another node at the same moment");
    }

    /// <summary>The log lacks a part of what this node held before it was written back.</summary>
    private async Task StoreLackingAsync()
    {
        if (lacking is not { } before) return;
        if (board!.TakeBack(before) is { } lost) await StoreAsync(lost, null);
        lacking = null;
    }

    private void HearPassing(PassingNews passing)
    {
        if (passing.Kind is PassingKind.Awareness or PassingKind.AwarenessAsked)
        {
            house.Audience.Heard(this, passing);
            return;
        }
        if (!current.State.Session.OffRecord || board is null) return;
        board.GoOffRecord();
        if (passing.Kind == PassingKind.OffRecordAsked)
        {
            if (board.UnrecordedSince(passing.Bytes.Span) is { } record) Tell(PassingKind.OffRecord, record.Encode());
            return;
        }
        var (written, step) = (BoardRecord.Decode(Id, new(board.N, passing.Bytes)), Interlocked.Increment(ref newestStep));
        if (board.TakeOffRecord(written, step)) Relay(new(step, board.N, written.Update, null));
    }

    /// <summary>Off the record, what other nodes told while this one did not hear is asked for.</summary>
    private void AskForOffRecord()
    {
        if (house.Shared is not null && current.State.Session.OffRecord && board is not null) Tell(PassingKind.OffRecordAsked, board.Vector());
    }
}
