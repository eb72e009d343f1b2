namespace SessionRoom.Crdt.Benchmarks;

/// <summary>
/// Waits for a process to be at rest. Node goes on for up to 130 ms of processor time after it has answered (its collector's and compiler's
/// threads), which doubled the wall time of whatever was measured meanwhile on a machine of two cores.
/// </summary>
internal static class Quiet
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);

    // Below the kernel's tick of 10 ms, above what the waiting itself takes.
    private static readonly TimeSpan Unheard = TimeSpan.FromMilliseconds(3);

    private const int Patience = 300;

    /// <param name="used">The processor time that the process has taken so far.</param>
    /// <exception cref="TimeoutException">It was not at rest for 100 ms within half a minute.</exception>
    public static void Await(Func<TimeSpan> used)
    {
        for (var i = 0; i < Patience; i++)
        {
            var before = used();
            Thread.Sleep(Window);
            if (used() - before < Unheard)
            {
                return;
            }
        }

        throw new TimeoutException("The other side does not come to rest; what is measured beside it would mean nothing.");
    }
}
