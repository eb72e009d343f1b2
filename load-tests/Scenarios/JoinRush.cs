using System.Diagnostics;
using System.Text.Json.Nodes;
using SessionRoom.Client;
using SessionRoom.LoadTests.Crowd;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Scenarios;

/// <param name="Members">Who come to the room.</param>
/// <param name="OverMs">The time over which they open their sockets, evenly and without waiting for each other, in milliseconds.</param>
public sealed record JoinSettings(int Members = 1_000, int OverMs = 3_000);

/// <param name="InvitesMs">All invites taken up over HTTP, in milliseconds.</param>
/// <param name="JoinedMs">From the first socket's opening to the last member's having the state, in milliseconds.</param>
/// <param name="Agreeing">Members whose folded state is, in the end, what the server serves.</param>
/// <param name="Holes">Sequences that somebody did not get, all members together.</param>
/// <param name="Patches">Patches that the room made while everybody came.</param>
/// <param name="Frames">Patch frames that all members together received.</param>
public sealed record JoinResult(
    int Members, double InvitesMs, double JoinedMs, double MedianMs, double P99Ms, int Agreeing, int Holes, int Resyncs, long Patches, long Frames,
    double GeneratorCpu, double ServerCpu, double ServerMiB) : IFigure
{
    public const double AllowedMs = 5_000;

    public bool Holds => Agreeing == Members && Holes == 0 && JoinedMs <= AllowedMs;

    public override string ToString() => new Table("members come to one room", "figure")
        .Row("members", Members).Row("invites taken up over HTTP, ms", InvitesMs).Row("first socket to last state, ms", JoinedMs)
        .Row("one member: socket to state, median ms", MedianMs).Row("one member: socket to state, p99 ms", P99Ms)
        .Row("members whose state is the server's in the end", Agreeing).Row("holes seen", Holes).Row("resyncs", Resyncs)
        .Row("patches that the room made", Patches).Row("patch frames delivered", Frames)
        .Row("generator, cores", GeneratorCpu).Row("server, cores", ServerCpu).Row("server, resident MiB after", ServerMiB).ToString();
}

/// <summary>A school comes to one room at once.</summary>
public static class JoinRush
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<JoinResult> RunAsync(JoinSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        await using var server = await ServerProcess.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Address };
        var api = new RoomApi(http);
        var room = await api.CreateAsync("School");

        var from = Stopwatch.GetTimestamp();
        var tokens = await Gathering.TokensAsync(http, room, "member", settings.Members);
        var invites = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
        var before = (await api.ReadAsync(room.Id, tokens[0])).Seq;

        await using var gathering = new Gathering();
        var (began, took) = (new long[settings.Members], new Latencies(settings.Members));
        var cpu = new CpuShare(() => server.CpuTime);
        from = Stopwatch.GetTimestamp();
        await gathering.ComeAsync(server.Address, tokens, TimeSpan.FromMilliseconds(settings.OverMs), i =>
        {
            began[i] = Stopwatch.GetTimestamp();
            return new RawMember { Keeps = true };
        }, i => took.Add(Stopwatch.GetTimestamp() - began[i]));
        var joined = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
        var (generator, load) = cpu.Read();

        var served = await SettleAsync(api, room.Id, tokens[0], gathering).WaitAsync(Patience);
        var agreeing = gathering.Members.AsParallel().Count(member => Gathering.Fold(member) is var seen && seen.Epoch == served.Epoch && JsonNode.DeepEquals(seen.State, served.State));
        return new(settings.Members, invites, joined, took.Percentile(0.5), took.Percentile(0.99), agreeing, gathering.Members.Sum(member => member.Holes),
            gathering.Members.Sum(member => member.Resyncs), served.Seq - before, gathering.Members.Sum(member => (long)member.Patches), generator, load[0], server.Memory / 1048576.0);
    }

    /// <summary>The room once everybody in it is online and everybody has come to the same sequence.</summary>
    private static async Task<RoomSnapshot> SettleAsync(RoomApi api, string room, string token, Gathering gathering)
    {
        while (true)
        {
            var served = await api.ReadAsync(room, token);
            await Task.WhenAll(gathering.Members.Select(member => member.ReachAsync(served.Seq)));
            if (gathering.Members.All(member => member.Seq == served.Seq) && (await api.ReadAsync(room, token)).Seq == served.Seq) return served;
        }
    }
}
