using System.Diagnostics;

namespace SessionRoom.LoadTests.Measuring;

/// <summary>Does something at a steady rate and keeps to the clock: what is late does not push back the next.</summary>
internal static class Beat
{
    public static async Task RunAsync(int perSecond, int count, Func<int, Task> doAsync)
    {
        var from = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / perSecond) - Stopwatch.GetElapsedTime(from);
            if (due > TimeSpan.FromMilliseconds(1)) await Task.Delay(due);
            await doAsync(i);
        }
    }
}
