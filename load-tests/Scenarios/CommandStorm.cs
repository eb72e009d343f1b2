using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using SessionRoom.Client;
using SessionRoom.LoadTests.Crowd;

namespace SessionRoom.LoadTests.Scenarios;

/// <summary>People of every role send random commands, one after the other, while somebody follows the room.</summary>
internal sealed class CommandStorm(ServerProcess server, IntegratorKey key, Random random)
{
    private static readonly string[] Roles = ["facilitator", "noteTaker", "member", "guest", "observer", "projector"];
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1), Patience = TimeSpan.FromSeconds(60);

    public Dictionary<string, int> Outcomes { get; } = new(StringComparer.Ordinal);
    public int Effects { get; private set; }
    public int Disagreeing { get; private set; }

    public async Task RunAsync(string room, int commands)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var api = new RoomApi(http, key.Secret);
        var more = new JsonObject { ["id"] = room, ["settings"] = new JsonObject { ["queueMode"] = random.Next(2) == 0 ? "open" : "moderated", ["graceMs"] = 1 } };
        if (random.Next(3) == 0) more["agreement"] = "Be kind.";
        await api.CreateAsync("Storm", more);

        // By sequence: who did something.
        var doers = new ConcurrentDictionary<long, string[]>();
        await using var watcher = await WatchAsync(room, doers);
        if (more.ContainsKey("agreement")) await watcher.DoAsync("agreement.accept", new JsonObject { ["version"] = 1 });

        var people = Roles.Select(role => $"{role}-0").ToArray();
        var generator = new RandomCommands(random, people);
        var intruders = new Intruder[Roles.Length];
        try
        {
            for (var i = 0; i < Roles.Length; i++)
            {
                intruders[i] = await EnterAsync(room, people[i], Roles[i]);
                // Most accept; the others are held at the gate until they happen to.
                if (more.ContainsKey("agreement") && random.Next(4) > 0) await intruders[i].DoAsync("""{"id":"in","type":"agreement.accept","version":1}""");
            }
            for (var n = 0; n < commands; n++)
            {
                var who = random.Next(Roles.Length);
                var before = (await api.ReadAsync(room, key.Secret)).Seq;
                var outcome = await intruders[who].DoAsync(generator.Next());
                if (outcome == "gone" && intruders[who].Bye == "removed")
                {
                    // A facilitator of the storm removed them: the token is worth nothing any more, somebody else takes their place.
                    await intruders[who].DisposeAsync();
                    people[who] = $"{Roles[who]}-{n + 1}";
                    intruders[who] = await EnterAsync(room, people[who], Roles[who]);
                    continue;
                }
                Outcomes[outcome] = Outcomes.GetValueOrDefault(outcome) + 1;
                if (outcome != "ok") await CheckAsync(api, room, before, people[who], watcher, doers);
            }
            await CompareAsync(api, room, watcher);
        }
        finally
        {
            foreach (var intruder in intruders.Where(intruder => intruder is not null)) await intruder.DisposeAsync();
        }
    }

    private Task<RoomClient> WatchAsync(string room, ConcurrentDictionary<long, string[]> doers) =>
        RoomClient.ConnectAsync(new(server.Address, key.Sign(room, "watcher", "observer", Hour))
        {
            OnChange = (_, change) =>
            {
                if (change is RoomPatched patched) doers[patched.Seq] = [.. patched.Events.EnumerateArray().Select(happened => happened.GetProperty("by").GetString()!)];
            },
        });

    private async Task<Intruder> EnterAsync(string room, string pid, string role)
    {
        var intruder = new Intruder();
        if (await intruder.OpenAsync(server.Address, key.Sign(room, pid, role, Hour)) is { } status) throw new InvalidOperationException($"{pid} is refused: {status}");
        return await intruder.EnterAsync() is "error" or "closed" ? throw new InvalidOperationException($"{pid} cannot join") : intruder;
    }

    /// <summary>Between the two readings nobody else gave a command: what happened is the house's (a timer's end, somebody's presence), or an effect of what was refused.</summary>
    private async Task CheckAsync(RoomApi api, string room, long before, string caller, RoomClient watcher, ConcurrentDictionary<long, string[]> doers)
    {
        var after = (await api.ReadAsync(room, key.Secret)).Seq;
        if (after == before) return;
        using var limit = new CancellationTokenSource(Patience);
        await watcher.WaitForAsync(state => state.Seq >= after, limit.Token);
        for (var seq = before + 1; seq <= after; seq++)
            if (doers.TryGetValue(seq, out var by) && by.Contains(caller, StringComparer.Ordinal)) Effects++;
    }

    private async Task CompareAsync(RoomApi api, string room, RoomClient watcher)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var served = await api.ReadAsync(room, key.Secret, limit.Token);
            var seen = await watcher.WaitForAsync(state => state.Seq >= served.Seq, limit.Token);
            if (seen.Seq != served.Seq) continue;
            if (!JsonNode.DeepEquals(seen.State, served.State)) Disagreeing++;
            return;
        }
    }
}
