using Microsoft.Extensions.Logging.Abstractions;
using SessionRoom.Domain;

namespace SessionRoom.Rooms.Tests;

/// <summary>A directory over a log that can be troubled, with a clock that stands still.</summary>
internal sealed class House : IAsyncDisposable
{
    private readonly IRoomLog kept;

    public House(RoomOptions? options = null, IRoomLog? log = null, ManualTime? time = null, bool boardWaits = false, ISharedLog? shared = null)
    {
        kept = log ?? new MemoryRoomLog();
        (Log, Time, Options) = (new(kept), time ?? new(), options ?? new());
        // With a clock that stands still nothing would end the wait for others.
        if (!boardWaits) Options = Options with { LongestBoardDelay = TimeSpan.Zero };
        Rooms = new(Log, shared, Audience, Options, Time, NullLogger<RoomDirectory>.Instance);
    }

    public TroubledLog Log { get; }
    public ManualTime Time { get; }
    public RoomOptions Options { get; }
    public CollectingAudience Audience { get; } = new();
    public RoomDirectory Rooms { get; }

    /// <summary>A new room with Fay, its facilitator, connected.</summary>
    public async Task<LiveRoom> RoomAsync(string id = "r1")
    {
        Assert.Null(await Rooms.CreateAsync(Some.Room(id), Actor.Key("acme"), default));
        var room = await OpenAsync(id);
        Assert.Null(await room.ArriveAsync(Some.Arrival("fay", Role.Facilitator), default).WaitAsync(Some.Patience));
        return room;
    }

    public async Task<LiveRoom> OpenAsync(string id = "r1") => (await Rooms.OpenAsync(id, default).WaitAsync(Some.Patience))!;

    /// <summary>Another process on the same log and the same clock, as after <c>kill -9</c>: nothing was closed.</summary>
    public House Restarted() => new(Options, kept, Time);

    public ValueTask DisposeAsync() => Rooms.DisposeAsync();
}

internal static class Asking
{
    public static Task<Answer> Does(this LiveRoom room, Caller by, MemberCommand command, string? id = null) =>
        room.DoAsync(by, command with { Id = id ?? Guid.NewGuid().ToString("N") }, default).WaitAsync(Some.Patience);

    public static async Task<Answer> Done(this Task<Answer> answering)
    {
        var answer = await answering;
        Assert.Null(answer.Refusal);
        return answer;
    }

    public static async Task<RefusalCode> Refused(this Task<Answer> answering) => (await answering).Refusal?.Code ?? throw new InvalidOperationException("was not refused");

    public static Task<Refusal?> Arrives(this LiveRoom room, string pid, Role role = Role.Member) => room.ArriveAsync(Some.Arrival(pid, role), default).WaitAsync(Some.Patience);

    public static Task Departs(this LiveRoom room, string pid) => room.DepartAsync(pid, default).WaitAsync(Some.Patience);
}
