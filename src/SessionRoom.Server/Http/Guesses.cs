using System.Threading.RateLimiting;

namespace SessionRoom.Server;

/// <summary>Bounds per address what strangers may try: wrong invites and keys, and rooms made without a key. What succeeds with an invite or a key costs nothing, for a school is one address.</summary>
internal sealed class Guesses(ServerOptions options) : IAsyncDisposable
{
    private readonly PartitionedRateLimiter<string> wrong = PerMinute(options.Limits.GuessesPerMinute);
    private readonly PartitionedRateLimiter<string> made = PerMinute(options.Limits.OpenRoomsPerMinute);

    /// <summary>Whether this address has used up its wrong guesses for now.</summary>
    public bool Exhausted(HttpContext context)
    {
        using var lease = wrong.AttemptAcquire(AddressOf(context), 0);
        return !lease.IsAcquired;
    }

    /// <summary>Counts a wrong guess.</summary>
    public void Count(HttpContext context) => wrong.AttemptAcquire(AddressOf(context)).Dispose();

    /// <summary>Whether this address may make one more room without a key; counts it.</summary>
    public bool MayMakeRoom(HttpContext context)
    {
        using var lease = made.AttemptAcquire(AddressOf(context));
        return lease.IsAcquired;
    }

    public async ValueTask DisposeAsync()
    {
        await wrong.DisposeAsync();
        await made.DisposeAsync();
    }

    private static PartitionedRateLimiter<string> PerMinute(int permits) => PartitionedRateLimiter.Create<string, string>(address =>
        // Not a token bucket: that counts in fractions, and a fraction of a permit is enough for a look.
        RateLimitPartition.GetSlidingWindowLimiter(address, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
            QueueLimit = 0,
            AutoReplenishment = true,
        }), StringComparer.Ordinal);

    // An IPv6 subscriber has a whole /64 to guess from.
    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => "local",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } six => Convert.ToHexString(six.GetAddressBytes().AsSpan(0, 8)),
        { } four => four.ToString(),
    };
}
