using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using SessionRoom.Crdt;
using SessionRoom.Domain;
using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>Where connections come in: joins, commands, leaving.</summary>
internal sealed class Reception(
    RoomDirectory rooms, RoomAudience audience, Attendance attendance, Orders orders, AnswerWatch answers, TimeProvider time, ILogger<Reception> logger)
{
    public async Task<JoinReply> JoinAsync(Listener listener, JoinRequest request, CancellationToken cancel)
    {
        var token = listener.Token;
        if (!listener.MayCall()) throw Refused(RefusalCode.RateLimited, "too many calls");
        if (listener.HasExpired) throw Dismissed(listener, ByeReasons.Expired);
        if (!IsStateVector(request.Board)) throw Refused(RefusalCode.Invalid, "board is not a state vector");
        if (request.SkipBoard is not true && !listener.MayAskForBoard()) throw Refused(RefusalCode.RateLimited, "too many joins");
        LiveRoom? room;
        Refusal? refusal;
        try
        {
            room = await rooms.OpenAsync(token.Room, cancel);
            if (room is null) throw Dismissed(listener, ByeReasons.RoomDeleted);
            var state = room.Current.State;
            if (state.Removed.Contains(token.Pid)) throw Dismissed(listener, ByeReasons.Removed);
            if (Access.Refuses(token, state) is { } closed) throw Refused(closed.Code, closed.Message);
            // Subscribe, then snapshot: a step that overtakes the snapshot is dropped by its number; a hole could not be.
            audience.Enter(listener, room);
            listener.FollowsBoard = request.SkipBoard is not true;
            refusal = listener.IsPresent ? null : await attendance.EnterAsync(token);
        }
        catch (RoomLogException failure)
        {
            Log.LogFailed(logger, token.Room, failure);
            throw Refused(RefusalCode.Unavailable, "the room's log cannot be read");
        }
        // It was deleted on the way in.
        if (refusal is { Code: RefusalCode.NotFound }) throw Dismissed(listener, ByeReasons.RoomDeleted);
        if (refusal is not null) throw Refused(refusal.Code, refusal.Message);
        if (!listener.IsPresent && !listener.TryBePresent())
        {
            await CountOutAsync(token);
            throw new OperationCanceledException("the connection went down while it joined");
        }
        return await ReplyAsync(listener, request, cancel);
    }

    public async Task<Ack> DoAsync(Listener listener, JsonElement json, CancellationToken cancel)
    {
        var ack = await AnswerAsync(listener, json, cancel);
        // A refusal waits for nothing: whoever sends thousands would have the thread to themselves until the last of them.
        if (ack.Error is not null) await Task.Factory.StartNew(static () => { }, CancellationToken.None, TaskCreationOptions.PreferFairness, TaskScheduler.Default);
        return ack;
    }

    private async Task<Ack> AnswerAsync(Listener listener, JsonElement json, CancellationToken cancel)
    {
        var seq = listener.Circle?.Snapshot.Position.Seq ?? 0;
        if (!listener.MayCall()) return Orders.Refuse(RefusalCode.RateLimited, "too many commands", seq);
        if (listener is not { IsPresent: true }) return Orders.Refuse(RefusalCode.NotFound, "join first", seq);
        try
        {
            return await orders.DoAsync(listener.Token.Room, Caller.Person(listener.Token.Pid, origin: listener), json, seq, cancel);
        }
        finally
        {
            // Where the client wants no answer, none takes the room's step along.
            listener.SendSoon();
        }
    }

    public long Time(Listener listener) => listener.MayCall() ? time.GetUtcNow().ToUnixTimeMilliseconds() : throw Refused(RefusalCode.RateLimited, "too many calls");

    public Task LeaveAsync(Listener listener)
    {
        // Before the others are told.
        audience.Drop(listener);
        return listener.SeeOff() ? CountOutAsync(listener.Token) : Task.CompletedTask;
    }

    private async Task CountOutAsync(PersonToken token)
    {
        try
        {
            await attendance.LeaveAsync(token);
        }
        catch (RoomLogException failure)
        {
            Log.LogFailed(logger, token.Room, failure);
        }
    }

    private async Task<JoinReply> ReplyAsync(Listener listener, JoinRequest request, CancellationToken cancel)
    {
        var (circle, pid) = (listener.Circle!, listener.Token.Pid);
        var now = circle.Snapshot;
        BoardAnswer? board = null;
        try
        {
            // State and board of one moment: whether the board began anew is in the state.
            if (listener.FollowsBoard && now.State.HasAgreed(pid)) now = (board = await circle.ReadBoardAsync(new(request.Board, request.N), cancel)).Room;
        }
        catch (RoomLogException failure)
        {
            Log.LogFailed(logger, listener.Token.Room, failure);
            listener.Resume();
            throw Refused(RefusalCode.Unavailable, "the board cannot be read");
        }
        var state = circle.StateFor(now, pid);
        var reply = new JoinReply(Calls.Protocol, pid, now.Position.Epoch, now.Position.Seq, time.GetUtcNow().ToUnixTimeMilliseconds(), state.Json,
            board?.N, board?.Update, board?.Missing);
        answers.WhenWritten(reply, state, () => listener.Open(now.Position.Seq, board?.Step ?? 0));
        return reply;
    }

    private static bool IsStateVector(byte[]? board)
    {
        try
        {
            if (board is not null) Updates.DecodeStateVector(board);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static HubException Dismissed(Listener listener, string reason)
    {
        listener.Dismiss(reason);
        return new HubException(reason);
    }

    // The framework hides every other exception's message from the client.
    private static HubException Refused(RefusalCode code, string message) => new($"{Words.Of(code)}: {message}");
}
