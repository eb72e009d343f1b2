using System.Diagnostics;
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
        var api = new RoomApi(http);
        var room = await api.CreateAsync("Crash");

        var workers = new List<Worker>();
        try
        {
            for (var i = 0; i < Facilitators + Members; i++)
                workers.Add(await Worker.JoinAsync(api, room, i < Facilitators ? "facilitator" : "member", random.Next(), Way));
            var began = await workers[0].PauseTimerAsync();
            foreach (var worker in workers) worker.Start();

            var (back, behind, cutOff) = (new List<double>(), new List<string>(), 0);
            for (var round = 0; round < settings.Rounds; round++)
            {
                await Task.Delay(random.Next(20, 500));
                var kill = server.KillAsync();
                cutOff += workers.Sum(worker => worker.Waiting);
                await kill;
                var killed = Stopwatch.GetTimestamp();
                var lives = workers.Select(worker => worker.Lives.NextAsync(Patience)).ToArray();
                var answered = workers.Max(worker => worker.AnsweredSeq);
                await server.StartAgainAsync();
                await Task.WhenAll(lives);
                back.Add(Stopwatch.GetElapsedTime(killed).TotalMilliseconds);
                if (workers.Min(worker => worker.Client.Current.Seq) is var seq && seq < answered) behind.Add($"round {round}: {answered} was answered, {seq} is served");
            }

            foreach (var worker in workers) await worker.StopAsync().WaitAsync(Patience);
            var (served, disagreeing) = await Settling.RoomAsync([api], room.Id, workers[0].Token, [.. workers.Select(worker => worker.Client)], Patience);
            var accounts = new Accounting(served);
            foreach (var line in behind) accounts.Lost(line);
            foreach (var worker in workers) accounts.Check(worker);
            accounts.CheckTimer(began, workers);
            return new(settings.Rounds, workers.Sum(worker => worker.Answered), cutOff, accounts.Missing, accounts.Twice, disagreeing.Count, seed, [.. disagreeing, .. accounts.Wrong], back);
        }
        finally
        {
            foreach (var worker in workers) await worker.DisposeAsync();
        }

        RoomClientOptions Way(string token) => new(server.Address, token) { FirstWait = TimeSpan.FromMilliseconds(20), LongestWait = TimeSpan.FromMilliseconds(200) };
    }
}
