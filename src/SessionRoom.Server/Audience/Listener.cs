using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>One connection, and how far behind its room it is.</summary>
/// <remarks>
/// A frame of the room goes straight to the connection's outlet, and from there with the next <see cref="Send"/>. Once more waits there than may, the listener is busy, and from then on
/// nothing is added: what it misses is counted, not kept. When the connection has taken what waited and something was missed, it gets
/// the state, and what it lacks of the board, as it is then. So a reader that stalls holds a bounded number of bytes, however much happens in the room.
/// </remarks>
internal sealed class Listener(HubConnectionContext connection, PersonToken token, LimitOptions limits, Floods floods, ServerMeters meters, TimeProvider time)
{
    /// <summary>A board beyond this many bytes waits for its turn.</summary>
    private const int LargeBoard = 64 * 1024;

    private static readonly TimeSpan BeforeNextRead = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Outlet outlet = connection.Features.GetRequiredFeature<Outlet>();
    private readonly TokenBucket calls = new(limits.CommandsPerSecond, limits.CommandBurst, time);
    private readonly long connectedAt = time.GetTimestamp();
    private readonly TokenBucket boardJoins = new(2, 20, time);
    // Most connections never need one of these.
    private TokenBucket? refusals, pushes, pushedBytes, shows;
    private TaskCompletionSource? gone;
    private bool isGone;
    private bool open, opened, busy, leaving, seenOff, renewsBoard, begins, withheld, greets;
    private Presence? presence;
    private int joins;
    private long busySince, seen, missed, seenStep, missedStep;

    public PersonToken Token => token;
    public string ConnectionId => connection.ConnectionId;

    /// <summary>The room that it joined; absent before.</summary>
    public Circle? Circle { get; set; }

    /// <summary>What it shows the others of itself. Most connections show nothing.</summary>
    public Presence Presence => presence ?? Interlocked.CompareExchange(ref presence, new(token.Pid), null) ?? presence;

    /// <summary>Whether it wants the board: set by each join.</summary>
    public bool FollowsBoard { get; set; }

    /// <summary>Whether its room counts it as somebody's connection.</summary>
    public bool IsPresent { get; private set; }

    public bool IsGone => Volatile.Read(ref isGone);

    public bool HasExpired => token.ExpiresAt <= time.GetUtcNow().ToUnixTimeMilliseconds();

    public bool HasStalled => HasStalledFor(limits.StalledFor);

    public bool NeverJoined => !IsPresent && time.GetElapsedTime(connectedAt) > limits.JoinWithin;

    public bool HasStalledFor(TimeSpan span) => Volatile.Read(ref busySince) is var since and not 0 && time.GetElapsedTime(since) > span;

    /// <summary>Whether one more call is within its rate. Says good-bye to a connection that goes on all the same.</summary>
    /// <remarks>The hub calls the methods of a connection one after the other.</remarks>
    public bool MayCall()
    {
        if (calls.TryTake()) return true;
        // What it had sent before its good-bye is refused without another.
        if (leaving || (refusals ??= new(limits.CommandsPerSecond, limits.FloodAfter, time)).TryTake()) return false;
        floods.Note(token);
        Dismiss(ByeReasons.RateLimited, (long)floods.StaysOut.TotalMilliseconds);
        return false;
    }

    /// <summary>Whether it may ask for the board once more: twenty times at once, and twice a second after that.</summary>
    public bool MayAskForBoard() => boardJoins.TryTake();

    /// <summary>Whether one more update of the board is within its rates.</summary>
    public bool MayPush(int bytes) => (pushes ??= new(limits.BoardUpdatesPerSecond, 2 * limits.BoardUpdatesPerSecond, time)).TryTake()
        && (pushedBytes ??= new(limits.BoardBytesPerSecond, Math.Max(limits.BoardBytesPerSecond, limits.BoardUpdateBytes), time)).TryTake(bytes);

    /// <summary>Whether one more awareness message is within its rate.</summary>
    public bool MayShow() => (shows ??= new(limits.AwarePerSecond, 2 * limits.AwarePerSecond, time)).TryTake();

    /// <summary>From here to <see cref="Open"/> nothing is written: the answer to <c>Join</c> goes first.</summary>
    public void Silence()
    {
        lock (gate)
        {
            open = false;
            joins++;
        }
    }

    /// <summary>The answer with the state of <paramref name="seq"/>, and the board of <paramref name="step"/>, is in the connection; what came since is made up for.</summary>
    public void Open(long seq, long step)
    {
        lock (gate)
        {
            (open, opened, seen, seenStep, greets, withheld) = (true, true, seq, step, step > 0, false);
            renewsBoard &= missedStep > seenStep;
            if (!busy && (IsBehind_NeedsLock || greets)) CatchUp_NeedsLock(Task.CompletedTask);
        }
    }

