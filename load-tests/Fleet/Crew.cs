using System.Text.Json.Nodes;
using SessionRoom.Client;
using SessionRoom.LoadTests.Boards;
using SessionRoom.LoadTests.Crowd;

namespace SessionRoom.LoadTests.Fleet;

/// <param name="People">A fifth facilitates, a fifth raises and lowers its hand, the others keep a place in the queue; the first of those has the floor.</param>
/// <param name="PauseMs">How long each rests between two commands and between two edits, in milliseconds.</param>
internal sealed record CrewSettings(int People, (int From, int To) PauseMs)
{
    /// <summary>What <paramref name="people"/> do so that the room makes some hundred patches a second.</summary>
    public static CrewSettings Of(int people) => new(people, (people * 10, people * 30));
}

/// <summary>One of a crew.</summary>
/// <param name="Number">From 0: a facilitator.</param>
/// <param name="Place">Their entry in the queue or on the floor, if they keep one.</param>
internal sealed record Hand(int Number, Worker Worker, Line Line, MarkWriter Marks, string? Place)
{
    public RoomClient Client => Worker.Client;

    /// <summary>Whether this client sees itself where it was: in the queue or on the floor with the entry that it had, and with its hand up.</summary>
    public bool HasPlace(RoomSnapshot room) => room.Person(Client.You) is { } me
        && (Place is null || EntryOf(room.State["floor"]) == Place || (me["hand"] is not null && room.State["queue"]!["entries"]!.AsArray().Any(entry => entry!["id"]!.GetValue<string>() == Place)));

    private static string? EntryOf(JsonNode? floor) => floor?["entryId"]?.GetValue<string>();
}

