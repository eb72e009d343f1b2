using System.Text.Json.Nodes;
using SessionRoom.Client;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Scenarios;

/// <param name="Samples">Readings of each countdown.</param>
/// <param name="Every">The time between two.</param>
public sealed record ClockSettings(int Samples = 400, TimeSpan? Every = null);

/// <param name="WorstMs">The largest difference between the countdown shown and the true one, in milliseconds, by how far the client's calendar is off.</param>
public sealed record ClockResult(IReadOnlyDictionary<TimeSpan, double> WorstMs, IReadOnlyDictionary<TimeSpan, double> MedianMs, int Samples) : IFigure
{
    public const double AllowedMs = 100;

    public bool Holds => WorstMs.Values.All(worst => worst <= AllowedMs);

    public override string ToString()
    {
        var table = new Table("calendar off by", "readings", "median error, ms", "worst error, ms");
        foreach (var (off, worst) in WorstMs) table.Row($"{off.TotalMinutes:+0;-0;0} min", Samples, MedianMs[off], worst);
        return table.ToString();
    }
}

/// <summary>Reads the countdown of clients whose calendars are wrong, while the room is busy, against the server's own clock: it runs on this machine.</summary>
public static class Clock
{
    private static readonly TimeSpan[] Off = [TimeSpan.FromMinutes(-10), TimeSpan.Zero, TimeSpan.FromMinutes(10)];

    public static async Task<ClockResult> RunAsync(ClockSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        await using var server = await ServerProcess.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Address };
        var api = new RoomApi(http);
        var room = await api.CreateAsync("Clock");
        var host = (await api.JoinAsync(room.Id, room.Invite("facilitator"), "Host")).Token;
        await using var facilitator = await RoomClient.ConnectAsync(new(server.Address, host));
        var clients = new List<(TimeSpan Off, RoomClient Client, List<double> Errors)>();
        try
        {
            foreach (var off in Off)
            {
                var token = (await api.JoinAsync(room.Id, room.Invite("member"), $"{off.TotalMinutes} minutes")).Token;
                clients.Add((off, await RoomClient.ConnectAsync(new(server.Address, token) { Time = new WrongCalendar(off), ClockRefresh = TimeSpan.FromSeconds(1) }), []));
            }
            if (!(await facilitator.DoAsync("timer.start", new JsonObject { ["durationMs"] = 600_000 })).Ok) throw new InvalidOperationException("the timer does not start");
            foreach (var (_, client, _) in clients) await client.WaitForAsync(state => state.Timer.Status == "running");

            for (var sample = 0; sample < settings.Samples; sample++)
            {
                await facilitator.DoAsync("people.rename", new JsonObject { ["name"] = $"Host {sample}" });
                foreach (var (_, client, errors) in clients) errors.Add(ErrorMs(client));
                await Task.Delay(settings.Every ?? TimeSpan.FromMilliseconds(25));
            }
            return new(clients.ToDictionary(client => client.Off, client => client.Errors.Max()), clients.ToDictionary(client => client.Off, client => client.Errors.Order().ElementAt(client.Errors.Count / 2)), settings.Samples);
        }
        finally
        {
            foreach (var (_, client, _) in clients) await client.DisposeAsync();
        }
    }

    /// <summary>The true time is read before and after the countdown: what this program itself waited for between them is not the client's error.</summary>
    private static double ErrorMs(RoomClient client)
    {
        var end = DateTimeOffset.FromUnixTimeMilliseconds(client.Current.Timer.EndsAt!.Value);
        var before = end - DateTimeOffset.UtcNow;
        var shown = client.TimeLeft!.Value;
        var after = end - DateTimeOffset.UtcNow;
        return shown > before ? (shown - before).TotalMilliseconds : shown < after ? (after - shown).TotalMilliseconds : 0;
    }

    private sealed class WrongCalendar(TimeSpan off) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + off;
    }
}