    /// <summary>A join after the first was refused: what the connection was following it goes on following.</summary>
    public void Resume()
    {
        lock (gate)
        {
            open = opened;
            (begins, renewsBoard) = (begins || withheld, renewsBoard || withheld);
            withheld = false;
            if (open && !busy && IsBehind_NeedsLock) CatchUp_NeedsLock(Task.CompletedTask);
        }
    }

    /// <summary>A step of the room that this person may see.</summary>
    /// <param name="withAnswer">Whether the frame waits for an answer that follows it.</param>
    /// <returns>Whether the frame goes out.</returns>
    public bool Offer(long seq, SharedFrame frame, bool withAnswer)
    {
        lock (gate)
        {
            if (leaving || (seq <= seen && !begins)) return false;
            if (!open || busy || begins || seq != seen + 1)
            {
                missed = seq;
                if (open && !busy) CatchUp_NeedsLock(Task.CompletedTask);
                return false;
            }
            seen = seq;
            Put_NeedsLock(frame, withAnswer);
            return true;
        }
    }

    /// <summary>Sends behind what the caller is about to write.</summary>
    public void SendSoon() => ThreadPool.UnsafeQueueUserWorkItem(static outlet => outlet.Send(), outlet, preferLocal: true);

    /// <summary>Something changed that this person sees only as a whole: at the gate, or on the way through it.</summary>
    public void Renew(long seq)
    {
        lock (gate)
        {
            if (leaving || (seq <= seen && !begins)) return;
            missed = seq;
            if (open && !busy) CatchUp_NeedsLock(Task.CompletedTask);
        }
    }

    /// <summary>A step of the board; without a frame where it was this connection's own.</summary>
    /// <returns>Whether the frame went out.</returns>
    public bool OfferBoard(long step, SharedFrame? frame)
    {
        lock (gate)
        {
            if (leaving || step <= seenStep) return false;
            if (!open || busy)
            {
                missedStep = step;
                return false;
            }
            seenStep = step;
            if (frame is null) return false;
            Put_NeedsLock(frame);
            return true;
        }
    }

    /// <summary>The board began anew: it is sent as a whole.</summary>
    public void RenewBoard(long step)
    {
        lock (gate)
        {
            if (leaving || step <= seenStep) return;
            (missedStep, renewsBoard) = (step, true);
            if (open && !busy) CatchUp_NeedsLock(Task.CompletedTask);
        }
    }

    /// <summary>The room goes on under another epoch, whose numbers say nothing about those before: state and board are sent as a whole.</summary>
    public void Begin(long step)
    {
        lock (gate)
        {
            if (leaving) return;
            (seen, missed, missedStep, renewsBoard, begins) = (0, 0, step, true, true);
            if (open && !busy) CatchUp_NeedsLock(Task.CompletedTask);
        }
    }

    /// <summary>Something that is worth nothing later: left out where it does not go at once.</summary>
    public void OfferPassing(SharedFrame frame)
    {
        lock (gate)
            if (!leaving && open && !busy) Put_NeedsLock(frame);
    }

    public void Dismiss(string reason, long? retryAfterMs = null, bool abort = true) => _ = DismissAsync(reason, retryAfterMs, abort);

    /// <summary>Says why, waits a moment for it to be sent, and closes; a connection that takes nothing is cut.</summary>
    public async Task DismissAsync(string reason, long? retryAfterMs = null, bool abort = true)
    {
        lock (gate)
        {
            if (leaving) return;
            leaving = true;
        }
        meters.Byes.Add(1, new KeyValuePair<string, object?>("reason", reason));
        var patience = TimeSpan.FromSeconds(reason == ByeReasons.TooSlow ? 0.1 : 1);
        await Settled(connection.WriteAsync(new InvocationMessage(Calls.Bye, [new ByeFrame(reason, retryAfterMs)])).AsTask(), patience);
        if (!abort) return;
        connection.Abort();
        if (!await Settled(WhenGone(), TimeSpan.FromSeconds(1))) connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
    }

    /// <summary>Its person was counted in. False when the hub saw it off meanwhile: then it is to be counted out again.</summary>
    public bool TryBePresent()
    {
        lock (gate) return IsPresent = !seenOff;
    }

    /// <summary>The hub sees it off. True when its person is to be counted out.</summary>
    public bool SeeOff()
    {
        lock (gate)
        {
            seenOff = true;
            return IsPresent;
        }
    }

    /// <summary>The connection is down.</summary>
    public void Gone()
    {
        lock (gate) (leaving, isGone) = (true, true);
        gone?.TrySetResult();
    }

