using System.Text.Json.Nodes;
using SessionRoom.Client;
using SessionRoom.LoadTests.Fleet;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Scenarios;

/// <param name="Times">How often both press.</param>
/// <param name="Nodes">Each facilitator is on one of these; on one without Redis where it is one.</param>
public sealed record NodesNextSettings(int Times = 1_000, int Nodes = 2);

/// <param name="Once">Presses of which exactly one was accepted and the other answered <c>stale</c>.</param>
/// <param name="Skipped">Presses after which somebody had the floor who was not first in the queue that both saw.</param>
/// <param name="Taken">How often the floor was taken, by what the clients were sent.</param>
public sealed record NodesNextResult(int Times, int Once, int Both, int Neither, int Skipped, int Taken, int FirstNode, int Differing) : IFigure
{
    public bool Holds => Once == Times && Skipped == 0 && Taken == Times && Differing == 0;

    public override string ToString() => new Table("two facilitators press next at once", "figure")
        .Row("times", Times).Row("exactly one advance, the other is told that it is stale", Once).Row("both advance", Both).Row("neither, or another refusal", Neither)
        .Row("not the one who was first", Skipped).Row("floor taken, by the log", Taken).Row("won by the first facilitator", FirstNode).Row("differ in the end", Differing).ToString();
}

/// <summary>Two facilitators on two nodes see the same floor and call the next speaker at the same moment.</summary>
public static class NodesNext
{
    private const int Seats = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<NodesNextResult> RunAsync(NodesNextSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        await using var redis = settings.Nodes > 1 ? await RedisProcess.StartAsync() : null;
        await using var nodes = await Fleet.Nodes.StartAsync(redis, settings.Nodes);
        var room = await nodes.Apis[0].CreateAsync("Next");
        var (histories, tokens) = (new Histories(), new string[2]);
        for (var i = 0; i < 2; i++) tokens[i] = (await nodes.Apis[0].JoinAsync(room.Id, room.Invite("facilitator"), $"chair {i}")).Token;
        await using var first = await RoomClient.ConnectAsync(new Line(nodes, histories, "chair 0", 0).Options(tokens[0]));
        await using var second = await RoomClient.ConnectAsync(new Line(nodes, histories, "chair 1", settings.Nodes - 1).Options(tokens[1]));

        Ack last = new(true, 0);
        for (var i = 0; i < Seats; i++)
        {
            var seat = await first.DoAsync("people.seat", new() { ["name"] = $"seat {i}" });
            last = await RaiseAsync(first, seat.Result!.Pid!);
        }
        var (once, both, neither, skipped, won) = (0, 0, 0, 0, 0);
        for (var time = 1; time <= settings.Times; time++)
        {
            var seen = await Task.WhenAll(SeeAsync(first, last.Seq), SeeAsync(second, last.Seq));
            var (floor, head) = (EntryOf(seen[0]), seen[0].State["queue"]!["entries"]![0]!["id"]!.GetValue<string>());
            var acks = await Task.WhenAll(PressAsync(first, floor), PressAsync(second, floor));
            if (acks.Count(ack => ack.Ok) is var accepted && accepted == 1 && acks.Any(ack => ack.Error?.Code == "stale")) once++;
            else if (accepted == 2) both++;
            else neither++;
            if (acks[0].Ok) won++;
            var now = await SeeAsync(time % 2 == 0 ? first : second, acks.Max(ack => ack.Seq));
            if (EntryOf(now) != head) skipped++;
            if (seen[0].Speaker is { } spoke) last = await RaiseAsync(time % 2 == 0 ? second : first, spoke);
            else last = acks.MaxBy(ack => ack.Seq)!;
            if (time % 100 == 0) Console.WriteLine($"{time} of {settings.Times}: {once} with exactly one advance");
        }
        var (_, differing) = await Crowd.Settling.RoomAsync(nodes.Apis, room.Id, tokens[0], [first, second], Patience);
        var taken = histories.Events().SelectMany(happened => happened).Count(happened => happened["type"]!.GetValue<string>() == "floor.taken");
        return new(settings.Times, once, both, neither, skipped, taken, won, differing.Count);
    }

    private static async Task<RoomSnapshot> SeeAsync(RoomClient client, long seq)
    {
        using var limit = new CancellationTokenSource(Patience);
        return await client.WaitForAsync(room => room.Seq >= seq, limit.Token);
    }

    private static Task<Ack> RaiseAsync(RoomClient client, string pid) => client.DoAsync("hand.raise", new() { ["pid"] = pid }).WaitAsync(Patience);

    private static Task<Ack> PressAsync(RoomClient client, string? floor)
    {
        var fields = new JsonObject();
        if (floor is not null) fields["expect"] = floor;
        return client.DoAsync("floor.next", fields).WaitAsync(Patience);
    }

    private static string? EntryOf(RoomSnapshot room) => room.State["floor"]?["entryId"]?.GetValue<string>();
}
