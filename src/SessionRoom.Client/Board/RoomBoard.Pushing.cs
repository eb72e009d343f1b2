using Microsoft.AspNetCore.SignalR;
using SessionRoom.Client.Connection;
using SessionRoom.Crdt;

namespace SessionRoom.Client;

// One push at a time: what was edited meanwhile goes out together, in the order in which it was edited.
public sealed partial class RoomBoard
{
    /// <summary>How many bytes of edits are pushed as one, unless a single one is larger: far below what any server takes.</summary>
    private const int MostPushed = 64 * 1024;

    private readonly List<BoardEdit> _unanswered = [];
    private RoomConnection? _live;
    private RoomConnection? _pushing;

    /// <summary>The connection has joined: what is unanswered goes out on it.</summary>
    internal void GoLive_NeedsLock(RoomConnection connection)
    {
        _live = connection;
        PushNewEdits_NeedsLock();
    }

    private void PushNewEdits_NeedsLock()
    {
        if (_live is not { } live || _pushing == live || _unanswered.Count == 0) return;
        _pushing = live;
        _ = Task.Run(() => PushAsync(live), CancellationToken.None);
    }

    private async Task PushAsync(RoomConnection connection)
    {
        try
        {
            var waits = new Backoff(_options.FirstWait, _options.LongestWait, Random.Shared);
            while (Next(connection) is { } edits)
            {
                var answer = await AnswerAsync(connection, edits);
                if (answer is { Error.Code: "rate_limited" or "unavailable" })
                {
                    if (await connection.EndsWithinAsync(waits.Next(), _options.Time, _stop)) return;
                    continue;
                }
                waits.Reset();
                Settle(connection, edits, answer);
            }
        }
        catch (Exception e)
        {
            // What is unanswered goes out again on the next connection.
            connection.Drop(e);
        }
    }

    /// <summary>The oldest unanswered edits, as many as make one push; null where this connection is not the one any more, or has nothing to push.</summary>
    private List<BoardEdit>? Next(RoomConnection connection)
    {
        lock (_gate)
        {
            var edits = new List<BoardEdit>();
            var bytes = 0;
            if (_live == connection)
            {
                foreach (var edit in _unanswered)
                {
                    bytes += edit.Update.Length;
                    if (edits.Count > 0 && bytes > MostPushed) break;
                    edits.Add(edit);
                }
            }
            if (edits.Count > 0) return edits;
            if (_pushing == connection) _pushing = null;
            return null;
        }
    }

    private async Task<Ack> AnswerAsync(RoomConnection connection, List<BoardEdit> edits)
    {
        var update = edits is [var only] ? only.Update : Updates.Merge([.. edits.Select(edit => (ReadOnlyMemory<byte>)edit.Update)]);
        try
        {
            return await connection.PushAsync(update);
        }
        catch (HubException e) when (!connection.Ended.IsCompleted)
        {
            // A call that fails on a healthy connection is answered by its failure.
            return new(false, _seq(), Error: new("failed", e.Message));
        }
    }

    private void Settle(RoomConnection connection, List<BoardEdit> edits, Ack answer)
    {
        lock (_gate)
        {
            if (!edits.Exists(_unanswered.Contains))
            {
                // Answered before, or dropped with their replica. In that case the room has them now, does not send them back to where they came from, and the new replica lacks them.
                if (!answer.Ok || !edits.Exists(edit => edit.WasRefused) || _live != connection) return;
                _n = null;
                _joinAgain(connection);
                return;
            }
            if (answer.Ok)
            {
                foreach (var edit in edits) edit.Settle(answer);
                _unanswered.RemoveAll(new HashSet<BoardEdit>(edits).Contains);
                return;
            }
            StartOver_NeedsLock(answer);
        }
        _joinAgain(connection);
    }
}

/// <summary>An edit on its way to an answer.</summary>
internal sealed class BoardEdit(byte[] update)
{
    private readonly TaskCompletionSource<Ack> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public byte[] Update { get; } = update;

    public Task<Ack> Answer => _answer.Task;

    public bool WasRefused => _answer.Task is { IsCompletedSuccessfully: true, Result.Ok: false };

    public void Settle(Ack answer) => _answer.TrySetResult(answer);

    public void Fail(Exception why) => _answer.TrySetException(why);
}
