using SessionRoom.Domain;
using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>Takes what people write and show on the board from the wire to its room.</summary>
internal sealed class Boards(RoomDirectory rooms, ServerOptions options, ServerMeters meters, ILogger<Boards> logger)
{
    public async Task<Ack> PushAsync(Listener listener, byte[] update, CancellationToken cancel)
    {
        var ack = await AnswerAsync(listener, update, cancel);
        meters.Pushed(ack.Error?.Code ?? "ok");
        return ack;
    }

    /// <summary>Relays who is where, stamped with who it is. What may not be relayed is left out.</summary>
    public async Task AwareAsync(Listener listener, byte[] message, CancellationToken cancel)
    {
        if (!listener.MayCall() || !listener.MayShow() || message.Length > options.Limits.AwareBytes) return;
        if (listener is not { IsPresent: true, FollowsBoard: true, Circle: { } circle } || BoardRules.RefusesWriting(circle.Snapshot.State, listener.Token.Pid) is not null) return;
        try
        {
            if (await rooms.OpenAsync(listener.Token.Room, cancel) is { } room) await circle.ShowAsync(listener, message, room, cancel);
        }
        catch (RoomLogException failure)
        {
            Log.LogFailed(logger, listener.Token.Room, failure);
        }
    }

    private async Task<Ack> AnswerAsync(Listener listener, byte[] update, CancellationToken cancel)
    {
        var seq = listener.Circle?.Snapshot.Position.Seq ?? 0;
        if (!listener.MayCall()) return Orders.Refuse(RefusalCode.RateLimited, "too many calls", seq);
        if (update.Length > options.Limits.BoardUpdateBytes) return Orders.Refuse(RefusalCode.TooLarge, $"an update has at most {options.Limits.BoardUpdateBytes} bytes", seq);
        if (!listener.MayPush(update.Length)) return Orders.Refuse(RefusalCode.RateLimited, "too many updates", seq);
        if (listener is not { IsPresent: true }) return Orders.Refuse(RefusalCode.NotFound, "join first", seq);
        try
        {
            if (await rooms.OpenAsync(listener.Token.Room, cancel) is not { } room) return Orders.Refuse(RefusalCode.NotFound, "no such room", seq);
            var answer = await room.PushAsync(listener.Token.Pid, update, listener, cancel);
            return answer.Refusal is { } refusal ? Orders.Refuse(refusal.Code, refusal.Message, answer.Seq) : new(true, answer.Seq);
        }
        catch (RoomLogException failure)
        {
            Log.LogFailed(logger, listener.Token.Room, failure);
            return Orders.Refuse(RefusalCode.Unavailable, "the room's log cannot be used now", seq);
        }
    }
}
