using System.Globalization;

namespace SessionRoom.Crdt.Tests.Differential;

/// <summary>How many histories a run plays, and which.</summary>
internal static class Batches
{
    /// <summary>Histories in one frame: enough that the pipe is no cost.</summary>
    public const int Size = 50;

    /// <summary>FUZZ_HISTORIES, else the bounded number of an ordinary test run.</summary>
    public static int Histories(int otherwise) => Number("FUZZ_HISTORIES") ?? otherwise;

    /// <summary>SEED replays one history; without it the first seed is drawn, and printed where a test fails.</summary>
    public static int? Replayed => Number("SEED");

    public static int FirstSeed { get; } = Number("FIRST_SEED") ?? Random.Shared.Next(1 << 30);

    public static IEnumerable<int[]> Seeds(int histories)
    {
        if (Replayed is { } seed)
        {
            return [[seed]];
        }

        return Enumerable.Range(FirstSeed, histories).Chunk(Size);
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
