using System.Runtime.InteropServices;
using SessionRoom.LoadTests.Measuring;
using SessionRoom.LoadTests.Scenarios;

namespace SessionRoom.LoadTests;

/// <summary>Runs one scenario and prints what it measured; ends with 0 if it holds, 1 if not, 2 if it is not known.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        // Whoever ends this program ends its servers with it: without this, the runtime leaves at once.
        using var ended = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Environment.Exit(143));
        using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => Environment.Exit(129));
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Environment.Exit(130));
        var options = new Options(args.Skip(1));
        IFigure? result = args.FirstOrDefault() switch
        {
            "crash" => await Crash.RunAsync(new(options.Number("rounds", 50), options.Number("seed"))),
            "clock" => await Clock.RunAsync(new(options.Number("samples", 400))),
            "join" => await JoinRush.RunAsync(new(options.Number("members", 1_000), options.Number("over", 3_000))),
            "slow" => await SlowReader.RunAsync(new(options.Number("members", 200), options.Number("rate", 50), options.Number("seconds", 30),
                options.Number("pairs", 3), options.Number("text", 3_000), options.Number("crowd", 100))),
            "hostile" => await Hostile.RunAsync(new(options.Number("commands", 10_000), options.Number("seed"))),
            "board-writers" => await BoardWriters.RunAsync(new(options.Number("writers", 50), options.Number("edits", 100), options.Number("seed"))),
            "board-crash" => await BoardCrash.RunAsync(new(options.Number("rounds", 50), options.Number("seed"))),
            "board-hostile" => await BoardHostile.RunAsync(),
            "board-rejoin" => await BoardRejoin.RunAsync(new(options.Number("kilobytes", 1_000))),
            "board-peers" => await BoardPeers.RunAsync(new(options.Number("rooms", 50), options.Number("members", 20), options.Number("seconds", 20), options.Number("warm", 30),
                options.Number("rounds", 3), options.Number("boards", 300))),
            "nodes-kill" => await NodesKill.RunAsync(new(options.Number("nodes", 3), options.Number("people", 50), options.Number("kills", 20), options.Number("seconds", 60), options.Number("seed"))),
            "nodes-redis" => await NodesRedis.RunAsync(new(options.Word("fsync", "always", "always", "everysec") == "always", options.Number("kills", 5), options.Number("stop", 20), options.Number("forgets", 0) > 0, options.Number("people", 20), options.Number("seed"))),
            "nodes-flush" => await NodesFlush.RunAsync(new(options.Number("people", 20), options.Number("seconds", 10), options.Number("seed"))),
            "nodes-drop" => await NodesDrop.RunAsync(new(options.Number("permille", 10), options.Number("rounds", 20), options.Number("round", 1_500), options.Number("people", 20), options.Number("seed"))),
            "nodes-next" => await NodesNext.RunAsync(new(options.Number("times", 1_000), options.Number("nodes", 2))),
            "nodes-latency" => await NodesLatency.RunAsync(new(options.Number("commands", 1_000))),
            "nodes-scale" => await NodesScale.RunAsync(new(options.Number("rooms", 200), options.Number("members", 10), options.Number("seconds", 5))),
            _ => null,
        };
        if (result is null)
        {
            Console.Error.WriteLine("""
                usage: dotnet run -c Release --project load-tests -- <scenario> [--name value …]

                  crash   kill -9 at random points under load                        --rounds 50 --seed N
                  clock   countdowns of clients ten minutes off                      --samples 400
                  join    a thousand members come to one room                        --members 1000 --over 3000
                  slow    one of 200 stops reading; the others' deliveries           --members 200 --rate 50 --seconds 30 --pairs 3 --text 3000 --crowd 100
                  hostile bad input of every kind, and random commands               --commands 10000 --seed N

                  board-writers  fifty write on one board, connections are cut       --writers 50 --edits 100 --seed N
                  board-crash    kill -9 while people write on a board               --rounds 50 --seed N
                  board-hostile  updates that no sound client writes
                  board-peers    beside Hocuspocus, which npm installs               --rooms 50 --members 20 --seconds 20 --warm 30 --rounds 3 --boards 300
                  board-rejoin   one edit of a large board was missed                --kilobytes 1000

                Over one Redis, which must be installed:

                  nodes-kill     three nodes, kill -9 at random under load           --nodes 3 --people 50 --kills 20 --seconds 60 --seed N
                  nodes-redis    Redis is killed, comes back, and hangs              --fsync always|everysec --kills 5 --stop 20 --forgets 0|1 --people 20 --seed N
                  nodes-flush    FLUSHALL under load                                 --people 20 --seconds 10 --seed N
                  nodes-drop     a part of the publications is lost                  --permille 10 --rounds 20 --round 1500 --people 20 --seed N
                  nodes-next     two facilitators press next at once                 --times 1000
                  nodes-latency  a command through Redis against SQLite alone        --commands 1000
                  nodes-scale    two nodes against one                               --rooms 200 --members 10 --seconds 5
                """);
            return 2;
        }
        Console.WriteLine(result);
        Console.WriteLine(result.Holds ? "\nholds" : "\nDOES NOT HOLD");
        return result.Holds ? 0 : 1;
    }
}
