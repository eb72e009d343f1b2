using System.Diagnostics;
using SessionRoom.Client;
using SessionRoom.LoadTests.Fleet;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Scenarios;

/// <param name="Commands">To each, one after the other.</param>
public sealed record NodesLatencySettings(int Commands = 1_000);

/// <param name="Ratio">Through Redis against SQLite, by the medians.</param>
public sealed record NodesLatencyResult(int Commands, double SqliteMs, double SqliteP99Ms, double RedisMs, double RedisP99Ms) : IFigure
{
    public const double AllowedRatio = 3;

    public double Ratio => RedisMs / SqliteMs;

    public bool Holds => Ratio <= AllowedRatio;

    public override string ToString() => new Table("a command's answer, ms", "commands", "median", "p99")
        .Row("one node, SQLite", Commands, SqliteMs, SqliteP99Ms).Row("two nodes, Redis", Commands, RedisMs, RedisP99Ms) + $"\n\nmedian through Redis / SQLite: {Ratio:0.00}";
}

/// <summary>One person's commands, alone in a room: to a server with its own log, and to each of two nodes in turn, alternating.</summary>
public static class NodesLatency
{
    private const int Warm = 200;

    /// <summary>One after the other is more than one connection may send.</summary>
    private static readonly Dictionary<string, string> Unlimited = new(StringComparer.Ordinal) { ["SessionRoom__Limits__CommandsPerSecond"] = "100000", ["SessionRoom__Limits__CommandBurst"] = "100000" };

    public static async Task<NodesLatencyResult> RunAsync(NodesLatencySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        await using var alone = await Nodes.StartAsync(null, 1, Unlimited);
        await using var redis = await RedisProcess.StartAsync();
        await using var nodes = await Nodes.StartAsync(redis, 2, Unlimited);
        await using var sqlite = await JoinAsync(alone, 0);
        await using var first = await JoinAsync(nodes, 0);
        await using var second = await JoinAsync(nodes, 1);

        var (local, shared) = (new List<double>(), new List<double>());
        for (var i = -Warm; i < settings.Commands; i++)
        {
            var (one, other) = (await TimeAsync(sqlite, i), await TimeAsync(i % 2 == 0 ? first : second, i));
            if (i < 0) continue;
            local.Add(one);
            shared.Add(other);
            if (i % 250 == 249) Console.WriteLine($"{i + 1} of {settings.Commands}");
        }
        local.Sort();
        shared.Sort();
        return new(settings.Commands, local.At(0.5), local.At(0.99), shared.At(0.5), shared.At(0.99));
    }

    private static async Task<RoomClient> JoinAsync(Nodes nodes, int node)
    {
        var room = await nodes.Apis[node].CreateAsync("Latency");
        var seat = await nodes.Apis[node].JoinAsync(room.Id, room.Invite("member"), "Ann");
        return await RoomClient.ConnectAsync(new(nodes.Addresses[node], seat.Token));
    }

    private static async Task<double> TimeAsync(RoomClient client, int number)
    {
        var from = Stopwatch.GetTimestamp();
        var ack = await client.DoAsync("people.rename", new() { ["name"] = $"Ann {number}" });
        var took = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
        return ack.Ok ? took : throw new InvalidOperationException($"{ack.Error}");
    }
}
