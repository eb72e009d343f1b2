using SessionRoom.Crdt;
using SessionRoom.Domain;

namespace SessionRoom.Rooms;

// The board: what waits together is stored and relayed as one. Fields belong to the mailbox's reader, except the client ids.
public sealed partial class LiveRoom
{
    private static readonly Refusal Unstored = new(RefusalCode.Unavailable, "the board cannot be stored now; try again");

    /// <summary>Grows with every step of every board of the process, so that a room that was loaded anew goes on with higher ones.</summary>
    private static long newestStep;

    private readonly List<ReadOnlyMemory<byte>> taken = [];
    private readonly List<PushMail> accepted = [];
    private readonly List<BoardMail> boardWork = [];
    private readonly RecentWriters writers = new();
    private readonly WritingPace pace = new();
    private volatile ClientIds clients = new();
    private LiveBoard? board;
    private Task boardSaving = Task.CompletedTask;
    private TimeSpan boardUse, lastRelay = TimeSpan.MinValue;
    private int recordsSinceSave;

    /// <summary>Whether this object has been there since the room went off the record.</summary>
    private bool sawOffRecord;

    /// <summary>What was written off the record and is to be kept, while storing it has not succeeded.</summary>
    private byte[]? held;

    /// <summary>The newest record that this node's people were told of; absent before anybody asked.</summary>
    private long? toldN;

    /// <summary>Whether the board is loaded and does not rest.</summary>
    internal bool HasOpenBoard => Volatile.Read(ref board) is { IsResting: false };

    /// <summary>Checks an update, stores it and sends it to the others. A refusal is an answer: see the protocol's section 5.</summary>
    /// <param name="pid">Who wrote it.</param>
    /// <param name="update">A v1 update; not to be changed.</param>
    /// <param name="origin">Told to the audience, so that the update does not go back to where it came from.</param>
    /// <param name="cancel">Stops the wait; an update that was handed over is still stored.</param>
    public Task<PushAnswer> PushAsync(string pid, ReadOnlyMemory<byte> update, object? origin, CancellationToken cancel)
    {
        var mail = new PushMail(pid, update, origin);
        return SendAsync(mail, mail.Done, cancel);
    }

    /// <summary>What a replica lacks.</summary>
    /// <exception cref="RoomLogException">The board cannot be read, or the room is gone.</exception>
    /// <exception cref="FormatException">The state vector is malformed.</exception>
    public Task<BoardAnswer> ReadBoardAsync(BoardAsk ask, CancellationToken cancel) => ReadAsync(board => board.Answer(ask) with { Room = current }, cancel);

    /// <summary>The board as it is stored.</summary>
    /// <exception cref="RoomLogException">The board cannot be read, or the room is gone.</exception>
    public Task<BoardReading> ReadBoardAsync(CancellationToken cancel) =>
        ReadAsync(board => new BoardReading(current.Position.Epoch, board.N, board.StoredState()), cancel);

    /// <summary>Whether the CRDT client id is this participant's, from now on if it was nobody's. Until the board is loaded nobody's ids are known.</summary>
    public async ValueTask<bool> ClaimClientAsync(string pid, ulong client, CancellationToken cancel)
    {
        if (Volatile.Read(ref board) is null) await ReadAsync(static _ => true, cancel);
        return clients.OwnerOf(client) is { } owner ? owner == pid : clients.CountOf(pid) < house.Options.Board.ClientIds && clients.TryClaim(client, pid);
    }

    private Task<T> ReadAsync<T>(Func<LiveBoard, T> read, CancellationToken cancel)
    {
        var mail = new ReadMail<T>(read);
        return SendAsync(mail, mail.Done, cancel);
    }

