using System.Text.Json.Nodes;
using SessionRoom.Client;
using SessionRoom.Crdt;
using SessionRoom.LoadTests.Crowd;
using SessionRoom.LoadTests.Scenarios;
using static SessionRoom.LoadTests.Boards.Craft;

namespace SessionRoom.LoadTests.Boards;

/// <summary>Bad updates and presence, one after the other, against a board that must be the same afterwards and on which somebody else goes on writing.</summary>
internal sealed class BoardAttempts(ServerProcess server, IntegratorKey key, string room) : IAsyncDisposable
{
    private const ulong Sound = 930_005;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<Attempt> _done = [];
    private BoardWriter _healthy = null!;

    public IReadOnlyList<Attempt> Done => _done;

    /// <summary>Edits of the healthy member, one after each attempt; and how many of them were not answered <c>ok</c>.</summary>
    public int Edits { get; private set; }
    public int Refused { get; private set; }

    public async Task RunAsync()
    {
        _healthy = await BoardWriter.JoinAsync(server.Address, Token("healthy"), binary: true, seed: 1);
        await GoOnAsync();
        await IdentityAsync();
        foreach (var (what, update) in BadUpdates.All()) await PushAsync(what, update, "mallory", "invalid");
        await TryAsync("a sound update cut at every byte", async () =>
        {
            await using var mallory = await EnteredAsync("mallory");
            var answers = new HashSet<string>(StringComparer.Ordinal);
            foreach (var update in BadUpdates.Cut()) answers.Add(await PushAsync(mallory, update));
            return string.Join(' ', answers);
        }, "invalid");
        await SizesAsync();
        await PlacesAsync();
        await AwarenessAsync();
        await FloodAsync();
    }

    private async Task IdentityAsync()
    {
        var (id, clock) = _healthy.Board.Read(doc => (doc.ClientId, doc.GetState(doc.ClientId)));
        await PushAsync("structs under another member's client id", Note(id, clock), "mallory", "forbidden");
        await PushAsync("the same, ahead of its clock", Note(id, clock + 1_000), "mallory", "forbidden");
        await PushAsync("the same, beside structs of one's own", new Craft().Byte(2)
            .Byte(1).Id(900_010, 0).RootItem(Text, "notes").String("mine").Byte(1).Id(id, clock).RootItem(Text, "notes").String("yours").Byte(0).Bytes, "mallory", "forbidden");
        await _healthy.Board.AwareAsync(new Awareness(800_001).Encode());
        await GoOnAsync();
        await PushAsync("structs under an id that another member only showed", Note(800_001, 0), "mallory", "forbidden");
        foreach (var role in (string[])["observer", "guest", "projector"]) await PushAsync($"a sound update from a {role}", Note(900_020, 0), $"a {role}", "forbidden", role);
        await TryAsync("a sound update before Join", async () =>
        {
            await using var early = new Intruder();
            await early.OpenAsync(server.Address, Token("mallory"));
            await early.SendAsync("""{"protocol":"json","version":1}""");
            return await PushAsync(early, Note(900_021, 0));
        }, "not_found");
    }

    private async Task SizesAsync()
    {
        await PushAsync("an update of more than 512 KiB", Note(900_030, 0, 524_288), "mallory", "too_large");
        await CallAsync("a frame of more than 1 MiB", $"\"{new string('A', 1_100_000)}\"", "gone");
        await CallAsync("bytes that are no base64", "\"%%%%\"", "error");
        await CallAsync("a number instead of bytes", "7", "error");
        await CallAsync("no bytes", "null", "error", "invalid");
        await PushAsync("1,001 client ids of one participant", BadUpdates.Clients(1_001), "hoarder", "too_large");
        await PushAsync("two parents that are each other", BadUpdates.Cycle(), "mallory", "ok");
        await TryAsync("1.5 MB that wait for what never comes", async () =>
        {
            var answer = "";
            for (ulong at = 0; at < 3; at++)
            {
                await using var waiter = await EnteredAsync("waiter");
                answer = await PushAsync(waiter, BadUpdates.Waiting(910_000 + at, 500_000));
            }
            return answer;
        }, "too_large");
    }

    private async Task PlacesAsync()
    {
        // The right neighbour stands in another text than the origin: nobody wrote that, everybody must survive it.
        await TryAsync("neighbours in different texts", async () =>
        {
            await using var mallory = await EnteredAsync("mallory");
            await PushAsync(mallory, Structs(920_000, 0, 2, w => w.RootItem(Text, "notes").String("abc").RootItem(Text, "other").String("xyz")));
            return await PushAsync(mallory, Structs(920_001, 0, 1, w => w.Byte(Text | Origin | Right).Id(920_000, 0).Id(920_000, 4).String("!")));
        }, mayChange: true, "ok");
    }

