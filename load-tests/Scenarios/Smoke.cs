using System.Diagnostics;
using SessionRoom.LoadTests.Fleet;
using SessionRoom.LoadTests.Measuring;
using SessionRoom.LoadTests.Peers;

namespace SessionRoom.LoadTests.Scenarios;

/// <summary>One scenario in short.</summary>
/// <param name="Failure">Why it does not work; null if it does.</param>
public sealed record Tried(string Scenario, double Seconds, string? Failure);

/// <param name="Skipped">What could not be had here, and why.</param>
public sealed record SmokeResult(IReadOnlyList<Tried> Scenarios, IReadOnlyList<string> Skipped) : IFigure
{
    public int Passed => Scenarios.Count(tried => tried.Failure is null);
    public int Failed => Scenarios.Count - Passed;
    public bool Holds => Failed == 0;

    public override string ToString()
    {
        var table = new Table("scenario, in short", "seconds", "works");
        foreach (var tried in Scenarios) table.Row(tried.Scenario, tried.Seconds, tried.Failure is null ? "yes" : "NO");
        return $"{table}\n{string.Concat(Scenarios.Where(tried => tried.Failure is not null).Select(tried => $"\n{tried.Scenario}: {tried.Failure}"))}{string.Concat(Skipped.Select(skipped => $"\nskipped: {skipped}"))}\n{Passed} passed, {Failed} failed";
    }
}

/// <summary>A short form of each scenario: that it runs from end to end, and that nothing is lost; times are not judged.</summary>
public static class Smoke
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task<SmokeResult> RunAsync()
    {
        var (tried, skipped) = (new List<Tried>(), new List<string>());
        var npm = await NodePackages.InstallAsync();
        if (npm is not null) skipped.Add($"Socket.IO, Hocuspocus and y-websocket: {npm}");
        if (RedisProcess.Lacking is { } lacking) skipped.Add($"two nodes and chaos: {lacking}");
        string[] rooms = npm is null ? ["own", "packed", "raw", "signalr", "socketio"] : ["own", "packed", "raw", "signalr"], boards = npm is null ? ["own", "hocuspocus", "y-websocket"] : ["own"];
        ContestSettings contest = new(rooms, Rounds: 1, Retries: 0, Seconds: 0.5, Warm: 0.3);

        await TryAsync("fanout", () => Fanout.RunAsync(new(contest, Members: 40, InFlight: [1, 16], Rates: [50])), result => Lost(result));
        await TryAsync("rooms", () => SmallRooms.RunAsync(new(contest with { Peers = ["own", "raw"] }, Rooms: 10, Members: 4, Rate: 50)), result => Lost(result));
        await TryAsync("join", () => Arrivals.RunAsync(new(contest with { Peers = npm is null ? ["own", "socketio-tell"] : ["own"] }, Members: 40, Over: 0.3)), result => Lost(result));
        await TryAsync("board", () => SharedBoards.RunAsync(new(contest with { Peers = boards }, Rooms: 3, Members: 5, InFlight: 5)), result => Lost(result));
        await TryAsync("session", () => Session.RunAsync(new(Rooms: 1, Seconds: 6)), result => result.Holds ? null : $"{result}");
        await TryAsync("slow", () => SlowReader.RunAsync(new(Members: 20, Seconds: 6, Pairs: 1, Text: 20_000, Crowd: 0)), result => result.IsCorrect ? null : $"{result}");
        await TryAsync("hostile", () => Hostile.RunAsync(new(Commands: 200, Seconds: 1, Pairs: 1)), result => result.IsCorrect ? null : $"{result}");
        await TryAsync("soak", () => Soak.RunAsync(new(Minutes: 0.05, Warm: 0, Rooms: 1, Circle: 3)), result => result.IsCorrect ? null : $"{result}");
        if (RedisProcess.Lacking is not null) return new(tried, skipped);
        if (npm is null) await TryAsync("nodes-fanout", () => Fanout.RunAsync(new(contest with { Peers = ["own", "socketio"] }, Members: 20, InFlight: [4], TwoNodes: true)), result => Lost(result));
        await TryAsync("chaos", () => Chaos.RunAsync(new(Nodes: 3, Rooms: 1, Seconds: 1, Circle: 10, Every: 3)), result => result.Holds ? null : $"{result}");
        return new(tried, skipped);

        async Task TryAsync<T>(string scenario, Func<Task<T>> run, Func<T, string?> judge)
        {
            var from = Stopwatch.GetTimestamp();
            string? failure;
            try
            {
                failure = judge(await run().WaitAsync(Patience));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                failure = e.ToString();
            }
            tried.Add(new(scenario, Stopwatch.GetElapsedTime(from).TotalSeconds, failure));
        }
    }

    private static string? Lost(Comparison result) => result.IsCorrect ? null : $"{result}";
}
