using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using SessionRoom.Client.Connection;

namespace SessionRoom.Client;

/// <summary>The client's one loop: connect, join, follow, and again.</summary>
public sealed partial class RoomClient
{
    private const int FirstSamples = 5;
    private const int RefreshSamples = 3;
    private const string Unavailable = "unavailable";

    /// <summary>A call that fails on a healthy connection is the caller's; on one that is going down it is the connection's.</summary>
    private static readonly TimeSpan TellingApart = TimeSpan.FromSeconds(1);

    private RoomConnection? _current;
    private RoomConnection? _live;
    private Exception? _ending;

    private async Task RunAsync()
    {
        var backoff = new Backoff(_options.FirstWait, _options.LongestWait, _options.Seed is { } seed ? new Random(seed) : new Random());
        var token = _options.Token;
        while (true)
        {
            var (bye, failure) = await ComeAndGoAsync(token, backoff);
            if (_stop.IsCancellationRequested) return;
            var renews = FinalReason(bye, failure) is ByeReasons.Expired && _options.RenewToken is not null;
            if (!renews && FinalReason(bye, failure) is { } reason)
            {
                End(failure as RoomRefusedException ?? (Exception)new RoomEndedException(reason), bye);
                return;
            }
            SetStatus(Status == RoomStatus.Connecting ? RoomStatus.Connecting : RoomStatus.Reconnecting, bye, failure);
            try
            {
                var (wait, asked) = (backoff.Next(), TimeSpan.FromMilliseconds(bye?.RetryAfterMs ?? 0));
                await Task.Delay(wait > asked ? wait : asked, _options.Time, _stop.Token);
                if (renews) token = await _options.RenewToken!(_stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // No token for now. The old one is tried again, and refused again, until there is one.
                SetStatus(Status, null, e);
            }
        }
    }

    /// <summary>Why there is no coming back; null where there is.</summary>
    private static string? FinalReason(ByeFrame? bye, Exception? failure) => (bye, failure) switch
    {
        ({ Reason: ByeReasons.Removed or ByeReasons.RoomDeleted or ByeReasons.Expired } final, _) => final.Reason,
        (_, RoomRefusedException { Status: HttpStatusCode.Unauthorized }) => ByeReasons.Expired,
        (_, RoomRefusedException refused) => refused.Status.ToString(),
        (_, JoinRefusedException { IsFinal: true } refused) => refused.Code,
        _ => null,
    };

    /// <summary>One connection from its opening to its end.</summary>
    private async Task<(ByeFrame? Bye, Exception? Failure)> ComeAndGoAsync(string token, Backoff backoff)
    {
        var connection = new RoomConnection(_options, token);
        await using (connection)
        {
            try
            {
                await LiveAsync(connection, backoff);
                return (connection.Bye, connection.Failure);
            }
            catch (Exception e)
            {
                // What the server said in closing is the better reason.
                if (e is JoinRefusedException) await EndsWithinAsync(connection, TellingApart);
                return (connection.Bye, e);
            }
            finally
            {
                Leave();
            }
        }
    }

    private async Task LiveAsync(RoomConnection connection, Backoff backoff)
    {
        connection.OnPatch(patch => Take(connection, patch));
        connection.OnResync(resync => Take(connection, resync));
        if (Board is not null)
        {
            connection.OnBoard(frame => TakeBoard(connection, board => board.Take_NeedsLock(frame)));
            connection.OnAware(update => Hear(connection, update));
        }
        lock (_gate) _current = connection;
        await connection.StartAsync(_stop.Token);
        await FollowAsync(connection);
        Clock.StartOver();
        await SampleAsync(connection, FirstSamples);

        IReadOnlyList<UnansweredCommand> unanswered;
        lock (_gate)
        {
            _live = connection;
            unanswered = _unanswered.InOrder();
            Board?.GoLive_NeedsLock(connection);
        }
        foreach (var command in unanswered) _ = SendAsync(connection, command);
        backoff.Reset();
        SetStatus(RoomStatus.Live);
        _arrived.TrySetResult();
        while (!await EndsWithinAsync(connection, _options.ClockRefresh)) await SampleAsync(connection, RefreshSamples);
    }

    private async Task SampleAsync(RoomConnection connection, int samples)
    {
        try
        {
            for (var i = 0; i < samples; i++) await Clock.SampleAsync(() => connection.TimeAsync(_stop.Token));
        }
        catch (HubException)
        {
            // A client that calls too often is not told the time: what it knows has to do until the next refresh.
        }
    }

    /// <summary>Joins until the state follows the patches: a hole behind an answer means another try.</summary>
    private async Task FollowAsync(RoomConnection connection)
    {
        var backoff = new Backoff(_options.FirstWait, _options.LongestWait, Random.Shared);
        while (true)
        {
            JoinRequest request;
            lock (_gate) request = Board?.Request_NeedsLock() ?? new(SkipBoard: true);
            var answer = await connection.JoinAsync(request, _stop.Token);
            lock (_gate)
            {
                if (connection != _current) return;
                You = answer.You;
                Begin(answer.Epoch, answer.Seq, answer.State, ReplacedBy.Join);
                var whole = Board is null || Tell(Board, Board.Take_NeedsLock(request, answer));
                if (_fold.Follows && whole) return;
                // What the answer to a number or a state vector did not bring, the next one does.
                if (_fold.Follows) continue;
            }
            await Task.Delay(backoff.Next(), _options.Time, _stop.Token);
        }
    }

    private void Take(RoomConnection connection, PatchFrame patch)
    {
        lock (_gate)
        {
            if (connection != _current) return;
            var followed = _fold.Follows;
            Tell(_fold.Take(patch));
            if (followed && !_fold.Follows) _ = FollowOrDropAsync(connection);
        }
    }

    private void Take(RoomConnection connection, ResyncFrame resync)
    {
        lock (_gate)
        {
            if (connection != _current) return;
            Begin(resync.Epoch, resync.Seq, resync.State, ReplacedBy.Resync);
            if (!_fold.Follows) _ = FollowOrDropAsync(connection);
        }
        TakeBoard(connection, board => board.Take_NeedsLock(resync));
    }

    private void TakeBoard(RoomConnection connection, Func<RoomBoard, BoardStep> take)
    {
        lock (_gate)
        {
            if (connection != _current || Board is null) return;
            try
            {
                if (!Tell(Board, take(Board))) _ = FollowOrDropAsync(connection);
            }
            catch (InvalidDataException e)
            {
                connection.Drop(e);
            }
        }
    }

    private void Hear(RoomConnection connection, byte[] awareness)
    {
        lock (_gate)
            if (connection == _current) Tell(new BoardAware(awareness));
    }

    /// <summary>False where the board has to be joined again.</summary>
    private bool Tell(RoomBoard board, BoardStep step)
    {
        if (step is BoardStep.Changed) Tell(new BoardChanged(board.N));
        if (step is BoardStep.Replaced) Tell(new BoardReplaced(board.N));
        return step != BoardStep.Rejoin;
    }

    private async Task FollowOrDropAsync(RoomConnection connection)
    {
        var waits = new Backoff(_options.FirstWait, _options.LongestWait, Random.Shared);
        try
        {
            while (!await TryFollowAsync(connection))
                if (await EndsWithinAsync(connection, waits.Next())) return;
        }
        catch (Exception e)
        {
            connection.Drop(e);
        }
    }

    /// <summary>False where the server cannot read its log now: the connection stays, and is joined again later.</summary>
    private async Task<bool> TryFollowAsync(RoomConnection connection)
    {
        try
        {
            await FollowAsync(connection);
            return true;
        }
        catch (JoinRefusedException refused) when (refused.Code == Unavailable)
        {
            return false;
        }
    }

    private async Task SendAsync(RoomConnection connection, UnansweredCommand command)
    {
        try
        {
            await SettleAsync(connection, command, await connection.DoAsync(command.Body));
        }
        catch (HubException e)
        {
            if (!await EndsWithinAsync(connection, TellingApart)) command.Fail(e);
        }
        catch (Exception e)
        {
            // It stays unanswered and goes out again on the next connection.
            connection.Drop(e);
        }
    }

    /// <summary>A server that could not use its log asks for the same command again. On a connection that ends meanwhile, the next one sends it.</summary>
    private async Task SettleAsync(RoomConnection connection, UnansweredCommand command, Ack ack)
    {
        if (ack.Error?.Code != Unavailable) command.Settle(ack);
        else if (!await EndsWithinAsync(connection, command.Waits.Next()) && !command.Answer.IsCompleted) await SendAsync(connection, command);
    }

    private Task<bool> EndsWithinAsync(RoomConnection connection, TimeSpan limit) => connection.EndsWithinAsync(limit, _options.Time, _stop.Token);

    private void Begin(string epoch, long seq, JsonElement state, ReplacedBy by)
    {
        var (taken, folded) = _fold.Begin(epoch, seq, state);
        if (taken) Tell(new RoomReplaced(epoch, seq, by));
        Tell(folded);
    }

    private void Leave()
    {
        lock (_gate)
        {
            (_current, _live) = (null, null);
            _fold.Disconnect();
            Board?.Disconnect_NeedsLock();
        }
    }

    private void End(Exception why, ByeFrame? bye)
    {
        lock (_gate)
        {
            if (Status == RoomStatus.Ended) return;
            _ending = why;
            foreach (var waiter in _waiters) waiter.Met.TrySetException(why);
            Board?.End_NeedsLock(why);
            SetStatus(RoomStatus.Ended, bye, why);
        }
        _unanswered.Close(why);
        _arrived.TrySetException(why);
    }

    private void SetStatus(RoomStatus status, ByeFrame? bye = null, Exception? failure = null)
    {
        lock (_gate)
        {
            Status = status;
            Tell(new RoomStatusChanged(status, bye, failure));
        }
    }

    private void Tell(IReadOnlyList<PatchFrame> folded)
    {
        foreach (var patch in folded) Tell(new RoomPatched(patch.Seq, patch.At, patch.Events));
    }

    private void Tell(RoomChange change)
    {
        try
        {
            _options.OnChange?.Invoke(this, change);
        }
        catch (Exception)
        {
            // It is the host's mistake, told in its documentation; the room goes on being followed, and nobody else is kept from hearing.
        }
        if (change is RoomStatusChanged) return;
        foreach (var waiter in _waiters) waiter.Look(_fold.Snapshot);
    }
}