    private async Task AwarenessAsync()
    {
        var (seen, sound) = (new Awareness(1), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var watcher = await RoomClient.ConnectAsync(new(server.Address, Token("watcher")) { Board = true, OnChange = (_, change) => Hear(change) });
        (string What, ulong Client, byte[] Bytes, string Role)[] bad =
        [
            Bad("presence under another's client id", _healthy.Board.Read(doc => doc.ClientId), "{}"), Bad("presence that is no object", 930_000, "7"), Bad("presence that is no JSON", 930_001, "{"),
            Bad("presence of 5 KB", 930_002, $"{{\"x\":\"{new string('x', 5_000)}\"}}"), ("presence with a count beyond its bytes", 930_003, new Craft().Uint(Huge).Id(930_003, 5).Bytes, "member"),
            Bad("presence of an observer", 930_004, "{}") with { Role = "observer" },
        ];
        foreach (var (what, client, bytes, role) in bad)
        {
            await TryAsync(what, async () =>
            {
                await using var mallory = await EnteredAsync(role == "member" ? "mallory" : $"a {role}", role);
                await mallory.CallAsync("Aware", $"\"{Convert.ToBase64String(bytes)}\"");
                return Heard(client) ? "relayed" : "left out";
            }, "left out");
        }
        // What is relayed late would have come before this.
        await TryAsync("sound presence after all of these", async () =>
        {
            await using var mallory = await EnteredAsync("mallory");
            await mallory.CallAsync("Aware", $"\"{Convert.ToBase64String(Presence(Sound, "{}"))}\"");
            await sound.Task.WaitAsync(Patience);
            return bad.Any(one => Heard(one.Client)) ? "relayed, and others with it" : "relayed";
        }, "relayed");

        void Hear(RoomChange change)
        {
            if (change is not BoardAware aware) return;
            lock (seen) seen.Apply(aware.Update);
            if (Heard(Sound)) sound.TrySetResult();
        }

        bool Heard(ulong client)
        {
            lock (seen) return seen.GetClock(client) > 0;
        }

        static (string, ulong, byte[], string Role) Bad(string what, ulong client, string json) => (what, client, Presence(client, json), "member");
    }

    private Task FloodAsync() => TryAsync("3 MB of updates at once", async () =>
    {
        await using var mallory = await EnteredAsync("mallory");
        for (ulong i = 0; i < 6; i++) await mallory.SendAsync($$"""{"type":1,"invocationId":"f{{i}}","target":"Push","arguments":["{{Convert.ToBase64String(Note(940_000 + i, 0, 500_000))}}"]}""");
        return Code(await mallory.AnswerAsync("f5"));
    }, mayChange: true, "rate_limited");

    private static byte[] Note(ulong client, ulong clock, int length = 1) => Structs(client, clock, 1, w => w.RootItem(Text, "notes").String(new string('x', length)));

    private static byte[] Presence(ulong client, string json) => new Craft().Byte(1).Id(client, 5).String(json).Bytes;

    public Task PushAsync(string what, byte[] update, string pid, string allowed, string role = "member") => TryAsync(what, async () =>
    {
        await using var mallory = await EnteredAsync(pid, role);
        return await PushAsync(mallory, update);
    }, allowed);

    private Task CallAsync(string what, string argument, params string[] allowed) => TryAsync(what, async () =>
    {
        await using var mallory = await EnteredAsync("mallory");
        return Code(await mallory.CallAsync("Push", argument));
    }, allowed);

    private Task TryAsync(string what, Func<Task<string>> act, params string[] allowed) => TryAsync(what, act, mayChange: false, allowed);

    private async Task TryAsync(string what, Func<Task<string>> act, bool mayChange, params string[] allowed)
    {
        var before = (await ServedBoard.ReadAsync(server.Address, Token("looker"))).Content;
        var answered = await act();
        var after = (await ServedBoard.ReadAsync(server.Address, Token("looker"))).Content;
        _done.Add(new(what, answered, allowed) { HadNoEffect = mayChange || before.Same(after) });
        await GoOnAsync();
    }

    private async Task GoOnAsync()
    {
        Edits++;
        var answer = await _healthy.Board.EditAsync(doc => doc.GetMap("marks").Set("healthy", Edits)).WaitAsync(Patience);
        if (!answer.Ok) Refused++;
    }

    private async Task<Intruder> EnteredAsync(string pid, string role = "member")
    {
        var intruder = new Intruder();
        await intruder.OpenAsync(server.Address, Token(pid, role));
        await intruder.EnterAsync();
        return intruder;
    }

    public static async Task<string> PushAsync(Intruder intruder, byte[] update) => Code(await intruder.CallAsync("Push", $"\"{Convert.ToBase64String(update)}\""));

    private static string Code(string answer) =>
        !answer.StartsWith('{') ? answer : JsonNode.Parse(answer)! is var ack && ack["ok"]!.GetValue<bool>() ? "ok" : ack["error"]!["code"]!.GetValue<string>();

    private string Token(string pid, string role = "member") => key.Sign(room, pid.Replace(' ', '-'), role, Hour);

    public ValueTask DisposeAsync() => _healthy.DisposeAsync();
}