    /// <summary>Takes, stores, relays and answers what waits for the board; it is work no more then.</summary>
    /// <param name="work">Mails of any kind.</param>
    /// <param name="mayWait">Whether updates may be left to wait for others. Reading waits for nothing.</param>
    private async Task HandleBoardAsync(List<Mail> work, bool mayWait)
    {
        var waits = mayWait && Uptime < BoardDue(work.Count(static mail => mail is PushMail));
        foreach (var mail in work)
            if (mail is BoardMail { IsDone: false } due && !(waits && due is PushMail)) boardWork.Add(due);
        work.RemoveAll(mail => mail is BoardMail && !(waits && mail is PushMail));
        if (boardWork.Count == 0) return;
        try
        {
            boardUse = lastUse = Uptime;
            if (mustReload) await CatchUpAsync();
            if (deleted) throw new RoomLogException("the room is gone");
            if (board is null) await LoadBoardAsync();
            if (unsure is not null) await CatchUpBoardAsync();
            if (current.State.Session.OffRecord) board!.GoOffRecord();
            foreach (var mail in boardWork)
                if (mail is PushMail push) Take(push);
            if (taken.Count > 0) await StoreAsync(board!.Recording(taken));
            foreach (var push in accepted) push.Accept(current);
            foreach (var mail in boardWork)
                if (mail is IRead read) read.Answer(board!);
        }
        catch (Exception problem)
        {
            Log.BoardFailed(house.Logger, Id, problem);
            if (house.Shared is null || board is null || problem is UnreadableRecordException) DropBoard();
            else (boardBehind, retryAt) = (true, Uptime + RetryAfter);
            foreach (var mail in boardWork)
                if (!mail.IsDone) mail.Refuse(deleted ? Gone : Unstored, current);
        }
        finally
        {
            boardWork.Clear();
            taken.Clear();
            accepted.Clear();
        }
    }

    private void Take(PushMail push)
    {
        var refusal = BoardRules.RefusesWriting(current.State, push.Pid);
        ReadOnlyMemory<byte>? adds = null;
        refusal ??= board!.Take(push.Pid, push.Update, out adds);
        if (refusal is not null) push.Refuse(refusal, current);
        else accepted.Add(push);
        writers.Note(push.Pid, Uptime);
        if (adds is { } added) taken.Add(added);
    }

    private async Task StoreAsync(BoardRecord record)
    {
        // Where all of it came from one connection, that one has it already.
        var origin = accepted.TrueForAll(push => push.Origin == accepted[0].Origin) ? accepted[0].Origin : null;
        if (current.State.Session.OffRecord)
        {
            var step = Interlocked.Increment(ref newestStep);
            board!.KeptOffRecord(record.Update, step);
            if (house.Shared is not null) Tell(PassingKind.OffRecord, record.Encode());
            Relay(new(step, board.N, record.Update, origin));
        }
        else await StoreAsync(record, origin);
    }

    private async Task StoreAsync(BoardRecord record, object? origin)
    {
        // Where storing it fails, a log of one's own is read again: the replica holds more than it. To a shared one the replica is worth more than what it lost.
        if (house.Shared is not null) unsure = record;
        var n = await AppendAsync(record);
        unsure = null;
        if (n != board!.N + 1)
        {
            // Others wrote in between: theirs come first, and this one with them.
            recordsSinceSave++;
            await CatchUpBoardAsync();
            return;
        }
        var step = Interlocked.Increment(ref newestStep);
        board.Stored(record, n, step);
        toldN = n;
        Relay(new(step, n, record.Update, origin));
        if (++recordsSinceSave >= house.Options.SnapshotEvery) SaveBoard();
    }

    private async Task<long> AppendAsync(BoardRecord record)
    {
        var n = house.Shared is { } shared
            ? await AppendSharedAsync(shared, record)
            : await house.Log.AppendBoardAsync(Id, current.Position.Epoch, record.Encode(), CancellationToken.None);
        if (n is null)
        {
            mustReload = true;
            throw new RoomLogException("the room's log is another one");
        }
        // An append whose answer was lost: what is in between is read with the rest.
        if (house.Shared is null && n != board!.N + 1) throw new RoomLogException("the board was written without this room's knowledge");
        return n.Value;
    }

    /// <summary>Reads the board; what others have stored meanwhile, or this room without knowing it, is relayed.</summary>
    private async Task LoadBoardAsync()
    {
        await boardSaving;
        var stored = await house.Log.LoadBoardAsync(Id, CancellationToken.None);
        if (stored is null || stored.Epoch != current.Position.Epoch)
        {
            mustReload = true;
            throw new RoomLogException("the room's log is another one");
        }
        var (ids, step) = (new ClientIds(), Interlocked.Increment(ref newestStep));
        var loaded = LiveBoard.Load(Id, stored, house.Options.Board, ids, step);
        foreach (var (client, pid) in clients.All) ids.TryClaim(client, pid);
        unsure = null;
        if (current.State.Session.OffRecord) loaded.GoOffRecord();
        if (held is not null) loaded.TakeUnrecorded(held, step);
        (clients, recordsSinceSave) = (ids, stored.Tail.Count);
        Volatile.Write(ref board, loaded);
        if (toldN < stored.N) Relay(new(step, stored.N, loaded.StoredState(), null));
        toldN = stored.N;
        await StoreLackingAsync();
        AskForOffRecord();
    }

