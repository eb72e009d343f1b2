using SessionRoom.LoadTests.Measuring;
using SessionRoom.LoadTests.Scenarios;
using static SessionRoom.LoadTests.Scenario;

namespace SessionRoom.LoadTests;

/// <summary>Every scenario by its name, with what can be said to it.</summary>
internal static class Catalogue
{
    private static readonly string[] Rooms = ["own", "packed", "raw", "signalr", "socketio", "socketio-tell", "signalr-tell", "hocuspocus", "y-websocket"];

    public static IEnumerable<Scenario> Of(Output output) => [.. Comparisons(output), .. Crowds(output), .. Sessions(output), .. Faults(output), .. Boards(output), .. ManyNodes(output)];

    private static IEnumerable<Scenario> Comparisons(Output output)
    {
        yield return new("fanout", "One room: somebody changes something, everybody hears it.", async given => await Fanout.RunAsync(new(Contest(given), given.Number("members"), given.Numbers("in-flight"), given.Numbers("rates"))), output,
            [Number("members", 1_000, "People in the room."), Numbers("in-flight", [1, 16], "Changes always under way: a load for each."), Numbers("rates", [100], "Changes a second: a load for each, until a server falls behind."), .. Turns(["own", "raw", "signalr", "socketio"])]);
    }

    private static IEnumerable<Scenario> Crowds(Output output)
    {
        yield return new("rooms", "Many small rooms: deliveries, processor time and memory.", async given => await SmallRooms.RunAsync(new(Contest(given), given.Number("rooms"), given.Number("members"), given.Numbers("in-flight"), given.Number("rate"), given.Number("memory") > 0)), output,
            [Number("rooms", 500, "Rooms."), Number("members", 10, "People in each."), Numbers("in-flight", [1], "Changes always under way in each: a saturated load for each; judged is 1."), Number("rate", 500, "Changes a second, over all rooms."), Number("memory", 1, "0: memory is left out."), .. Turns(["own", "raw", "signalr", "socketio"])]);
        yield return new("join", "Everybody comes to one room within seconds, to a cold server and to a warm one.", async given => await Arrivals.RunAsync(new(Contest(given), given.Number("members"), given.Real("over"))), output,
            [Number("members", 1_000, "Who come."), Number("over", 5.0, "Seconds over which they come."), .. Turns(["own", "signalr", "socketio", "socketio-tell"])]);
        yield return new("board", "Many boards on which many write at once, beside Hocuspocus and y-websocket.", async given => await SharedBoards.RunAsync(new(Contest(given), given.Number("rooms"), given.Number("members"), given.Number("in-flight"))), output,
            [Number("rooms", 50, "Boards."), Number("members", 20, "Writers on each."), Number("in-flight", 20, "Edits of each board that are always under way: as many as writers, where each goes on once their own is relayed."), .. Turns(["own", "hocuspocus", "y-websocket"])]);
        yield return new("nodes-fanout", "One room on two nodes over one Redis, all on one core.", async given => await Fanout.RunAsync(new(Contest(given), given.Number("members"), given.Numbers("in-flight"), given.Numbers("rates"), TwoNodes: true)), output,
            [Number("members", 1_000, "People in the room."), Numbers("in-flight", [1, 16], "Changes always under way: a load for each."), Numbers("rates", [], "Changes a second: a load for each."), .. Turns(["own", "socketio"])]);
    }

    private static ContestSettings Contest(Given given) => new(given.Words("peers"), given.Number("rounds"), given.Number("retries"), given.Real("seconds"), given.Real("warm"));

    private static System.CommandLine.Option[] Turns(string[] peers) =>
    [
        Words("peers", peers, "Who takes part: ours over JSON or MessagePack, and others.", Rooms), Number("rounds", 3, "Turns of each."),
        Number("retries", 3, "How often a turn is taken again because something else ran on the machine."), Number("seconds", 8.0, "Of each load."), Number("warm", 8.0, "Seconds under the heaviest load before anything is measured."),
    ];

    private static IEnumerable<Scenario> Sessions(Output output)
    {
        yield return new("session", "A ninety-minute circle, replayed fast from a script; a checker judges the clients' own histories.", async given => await Session.RunAsync(new(given.Number("rooms"), given.Real("seconds"), given.Seed, given.Path("histories"))), output,
            Number("rooms", 4, "Circles at once."), Number("seconds", 60.0, "That ninety minutes take."), Seed, Histories);
        yield return new("chaos", "Nodes and Redis are killed and paused while circles go on over three nodes.", async given => await Chaos.RunAsync(new(given.Number("nodes"), given.Number("rooms"), given.Number("seconds"), given.Real("circle"), given.Real("every"), given.Seed, given.Path("histories"))), output,
            Number("nodes", 3, "Over one Redis."), Number("rooms", 4, "Circles at once."), Number("seconds", 600, "How long."), Number("circle", 60.0, "Seconds that ninety minutes take."), Number("every", 8.0, "Seconds between two faults."), Seed, Histories);
        yield return new("smoke", "A short form of each, as continuous integration runs it: times are not judged.", async _ => await Smoke.RunAsync(), output);
        yield return new("soak", "Circle after circle on one server: memory, handles and threads stay flat.", async given => await Soak.RunAsync(new(given.Real("minutes"), given.Real("warm"), given.Number("rooms"), given.Real("circle"), given.Seed)), output,
            Number("minutes", 30.0, "Measured."), Number("warm", 5.0, "Minutes before."), Number("rooms", 4, "Circles at once."), Number("circle", 30.0, "Seconds that ninety minutes take."), Seed);
    }

