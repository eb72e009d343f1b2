using System.Diagnostics;
using SessionRoom.Client;
using SessionRoom.LoadTests.Boards;
using SessionRoom.LoadTests.Crowd;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Scenarios;

/// <param name="Rounds">How often the server is killed.</param>
/// <param name="Seed">Seeds the moments of the kills and what is written.</param>
public sealed record BoardCrashSettings(int Rounds = 50, int? Seed = null);

/// <param name="CutOff">Edits that waited for an answer when the server was killed, all rounds together.</param>
/// <param name="Missing">Answered edits whose mark the server did not have after a restart, or in the end.</param>
/// <param name="Refused">Edits that were answered with anything but <c>ok</c>.</param>
/// <param name="Differing">Writers whose replica is in the end not the server's.</param>
public sealed record BoardCrashResult(int Kills, int Answered, int CutOff, int Missing, int Refused, int Differing, int BoardBytes, double BackMs, int Seed) : IFigure
{
    public bool Holds => Missing == 0 && Refused == 0 && Differing == 0;

    public override string ToString() => new Table("kill -9 while many write on a board", "figure")
        .Row("kills", Kills).Row("edits answered", Answered).Row("edits cut off by a kill, pushed again", CutOff).Row("answered edits missing", Missing)
        .Row("edits refused", Refused).Row("replicas that differ from the server's", Differing).Row("board, bytes", BoardBytes)
        .Row("everybody back, median ms after the kill", BackMs).Row("seed", Seed).ToString();
}

/// <summary>Kills the server at random moments while people write. Every edit leaves a mark of its own, which is looked for by somebody who was not there.</summary>
public static class BoardCrash
{
    private const int Writers = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<BoardCrashResult> RunAsync(BoardCrashSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var seed = settings.Seed ?? Random.Shared.Next();
        var random = new Random(seed);
        await using var server = await ServerProcess.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Address };
        var room = await new RoomApi(http).CreateAsync("Crash");
        var tokens = await Gathering.TokensAsync(http, room, "member", Writers + 1);
        var writers = await Task.WhenAll(tokens.Skip(1).Select((token, i) => BoardWriter.JoinAsync(server.Address, token, binary: i % 2 == 0, random.Next())));
        using var stop = new CancellationTokenSource();
        var missing = new HashSet<string>(StringComparer.Ordinal);
        var hands = writers.Select(writer => new MarkWriter(writer.Board, writer.Client.You, random.Next(), (5, 40))).ToList();
        try
        {
            var writing = hands.Select(hand => hand.WriteAsync(stop.Token)).ToArray();
            var (back, cutOff) = (new List<double>(), 0);
            for (var round = 0; round < settings.Rounds; round++)
            {
                await Task.Delay(random.Next(20, 500));
                cutOff += writers.Sum(writer => writer.Board.Unanswered);
                await server.KillAsync();
                var killed = Stopwatch.GetTimestamp();
                var lives = writers.Select(writer => writer.Lives.NextAsync(Patience)).ToArray();
                var before = Answered();
                await server.StartAgainAsync();
                missing.UnionWith((await ServedBoard.ReadAsync(server.Address, tokens[0])).Lacking(before));
                await Task.WhenAll(lives);
                back.Add(Stopwatch.GetElapsedTime(killed).TotalMilliseconds);
            }
            await stop.CancelAsync();
            await Task.WhenAll(writing).WaitAsync(Patience);

            var served = await ServedBoard.ReadAsync(server.Address, tokens[0]);
            missing.UnionWith(served.Lacking(Answered()));
            var content = served.Content;
            using var limit = new CancellationTokenSource(Patience);
            foreach (var writer in writers) await writer.Board.WaitForAsync(doc => doc.EncodeStateVector().AsSpan().SequenceEqual(served.Vector), limit.Token);
            return new(settings.Rounds, Answered().Count, cutOff, missing.Count, hands.Sum(hand => hand.Refused.Count), writers.Count(writer => !writer.Content.Same(content)),
                served.Doc.EncodeStateAsUpdate().Length, back.Order().ElementAt(back.Count / 2), seed);
        }
        finally
        {
            await stop.CancelAsync();
            foreach (var writer in writers) await writer.DisposeAsync();
        }

        List<string> Answered() => [.. hands.SelectMany(hand => hand.Answered)];
    }
}
