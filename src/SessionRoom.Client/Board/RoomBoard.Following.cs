using System.Text.Json;
using SessionRoom.Crdt;

namespace SessionRoom.Client;

// What the server says of the board: a join's answer, frames, a resync.
public sealed partial class RoomBoard
{
    private const string Stale = "stale";

    private string? _epoch;
    private long _boardEpoch;
    private long? _n;

    /// <summary>Whether everything up to <see cref="N"/> is here and whatever comes is heard: before a join is answered there may be a hole behind a frame.</summary>
    private bool _follows;

    /// <summary>The room is not open to this person yet: its first resync after that has the whole board.</summary>
    private bool _awaitsAgreement;

    /// <summary>What a join has to ask for: the whole board, what came after a number, or what a state vector lacks.</summary>
    internal JoinRequest Request_NeedsLock() => !IsSynced_NeedsLock ? new() : _n is { } n ? new(N: n) : new(Board: _doc.EncodeStateVector());

    /// <summary>Takes a join's answer in.</summary>
    /// <returns>What happened; <see cref="BoardStep.Rejoin"/> where it cannot continue this replica: the client joins again.</returns>
    internal BoardStep Take_NeedsLock(JoinRequest request, JoinReply answer)
    {
        var asked = request.N is not null || request.Board is not null;
        if (answer.Board is null)
        {
            // Not agreed; or the server no longer has the updates behind the number, and the state vector will tell it what is missing.
            (_n, _follows, _awaitsAgreement) = (null, false, request.N is null);
            return request.N is not null ? BoardStep.Rejoin : BoardStep.None;
        }
        var another = IsAnother_NeedsLock(answer.Epoch, answer.State);
        if (another) StartOver_NeedsLock(new(false, answer.Seq, Error: new(Stale, "the board began anew")));
        // It was made for a replica that is gone.
        if (asked && !IsSynced_NeedsLock) return BoardStep.Rejoin;
        if (!another && WasWrittenBack_NeedsLock(answer.Epoch) && request.N is not null) return Compare_NeedsLock(answer.Epoch, answer.Board);
        var step = Begin_NeedsLock(answer.Epoch, answer.State, answer.N, answer.Board);
        if (answer.Missing is { } missing) SendMissing_NeedsLock(missing);
        PushNewEdits_NeedsLock();
        return step;
    }

    /// <summary>Takes a resync in; it carries the board where that moved on too.</summary>
    internal BoardStep Take_NeedsLock(ResyncFrame resync)
    {
        var another = IsAnother_NeedsLock(resync.Epoch, resync.State);
        if (another) StartOver_NeedsLock(new(false, resync.Seq, Error: new(Stale, "the board began anew")));
        if (!another && IsSynced_NeedsLock && WasWrittenBack_NeedsLock(resync.Epoch)) return Compare_NeedsLock(resync.Epoch, resync.Board);
        if (resync.Board is null) return another ? BoardStep.Rejoin : BoardStep.None;
        if (another || _awaitsAgreement || IsSynced_NeedsLock) return Begin_NeedsLock(resync.Epoch, resync.State, resync.N, resync.Board);
        // It may be the part that the replica before this one had missed.
        Apply_NeedsLock(resync.Board);
        return BoardStep.None;
    }

    internal BoardStep Take_NeedsLock(BoardFrame frame)
    {
        Apply_NeedsLock(frame.Update);
        if (_follows) _n = frame.N;
        return IsSynced_NeedsLock ? BoardStep.Changed : BoardStep.None;
    }

    /// <summary>The connection went. What is here stays, and goes on from there.</summary>
    internal void Disconnect_NeedsLock() => (_live, _follows) = (null, false);

    private bool IsSynced_NeedsLock => _synced.Task.IsCompletedSuccessfully;

    private bool IsAnother_NeedsLock(string epoch, JsonElement state) => _epoch is not null && (Birth(_epoch) != Birth(epoch) || (BoardEpochOf(state) is { } known && known != _boardEpoch));

    /// <summary>Another epoch of the same room: what stands before the dash names it.</summary>
    private bool WasWrittenBack_NeedsLock(string epoch) => _epoch is not null && _epoch != epoch;

    private static string Birth(string epoch) => epoch.Split('-')[0];

    /// <summary>The room's log was written back: its numbers are others, and it may have lost what this replica has. The replica stays, and asks by state vector.</summary>
    private BoardStep Compare_NeedsLock(string epoch, byte[]? board)
    {
        if (board is not null) Apply_NeedsLock(board);
        (_epoch, _n, _follows) = (epoch, null, false);
        return BoardStep.Rejoin;
    }

    private BoardStep Begin_NeedsLock(string epoch, JsonElement state, long? n, byte[] board)
    {
        var began = !IsSynced_NeedsLock;
        Apply_NeedsLock(board);
        _synced.TrySetResult();
        Look_NeedsLock();
        // An answer that frames have overtaken says less than they did.
        _n = _follows && _n > n ? _n : n;
        (_epoch, _boardEpoch, _follows, _awaitsAgreement) = (epoch, BoardEpochOf(state) ?? 0, true, false);
        return began ? BoardStep.Replaced : BoardStep.Changed;
    }

    /// <exception cref="InvalidDataException">The server sent what is no update.</exception>
    private void Apply_NeedsLock(byte[] update)
    {
        try
        {
            if (_doc.ApplyUpdate(update).Problem is { } problem) throw new InvalidDataException($"The server sent a board update that cannot be read: {problem.Reason}.");
        }
        catch (AggregateException)
        {
            // Observers that fail are the host's; the update is applied nevertheless.
        }
        PushNewEdits_NeedsLock();
        Look_NeedsLock();
    }

    /// <summary>A server that lost its newest edits, though it had answered them, gets this replica's own again.</summary>
    private void SendMissing_NeedsLock(byte[] theirs)
    {
        var (id, own) = (_doc.ClientId, _doc.GetState(_doc.ClientId));
        var known = Updates.DecodeStateVector(theirs).GetValueOrDefault(id);
        var waiting = _unanswered.SelectMany(edit => Updates.Clients(edit.Update)).Where(range => range.Client == id).Select(range => range.FirstClock).DefaultIfEmpty(own).Min();
        if (known >= waiting) return;
        var all = new Dictionary<ulong, ulong>(Updates.DecodeStateVector(_doc.EncodeStateVector())) { [id] = known };
        _unanswered.Insert(0, new BoardEdit(_doc.EncodeStateAsUpdate(Updates.EncodeStateVector(all))));
    }

    /// <summary>Another replica, without anything that is unanswered. It waits for a join's answer that holds the whole board.</summary>
    private void StartOver_NeedsLock(Ack answer)
    {
        foreach (var edit in _unanswered) edit.Settle(answer);
        _unanswered.Clear();
        if (IsSynced_NeedsLock) _synced = NewSignal();
        (_doc, _n, _follows) = (NewDoc(), null, false);
    }

    private static long? BoardEpochOf(JsonElement state) =>
        state.TryGetProperty("room"u8, out var room) && room.TryGetProperty("stage"u8, out _) ? room.TryGetProperty("boardEpoch"u8, out var epoch) ? epoch.GetInt64() : 0 : null;
}

/// <summary>What became of the replica with something that the server said.</summary>
internal enum BoardStep
{
    None,
    Changed,

    /// <summary>It began, or began anew.</summary>
    Replaced,

    /// <summary>It waits for a join's answer.</summary>
    Rejoin,
}
