using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SessionRoom.Domain;

namespace SessionRoom.Rooms.Benchmarks;

/// <summary>What the steps of one command cost, each alone on one thread: processor time and bytes per call.</summary>
internal static class Costs
{
    public static void Print(string folder)
    {
        var limits = new RoomLimits();
        var state = Someone(limits, people: 10);
        var (raise, by, now) = (new RaiseHand { Id = "1" }, Actor.Person(state, "p7"), 1_800_000_000_000);
        var decided = (Decision.Accepted)Room.Decide(state, raise, new(by, now, limits));
        var after = decided.Events.Aggregate(state, Room.Evolve);
        var number = 0;
        var answers = Enumerable.Range(0, 2_048).Aggregate(AnsweredCommands.None, (kept, each) => kept.Remember(new("p1", $"{each}", each, now)));
        var one = new RoomBatch(decided.Events, [new("p7", "1", 1, now)]);
        var ten = new RoomBatch([.. Enumerable.Repeat(decided.Events[0], 10)], [.. Enumerable.Repeat(one.Answers[0], 10)]);
        var bytes = RoomCodec.Encode(ten);

        Step("decide hand.raise", 1, () => Room.Decide(state, raise, new(by, now, limits)));
        Step("decide hand.lower", 1, () => Room.Decide(after, new LowerHand { Id = "2" }, new(by, now, limits)));
        Step("evolve hand.raised", 1, () => Room.Evolve(state, decided.Events[0]));
        Step("remember an answer of 2,048", 1, () => answers = answers.RememberNew([new("p2", $"{number++}", 1, now)]));
        Step("encode a batch of 1", 1, () => RoomCodec.Encode(one));
        Step("encode a batch of 10", 10, () => RoomCodec.Encode(ten));
        Step("patch of a hand among 10", 1, () => StatePatch.Between(state, after));
        var crowd = Someone(limits, people: 1_000);
        var raised = ((Decision.Accepted)Room.Decide(crowd, raise, new(by, now, limits))).Events.Aggregate(crowd, Room.Evolve);
        Step("patch of a hand among 1,000", 1, () => StatePatch.Between(crowd, raised));

        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "costs.db")};Pooling=false");
        connection.Open();
        SqliteSchema.Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 4096;");
        SqliteSchema.Prepare(connection);
        using var statements = new SqliteStatements(connection);
        statements.Begin();
        var heads = Enumerable.Range(0, 100).Select(room => statements.Create($"room-{room}", bytes)!.Value).ToArray();
        statements.Commit();
        Step("sqlite: one append a transaction", 1, () => Append(statements, heads, bytes, 1));
        Step("sqlite: 100 appends a transaction", 100, () => Append(statements, heads, bytes, 100));
    }

    private static int Append(SqliteStatements statements, LogPosition[] heads, byte[] bytes, int count)
    {
        statements.Begin();
        for (var room = 0; room < count; room++) heads[room] = statements.Append($"room-{room}", heads[room], bytes, null)!.Value;
        statements.Commit();
        return count;
    }

    private static void Step<T>(string name, int shared, Func<T> step)
    {
        for (var warm = 0; warm < 2_000 / shared; warm++) step();
        var (calls, process, bytes) = (20_000 / shared, Process.GetCurrentProcess().TotalProcessorTime, GC.GetAllocatedBytesForCurrentThread());
        for (var call = 0; call < calls; call++) step();
        var spent = Process.GetCurrentProcess().TotalProcessorTime - process;
        Console.WriteLine($"  {name,-36}{spent.TotalMicroseconds / calls / shared,9:N2} us {(GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)calls / shared,10:N0} bytes (per command)");
    }

    private static RoomState Someone(RoomLimits limits, int people)
    {
        var created = new RoomCreated("r", "A circle", new RoomSettings(), [], ImmutableDictionary<Role, string>.Empty);
        var state = Room.Evolve(RoomState.Empty, created);
        for (var member = 0; member < people; member++) Do(new Arrive($"p{member}", $"Member {member}", Role.Member, Place.Remote), Actor.House);
        for (var member = 0; member < 5; member++) Do(new RaiseHand { Id = "1" }, Actor.Person(state, $"p{member}"));
        return state;

        void Do(RoomCommand command, Actor by) => state = ((Decision.Accepted)Room.Decide(state, command, new(by, 1_800_000_000_000, limits))).Events.Aggregate(state, Room.Evolve);
    }
}
