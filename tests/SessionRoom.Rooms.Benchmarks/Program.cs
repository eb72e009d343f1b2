using System.Globalization;
using SessionRoom.Rooms;
using SessionRoom.Rooms.Benchmarks;

// Commands a second answered, 100 rooms x 10 members: group commit beside one commit per command, in alternating runs;
// or with `tells`, what it costs where a key has a webhook: nothing to tell, and an event with every batch, beside no webhook.
//   dotnet run -c Release --project tests/SessionRoom.Rooms.Benchmarks [-- costs | tells | --seconds 5 --runs 3 --only process|disk|memory --mode group|single]
double Number(string name, double otherwise) => Array.IndexOf(args, name) is >= 0 and var at ? double.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
string? Word(string name) => Array.IndexOf(args, name) is >= 0 and var at ? args[at + 1] : null;

var (measured, runs) = (TimeSpan.FromSeconds(Number("--seconds", 5)), (int)Number("--runs", 3));
var (only, mode) = (Word("--only"), Word("--mode"));
var folder = Directory.CreateTempSubdirectory("session-room-bench-");
try
{
    if (args is ["costs"])
    {
        Costs.Print(folder.FullName);
        return;
    }
    if (args is ["tells", ..])
    {
        await Telling.PrintAsync(folder.FullName, runs, measured, only);
        return;
    }
    foreach (var log in new[] { "process", "disk", "memory" })
    {
        if (only is not null && only != log) continue;
        var (grouped, single) = (new List<Figure>(), new List<Figure>());
        // The first run pays for compilation.
        await RunAsync(log, group: mode != "single", run: -1);
        for (var run = 0; run < runs; run++)
        {
            if (mode != "group" && log != "memory") single.Add(await RunAsync(log, group: false, run));
            if (mode != "single") grouped.Add(await RunAsync(log, group: true, run));
        }
        if (grouped.Count > 0 && single.Count > 0)
            Console.WriteLine($"{log}: {Median(grouped):N0} against {Median(single):N0} commands/s, ratio {Median(grouped) / Median(single):N1}; processor time per command 1 : {MedianOf(single) / MedianOf(grouped):N1} (medians of {runs})");
        else Console.WriteLine($"{log}: {Median([.. grouped, .. single]):N0} commands/s (median of {runs})");
    }
}
finally { folder.Delete(recursive: true); }

async Task<Figure> RunAsync(string log, bool group, int run)
{
    var most = group ? 1_024 : 1;
    var options = new RoomOptions
    {
        DataDirectory = Path.Combine(folder.FullName, $"{log}-{group}-{run}"), Durability = log == "disk" ? Durability.Disk : Durability.Process,
        MostPerBatch = most, MostPerTransaction = most,
    };
    var figure = await new GroupCommitLoad(100, 10, options).RunAsync(log == "memory", TimeSpan.FromSeconds(2), measured);
    Console.WriteLine($"  {log,-8}{(group ? "group commit" : "one by one"),-14}{figure.PerSecond,9:N0} commands/s {figure.ProcessorMicroseconds,7:N1} us processor, {figure.Bytes / 1024,5:N1} kB allocated per command, {figure.PerBatch,5:N1} commands/batch");
    return figure;
}

static double Median(List<Figure> figures) => figures.Select(figure => figure.PerSecond).Order().ElementAt(figures.Count / 2);

static double MedianOf(List<Figure> figures) => figures.Select(figure => figure.ProcessorMicroseconds).Order().ElementAt(figures.Count / 2);