    private static IEnumerable<Scenario> Faults(Output output)
    {
        yield return new("crash", "kill -9 at random points under load.", async given => await Crash.RunAsync(new(given.Number("rounds"), given.Seed)), output, Number("rounds", 50, "Kills."), Seed);
        yield return new("clock", "Countdowns of clients ten minutes off.", async given => await Clock.RunAsync(new(given.Number("samples"))), output, Number("samples", 400, "Readings."));
        yield return new("join-state", "A thousand members come to one room, and all end with the same state.", async given => await JoinRush.RunAsync(new(given.Number("members"), given.Number("over"))), output, Number("members", 1_000, "Who come."), Number("over", 3_000, "Milliseconds."));
        yield return new("slow", "A tenth of the clients stops reading; the others' p99 against the run without.", async given => await SlowReader.RunAsync(new(given.Number("members"), given.Number("rate"), given.Number("seconds"), given.Number("pairs"), given.Number("text"), given.Number("crowd"))), output,
            Number("members", 200, "Everybody who listens."), Number("rate", 50, "Patches a second."), Number("seconds", 30, "Of each run."), Number("pairs", 3, "Runs without and with."), Number("text", 3_000, "Characters in each patch."), Number("crowd", 100, "How many stall together."));
        yield return new("hostile", "Bad input of every kind, random commands, and healthy people while intruders do all of it at once.", async given => await Hostile.RunAsync(new(given.Number("commands"), given.Seed, given.Real("seconds"), given.Number("pairs"))), output,
            Number("commands", 10_000, "Random ones."), Number("seconds", 10.0, "Of each run with and without intruders; 0 leaves them out."), Number("pairs", 3, "Such runs."), Seed);
    }

    private static IEnumerable<Scenario> Boards(Output output)
    {
        yield return new("board-writers", "Fifty write on one board, connections are cut.", async given => await BoardWriters.RunAsync(new(given.Number("writers"), given.Number("edits"), given.Seed)), output, Number("writers", 50, "People."), Number("edits", 100, "Of each."), Seed);
        yield return new("board-crash", "kill -9 while people write on a board.", async given => await BoardCrash.RunAsync(new(given.Number("rounds"), given.Seed)), output, Number("rounds", 50, "Kills."), Seed);
        yield return new("board-hostile", "Updates that no sound client writes.", async _ => await BoardHostile.RunAsync(), output);
        yield return new("board-peers", "Beside Hocuspocus, which npm installs: processor time and memory at an even pace.", async given => await BoardPeers.RunAsync(new(given.Number("rooms"), given.Number("members"), given.Number("seconds"), given.Number("warm"), given.Number("rounds"), given.Number("boards"))), output,
            Number("rooms", 50, "Boards."), Number("members", 20, "Of each; at most 26."), Number("seconds", 20, "Measured."), Number("warm", 30, "Before that."), Number("rounds", 3, "Turns of each server."), Number("boards", 300, "Opened for the figure of memory; 0 leaves it out."));
        yield return new("board-rejoin", "One edit of a large board was missed.", async given => await BoardRejoin.RunAsync(new(given.Number("kilobytes"))), output, Number("kilobytes", 1_000, "Of the board."));
    }

    private static IEnumerable<Scenario> ManyNodes(Output output)
    {
        yield return new("nodes-kill", "Three nodes, kill -9 at random under load.", async given => await NodesKill.RunAsync(new(given.Number("nodes"), given.Number("people"), given.Number("kills"), given.Number("seconds"), given.Seed)), output,
            Number("nodes", 3, "Over one Redis."), Number("people", 50, "In one room."), Number("kills", 20, "Spread over the time."), Number("seconds", 60, "Under load."), Seed);
        yield return new("nodes-redis", "Redis is killed, comes back, and hangs.", async given => await NodesRedis.RunAsync(new(given.Word("fsync") == "always", given.Number("kills"), given.Number("stop"), given.Number("forgets") > 0, given.Number("people"), given.Seed)), output,
            Word("fsync", "always", "Redis' appendfsync.", "always", "everysec"), Number("kills", 5, "Of Redis."), Number("stop", 20, "Seconds it hangs."), Number("forgets", 0, "1: it comes back on older data."), Number("people", 20, "In one room."), Seed);
        yield return new("nodes-flush", "FLUSHALL under load.", async given => await NodesFlush.RunAsync(new(given.Number("people"), given.Number("seconds"), given.Seed)), output, Number("people", 20, "In one room."), Number("seconds", 10, "Under load."), Seed);
        yield return new("nodes-drop", "A part of the publications is lost.", async given => await NodesDrop.RunAsync(new(given.Number("permille"), given.Number("rounds"), given.Number("round"), given.Number("people"), given.Seed)), output,
            Number("permille", 10, "Lost."), Number("rounds", 20, "Of work."), Number("round", 1_500, "Milliseconds of each."), Number("people", 20, "In one room."), Seed);
        yield return new("nodes-next", "Two facilitators press next at once.", async given => await NodesNext.RunAsync(new(given.Number("times"), given.Number("nodes"))), output, Number("times", 1_000, "They do."), Number("nodes", 2, "Over one Redis."));
        yield return new("nodes-latency", "A command through Redis against SQLite alone.", async given => await NodesLatency.RunAsync(new(given.Number("commands"))), output, Number("commands", 1_000, "Of each."));
        yield return new("nodes-scale", "Two nodes against one.", async given => await NodesScale.RunAsync(new(given.Number("rooms"), given.Number("members"), given.Number("seconds"))), output, Number("rooms", 200, "All at work."), Number("members", 10, "Of each."), Number("seconds", 5, "Measured."));
    }
}
