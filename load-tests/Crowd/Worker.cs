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
    private readonly CancellationTokenSource _stop = new();
    private readonly Random _random;
    private readonly string _role;
    private TaskCompletionSource? _nextLife;
    private Task _work = Task.CompletedTask;
    private bool _handUp;
    private int _number;

    private Worker(string role, int seed, string token) => (_role, _random, Token) = (role, new Random(seed), token);

    public RoomClient Client { get; private set; } = null!;
    public string Token { get; }
    public IReadOnlyList<Deed> History => _history;
    public int Answered => _history.Count(deed => deed.Answer.IsCompletedSuccessfully);

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

    public static async Task<Worker> JoinAsync(ServerProcess server, HttpClient http, RoomMade room, string role, int seed)
    {
        var seat = await new RoomApi(http).JoinAsync(room.Id, room.Invite(role), $"worker {role}");
        var worker = new Worker(role, seed, seat.Token);
        worker.Client = await RoomClient.ConnectAsync(new(server.Address, seat.Token)
        {
            FirstWait = TimeSpan.FromMilliseconds(20), LongestWait = TimeSpan.FromMilliseconds(200), Seed = seed, OnChange = worker.Notice,
        });
        return worker;
    }

    public void Start() => _work = WorkAsync();

    /// <summary>Begins nothing new; completes when everything begun is answered.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _work;
    }

    /// <summary>Completes when this client is back in the room after the connection that it has now.</summary>
    public Task NextLifeAsync(TimeSpan patience)
    {
        var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _nextLife, next);
        return next.Task.WaitAsync(patience);
    }

    private void Notice(RoomClient client, RoomChange change)
    {
        if (change is RoomStatusChanged { Status: RoomStatus.Live }) Volatile.Read(ref _nextLife)?.TrySetResult();
    }

    private async Task WorkAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Deed[] begun = _role == "facilitator" ? [.. Facilitate()] : [.. Attend()];
            await Task.WhenAll(begun.Select(deed => deed.Answer));
            foreach (var seat in begun.Where(deed => deed.Type == "people.seat" && deed.Answer.Result.Ok))
                _seats.Add((seat.Answer.Result.Result!.Pid!, seat.Text("name")!));
            // Some forty commands a second each: what the server allows one connection in the long run.
            await Task.Delay(_random.Next(40, 110));
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
        yield return Begin((_handUp = !_handUp) ? "hand.raise" : "hand.lower", []);
    }

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
