using System.Text.Json.Nodes;
using SessionRoom.Client;
using SessionRoom.LoadTests.Boards;
using SessionRoom.LoadTests.Crowd;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Scenarios;

/// <param name="Edits">Edits of a healthy member, one after each attempt.</param>
/// <param name="Refused">Those of them that were not taken.</param>
/// <param name="Stands">Whether the server is ready afterwards and makes rooms.</param>
public sealed record BoardHostileResult(IReadOnlyList<Attempt> Attempts, int Edits, int Refused, bool Stands) : IFigure
{
    public bool Holds => Stands && Refused == 0 && Attempts.All(attempt => attempt.Holds);

    public override string ToString()
    {
        var table = new Table("attempt", "answered", "no effect", "as it must");
        foreach (var attempt in Attempts) table.Row(attempt.What, attempt.Answered, attempt.HadNoEffect, attempt.Holds);
        return $"{table}\n\nattempts: {Attempts.Count}; edits of a healthy member meanwhile: {Edits}, refused of them: {Refused}; the server stands: {Stands}";
    }
}

/// <summary>Updates that no sound client writes, through the hub: refused with a code, without effect, and the room goes on.</summary>
public static class BoardHostile
{
    private const int Full = 1_000_000;
    private static readonly IntegratorKey Key = new("school", "a secret of at least thirty-two bytes", "https://school.example");
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static async Task<BoardHostileResult> RunAsync()
    {
        await using var server = await ServerProcess.StartAsync(Key.Settings);
        using var http = new HttpClient { BaseAddress = server.Address };
        var api = new RoomApi(http, Key.Secret);
        await api.CreateAsync("Board", new JsonObject { ["id"] = "board" });
        await using var attempts = new BoardAttempts(server, Key, "board");
        await attempts.RunAsync();
        List<Attempt> more = [await GatedAsync(server, api), await EndedAsync(server, api), await DeepAsync(server, api, http), .. await FullAsync()];
        var stands = server.Runs && (await http.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode && (await api.CreateAsync("Still here")).Id.Length > 0;
        return new([.. attempts.Done, .. more], attempts.Edits, attempts.Refused, stands);
    }

    private static async Task<Attempt> GatedAsync(ServerProcess server, RoomApi api)
    {
        await api.CreateAsync("Gated", new JsonObject { ["id"] = "gated", ["agreement"] = "Be kind" });
        return new("a sound update before the agreement", await PushAsync(server, "gated", Note(1, 0, 1)), "not_agreed");
    }

    private static async Task<Attempt> EndedAsync(ServerProcess server, RoomApi api)
    {
        await api.CreateAsync("Ended", new JsonObject { ["id"] = "ended" });
        foreach (var type in (string[])["session.start", "session.end"]) await api.DoAsync("ended", Key.Secret, new JsonObject { ["id"] = type, ["type"] = type });
        return new("a sound update after the session's end", await PushAsync(server, "ended", Note(1, 0, 1)), "ended");
    }

    /// <summary>Lists in lists are sound, however deep; whoever reads the board must not fall.</summary>
    private static async Task<Attempt> DeepAsync(ServerProcess server, RoomApi api, HttpClient http)
    {
        await api.CreateAsync("Deep", new JsonObject { ["id"] = "deep" });
        var answered = await PushAsync(server, "deep", BadUpdates.Lists(1, 20_000));
        foreach (var path in (string[])["board", "export?format=json", "export?format=md", "export?format=csv", "export?format=ics"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/rooms/deep/{path}");
            request.Headers.Authorization = new("Bearer", Key.Secret);
            using var response = await http.SendAsync(request);
            if (!response.IsSuccessStatusCode) answered = $"{path}: {(int)response.StatusCode}";
        }
        return new("20,000 lists inside each other, then read as data", answered, "ok") { HadNoEffect = await PushAsync(server, "deep", Note(2, 0, 1)) == "ok" };
    }

    /// <summary>A board that is full takes deletions only.</summary>
    private static async Task<List<Attempt>> FullAsync()
    {
        await using var server = await ServerProcess.StartAsync(new Dictionary<string, string>(Key.Settings, StringComparer.Ordinal) { ["SessionRoom__Limits__BoardBytes"] = $"{Full}" });
        using var http = new HttpClient { BaseAddress = server.Address };
        await new RoomApi(http, Key.Secret).CreateAsync("Full", new JsonObject { ["id"] = "full" });
        for (ulong client = 1; client <= 2; client++) await PushAsync(server, "full", Note(client, 0, 450_000));
        var before = (await ServedBoard.ReadAsync(server.Address, Token("full"))).Content;
        var added = await PushAsync(server, "full", Note(3, 0, 200_000));
        var after = (await ServedBoard.ReadAsync(server.Address, Token("full"))).Content;
        var deleted = await PushAsync(server, "full", new Craft().Byte(0, 1, 1, 1).Uint(0).Uint(450_000).Bytes);
        var again = await PushAsync(server, "full", Note(3, 0, 200_000));
        return
        [
            new("more than the board holds", added, "too_large") { HadNoEffect = before.Same(after) },
            new("a deletion on a full board", deleted, "ok"), new("an addition where that made room", again, "ok"),
        ];
    }

    private static byte[] Note(ulong client, ulong clock, int length) => Craft.Structs(client, clock, 1, w => w.RootItem(Craft.Text, "notes").String(new string('x', length)));

    private static async Task<string> PushAsync(ServerProcess server, string room, byte[] update)
    {
        await using var intruder = new Intruder();
        await intruder.OpenAsync(server.Address, Token(room));
        await intruder.EnterAsync();
        return await BoardAttempts.PushAsync(intruder, update);
    }

    private static string Token(string room) => Key.Sign(room, "mallory", "member", Hour);
}
