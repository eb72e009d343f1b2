using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace SessionRoom.Server.Tests;

public sealed class LullTests
{
    [Fact]
    public async Task what_nobody_holds_any_more_is_given_back_once_nothing_happens()
    {
        var given = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Leave(given);
        await using var server = await RunningServer.StartAsync();
        // More than is worth a collection.
        for (var block = 0; block < 40; block++) GC.KeepAlive(new byte[1024 * 1024]);
        await given.Task.WaitAsync(HubSocket.Patience);
    }

    /// <summary>Something in the oldest generation, which no collection of a younger one looks at.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Leave(TaskCompletionSource given)
    {
        var last = new Last(given);
        for (var generation = 0; generation < GC.MaxGeneration; generation++) GC.Collect();
        GC.KeepAlive(last);
    }

    [SuppressMessage("Design", "MA0055:Do not use finalizer", Justification = "It tells that the collector was there.")]
    private sealed class Last(TaskCompletionSource given)
    {
        ~Last() => given.TrySetResult();
    }
}
