using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SessionRoom.LoadTests.Peers;

namespace SessionRoom.LoadTests.Crowd;

/// <summary>Many who do everything bad at once, in a process of their own: malformed and oversized frames, floods, half a handshake that goes on for ever, guessed tokens and invites.</summary>
internal static class Intruders
{
    private const int HalfOpen = 200;

    // Bad input costs whoever makes it too: so that the generator's core is not what is measured, nobody hurries without end.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    private static readonly ConcurrentDictionary<string, int> Refused = new(StringComparer.Ordinal);

    /// <summary>Goes on until the input ends; then says how it was refused.</summary>
    public static async Task BesiegeAsync(Uri server, string room)
    {
        using var over = new CancellationTokenSource();
        Task[] all =
        [
            GoOnAsync("malformed frame", server, room, 900, "{\"type\":1,", over.Token), GoOnAsync("oversized frame", server, room, 901, $$"""{"type":1,"invocationId":"1","target":"Do","arguments":["{{new string('x', 2 << 20)}}"]}""", over.Token),
            GoOnAsync("no JSON at all", server, room, 902, "\u0001\u0002\u0003", over.Token), FloodAsync(server, room, over.Token), GuessTokensAsync(server, over.Token), GuessInvitesAsync(server, room, over.Token),
            OversizedUpdatesAsync(server, room, over.Token), .. Enumerable.Range(0, HalfOpen).Select(_ => LorisAsync(server, over.Token)),
        ];
        Console.WriteLine($"listening on {server}");
        await Console.In.ReadLineAsync();
        await over.CancelAsync();
        await Task.WhenAll(all);
        foreach (var (what, times) in Refused.OrderBy(pair => pair.Key, StringComparer.Ordinal)) Console.WriteLine($"refused\t{what}\t{times}");
    }

    private static async Task AgainAsync(Func<Task<string>> act, string what, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            string answer;
            try
            {
                answer = await act();
            }
            catch (Exception e) when (e is System.Net.WebSockets.WebSocketException or IOException or SocketException or HttpRequestException or OperationCanceledException)
            {
                answer = "cut";
            }
            Refused.AddOrUpdate($"{what}: {answer}", 1, (_, times) => times + 1);
            await Task.Delay(Rest, CancellationToken.None);
        }
    }

    private static Task GoOnAsync(string what, Uri server, string room, int who, string frame, CancellationToken over) => AgainAsync(() => InsideAsync(server, room, who, async intruder =>
    {
        await intruder.SendAsync(frame);
        return await intruder.AnswerAsync("1", TimeSpan.FromSeconds(5));
    }), what, over);

    private static Task FloodAsync(Uri server, string room, CancellationToken over) => AgainAsync(() => InsideAsync(server, room, 903, async intruder =>
    {
        for (var i = 0; i < 3_000; i++) await intruder.SendAsync($$"""{"type":1,"invocationId":"{{i}}","target":"Do","arguments":[{"id":"{{i}}","type":"nothing"}]}""");
        await intruder.AnswerAsync("2999", TimeSpan.FromSeconds(5));
        return intruder.Bye is { } bye ? $"bye {bye}" : "answered";
    }), "flood of commands", over);

    private static Task OversizedUpdatesAsync(Uri server, string room, CancellationToken over)
    {
        var update = Convert.ToBase64String(new byte[600_000]);
        return AgainAsync(() => InsideAsync(server, room, 904, async intruder =>
        {
            var answer = await intruder.CallAsync("Push", $"\"{update}\"");
            return answer.Contains("\"code\":\"", StringComparison.Ordinal) ? answer.Split("\"code\":\"")[1].Split('"')[0] : answer;
        }), "oversized update", over);
    }

    private static Task GuessTokensAsync(Uri server, CancellationToken over) => AgainAsync(async () =>
    {
        await using var intruder = new Intruder();
        return await intruder.OpenAsync(server, $"{Guid.NewGuid():n}.{Guid.NewGuid():n}.{Guid.NewGuid():n}") is { } status ? $"{(int)status}" : "OPENED";
    }, "guessed token", over);

    private static async Task GuessInvitesAsync(Uri server, string room, CancellationToken over)
    {
        using var http = new HttpClient { BaseAddress = server };
        await AgainAsync(async () =>
        {
            using var body = new StringContent($$"""{"invite":"{{Guid.NewGuid():n}}","name":"Mallory"}""", Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri($"/api/rooms/{room}/join", UriKind.Relative), body, CancellationToken.None);
            return $"{(int)answer.StatusCode}";
        }, "guessed invite", over);
    }

    /// <summary>A request that comes a byte a second.</summary>
    private static Task LorisAsync(Uri server, CancellationToken over) => AgainAsync(async () =>
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.Port, over);
        var stream = socket.GetStream();
        foreach (var letter in "GET /hubs/room HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: " + new string('x', 500))
        {
            await stream.WriteAsync(new[] { (byte)letter }, over);
            await Task.Delay(TimeSpan.FromSeconds(1), over);
        }
        return "LET IN";
    }, "slow handshake", over);

    /// <summary>Somebody of their own for each kind, so that who is kept out for one thing still does the others.</summary>
    private static async Task<string> InsideAsync(Uri server, string room, int who, Func<Intruder, Task<string>> act)
    {
        await using var intruder = new Intruder();
        if (await intruder.OpenAsync(server, OwnRooms.TokenOf(room, who)) is { } refused) return $"{(int)refused}";
        await intruder.EnterAsync();
        return await act(intruder);
    }
}