    private Task WhenGone()
    {
        lock (gate) return isGone ? Task.CompletedTask : (gone ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    private void Put_NeedsLock(SharedFrame frame, bool withAnswer = false)
    {
        if (withAnswer) outlet.Add(frame.For(connection.Protocol));
        else outlet.Put(frame.For(connection.Protocol));
        if (!outlet.HasRoom) CatchUp_NeedsLock(outlet.WhenRoomAsync());
    }

    private void CatchUp_NeedsLock(Task pending)
    {
        busy = true;
        Volatile.Write(ref busySince, time.GetTimestamp());
        _ = CatchUpAsync(pending);
    }

    private async Task CatchUpAsync(Task pending)
    {
        // Off the room's mailbox: building a state is not its work.
        await Task.Yield();
        try
        {
            await pending;
            do
            {
                while (Behind() is { } behind) await SendAsync(behind);
                if (OwesGreeting()) await Circle!.GreetAsync(this);
            }
            while (!IsIdle());
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException or InvalidOperationException or RoomLogException)
        {
            // The connection went down while it was written to: it comes back by itself.
            Dismiss(ByeReasons.TooSlow);
        }
    }

    private async Task SendAsync(Lacking lacking)
    {
        var (circle, pid) = (Circle!, token.Pid);
        // Whoever just passed the gate has seen nothing of the board yet.
        var now = circle.Snapshot;
        BoardAnswer? board = null;
        if (FollowsBoard && now.State.HasAgreed(pid) && (lacking.Step is not null || lacking.Whole || seenStep == 0))
        {
            // State and board of one moment: whether the board began anew is in the state.
            try { board = await circle.ReadBoardAsync(new(Step: lacking.Whole ? 0 : seenStep), CancellationToken.None); }
            catch (RoomLogException)
            {
                await OweAsync(lacking);
                return;
            }
            now = board.Room;
        }
        var (frame, state) = lacking.State || lacking.Whole ? circle.Resync(pid, now) : default;
        lock (gate)
        {
            if (frame is not null) seen = frame.Seq;
            greets |= board is not null && seenStep == 0;
            if (board is not null) seenStep = board.Step;
            else if (lacking.Step is { } passed) seenStep = passed;
        }
        // Waiting for one's turn is not stalling.
        Volatile.Write(ref busySince, 0);
        using var turn = board?.Update is { Length: > LargeBoard } ? await circle.TakeTurnAsync() : null;
        Volatile.Write(ref busySince, time.GetTimestamp());
        if (frame is null && board is null) return;
        (frame is not null ? meters.Resyncs : meters.BoardFramesSent).Add(1);
        var message = frame is not null
            ? new ResyncMessage(frame with { N = board?.N, Board = board?.Update }, state)
            : new InvocationMessage(Calls.Board, [new BoardFrame(board!.N, board.Update!)]);
        ValueTask write;
        lock (gate)
        {
            // It joins again: the answer says more than this, and nothing older may follow it.
            withheld |= joins != lacking.Join && !open;
            if (joins != lacking.Join) return;
            write = connection.WriteAsync(message);
        }
        await write;
    }

    /// <summary>The board cannot be read now: the connection stays, and is asked for again. Waiting for that is not stalling.</summary>
    private async Task OweAsync(Lacking lacking)
    {
        lock (gate) (begins, renewsBoard) = (begins || lacking.State, renewsBoard || lacking.Whole);
        Volatile.Write(ref busySince, 0);
        await Task.WhenAny(Task.Delay(BeforeNextRead, time), WhenGone());
        Volatile.Write(ref busySince, time.GetTimestamp());
    }

    /// <summary>Writes while nothing else is written: of the catching up only.</summary>
    public Task WriteAsync(InvocationMessage message) => connection.WriteAsync(message).AsTask();

    private bool IsBehind_NeedsLock => begins || missed > seen || missedStep > seenStep || renewsBoard;

    private Lacking? Behind()
    {
        lock (gate)
        {
            // While it joins again, the answer to that is under way, and goes first.
            if (leaving || !open || !IsBehind_NeedsLock) return null;
            var lacking = new Lacking(begins || missed > seen, missedStep > seenStep ? missedStep : null, renewsBoard, joins);
            (renewsBoard, begins) = (false, false);
            return lacking;
        }
    }

    private bool OwesGreeting()
    {
        lock (gate)
        {
            var owes = greets && !leaving;
            greets = false;
            return owes;
        }
    }

    /// <summary>Nothing is left to catch up with: from here on frames go straight into the connection.</summary>
    private bool IsIdle()
    {
        lock (gate)
        {
            if (!leaving && open && IsBehind_NeedsLock) return false;
            busy = false;
            Volatile.Write(ref busySince, 0);
            return true;
        }
    }

    /// <param name="State">A step of the room.</param>
    /// <param name="Step">A step of the board, up to this one.</param>
    /// <param name="Whole">The board from its beginning.</param>
    /// <param name="Join">The join that it follows.</param>
    private sealed record Lacking(bool State, long? Step, bool Whole, int Join);

    private async Task<bool> Settled(Task task, TimeSpan patience)
    {
        try
        {
            await task.WaitAsync(patience, time);
            return true;
        }
        catch (Exception failure) when (failure is TimeoutException or OperationCanceledException or IOException or InvalidOperationException)
        {
            return false;
        }
    }
}
