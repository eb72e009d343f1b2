using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using SessionRoom.Client;
using SessionRoom.LoadTests.Boards;

namespace SessionRoom.LoadTests.Circle;

/// <summary>The people of one circle, each over the .NET client with the board, who play a <see cref="Script"/>.</summary>
internal sealed class Cast : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<Player> _players = [];
    private readonly Script _script;
    private readonly string _folder;

    private Cast(Script script, string folder) => (_script, _folder) = (script, folder);

    /// <summary>Where the histories are: a file for each client.</summary>
    public string Folder => _folder;

    public int Answered => _players.Sum(player => player.Answered);
    public int Refused => _players.Sum(player => player.Refused);
    public int Edits => _players.Sum(player => player.Edits);
    public int Connections => _players.Sum(player => player.Recorder.Connections);

    /// <summary>What had no answer when the patience ended.</summary>
    public int Unanswered { get; private set; }

    /// <param name="open">How a client reaches a server.</param>
    /// <param name="folder">Gets the histories.</param>
    public static async Task<Cast> GatherAsync(RoomApi api, Uri server, Func<Uri, string, CancellationToken, Task<WebSocket>> open, Script script, string folder, int seed)
    {
        Directory.CreateDirectory(folder);
        var (cast, random) = (new Cast(script, folder), new Random(seed));
        try
        {
            var room = await api.CreateAsync("Circle", new() { ["settings"] = new JsonObject { ["speakerLimitMs"] = 3_600_000 } });
            foreach (var (name, role) in script.People)
            {
                var seat = await api.JoinAsync(room.Id, room.Invite(role == "facilitator" ? "facilitator" : "member"), name);
                var recorder = new Recorder(open, Path.Combine(folder, $"{name}.jsonl"));
                var player = new Player(name, recorder, random.Next());
                cast._players.Add(player);
                player.Client = await RoomClient.ConnectAsync(new(server, seat.Token)
                {
                    Board = true, OpenSocket = recorder.OpenAsync, FirstWait = TimeSpan.FromMilliseconds(50), LongestWait = TimeSpan.FromSeconds(1), Seed = random.Next(),
                }).WaitAsync(Patience);
            }
            // An invite makes a member; who takes notes is said by the facilitator.
            foreach (var player in cast._players.Where(player => script.People[player.Name] is not ("facilitator" or "member")))
                await cast._players[0].Client.DoAsync("role.assign", new() { ["pid"] = player.Client.You, ["role"] = script.People[player.Name] }).WaitAsync(Patience);
            return cast;
        }
        catch
        {
            await cast.DisposeAsync();
            throw;
        }
    }

    /// <summary>Plays it once, a minute of it in that time; completes when everything is answered, or the patience ends.</summary>
    public async Task PlayAsync(TimeSpan minute, CancellationToken stop = default)
    {
        var from = Stopwatch.GetTimestamp();
        var playing = Task.WhenAll(_players.Select(player => PlayAsync(player, from, minute, stop)));
        try
        {
            await playing.WaitAsync(_script.Minutes * minute + Patience, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            Unanswered = _players.Sum(player => player.Waiting);
        }
    }

    /// <summary>Waits until all clients have one state, and writes down what each shows.</summary>
    /// <returns>Whether they came to one.</returns>
    public async Task<bool> EndAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            // What is written down is what was compared: somebody's going may come in between.
            var ends = _players.ConvertAll(player => (player.Client.Current, Board: player.Client.Board!.Read(BoardContent.Of)));
            var one = ends[0].Current.Seq >= _players.Max(player => player.AnsweredSeq) && ends.TrueForAll(end => end.Current.Seq == ends[0].Current.Seq && end.Current.Epoch == ends[0].Current.Epoch && end.Board.Same(ends[0].Board));
            if (!one && !limit.IsCancellationRequested)
            {
                await Task.Delay(50, CancellationToken.None);
                continue;
            }
            foreach (var (player, end) in _players.Zip(ends)) player.Recorder.End(player.Client.You, end.Current, end.Board);
            foreach (var player in _players) await player.DisposeAsync();
            return one;
        }
    }

    private async Task PlayAsync(Player player, long from, TimeSpan minute, CancellationToken stop)
    {
        foreach (var step in _script.Of(player.Name))
        {
            if (stop.IsCancellationRequested) return;
            var due = (step.At * minute) - Stopwatch.GetElapsedTime(from);
            if (due > TimeSpan.FromMilliseconds(1)) await Task.Delay(due, CancellationToken.None);
            switch (step.Do)
            {
                case "away": player.Recorder.GoAway(step.Minutes * minute); break;
                case "write": await player.WriteAsync(); break;
                // What is written off the record may be lost with the node that held it: then nobody writes.
                case "record.off":
                    foreach (var other in _players) await other.OffRecordAsync();
                    await player.DoAsync(step);
                    break;
                case "record.on":
                    await player.DoAsync(step);
                    foreach (var other in _players) other.OnRecord();
                    break;
                default: await player.DoAsync(step); break;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var player in _players) await player.DisposeAsync();
    }
}
