using System.Diagnostics;
using SessionRoom.Client;
using SessionRoom.LoadTests.Boards;
using SessionRoom.LoadTests.Crowd;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Scenarios;

/// <param name="Writers">Half of them speak JSON, half MessagePack.</param>
/// <param name="Edits">Of each.</param>
/// <param name="Seed">Seeds what they write and whose connection is cut when.</param>
public sealed record BoardWritersSettings(int Writers = 50, int Edits = 100, int? Seed = null);

/// <param name="Refused">Edits that were answered with anything but <c>ok</c>.</param>
/// <param name="Differing">Writers whose replica has another content or state vector in the end than the server's.</param>
/// <param name="Fresh">Whether somebody who comes afterwards has what the server has.</param>
/// <param name="Restarted">Whether the server has it still after a restart.</param>
public sealed record BoardWritersResult(
    int Writers, int Answered, int Refused, int Cuts, int Differing, bool Fresh, bool Restarted, int Cards, int BoardBytes, double Seconds, int Seed) : IFigure
{
    public bool Holds => Refused == 0 && Differing == 0 && Fresh && Restarted;

    public override string ToString() => new Table("many write on one board", "figure")
        .Row("writers", Writers).Row("edits answered", Answered).Row("edits refused", Refused).Row("connections cut", Cuts)
        .Row("replicas that differ from the server's", Differing).Row("a fresh joiner has the same", Fresh).Row("the server has it after kill -9", Restarted)
        .Row("cards in the end", Cards).Row("board, bytes", BoardBytes).Row("seconds", Seconds).Row("seed", Seed).ToString();
}

/// <summary>Fifty people write on one board while their connections are cut.</summary>
public static class BoardWriters
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task<BoardWritersResult> RunAsync(BoardWritersSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var seed = settings.Seed ?? Random.Shared.Next();
        var random = new Random(seed);
        await using var server = await ServerProcess.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Address };
        var room = await new RoomApi(http).CreateAsync("Writers");
        var tokens = await Gathering.TokensAsync(http, room, "member", settings.Writers + 1);
        var from = Stopwatch.GetTimestamp();
        var writers = await Task.WhenAll(tokens.Skip(1).Select((token, i) => BoardWriter.JoinAsync(server.Address, token, binary: i % 2 == 0, random.Next())));
        try
        {
            var writing = writers.Select(writer => WriteAsync(writer.Board, settings.Edits, new Random(random.Next()))).ToArray();
            var cuts = 0;
            for (var all = Task.WhenAll(writing); !all.IsCompleted; cuts++)
            {
                await Task.WhenAny(all, Task.Delay(random.Next(10, 80)));
                writers[random.Next(writers.Length)].Cut();
            }
            var answers = (await Task.WhenAll(writing)).SelectMany(mine => mine).ToList();
            var seconds = Stopwatch.GetElapsedTime(from).TotalSeconds;

            var served = await ServedBoard.ReadAsync(server.Address, tokens[0]);
            var content = served.Content;
            await Task.WhenAll(writers.Select(writer => CatchUpAsync(writer.Board, content)));
            var differing = writers.Count(writer => !writer.Content.Same(content));
            bool fresh;
            await using (var joiner = await BoardWriter.JoinAsync(server.Address, tokens[0], binary: true, seed)) fresh = served.IsWhole && joiner.Content.Same(content);
            await server.KillAsync();
            await server.StartAgainAsync();
            var restarted = (await ServedBoard.ReadAsync(server.Address, tokens[0])).Content.Same(content);
            return new(settings.Writers, answers.Count(answer => answer.Ok), answers.Count(answer => !answer.Ok), cuts, differing, fresh, restarted,
                content.Json.AsObject["actions"].AsObject.Count, served.Doc.EncodeStateAsUpdate().Length, seconds, seed);
        }
        finally
        {
            foreach (var writer in writers) await writer.DisposeAsync();
        }
    }

    /// <summary>Sometimes waits for the answer, sometimes types on.</summary>
    private static async Task<Ack[]> WriteAsync(RoomBoard board, int edits, Random random)
    {
        var (script, answers) = (new RandomEdits(random), new List<Task<Ack>>());
        for (var i = 0; i < edits; i++)
        {
            answers.Add(board.EditAsync(script.Edit));
            if (random.Next(4) == 0) await answers[^1].WaitAsync(Patience);
            else await Task.Delay(random.Next(40));
        }
        return await Task.WhenAll(answers).WaitAsync(Patience);
    }

    /// <summary>Waits until nothing is on its way any more, deletions too, of which a state vector says nothing; whoever never gets there counts as differing.</summary>
    private static async Task CatchUpAsync(RoomBoard board, BoardContent content)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await board.WaitForAsync(doc => BoardContent.Of(doc).Same(content), limit.Token);
        }
        catch (OperationCanceledException)
        {
            // It is told by its content.
        }
    }
}
