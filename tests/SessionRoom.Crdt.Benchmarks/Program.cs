using SessionRoom.Crdt.Benchmarks;

// dotnet run -c Release --project tests/SessionRoom.Crdt.Benchmarks [-- part of a row's name …] [--write]
var write = args.Contains("--write", StringComparer.Ordinal);
var wanted = args.Where(argument => !argument.StartsWith("--", StringComparison.Ordinal)).ToArray();
var rows = Rows.All();
var chosen = rows.Where(row => wanted.Length == 0 || wanted.Any(part => row.Name.Contains(part, StringComparison.OrdinalIgnoreCase))).ToArray();

var before = Machine.Load;
using var yjs = new YjsSide();
var comparison = new Comparison(yjs);
var results = new List<Result>();
Console.WriteLine(Table.Head);
foreach (var row in chosen)
{
    results.Add(comparison.Measure(row));
    foreach (var line in Table.Lines(results[^1]))
    {
        Console.WriteLine(line);
    }
}

var board = rows.First(row => row.Kind == "board-apply").Inputs;
var allocated = BoardWorkloads.AllocatedPerUpdate(board);
Console.WriteLine($"Allocated per board update applied: {allocated:F0} bytes (at most 300).");
var load = $"Load average of the machine: {before} before, {Machine.Load} after.";
Console.WriteLine(load);
if (write)
{
    var command = "dotnet run -c Release --project tests/SessionRoom.Crdt.Benchmarks -- --write";
    var file = Path.Combine(SessionRoom.Crdt.Tests.Differential.Repository.Root, "tests", "SessionRoom.Crdt.Benchmarks", "RESULTS.md");
    File.WriteAllText(file, Table.Page(results, allocated, yjs.NodeVersion, command, load));
}

return results.All(result => result.SameBytes) ? 0 : 1;
