using System.Diagnostics;
using System.Text.Json.Nodes;
using SessionRoom.Client;
using SessionRoom.LoadTests.Crowd;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Scenarios;

/// <param name="Rounds">How often the server is killed.</param>
/// <param name="Seed">Seeds the moments of the kills and what everybody does.</param>
public sealed record CrashSettings(int Rounds = 50, int? Seed = null);

/// <param name="Missing">Answered commands whose effect the room does not have.</param>
/// <param name="Twice">Commands whose effect the room has more than once.</param>
/// <param name="Disagreeing">Clients that in the end see another state than the server serves.</param>
/// <param name="Answered">Commands that were answered, all rounds together.</param>
/// <param name="CutOff">Commands that waited for an answer when the server was killed, all rounds together.</param>
public sealed record CrashResult(int Kills, int Answered, int CutOff, int Missing, int Twice, int Disagreeing, int Seed, IReadOnlyList<string> Wrong, IReadOnlyList<double> BackMs) : IFigure
{
    public bool Holds => Missing == 0 && Twice == 0 && Disagreeing == 0;

    public override string ToString() => new Table("kill -9 under load", "figure")
        .Row("kills", Kills).Row("commands answered", Answered).Row("commands cut off by a kill, sent again", CutOff)
        .Row("answered commands missing", Missing).Row("done twice", Twice).Row("clients with another state in the end", Disagreeing)
        .Row("everybody back, median ms after the kill", BackMs.Order().ElementAt(BackMs.Count / 2)).Row("seed", Seed) + string.Concat(Wrong.Select(line => "\n" + line));
}

/// <summary>Kills the server at random moments while people work, and asks their own histories what the room should be.</summary>
public static class Crash
{
    private const int Facilitators = 4, Members = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<CrashResult> RunAsync(CrashSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var seed = settings.Seed ?? Random.Shared.Next();
        var random = new Random(seed);
        await using var server = await ServerProcess.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Address };
        var room = await new RoomApi(http).CreateAsync("Crash");

        var workers = new List<Worker>();
        try
        {
            for (var i = 0; i < Facilitators + Members; i++)
                workers.Add(await Worker.JoinAsync(server, http, room, i < Facilitators ? "facilitator" : "member", random.Next()));
            var began = await PausedTimerAsync(workers[0].Client);
            foreach (var worker in workers) worker.Start();

            var (back, behind, cutOff) = (new List<double>(), new List<string>(), 0);
            for (var round = 0; round < settings.Rounds; round++)
            {
                await Task.Delay(random.Next(20, 500));
                var kill = server.KillAsync();
                cutOff += workers.Sum(worker => worker.Waiting);
                await kill;
                var killed = Stopwatch.GetTimestamp();
                var lives = workers.Select(worker => worker.NextLifeAsync(Patience)).ToArray();
                var answered = workers.Max(worker => worker.AnsweredSeq);
                await server.StartAgainAsync();
                await Task.WhenAll(lives);
                back.Add(Stopwatch.GetElapsedTime(killed).TotalMilliseconds);
                if (workers.Min(worker => worker.Client.Current.Seq) is var seq && seq < answered) behind.Add($"round {round}: {answered} was answered, {seq} is served");
            }

            foreach (var worker in workers) await worker.StopAsync().WaitAsync(Patience);
            var (served, disagreeing) = await SettleAsync(http, room.Id, workers);
            var accounts = new Accounting(served);
            foreach (var line in behind) accounts.Lost(line);
            foreach (var worker in workers) accounts.Check(worker);
            accounts.CheckTimer(began, workers);
            return new(settings.Rounds, workers.Sum(worker => worker.Answered), cutOff, accounts.Missing, accounts.Twice, disagreeing, seed, accounts.Wrong, back);
        }
        finally
        {
            foreach (var worker in workers) await worker.DisposeAsync();
        }
    }

    private static async Task<long> PausedTimerAsync(RoomClient client)
    {
        var started = await client.DoAsync("timer.start", new JsonObject { ["durationMs"] = 3_600_000 });
        var paused = await client.DoAsync("timer.pause");
        if (!started.Ok || !paused.Ok) throw new InvalidOperationException("the timer does not start");
        return (await client.WaitForAsync(room => room.Timer.Status == "paused")).Timer.RemainingMs!.Value;
    }

    /// <summary>Waits until nothing moves, and compares what everybody sees with what the server serves.</summary>
    private static async Task<(RoomSnapshot Served, int Disagreeing)> SettleAsync(HttpClient http, string room, List<Worker> workers)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var served = await new RoomApi(http).ReadAsync(room, workers[0].Token, limit.Token);
            var seen = await Task.WhenAll(workers.Select(worker => worker.Client.WaitForAsync(state => state.Seq >= served.Seq, limit.Token)));
            if (seen.All(state => state.Seq == served.Seq))
                return (served, seen.Count(state => state.Epoch != served.Epoch || !JsonNode.DeepEquals(state.State, served.State)));
        }
    }
}
