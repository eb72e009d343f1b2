using System.Buffers.Text;
using System.Diagnostics;
using SessionRoom.Client;
using SessionRoom.LoadTests.Crowd;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Scenarios;

/// <summary>One room under a steady stream of patches.</summary>
/// <param name="Stalled">Members that stopped reading as it began, and read on as it ended.</param>
/// <param name="Delivered">Patch frames that the others got, of <paramref name="Expected"/>: the room's patches for each of them, when the last was counted; the rest is under way then.</param>
/// <param name="Holes">Sequences that one of the others got neither as a patch nor within a resync.</param>
/// <param name="OthersResynced">Times that one of the others was for a moment too slow itself.</param>
/// <param name="PeakMiB">The server's largest resident memory during the run.</param>
/// <param name="ResyncedOnce">Stalled members that got exactly one whole state instead of their backlog, and followed from there.</param>
/// <param name="Closed">Stalled members that the server closed.</param>
public sealed record SlowRun(
    int Stalled, long Delivered, long Expected, int Holes, int OthersResynced, double MedianMs, double P99Ms, double PeakMiB, int ResyncedOnce, int Closed, double PatchKiB, double GeneratorCpu, double ServerCpu)
{
    // So small that the kernel holds some 1.6 MB for a member that does not read, not 4: most of it on the server's side.
    private const int SmallBuffer = 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static ReadOnlySpan<byte> Stamp => "stamp-"u8;

    public bool IsComplete => Holes == 0 && (Delivered >= Expected || OthersResynced > 0);

    internal static async Task<SlowRun> RunAsync(ServerProcess server, SlowSettings settings, int stalled)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var room = await new RoomApi(http).CreateAsync("Slow");
        var (hosts, tokens) = (await Gathering.TokensAsync(http, room, "facilitator", 2), await Gathering.TokensAsync(http, room, "member", settings.Members));
        var (count, bytes) = (settings.PerSecond * settings.Seconds, 0L);
        var latencies = new Latencies(count * settings.Members);

        await using var senders = new Gathering();
        await senders.ComeAsync(server.Address, hosts, TimeSpan.Zero, _ => new RawMember());
        await using var gathering = new Gathering();
        // As many with a small buffer in every run: those who stall where any do, or as many who read all the same.
        var small = Math.Max(Math.Max(1, stalled), settings.Stalled);
        await gathering.ComeAsync(server.Address, tokens, TimeSpan.FromSeconds(1), i => i < small ? new RawMember { ReceiveBuffer = SmallBuffer } : new RawMember { OnPatch = Take });
        var (slow, readers) = (gathering.Members.Where(member => member.OnPatch is null).ToList(), gathering.Members.Where(member => member.OnPatch is not null).ToList());
        var first = (await new RoomApi(http).ReadAsync(room.Id, hosts[0])).Seq;
        await Task.WhenAll(gathering.Members.Select(member => member.ReachAsync(first))).WaitAsync(Patience);
        var before = readers.Sum(member => member.Patches);
        var stopped = slow.Take(stalled).ToList();
        stopped.ForEach(member => member.StopReading());

        using var over = new CancellationTokenSource();
        var peak = PeakAsync(server, over.Token);
        var cpu = new CpuShare(() => server.CpuTime);
        await SendAsync(senders.Members, count, settings);
        var last = (await new RoomApi(http).ReadAsync(room.Id, hosts[0])).Seq;
        await Task.WhenAll(readers.Select(member => member.ReachAsync(last))).WaitAsync(Patience);
        var (generator, load) = cpu.Read();
        await over.CancelAsync();
        var delivered = readers.Sum(member => (long)member.Patches) - before;

        stopped.ForEach(member => member.ReadOn());
        await Task.WhenAll(stopped.Select(member => Task.WhenAny(member.Ended, member.ReachAsync(last)))).WaitAsync(Patience);
        var closed = stopped.Count(member => member.Ended.IsCompleted);
        var resynced = stopped.Count(member => !member.Ended.IsCompleted && member is { Resyncs: 1, Seq: var seq } && seq >= last);
        return new(stalled, delivered, (last - first) * readers.Count, readers.Sum(member => member.Holes), readers.Sum(member => member.Resyncs), latencies.Percentile(0.5), latencies.Percentile(0.99), await peak / 1048576.0,
            resynced, closed, bytes / 1024.0 / Math.Max(1, latencies.Count), generator, load[0]);

        void Take(ReadOnlySpan<byte> frame, long now)
        {
            var at = frame.IndexOf(Stamp);
            if (at < 0 || !Utf8Parser.TryParse(frame[(at + Stamp.Length)..], out long sent, out _)) return;
            latencies.Add(now - sent);
            Interlocked.Add(ref bytes, frame.Length);
        }
    }

    private static Task SendAsync(IReadOnlyList<RawMember> senders, int count, SlowSettings settings)
    {
        // The text travels twice, as what happened and as what changed.
        var title = new string('.', 180);
        var items = string.Concat(Enumerable.Range(1, settings.Text / 2 / title.Length).Select(i => $$""",{"id":"i{{i}}","title":"{{title}}","durationMs":60000}"""));
        return Beat.RunAsync(settings.PerSecond, count, i =>
        {
            var command = $$$"""{"id":"c{{{i}}}","type":"agenda.set","items":[{"id":"i0","title":"stamp-{{{Stopwatch.GetTimestamp()}}}.","durationMs":60000}{{{items}}}]}""";
            return senders[i % senders.Count].SendAsync($$$"""{"type":1,"invocationId":"{{{i}}}","target":"Do","arguments":[{{{command}}}]}""", CancellationToken.None);
        });
    }

    private static async Task<long> PeakAsync(ServerProcess server, CancellationToken over)
    {
        var peak = server.Memory;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (await timer.WaitForNextTickAsync(over)) peak = Math.Max(peak, server.Memory);
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
        return peak;
    }
}