    /// <summary>What was written off the record is known only to the room object that has been there all the time.</summary>
    private Unrecorded Unrecorded => held is not null || board is { HasUnrecorded: true } ? Unrecorded.Something : sawOffRecord ? Unrecorded.Nothing : Unrecorded.Lost;

    /// <summary>As far as a node can know: of several, none knows that the others hold nothing.</summary>
    private Unrecorded UnrecordedAnywhere => house.Shared is not null && (Unrecorded != Unrecorded.Lost || elsewhere.Count > 0) ? Unrecorded.Something : Unrecorded;

    /// <summary>Before the room is on the record again: what was written off it is stored where it is to be kept.</summary>
    private async Task KeepUnrecordedAsync(Round round)
    {
        if (Unrecorded != Unrecorded.Something || !round.Events.Exists(static @event => @event is WentOnRecord { Kept: true })) return;
        if (board is null) await LoadBoardAsync();
        // Until it is stored it is held here, also if the replica has to be read again meanwhile.
        held = board!.Unrecorded();
        var record = board!.Recording([held]);
        try
        {
            board.CameOnRecord();
            await StoreAsync(record, null);
            held = null;
        }
        catch { DropBoard(); throw; }
    }

    /// <summary>The room is on the record again: what was written off it is thrown away, it is noted whose replicas are void, and everybody starts over.</summary>
    /// <param name="own">Whether it was decided here; otherwise what another node could not know of is added.</param>
    private async Task TurnBoardAsync(IReadOnlyList<RoomEvent> events, bool own)
    {
        if (events.Any(static @event => @event is WentOffRecord))
        {
            sawOffRecord = true;
            board?.GoOffRecord();
        }
        if (events.OfType<WentOnRecord>().LastOrDefault() is not { } ends) return;
        (sawOffRecord, held) = (false, null);
        if (ends.Kept)
        {
            // On a shared log every node stores what it holds: none knows that it holds all.
            var kept = house.Shared is not null && board is { HasUnrecorded: true } ? board.Recording([board.Unrecorded()]) : null;
            board?.CameOnRecord();
            if (kept is not null) await StoreAsync(kept, null);
            return;
        }
        var step = Interlocked.Increment(ref newestStep);
        try
        {
            if (board is null && own) await LoadBoardAsync();
            var record = board?.ThrowingAway();
            if (own || record is { Burnt.Count: > 0 })
            {
                toldN = await AppendAsync(record!);
                if (toldN != board!.N + 1) await CatchUpBoardAsync();
            }
            if (record is not null) board!.ThrewAway(record, toldN ?? board.N, step);
        }
        catch { DropBoard(); throw; }
        finally { house.Audience.BoardBegan(this, step); }
    }

    /// <summary>Nobody writes or asks for a while: the replica takes less memory.</summary>
    private void RestBoard()
    {
        if (board is { IsResting: false } && Uptime >= boardUse + house.Options.BoardRestsAfter) board.Rest();
    }

    private void Relay(BoardStep step)
    {
        lastRelay = Uptime;
        pace.Relayed(lastRelay);
        try { house.Audience.PublishBoard(this, step); }
        catch (Exception problem) { Log.AudienceThrew(house.Logger, Id, current.Position.Seq, problem); }
    }

    private void DropBoard()
    {
        (sawOffRecord, unsure) = (false, null);
        Volatile.Write(ref board, null);
    }

    /// <summary>Takes a snapshot of the board and trims its log, beside the mailbox.</summary>
    private void SaveBoard()
    {
        if (board is null || !boardSaving.IsCompleted) return;
        recordsSinceSave = 0;
        var (epoch, n, snapshot) = (current.Position.Epoch, board.N, board.Snapshot());
        boardSaving = Task.Run(() => SaveBoardAsync(epoch, n, snapshot));
    }

    private async Task SaveBoardAsync(string epoch, long n, BoardRecord snapshot)
    {
        var begun = house.Time.GetTimestamp();
        try
        {
            var bytes = snapshot.Encode();
            // What cannot be read must not take the place of the records that can.
            if (Updates.Validate(BoardRecord.Decode(Id, new(n, bytes)).Update.Span) is not null) Log.SnapshotFailed(house.Logger, Id, n, null);
            else if (await house.Log.SaveBoardAsync(Id, epoch, n, bytes, CancellationToken.None))
                Log.SnapshotTaken(house.Logger, Id, n, bytes.Length, (long)house.Time.GetElapsedTime(begun).TotalMilliseconds);
        }
        catch (Exception problem) { Log.SnapshotFailed(house.Logger, Id, n, problem); }
    }
}
