using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace SessionRoom.Server;

/// <summary>What the server calls on a client.</summary>
public interface IRoomClient
{
    Task Patch(PatchFrame frame);
    Task Board(BoardFrame frame);
    Task Aware(byte[] message);
    Task Resync(ResyncFrame frame);
    Task Bye(ByeFrame frame);
}

/// <summary>A room's wire surface: it names the caller and forwards.</summary>
[Authorize(Access.People)]
internal sealed class RoomHub(Reception reception, Boards boards) : Hub<IRoomClient>
{
    public Task<JoinReply> Join(JoinRequest? request) => reception.JoinAsync(Context.Listener(), request ?? new(), Context.ConnectionAborted);

    public Task<Ack> Do(JsonElement command) => reception.DoAsync(Context.Listener(), command, Context.ConnectionAborted);

    public Task<Ack> Push(byte[]? update) => boards.PushAsync(Context.Listener(), update ?? [], Context.ConnectionAborted);

    public Task Aware(byte[]? message) => boards.AwareAsync(Context.Listener(), message ?? [], Context.ConnectionAborted);

    public long Time() => reception.Time(Context.Listener());

    public override Task OnDisconnectedAsync(Exception? exception) => reception.LeaveAsync(Context.Listener());
}

internal static class HubContexts
{
    public static Listener Listener(this HubCallerContext context) => context.Features.Get<Listener>() ?? throw new InvalidOperationException("the connection was not announced to the audience");
}
