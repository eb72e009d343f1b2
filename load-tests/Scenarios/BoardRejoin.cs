using System.Net.WebSockets;
using System.Text.Json.Nodes;
using SessionRoom.Client;
using SessionRoom.Crdt;
using SessionRoom.LoadTests.Boards;
using SessionRoom.LoadTests.Crowd;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Scenarios;

/// <param name="Kilobytes">Of the board's state.</param>
public sealed record BoardRejoinSettings(int Kilobytes = 1_000);

/// <summary>One way back.</summary>
/// <param name="Board">Bytes of the answer's board update; −1 where only the whole was counted.</param>
/// <param name="Missing">Bytes of the server's state vector in it.</param>
/// <param name="Whole">Bytes of everything that the server sent until the edit was there.</param>
public sealed record WayBack(string What, int Board, int Missing, long Whole);

public sealed record BoardRejoinResult(int BoardBytes, int Clients, IReadOnlyList<WayBack> Ways) : IFigure
{
    public const int AllowedBytes = 1_000;

    /// <summary>What the board adds is held to it on every way, and all that is sent on the client's own; the rest of an answer is the room's state, as large as its people are many.</summary>
    public bool Holds => Ways.All(way => way.Board < 0 ? way.Whole <= AllowedBytes : way.Board + way.Missing <= AllowedBytes);

    public override string ToString()
    {
        var table = new Table("one edit was missed", "board update, bytes", "state vector, bytes", "everything sent, bytes");
        foreach (var way in Ways) table.Row(way.What, way.Board < 0 ? "" : way.Board, way.Board < 0 ? "" : way.Missing, way.Whole);
        return $"{table}\n\nthe board: {BoardBytes} bytes, written by {Clients} clients; at most {AllowedBytes} bytes are allowed";
    }
}

/// <summary>Somebody with a large board comes back after one edit that they missed.</summary>
public static class BoardRejoin
{
    private const int Clients = 20;
    private const string Envelope = """{"type":3,"invocationId":"2","result":}""" + "\u001e";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<BoardRejoinResult> RunAsync(BoardRejoinSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        await using var server = await ServerProcess.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Address };
        var room = await new RoomApi(http).CreateAsync("Rejoin");
        var tokens = await Gathering.TokensAsync(http, room, "member", 3);
        await FillAsync(server.Address, tokens[0], settings.Kilobytes * 1_000);
        await using var writer = await BoardWriter.JoinAsync(server.Address, tokens[0], binary: true, seed: 1);

        await using var raw = new Intruder();
        await raw.OpenAsync(server.Address, tokens[1]);
        var had = ServedBoard.Of(await raw.EnterAsync());
        await MissAsync(writer);
        List<WayBack> ways =
        [
            Measured("Join with a state vector, JSON", await raw.CallAsync("Join", $$"""{"board":"{{Convert.ToBase64String(had.Vector)}}"}"""), had),
            Measured("Join with a number, JSON", await raw.CallAsync("Join", $$"""{"n":{{had.N}}}"""), had),
        ];
        foreach (var binary in (bool[])[false, true]) ways.Add(await ComeBackAsync(server.Address, tokens[2], binary, writer));
        return new(had.Doc.EncodeStateAsUpdate().Length, Clients, ways);
    }

    /// <summary>Cards with notes, by several clients.</summary>
    private static async Task FillAsync(Uri server, string token, int bytes)
    {
        for (var client = 0; client < Clients; client++)
        {
            var doc = new Doc();
            for (var card = 0; doc.GetState(doc.ClientId) < (ulong)(bytes / Clients * 0.95); card++)
            {
                var map = doc.GetMap("actions").SetMap($"{doc.ClientId}-{card}");
                map.SetText("title", $"Card {card}");
                map.SetText("notes", string.Concat(Enumerable.Repeat("What was said of it. ", 20)));
                map.Set("column", "todo");
            }
            await using var visitor = new Intruder();
            await visitor.OpenAsync(server, token);
            await visitor.EnterAsync();
            if (await BoardAttempts.PushAsync(visitor, doc.EncodeStateAsUpdate()) is not "ok" and var answer) throw new InvalidOperationException($"the board is not taken: {answer}");
        }
    }

    private static async Task MissAsync(BoardWriter writer)
    {
        var answer = await writer.Board.EditAsync(doc => ((YText)((YMap)doc.GetMap("actions")[doc.GetMap("actions").Keys.First()].AsType)["title"].AsType).Insert(0, "Important: "));
        if (!answer.Ok) throw new InvalidOperationException($"the edit is not taken: {answer.Error}");
    }

    private static WayBack Measured(string what, string answer, ServedBoard had)
    {
        var joined = JsonNode.Parse(answer)!;
        var update = Convert.FromBase64String(joined["board"]!.GetValue<string>());
        var before = had.Content;
        var doc = new Doc();
        doc.ApplyUpdate(had.Doc.EncodeStateAsUpdate());
        doc.ApplyUpdate(update);
        if (BoardContent.Of(doc).Json == before.Json) throw new InvalidDataException("the answer does not hold the edit");
        return new(what, update.Length, joined["missing"] is { } missing ? Convert.FromBase64String(missing.GetValue<string>()).Length : 0, Envelope.Length + answer.Length);
    }

    /// <summary>The .NET client on a connection that is cut: everything that comes on the next one, until its replica has the edit.</summary>
    private static async Task<WayBack> ComeBackAsync(Uri server, string token, bool binary, BoardWriter writer)
    {
        var (socket, received) = ((WebSocket?)null, 0L);
        var (mayOpen, back) = (new SemaphoreSlim(1), new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var client = await RoomClient.ConnectAsync(new(server, token)
        {
            Board = true, MessagePack = binary, FirstWait = TimeSpan.FromMilliseconds(1),
            OnChange = (_, change) => { if (change is BoardChanged) back.TrySetResult(Interlocked.Read(ref received)); },
            OpenSocket = async (address, bearer, cancel) =>
            {
                await mayOpen.WaitAsync(cancel);
                var inner = new ClientWebSocket();
                inner.Options.SetRequestHeader("Authorization", $"Bearer {bearer}");
                await inner.ConnectAsync(address, cancel);
                Interlocked.Exchange(ref received, 0);
                return socket = new TappedSocket(inner, part => Interlocked.Add(ref received, part.Length));
            },
        });
        socket!.Abort();
        await MissAsync(writer);
        mayOpen.Release();
        var bytes = await back.Task.WaitAsync(Patience);
        mayOpen.Dispose();
        return new($".NET client, cut and back by its number, {(binary ? "MessagePack" : "JSON")}", -1, 0, bytes);
    }
}
