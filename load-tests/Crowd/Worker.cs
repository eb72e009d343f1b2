using System.Text.Json.Nodes;
using SessionRoom.Client;

namespace SessionRoom.LoadTests.Crowd;

/// <summary>A command that somebody gave, and how it was answered.</summary>
internal sealed record Deed(string Type, JsonObject Fields, Task<Ack> Answer)
{
    public string? Text(string field) => Fields[field]?.GetValue<string>();
}

/// <summary>Somebody who works in a room without a pause and remembers everything they did. Each thing they do is their own, so that its effect can be told from all others'.</summary>
internal sealed class Worker : IAsyncDisposable
{
    private readonly List<Deed> _history = [];
    private readonly List<(string Pid, string Name)> _seats = [];
    private CancellationTokenSource _stop = new();
    private readonly Random _random;
    private readonly string _role;
    private Task _work = Task.CompletedTask;
    private bool _handUp;
    private int _number;

    private readonly (int From, int To) _pauseMs;

    private Worker(string role, int seed, string token, (int From, int To) pauseMs) => (_role, _random, Token, _pauseMs) = (role, new Random(seed), token, pauseMs);


    public RoomClient Client { get; private set; } = null!;
    public string Token { get; }
    public Lives Lives { get; } = new();

    /// <summary>Whether they leave the hand as it is that they have up.</summary>
    public bool KeepsHand { get; init; }

    public IReadOnlyList<Deed> History => _history;

    public int Answered
    {
        get { lock (_history) return _history.Count(deed => deed.Answer.IsCompletedSuccessfully); }
    }

    /// <summary>How many of their commands wait for an answer now.</summary>
    public int Waiting
    {
        get { lock (_history) return _history.Count(deed => !deed.Answer.IsCompleted); }
    }

    /// <summary>The highest sequence that they were given as an answer.</summary>
    public long AnsweredSeq
    {
        get { lock (_history) return _history.Where(deed => deed.Answer.IsCompletedSuccessfully).Max(deed => (long?)deed.Answer.Result.Seq) ?? 0; }
    }

    /// <param name="api">The server's, for the invite.</param>
    /// <param name="room">Where to.</param>
    /// <param name="role">A facilitator seats people and extends the timer; anybody else renames themselves and raises their hand.</param>
    /// <param name="seed">Seeds what they do and when.</param>
    /// <param name="way">By which way they reach the room, given their token.</param>
    /// <param name="pauseMs">How long they rest between two things, in milliseconds; by default so that they give some forty commands a second each: what the server allows one connection in the long run.</param>
    /// <param name="keepsHand">As <see cref="KeepsHand"/>.</param>
    public static async Task<Worker> JoinAsync(RoomApi api, RoomMade room, string role, int seed, Func<string, RoomClientOptions> way, (int From, int To)? pauseMs = null, bool keepsHand = false)
    {
        var seat = await api.JoinAsync(room.Id, room.Invite(role), $"worker {role}");
        var worker = new Worker(role, seed, seat.Token, pauseMs ?? (40, 110)) { KeepsHand = keepsHand };
        worker.Client = await RoomClient.ConnectAsync(way(seat.Token) with { Seed = seed, OnChange = worker.Lives.Notice });
        return worker;
    }

    public void Start() => _work = WorkAsync(_stop.Token);

    /// <summary>Starts the room's timer and pauses it: from then on what is left is a sum. Answers it, in milliseconds.</summary>
    public async Task<long> PauseTimerAsync()
    {
        var started = await Client.DoAsync("timer.start", new JsonObject { ["durationMs"] = 3_600_000 });
        var paused = await Client.DoAsync("timer.pause");
        if (!started.Ok || !paused.Ok) throw new InvalidOperationException("the timer does not start");
        return (await Client.WaitForAsync(room => room.Timer.Status == "paused")).Timer.RemainingMs!.Value;
    }

    /// <summary>Begins nothing new; completes when everything begun is answered. They can start again.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
        _stop = new();
    }

    /// <summary>Completes when everything that waits for an answer now has one.</summary>
    public Task AnswerAllAsync()
    {
        lock (_history) return Task.WhenAll(_history.Select(deed => deed.Answer).Where(answer => !answer.IsCompleted).ToList());
    }

    private async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Deed[] begun = _role == "facilitator" ? [.. Facilitate()] : [.. Attend()];
            await Task.WhenAll(begun.Select(deed => deed.Answer));
            foreach (var seat in begun.Where(deed => deed.Type == "people.seat" && deed.Answer.Result.Ok))
                _seats.Add((seat.Answer.Result.Result!.Pid!, seat.Text("name")!));
            await Task.Delay(_random.Next(_pauseMs.From, _pauseMs.To), CancellationToken.None);
        }
    }

    private IEnumerable<Deed> Facilitate()
    {
        yield return Begin("people.seat", new() { ["name"] = $"seat {Client.You} {++_number}" });
        yield return Begin("timer.extend", new() { ["byMs"] = _random.Next(1, 5_000) });
        if (_seats.Count > 3)
        {
            var at = _random.Next(_seats.Count);
            var (pid, name) = _seats[at];
            _seats.RemoveAt(at);
            yield return Begin("people.remove", new() { ["pid"] = pid, ["name"] = name });
        }
    }

    private IEnumerable<Deed> Attend()
    {
        yield return Begin("people.rename", new() { ["name"] = $"member {Client.You} {++_number}" });
        if (!KeepsHand) yield return Begin((_handUp = !_handUp) ? "hand.raise" : "hand.lower", []);
    }

    public Task<Ack> RenameAsync(string name) => Begin("people.rename", new() { ["name"] = name }).Answer;

    private Deed Begin(string type, JsonObject fields)
    {
        var deed = new Deed(type, fields, Client.DoAsync(type, fields));
        lock (_history) _history.Add(deed);
        return deed;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Client.DisposeAsync();
        await _work.ContinueWith(_ => { }, TaskScheduler.Default);
        _stop.Dispose();
    }
}
