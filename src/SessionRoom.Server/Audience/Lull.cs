namespace SessionRoom.Server;

/// <summary>Gives memory back in a lull, when nothing has been told to anybody for a while: the collector by itself does not look at a server that allocates no more.</summary>
/// <remarks>Everything stands still meanwhile, 20 ms with nobody and 150 ms with 5,000 connections: not while people work. Where no lull comes, what rooms that were unloaded have left
/// is collected once a minute beside the work: by itself the collector waits until it has grown by a good part of what is in use.</remarks>
internal sealed class Lull(RoomAudience audience, TimeProvider time) : BackgroundService
{
    private const int SecondsOfCalm = 3, LongestSeconds = 60;

    /// <summary>Less than this, allocated since the last time, is not worth it.</summary>
    private const long Worthwhile = 32 * 1024 * 1024;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        var (told, calm, allocated, collected, since) = (0L, 0, 0L, 0, 0);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                calm = told == audience.Told ? calm + 1 : 0;
                told = audience.Told;
                since = collected == GC.CollectionCount(GC.MaxGeneration) ? since + 1 : 0;
                collected = GC.CollectionCount(GC.MaxGeneration);
                if ((calm < SecondsOfCalm && since < LongestSeconds) || GC.GetTotalAllocatedBytes() - allocated < Worthwhile) continue;
                if (calm >= SecondsOfCalm) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                else GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false, compacting: false);
                allocated = GC.GetTotalAllocatedBytes();
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }
}
