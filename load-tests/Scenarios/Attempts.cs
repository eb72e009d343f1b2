using System.Text;
using System.Text.Json.Nodes;
using SessionRoom.Client;
using SessionRoom.LoadTests.Crowd;

namespace SessionRoom.LoadTests.Scenarios;

/// <summary>Bad input, one kind after the other, each against a room that must be the same afterwards.</summary>
internal sealed class Attempts(ServerProcess server, IntegratorKey key, HttpClient http)
{
    private const string Room = "guarded";
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly RoomApi _api = new(http, key.Secret);
    private readonly List<Attempt> _done = [];

    public static async Task<IReadOnlyList<Attempt>> AllAsync(ServerProcess server, IntegratorKey key)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var attempts = new Attempts(server, key, http);
        await attempts._api.CreateAsync("Guarded", new JsonObject { ["id"] = Room });
        await attempts._api.CreateAsync("Other", new JsonObject { ["id"] = "other" });
        // Mallory is known to the room before anything is tried, so that their coming changes nothing but whether they are online.
        await using (var first = new Intruder())
        {
            await first.OpenAsync(server.Address, attempts.Mallory());
            await first.EnterAsync();
        }
        await attempts.TokensAsync();
        await attempts.BodiesAsync();
        await attempts.FramesAsync();
        await attempts.CommandsAsync();
        await attempts.FloodAsync();
        return attempts._done;
    }

    private async Task TokensAsync()
    {
        await OpenAsync("hub without a token", null, "401");
        await OpenAsync("hub with a token of nobody", "not.a.token", "401");
        await OpenAsync("hub with another key's signature", key.Sign(Room, "mallory", "facilitator", Hour, secret: "another secret of thirty-two bytes!!"), "401");
        await OpenAsync("hub with an expired token", key.Sign(Room, "mallory", "facilitator", TimeSpan.FromSeconds(-1)), "401");
        await OpenAsync("hub with alg none", Unsigned(), "401");
        await OpenAsync("hub with another audience", key.Sign(Room, "mallory", "facilitator", Hour, (_, body) => body["aud"] = "elsewhere"), "401");
        await OpenAsync("hub with an unknown key's id", key.Sign(Room, "mallory", "facilitator", Hour, (head, _) => head["kid"] = "nobody"), "401");
        await OpenAsync("hub with a role that is none", key.Sign(Room, "mallory", "owner", Hour), "401");
        await OpenAsync("hub with a participant id of __proto__", key.Sign(Room, "__proto__", "member", Hour), "401");
        await OpenAsync("hub from a wrong origin", Mallory(), "403", "https://evil.example");
        await TryAsync("a token's changed payload", async () => (await ReadAsync(Mallory().Replace(".", ".A", StringComparison.Ordinal))).ToString(), "401");
        await TryAsync("a token for another room", async () => (await ReadAsync(key.Sign("other", "mallory", "facilitator", Hour))).ToString(), "403");
        await TryAsync("joining a room that is not", () => JoinAsync(key.Sign("nowhere", "mallory", "member", Hour)), "error", "gone");
        await TryAsync("a wrong invite", () => PostAsync($"/api/rooms/{Room}/join", """{"invite":"wrong","name":"Mallory"}"""), "403");
    }

    private async Task BodiesAsync()
    {
        await TryAsync("HTTP: malformed JSON", () => PostAsync($"/api/rooms/{Room}/commands", "{\"id\":", Mallory()), "400");
        await TryAsync("HTTP: another content type", () => PostAsync($"/api/rooms/{Room}/commands", "id=1", Mallory(), "text/plain"), "400", "415");
        await TryAsync("HTTP: a body of 2 MiB", () => PostAsync($"/api/rooms/{Room}/commands", $$"""{"id":"1","type":"people.rename","name":"{{new string('x', 2 << 20)}}"}""", Mallory()), "413", "400", "cut");
        await TryAsync("HTTP: a room with a wrong field", () => PostAsync("/api/rooms", """{"title":7}""", key.Secret), "400");
        await TryAsync("HTTP: a room id with a path in it", () => PostAsync("/api/rooms", """{"title":"x","id":"../../etc"}""", key.Secret), "400");
    }

    private async Task FramesAsync()
    {
        await FrameAsync("hub: malformed JSON", "{\"type\":1,", "gone");
        await FrameAsync("hub: no JSON at all", "\u0001\u0002\u0003", "gone");
        await FrameAsync("hub: a message of an unknown type", """{"type":99}""", "silent", "gone");
        await FrameAsync("hub: a frame of 2 MiB", $$"""{"type":1,"invocationId":"1","target":"Do","arguments":["{{new string('x', 2 << 20)}}"]}""", "gone");
        await CallAsync("hub: an unknown method", "Drop", "{}", "error");
        await CallAsync("hub: a client's own method name", "patch", "{}", "error");
        await CallAsync("hub: an argument of another shape", "Join", "[1,2]", "error");
        await CallAsync("hub: JSON of a thousand levels", "Do", new string('[', 1000) + new string(']', 1000), "error", "gone");
    }

    private async Task CommandsAsync()
    {
        await CommandAsync("command: no type", """{"id":"1"}""", "invalid");
        await CommandAsync("command: an unknown type", """{"id":"2","type":"room.explode"}""", "invalid");
        await CommandAsync("command: an event's type", """{"id":"3","type":"people.removed","pid":"mallory"}""", "invalid");
        await CommandAsync("command: no id", """{"type":"hand.raise"}""", "invalid");
        await CommandAsync("command: an id of 65 characters", $$"""{"id":"{{new string('i', 65)}}","type":"hand.raise"}""", "invalid");
        await CommandAsync("command: null", "null", "invalid");
        await CommandAsync("command: a list", "[]", "invalid");
        await CommandAsync("command: a field of another type", """{"id":"4","type":"hand.raise","intent":5}""", "invalid");
        await CommandAsync("command: a number beyond its type", """{"id":"5","type":"timer.start","durationMs":1e400}""", "invalid");
        await CommandAsync("command: of 200 KB", $$"""{"id":"6","type":"people.rename","name":"{{new string('x', 200_000)}}"}""", "too_large");
        await CommandAsync("command: a name of control characters", """{"id":"7","type":"people.rename","name":"\u0000\u0007"}""", "invalid");
        await CommandAsync("command: half a surrogate pair", """{"id":"8","type":"people.rename","name":"\ud800"}""", "invalid");
        await CommandAsync("command: a facilitator's, from a member", """{"id":"9","type":"session.end"}""", "forbidden");
        await CommandAsync("command: by somebody else", """{"id":"10","type":"hand.raise","pid":"watcher"}""", "forbidden", "not_found");
    }

    private async Task FloodAsync()
    {
        var outcomes = new HashSet<string>(StringComparer.Ordinal);
        await using var mallory = await EnteredAsync();
        for (var i = 0; i < 2_000; i++) await mallory.SendAsync($$"""{"type":1,"invocationId":"f{{i}}","target":"Do","arguments":[{"id":"x","type":"nothing"}]}""");
        await TryAsync("2,000 commands at once", async () =>
        {
            var answer = await mallory.AnswerAsync("f1999");
            return mallory.Bye ?? (answer.Contains("rate_limited", StringComparison.Ordinal) ? "rate_limited" : answer);
        }, "rate_limited");
    }

    private Task OpenAsync(string what, string? token, string status, string? origin = null) => TryAsync(what, async () =>
    {
        await using var intruder = new Intruder();
        return await intruder.OpenAsync(server.Address, token, origin) is { } refused ? ((int)refused).ToString() : "opened";
    }, status);

    private Task FrameAsync(string what, string frame, params string[] allowed) => TryAsync(what, async () =>
    {
        await using var mallory = await EnteredAsync();
        await mallory.SendAsync(frame);
        return await mallory.AnswerAsync("1", TimeSpan.FromSeconds(5));
    }, allowed);

    private Task CallAsync(string what, string target, string argument, params string[] allowed) => TryAsync(what, async () =>
    {
        await using var mallory = await EnteredAsync();
        return await mallory.CallAsync(target, argument);
    }, allowed);

    private Task CommandAsync(string what, string command, params string[] allowed) => TryAsync(what, async () =>
    {
        await using var mallory = await EnteredAsync();
        return await mallory.DoAsync(command);
    }, allowed);

    private async Task TryAsync(string what, Func<Task<string>> act, params string[] allowed)
    {
        var before = await EssenceAsync();
        var answered = await act();
        _done.Add(new(what, answered, allowed) { HadNoEffect = before == await EssenceAsync() });
    }

    /// <summary>The room without who is online, which coming and going changes.</summary>
    private async Task<string> EssenceAsync()
    {
        var room = await _api.ReadAsync(Room, key.Secret);
        foreach (var (_, person) in room.People) person.Remove("online");
        return room.State.ToJsonString();
    }

    private async Task<Intruder> EnteredAsync()
    {
        var intruder = new Intruder();
        await intruder.OpenAsync(server.Address, Mallory());
        await intruder.EnterAsync();
        return intruder;
    }

    private async Task<string> JoinAsync(string token)
    {
        await using var intruder = new Intruder();
        return await intruder.OpenAsync(server.Address, token) is { } refused ? ((int)refused).ToString() : await intruder.EnterAsync();
    }

    private async Task<int> ReadAsync(string token)
    {
        try
        {
            await _api.ReadAsync(Room, token);
            return 200;
        }
        catch (RoomApiException e)
        {
            return e.Status;
        }
    }

    private async Task<string> PostAsync(string path, string body, string? bearer = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, type) };
        if (bearer is not null) request.Headers.Authorization = new("Bearer", bearer);
        try
        {
            using var response = await http.SendAsync(request);
            return ((int)response.StatusCode).ToString();
        }
        catch (HttpRequestException)
        {
            return "cut";
        }
    }

    private string Mallory() => key.Sign(Room, "mallory", "member", Hour);

    private string Unsigned()
    {
        var token = key.Sign(Room, "mallory", "facilitator", Hour, (head, _) => head["alg"] = "none");
        return token[..(token.LastIndexOf('.') + 1)];
    }
}
