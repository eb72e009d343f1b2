using System.Buffers.Text;
using System.Diagnostics;
using SessionRoom.LoadTests.Crowd;
using SessionRoom.LoadTests.Fleet;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Scenarios;

/// <param name="Members">Of each room; spread over all nodes.</param>
/// <param name="Seconds">Of each step.</param>
public sealed record NodesScaleSettings(int Rooms = 200, int Members = 10, int Seconds = 5);

/// <summary>A steady rate.</summary>
/// <param name="PerSecond">Deliveries that were to be made.</param>
/// <param name="Delivered">Of <paramref name="Expected"/>, when the step was over or ten seconds later.</param>
/// <param name="NodeCpu">Cores of each node.</param>
public sealed record ScaleStep(int Nodes, int PerSecond, int Delivered, int Expected, double MedianMs, double P99Ms, double GeneratorCpu, IReadOnlyList<double> NodeCpu, double RedisCpu)
{
    public const double AllowedMs = 100;

    public bool Holds => P99Ms <= AllowedMs && Delivered == Expected;
}

/// <param name="Steps">With one node, and with two: each faster than the one before, up to the first that does not hold twice.</param>
public sealed record NodesScaleResult(IReadOnlyList<ScaleStep> Steps) : IFigure
{
    /// <summary>The fastest step of so many nodes; 0 where none holds.</summary>
    public int Most(int nodes) => Steps.Where(step => step.Nodes == nodes && step.Holds).Select(step => step.PerSecond).DefaultIfEmpty(0).Max();

    /// <summary>What is asked is a statement.</summary>
    public bool Holds => Most(1) > 0 && Most(2) > 0;

    public override string ToString()
    {
        var table = new Table("nodes", "deliveries a second", "delivered", "median ms", "p99 ms", "generator, cores", "nodes, cores", "Redis, cores", $"p99 <= {ScaleStep.AllowedMs} ms");
        foreach (var step in Steps)
        {
            table.Row(step.Nodes, step.PerSecond, $"{step.Delivered} of {step.Expected}", step.MedianMs, step.P99Ms, step.GeneratorCpu, string.Join(" + ", step.NodeCpu.Select(cores => $"{cores:0.00}")),
                step.RedisCpu, step.Holds ? "yes" : "no");
        }
        return $"{table}\n\nmost deliveries a second: one node {Most(1)}, two nodes {Most(2)}; this machine has {Environment.ProcessorCount} cores";
    }
}

/// <summary>Many rooms on one node and on two, faster and faster.</summary>
public static class NodesScale
{
    private static readonly int[] CommandsPerSecond = [50, 100, 150, 200, 300, 400, 500, 650, 800, 1_000, 1_250, 1_500, 1_750, 2_000, 2_500, 3_000, 4_000, 5_000];
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);
    private static ReadOnlySpan<byte> Stamp => "stamp-"u8;

    public static async Task<NodesScaleResult> RunAsync(NodesScaleSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new([.. await StepsAsync(1, settings), .. await StepsAsync(2, settings)]);
    }

    private static async Task<List<ScaleStep>> StepsAsync(int count, NodesScaleSettings settings)
    {
        await using var redis = await RedisProcess.StartAsync();
        await using var nodes = await Nodes.StartAsync(redis, count);
        await using var gathering = new Gathering();
        var meter = new Meter();
        await ComeAsync(nodes, gathering, meter, settings);
        Console.WriteLine($"{count} {(count == 1 ? "node" : "nodes")}: {gathering.Members.Count} members in {settings.Rooms} rooms");
        // Compiled code and grown pools are not what is compared.
        await StepAsync(redis, nodes, gathering, meter, settings, CommandsPerSecond[1]);
        var (steps, failed) = (new List<ScaleStep>(), 0);
        for (var i = 0; i < CommandsPerSecond.Length && failed < 2;)
        {
            var step = await StepAsync(redis, nodes, gathering, meter, settings, CommandsPerSecond[i]);
            Console.WriteLine($"{count}: {step.PerSecond} deliveries a second, p99 {step.P99Ms:0.0} ms");
            steps.Add(step);
            (i, failed) = step.Holds ? (i + 1, 0) : (i, failed + 1);
        }
        return steps;
    }

    /// <summary>The members of a room stand next to each other, and take the nodes in turn.</summary>
    private static async Task ComeAsync(Nodes nodes, Gathering gathering, Meter meter, NodesScaleSettings settings)
    {
        for (var i = 0; i < settings.Rooms; i++)
        {
            var room = await nodes.Apis[i % nodes.Count].CreateAsync($"Room {i}");
            using var http = new HttpClient { BaseAddress = nodes.Addresses[i % nodes.Count] };
            var tokens = await Gathering.TokensAsync(http, room, "member", settings.Members);
            for (var member = 0; member < tokens.Length; member++)
                await gathering.ComeAsync(nodes.Addresses[member % nodes.Count], [tokens[member]], TimeSpan.Zero, _ => new RawMember { OnPatch = meter.Take });
            if (i % 50 == 49) Console.WriteLine($"{i + 1} rooms");
        }
    }

    private static async Task<ScaleStep> StepAsync(RedisProcess redis, Nodes nodes, Gathering gathering, Meter meter, NodesScaleSettings settings, int perSecond)
    {
        var count = perSecond * settings.Seconds;
        var expected = count * settings.Members;
        var taken = meter.Begin(expected);
        Func<TimeSpan>[] others = [() => redis.CpuTime, .. Enumerable.Range(0, nodes.Count).Select(node => (Func<TimeSpan>)(() => nodes[node].CpuTime))];
        var cpu = new CpuShare(others);
        var from = Stopwatch.GetTimestamp();
        await Beat.RunAsync(perSecond, count, i =>
        {
            var sender = gathering.Members[(i % settings.Rooms * settings.Members) + (i / settings.Rooms % settings.Members)];
            var command = $$$"""{"id":"{{{from}}}-{{{i}}}","type":"people.rename","name":"stamp-{{{Stopwatch.GetTimestamp()}}}."}""";
            return sender.SendAsync($$$"""{"type":1,"invocationId":"{{{i}}}","target":"Do","arguments":[{{{command}}}]}""", CancellationToken.None);
        });
        // What is late is not waited for with the processors counted.
        var (generator, shares) = cpu.Read();
        while (taken.Count < expected && Stopwatch.GetElapsedTime(from) < TimeSpan.FromSeconds(settings.Seconds) + Late) await Task.Delay(5);
        return new(nodes.Count, perSecond * settings.Members, taken.Count, expected, taken.Percentile(0.5), taken.Percentile(0.99), generator, shares[1..], shares[0]);
    }

    /// <summary>Reads from each patch when its command was sent.</summary>
    private sealed class Meter
    {
        private Latencies _taken = new(0);
        private long _from;

        public Latencies Begin(int most)
        {
            _from = Stopwatch.GetTimestamp();
            return _taken = new(most);
        }

        public void Take(ReadOnlySpan<byte> frame, long now)
        {
            var at = frame.IndexOf(Stamp);
            if (at >= 0 && Utf8Parser.TryParse(frame[(at + Stamp.Length)..], out long sent, out _) && sent >= _from) _taken.Add(now - sent);
        }
    }
}
