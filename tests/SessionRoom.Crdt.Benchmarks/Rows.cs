using System.Text;
using SessionRoom.Crdt.Tests.Differential;

namespace SessionRoom.Crdt.Benchmarks;

/// <summary>All rows, with the ratios that they must show.</summary>
internal static class Rows
{
    public static IReadOnlyList<Row> All()
    {
        byte[][] trace = [File.ReadAllBytes(Repository.Data("b4.edt"))];
        byte[][] board = [File.ReadAllBytes(Repository.Data("board.init.v1")), File.ReadAllBytes(Repository.Data("board.updates.v1"))];
        byte[][] script = [File.ReadAllBytes(Repository.Data("board.json"))];
        return
        [
            new("B4: 259,778 edits, a transaction and an update each", "b4-local", 0.04, TextWorkloads.Local, trace),
            new("B4: the 259,778 updates applied one by one", "b4-apply", 0.05, TextWorkloads.Applied, trace),
            new("B4: all edits in one transaction", "b4-one", 0.03, TextWorkloads.Together, trace),
            new("B4: encode the full state", "b4-encode", 0.10, TextWorkloads.Encode, trace),
            new("B4: parse the full state", "b4-parse", 0.12, TextWorkloads.Parse, trace),
            new("B4: memory of the parsed document", "b4-memory", 0.35, TextWorkloads.Memory, trace) { Measured = Measured.Memory },
            One("B1.1: append 6,000 characters", EditPatterns.Append()),
            One("B1.3: prepend 6,000 characters", EditPatterns.Prepend()),
            One("B1.4: 6,000 characters at random places", EditPatterns.RandomCharacters()),
            One("B1.5: 6,000 words at random places", EditPatterns.RandomWords()),
            One("B1.7: 6,000 insertions and deletions", EditPatterns.InsertsAndDeletes()),
            Two("B2.2: two clients, 6,000 characters each", EditPatterns.RandomCharacters),
            Two("B2.3: two clients, 6,000 words each", EditPatterns.RandomWords),
            Two("B2.4: two clients, 12,000 insertions and deletions each", EditPatterns.InsertsThenEdits),
            Formatted("Formats: 6,000 words at random places of 6,000, every tenth bold", EditPatterns.RandomWords),
            Formatted("Formats: the same, 12,000 insertions and deletions", EditPatterns.InsertsThenEdits),
            new("B3.1: 1,540 clients set a number", "b3.1", 0.02, BoardWorkloads.Crowd, []),
            new("B3.2: 1,540 clients set an object", "b3.2", 0.02, BoardWorkloads.Crowd, []),
            new("B3.3: 1,540 clients set a long string", "b3.3", 0.02, BoardWorkloads.Crowd, []),
            new("B3.4: 1,540 clients insert into a list", "b3.4", 0.02, BoardWorkloads.Crowd, []),
            new("B3.5: 1,540 clients insert into a text", "b3.5", 0.02, BoardWorkloads.Crowd, []),
            new("Board: an update applied", "board-apply", 0.05, BoardWorkloads.ApplyEach, board) { P99Target = 0.06 },
            new("Board: a diff that lacks nothing", "board-diff-0", 0.06, BoardWorkloads.Diff(0), board),
            new("Board: a diff that lacks 100 updates", "board-diff-100", 0.06, BoardWorkloads.Diff(100), board),
            new("Board: a state vector", "board-vector", 0.05, BoardWorkloads.StateVector, board),
            new("Board: 5,000 updates merged as bytes", "board-merge", 0.04, BoardWorkloads.Merge, board),
            new("Board: a diff of bytes", "bytes-diff", 0, BoardWorkloads.DiffOfBytes, board),
            new("Board: a state vector of bytes", "bytes-vector", 0, BoardWorkloads.StateVectorOfBytes, board),
            new("1,000 boards: load of one", "boards-load", 0.10, BoardWorkloads.ThousandLoaded, script),
            new("1,000 boards: memory of one", "boards-memory", 0.25, BoardWorkloads.ThousandKept, script) { Measured = Measured.Memory },
        ];
    }

    private static Row One(string name, TextEdit[] edits) =>
        new(name, "edit-apply", 0.05, TextWorkloads.EditAndApply, [TextEdits.Write(edits)]);

    private static Row Formatted(string name, Func<int, int, TextEdit[]> pattern)
    {
        var random = new Random(7);
        var words = string.Join(' ', Enumerable.Range(0, 6_000).Select(_ => EditPatterns.Word(random, 3, 9)));
        return new(name, "formatted", 0.05, TextWorkloads.Formatted, [TextEdits.Write(pattern(3, words.Length + 1)), Encoding.UTF8.GetBytes(words)]);
    }

    private static Row Two(string name, Func<int, int, TextEdit[]> pattern)
    {
        var initial = EditPatterns.Word(new Random(7), EditPatterns.InitialLength, EditPatterns.InitialLength);
        return new(name, "edit-exchange", 0.05, TextWorkloads.EditApartAndExchange,
        [
            TextEdits.Write(pattern(1, initial.Length)), TextEdits.Write(pattern(2, initial.Length)), Encoding.UTF8.GetBytes(initial),
        ]);
    }
}
