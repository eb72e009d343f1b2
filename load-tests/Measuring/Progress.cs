using System.Diagnostics;

namespace SessionRoom.LoadTests.Measuring;

/// <summary>What is said while a scenario runs: on the error stream, so that the result stands alone on the other.</summary>
internal static class Progress
{
    public static void Say(long from, string what) => Console.Error.WriteLine($"{Stopwatch.GetElapsedTime(from).TotalSeconds,6:0.0} s  {what}");
}