/// <summary>People at work in one room over many nodes, on its board too, and in the end what became of it all.</summary>
internal sealed class Crew : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Nodes _nodes;
    private readonly RoomMade _room;
    private CancellationTokenSource _stop = new();
    private readonly List<Hand> _hands = [];
    private Task _writing = Task.CompletedTask;
    private long _timer;

    private Crew(Nodes nodes, RoomMade room) => (_nodes, _room) = (nodes, room);

    public IReadOnlyList<Hand> Hands => _hands;
    public Histories Histories { get; } = new();
    public int Answered => _hands.Sum(hand => hand.Worker.Answered);
    public int Nodes => _nodes.Count;
    public int Connections => _hands.Sum(hand => hand.Line.Connections);

    /// <summary>Answers of <c>unavailable</c>, by node.</summary>
    public int[] Unavailable => [.. Enumerable.Range(0, _nodes.Count).Select(node => _hands.Sum(hand => hand.Line.Unavailable[node]))];

    public int Edits => _hands.Sum(hand => hand.Marks.Answered.Count);

    public static async Task<Crew> GatherAsync(Nodes nodes, CrewSettings settings, Random random)
    {
        var room = await nodes.Apis[0].CreateAsync("Crew", new() { ["settings"] = new JsonObject { ["queuePolicy"] = "fifo", ["speakerLimitMs"] = 3_600_000 } });
        var crew = new Crew(nodes, room);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, settings.People).Select(i => crew.TakeInAsync(i, settings, random.Next())));
            crew._hands.Sort((one, other) => one.Number.CompareTo(other.Number));
            crew._timer = await crew._hands[0].Worker.PauseTimerAsync();
            return crew;
        }
        catch
        {
            await crew.DisposeAsync();
            throw;
        }
    }

    private async Task TakeInAsync(int number, CrewSettings settings, int seed)
    {
        var line = new Line(_nodes, Histories, $"client {number}");
        var (facilitates, keeps) = (number % 5 == 0, number % 5 > 1);
        var worker = await Worker.JoinAsync(_nodes.Apis[number % _nodes.Count], _room, facilitates ? "facilitator" : "member", seed, line.Options, settings.PauseMs, keeps);
        var place = keeps ? await TakePlaceAsync(worker.Client, onFloor: number == 2) : null;
        lock (_hands) _hands.Add(new(number, worker, line, new(worker.Client.Board!, worker.Client.You, seed, settings.PauseMs), place));
    }

    private async Task<string> TakePlaceAsync(RoomClient client, bool onFloor)
    {
        using var limit = new CancellationTokenSource(Patience);
        if (onFloor)
        {
            // The invite makes a facilitator for this one command.
            var seat = await _nodes.Apis[0].JoinAsync(_room.Id, _room.Invite("facilitator"), "host");
            await _nodes.Apis[0].DoAsync(_room.Id, seat.Token, new() { ["id"] = "floor", ["type"] = "floor.give", ["pid"] = client.You });
            return (await client.WaitForAsync(room => room.Speaker == client.You, limit.Token)).State["floor"]!["entryId"]!.GetValue<string>();
        }
        await client.DoAsync("hand.raise", cancel: limit.Token);
        var seen = await client.WaitForAsync(room => room.Queue.Contains(client.You, StringComparer.Ordinal), limit.Token);
        return seen.State["queue"]!["entries"]!.AsArray().First(entry => entry!["pid"]!.GetValue<string>() == client.You)!["id"]!.GetValue<string>();
    }

    public void Start()
    {
        foreach (var hand in _hands) hand.Worker.Start();
        _writing = Task.WhenAll(_hands.Select(hand => hand.Marks.WriteAsync(_stop.Token)));
    }

    /// <summary>Begins nothing new; completes when everything begun is answered, or a minute later. They can start again.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await Task.WhenAll(_hands.Select(hand => hand.Worker.StopAsync()).Append(_writing)).WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            // It is counted as unanswered.
        }
        _stop.Dispose();
        _stop = new();
    }

    /// <summary>Waits until all clients have one state, to which everything answered belongs, and one board. Answers whether they do before the patience ends.</summary>
    public async Task<bool> ConvergeAsync(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        var answered = _hands.Max(hand => hand.Worker.AnsweredSeq);
        while (!limit.IsCancellationRequested)
        {
            var states = _hands.Select(hand => hand.Client.Current).ToList();
            if (states.TrueForAll(state => state.Seq >= answered && state.Seq == states[0].Seq && state.Epoch == states[0].Epoch && JsonNode.DeepEquals(state.State, states[0].State)))
            {
                var board = _hands[0].Client.Board!.Read(BoardContent.Of);
                if (_hands.TrueForAll(hand => hand.Client.Board!.Read(BoardContent.Of).Same(board)) && !board.Lacks(_hands.SelectMany(hand => hand.Marks.Answered))) return true;
            }
            await Task.Delay(10, CancellationToken.None);
        }
        return false;
    }

    /// <summary>Once everybody has stopped: what is missing, doubled, or not the same for all. Somebody who was not there joins on each node and is asked too.</summary>
    public async Task<Verdict> JudgeAsync(TimeSpan? patience = null)
    {
        var token = _hands[0].Worker.Token;
        var fresh = new List<RoomClient>();
        try
        {
            foreach (var node in _nodes.Living) fresh.Add(await RoomClient.ConnectAsync(new Line(_nodes, Histories, $"fresh on {node}", node).Options(token)).WaitAsync(Patience));
            RoomClient[] clients = [.. _hands.Select(hand => hand.Client), .. fresh];
            var (served, states) = await Settling.RoomAsync([.. _nodes.Living.Select(node => _nodes.Apis[node])], _room.Id, token, clients, patience ?? Patience);
            var (board, boards) = await Settling.BoardAsync([.. _nodes.Living.Select(node => _nodes.Addresses[node])], token, [.. clients.Select(client => client.Board!)], patience ?? Patience);

            var accounts = new Accounting(served);
            foreach (var hand in _hands) accounts.Check(hand.Worker);
            accounts.CheckTimer(_timer, _hands.Select(hand => hand.Worker));
            accounts.CheckLog(Histories.Events(), _hands.Select(hand => hand.Worker));
            foreach (var hand in _hands.Where(hand => !hand.HasPlace(served))) accounts.Lost($"the place of {hand.Client.You}");
            foreach (var mark in board.Lacking(_hands.SelectMany(hand => hand.Marks.Answered))) accounts.Lost($"the mark {mark}");
            return new(Answered, Edits, _hands.Sum(hand => hand.Marks.Refused.Count), _hands.Sum(hand => hand.Worker.Waiting + hand.Client.Board!.Unanswered), accounts.Missing, accounts.Twice, states.Count + boards.Count, accounts.Unseen, Histories, _hands.Max(hand => hand.Line.LongestWait), [.. states, .. boards, .. accounts.Wrong]);
        }
        finally
        {
            foreach (var client in fresh) await client.DisposeAsync();
        }
    }

    /// <summary>Everybody gives one more command and makes one more edit. Answers how many of those are not taken within the time, or not there for everybody afterwards.</summary>
    public async Task<int> GoOnAsync(TimeSpan within)
    {
        var lost = 0;
        await Task.WhenAll(_hands.Select(async hand =>
        {
            try
            {
                var name = $"{hand.Client.You} goes on";
                var renamed = await hand.Worker.RenameAsync(name).WaitAsync(within);
                var marked = await hand.Marks.MarkAsync().WaitAsync(within);
                using var limit = new CancellationTokenSource(within);
                if (!renamed.Ok || !marked) throw new InvalidOperationException($"{renamed.Error}");
                foreach (var other in _hands) await other.Client.WaitForAsync(room => room.Person(hand.Client.You)?["name"]?.GetValue<string>() == name, limit.Token);
            }
            catch (Exception e) when (e is TimeoutException or OperationCanceledException or InvalidOperationException)
            {
                Interlocked.Increment(ref lost);
            }
        }));
        return lost;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_hands.Select(hand => hand.Worker.DisposeAsync().AsTask()));
        await _writing.ContinueWith(_ => { }, TaskScheduler.Default);
        _stop.Dispose();
    }
}
