using System.Text.Json;
using SessionRoom.Domain;

namespace SessionRoom.Rooms.Benchmarks;

/// <summary>What a webhook costs those who act: commands a second with one beside those without.</summary>
internal static class Telling
{
    private const string Never = "no webhook", Nothing = "nothing to tell", Every = "one per batch";

    public static async Task PrintAsync(string folder, int runs, TimeSpan measured, string? only)
    {
        foreach (var log in new[] { "process", "disk" })
        {
            if (only is not null && only != log) continue;
            var figures = new[] { Never, Nothing, Every }.ToDictionary(told => told, _ => new List<Figure>(), StringComparer.Ordinal);
            // The first round pays for compilation.
            for (var run = -1; run < runs; run++)
            {
                foreach (var (told, all) in figures)
                {
                    var figure = await RunAsync(Path.Combine(folder, $"{log}-{told}-{run}"), log, told, measured);
                    if (run >= 0) all.Add(figure);
                    Console.WriteLine($"  {log,-8}{told,-16}{figure.PerSecond,9:N0} commands/s {figure.ProcessorMicroseconds,7:N1} us processor per command, {figure.PerBatch,5:N1} commands/batch{(run < 0 ? " (not counted)" : "")}");
                }
            }
            foreach (var told in new[] { Nothing, Every })
                Console.WriteLine($"{log}: {told}: {Median(figures[told], figure => figure.PerSecond) / Median(figures[Never], figure => figure.PerSecond):N2} of the commands/s without a webhook; processor time per command {Median(figures[told], figure => figure.ProcessorMicroseconds) / Median(figures[Never], figure => figure.ProcessorMicroseconds):N2} times (medians of {runs})");
        }
    }

    private static Task<Figure> RunAsync(string folder, string log, string told, TimeSpan measured) => new GroupCommitLoad(100, 10, new()
    {
        DataDirectory = folder,
        Durability = log == "disk" ? Durability.Disk : Durability.Process,
        Tells = told switch { Nothing => (_, _, _) => null, Every => OneOf, _ => null },
    }).RunAsync(inMemory: false, TimeSpan.FromSeconds(1), measured);

    /// <summary>As large as what the server tells of an agreement.</summary>
    private static Outgoing OneOf(RoomState room, LogPosition at, IReadOnlyList<RoomEvent> events) => new("bench",
    [
        new(events[0].At, JsonSerializer.SerializeToUtf8Bytes(new { id = $"evt_{at.Epoch}_{at.Seq}_0", type = "agreement.accepted", at = events[0].At, room = room.Session.Id, data = new { person = new { pid = "p1", name = "Member 1" }, version = 1 } })),
    ]);

    private static double Median(List<Figure> figures, Func<Figure, double> of) => figures.Select(of).Order().ElementAt(figures.Count / 2);
}
