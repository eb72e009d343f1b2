using SessionRoom.LoadTests.Measuring;
using SessionRoom.LoadTests.Peers;

namespace SessionRoom.LoadTests.Scenarios;

/// <param name="Members">Of each room; at most 26.</param>
/// <param name="Seconds">How long is measured.</param>
/// <param name="Warm">How long the load goes on before that, in seconds: both runtimes compile what is hot while they run.</param>
/// <param name="Rounds">How often each server is measured, in turn; none leaves it out.</param>
/// <param name="Boards">How many boards are opened for the figure of memory; none leaves it out.</param>
public sealed record BoardPeersSettings(int Rooms = 50, int Members = 20, int Seconds = 20, int Warm = 30, int Rounds = 3, int Boards = 300);

/// <summary>One server under the load, once.</summary>
/// <param name="Edits">That were sent while it was measured.</param>
/// <param name="Delivered">Edits that reached somebody else; each reaches all others of its room.</param>
/// <param name="Frames">Messages that brought them, with everything else that was received.</param>
/// <param name="CpuSeconds">Of the server's process.</param>
public sealed record PeerRun(string Server, long Edits, long Delivered, long Expected, long Frames, double CpuSeconds, double GeneratorSeconds, double MedianMs, double P99Ms)
{
    public double PerCpuSecond => Delivered / CpuSeconds;
}

public sealed record BoardPeersResult(IReadOnlyList<PeerRun> Runs, BoardMemory? Ours, BoardMemory? Theirs) : IFigure
{
    public const double LeastRatio = 3, MostMemory = 0.5;

    /// <summary>Deliveries per CPU second, ours against theirs, of each round.</summary>
    public IReadOnlyList<double> Ratios => [.. Runs.Chunk(2).Select(pair => pair[0].PerCpuSecond / pair[1].PerCpuSecond)];

    /// <summary>Their median; null where only memory was measured.</summary>
    public double? Ratio => Ratios.Count == 0 ? null : Ratios.Order().ElementAt(Ratios.Count / 2);

    public double? MemoryRatio => Ours is not null && Theirs is not null ? (Ours.Empty + Ours.Full) / (Theirs.Empty + Theirs.Full) : null;

    public bool Holds => Ratio is not < LeastRatio && MemoryRatio is not > MostMemory && Runs.All(run => run.Delivered >= run.Expected);

    public override string ToString()
    {
        var table = new Table("server", "edits", "delivered to others", "messages", "server CPU s", "delivered per CPU s", "generator CPU s", "median ms", "p99 ms");
        foreach (var run in Runs)
            table.Row(run.Server, run.Edits, $"{run.Delivered} of {run.Expected}", run.Frames, run.CpuSeconds, Math.Round(run.PerCpuSecond), run.GeneratorSeconds, run.MedianMs, run.P99Ms);
        var text = $"{table}\n\ndelivered per CPU second, ours / theirs: {string.Join(", ", Ratios.Select(ratio => ratio.ToString("0.##")))}; median {Ratio:0.##} (at least {LeastRatio})";
        if (Ours is null || Theirs is null) return text;
        var memory = new Table("private KiB for each open board", "nothing in it, one member", $"{Ours.Content} bytes in it, more by", "the same, 30 s later");
        foreach (var (name, one) in (ReadOnlySpan<(string, BoardMemory)>)[("SessionRoom", Ours), ("Hocuspocus", Theirs)]) memory.Row(name, one.Empty / 1_024, one.Full / 1_024, one.Idle / 1_024);
        return $"{text}\n\n{memory}\n\nan open board with its member, ours / theirs: {MemoryRatio:0.##} (at most {MostMemory}); its content alone {Ours.Full / Theirs.Full:0.##}, when idle {Ours.Idle / Theirs.Idle:0.##}";
    }
}

/// <summary>Our server and Hocuspocus with its SQLite extension, each on one core, under the same load from the other core.</summary>
public static class BoardPeers
{
    private const int ServerCore = 0, GeneratorCore = 1;
    private static readonly Func<Task<BoardPeer>>[] Peers = [() => OwnPeer.StartAsync(ServerCore), () => HocuspocusPeer.StartAsync(ServerCore)];

    public static async Task<BoardPeersResult> RunAsync(BoardPeersSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (await NodePackages.InstallAsync() is { } why) throw new InvalidOperationException(why);
        await ProcessFigures.PinAsync(GeneratorCore);
        var runs = new List<PeerRun>();
        for (var round = 0; round < settings.Rounds; round++)
        {
            foreach (var start in Peers)
            {
                runs.Add(await LoadAsync(start, settings));
                Console.Error.WriteLine(runs[^1]);
            }
        }
        if (settings.Boards == 0) return new(runs, null, null);
        return new(runs, await OpenBoards.MeasureAsync(Peers[0], settings.Boards), await OpenBoards.MeasureAsync(Peers[1], settings.Boards));
    }

    private static async Task<PeerRun> LoadAsync(Func<Task<BoardPeer>> start, BoardPeersSettings settings)
    {
        await using var peer = await start();
        await using var crowd = await PeerCrowd.ComeAsync(peer, settings.Rooms, settings.Members);
        var others = settings.Members - 1;
        await crowd.EditAsync(TimeSpan.FromSeconds(settings.Warm));
        await crowd.DrainAsync(crowd.Sent * others);

        var delays = new Latencies(1 << 20);
        crowd.Measure(delays);
        var (sent, heard, frames, cpu, own) = (crowd.Sent, crowd.Heard, crowd.Frames, ProcessFigures.Cpu(peer.Pid), ProcessFigures.Cpu(Environment.ProcessId));
        await crowd.EditAsync(TimeSpan.FromSeconds(settings.Seconds));
        await crowd.DrainAsync(heard + ((crowd.Sent - sent) * others));
        return new(peer.Name, crowd.Sent - sent, crowd.Heard - heard, (crowd.Sent - sent) * others, crowd.Frames - frames, ProcessFigures.Cpu(peer.Pid) - cpu,
            ProcessFigures.Cpu(Environment.ProcessId) - own, delays.Percentile(0.5), delays.Percentile(0.99));
    }
}
