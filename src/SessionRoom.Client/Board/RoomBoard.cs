using SessionRoom.Client.Connection;
using SessionRoom.Crdt;

namespace SessionRoom.Client;

/// <summary>A replica of the room's board that follows it, takes edits while the connection is down as well, and pushes them until the server has answered.</summary>
/// <remarks>Safe for concurrent use: whoever reads or edits has the document alone, and the client with it, so that their code must not block. The document is
/// another one after every start over, which happens where the server refuses an edit, threw away what was written off the record, or has another log: keep
/// neither it nor its types.</remarks>
public sealed partial class RoomBoard
{
    private readonly Lock _gate;
    private readonly RoomClientOptions _options;
    private readonly Func<long> _seq;
    private readonly Action<RoomConnection> _joinAgain;
    private readonly CancellationToken _stop;
    private readonly List<Waiter> _waiters = [];
    private Doc _doc;
    private TaskCompletionSource _synced = NewSignal();
    private Exception? _ending;

    /// <param name="gate">The client's own: what is told of a board and of its room comes in one order, and nobody can hold one and wait for the other.</param>
    /// <param name="options">The client's.</param>
    /// <param name="seq">The room's sequence as the client knows it.</param>
    /// <param name="joinAgain">Called when an edit was refused: the replica has started over, and needs another join on that connection.</param>
    /// <param name="stop">Cancelled when the client ends.</param>
    internal RoomBoard(Lock gate, RoomClientOptions options, Func<long> seq, Action<RoomConnection> joinAgain, CancellationToken stop)
    {
        (_gate, _options, _seq, _joinAgain, _stop) = (gate, options, seq, joinAgain, stop);
        _doc = NewDoc();
    }

    /// <summary>The number of the newest stored update that this replica is known to have; null before its first content. One's own edits do not move it.</summary>
    public long? N
    {
        get { lock (_gate) return _n; }
    }

    /// <summary>Whether the room's content is here. It is not before the agreement is accepted, nor for a moment after a start over.</summary>
    public bool IsSynced
    {
        get { lock (_gate) return IsSynced_NeedsLock; }
    }

    /// <summary>How many edits the server has not answered yet.</summary>
    public int Unanswered
    {
        get { lock (_gate) return _unanswered.Count; }
    }

    /// <summary>Edits the board in one transaction, and waits until the server has answered it: across as many connections as it takes, and again a moment
    /// later where the answer is <c>rate_limited</c> or <c>unavailable</c>. Before the room's content is here, the edit waits for it.</summary>
    /// <param name="edit">Must not block, nor keep the document.</param>
    /// <param name="cancel">Stops waiting. An edit that was made stays made, and is pushed.</param>
    /// <returns>The server's answer. Where it is another refusal, the replica has started over without the edit and without all that were unanswered: each of them
    /// has this answer. <c>stale</c> also where the room itself started over.</returns>
    /// <exception cref="RoomEndedException">The client ended before an answer came.</exception>
    public async Task<Ack> EditAsync(Action<Doc> edit, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        while (true)
        {
            Task synced;
            BoardEdit[] made;
            lock (_gate)
            {
                if (_ending is not null) throw _ending;
                synced = _synced.Task;
                made = IsSynced_NeedsLock ? Edit_NeedsLock(edit) : [];
            }
            if (synced.IsCompletedSuccessfully)
            {
                var answer = new Ack(true, _seq());
                foreach (var one in made) answer = await one.Answer.WaitAsync(cancel);
                return answer;
            }
            await synced.WaitAsync(cancel);
        }
    }

    /// <summary>Reads the board.</summary>
    /// <param name="read">Must not block, edit, nor keep the document.</param>
    public T Read<T>(Func<Doc, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        lock (_gate) return read(_doc);
    }

    /// <summary>Waits until the board is as wanted. Asked now, and after every change, once the room's content is here.</summary>
    /// <param name="wanted">As for <see cref="Read"/>.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <exception cref="RoomEndedException">The client ended before that.</exception>
    public async Task WaitForAsync(Func<Doc, bool> wanted, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var waiter = new Waiter(wanted);
        lock (_gate)
        {
            _waiters.Add(waiter);
            if (_ending is not null) waiter.Met.TrySetException(_ending);
            else if (IsSynced_NeedsLock) waiter.Look(_doc);
        }
        try
        {
            await waiter.Met.Task.WaitAsync(cancel);
        }
        finally
        {
            lock (_gate) _waiters.Remove(waiter);
        }
    }

    /// <summary>Sends an awareness update of y-protocols, such as <see cref="Awareness.Encode"/> makes. It is not stored, and is lost where there is no connection.</summary>
    public async Task AwareAsync(byte[] update)
    {
        ArgumentNullException.ThrowIfNull(update);
        RoomConnection? live;
        lock (_gate) live = _live;
        try
        {
            if (live is not null) await live.AwareAsync(update, _stop);
        }
        catch (Exception e) when (e is not ArgumentException)
        {
            // A connection that went down meanwhile: what is told there is lost anyway.
        }
    }

    /// <summary>Fails all that wait and all that come.</summary>
    internal void End_NeedsLock(Exception why)
    {
        _ending ??= why;
        foreach (var waiter in _waiters) waiter.Met.TrySetException(why);
        foreach (var edit in _unanswered) edit.Fail(why);
        _unanswered.Clear();
        _synced.TrySetException(why);
    }

    private Doc NewDoc()
    {
        var doc = new Doc();
        doc.UpdateV1 += (_, update, _, local) =>
        {
            if (local) _unanswered.Add(new BoardEdit(update.ToArray()));
        };
        return doc;
    }

    /// <summary>What was edited is pushed also where the editor failed half-way: it is in the document.</summary>
    private BoardEdit[] Edit_NeedsLock(Action<Doc> edit)
    {
        var before = _unanswered.Count;
        try
        {
            _doc.Transact(_ => edit(_doc));
        }
        finally
        {
            Look_NeedsLock();
            PushNewEdits_NeedsLock();
        }
        return [.. _unanswered.Skip(before)];
    }

    private void Look_NeedsLock()
    {
        if (!IsSynced_NeedsLock) return;
        foreach (var waiter in _waiters) waiter.Look(_doc);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record Waiter(Func<Doc, bool> Wanted)
    {
        public TaskCompletionSource Met { get; } = NewSignal();

        public void Look(Doc doc)
        {
            try
            {
                if (!Met.Task.IsCompleted && Wanted(doc)) Met.TrySetResult();
            }
            catch (Exception e)
            {
                Met.TrySetException(e);
            }
        }
    }
}
