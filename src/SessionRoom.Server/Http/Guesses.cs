using System.Threading.RateLimiting;

namespace SessionRoom.Server;

/// <summary>Bounds per address what strangers may do: guess invites and keys, make rooms without a key, and bring new people in.</summary>
/// <remarks>What is right is never held up by somebody else's wrong guesses: a school, or everybody behind one proxy, is one address.</remarks>
internal sealed class Guesses(ServerOptions options) : IAsyncDisposable
{
    private readonly PartitionedRateLimiter<string> wrong = PerMinute(options.Limits.GuessesPerMinute);
    private readonly PartitionedRateLimiter<string> made = PerMinute(options.Limits.OpenRoomsPerMinute);
    private readonly PartitionedRateLimiter<string> arrived = PerMinute(options.Limits.NewPeoplePerMinute);
    private readonly PartitionedRateLimiter<string> framed = PerMinute(options.Limits.NewPeoplePerMinute);
    private readonly PartitionedRateLimiter<string> looked = PerMinute(options.Limits.NewPeoplePerMinute);

    /// <summary>Counts a wrong guess. Not null when the address has used up its guesses for now: how long to wait.</summary>
    public TimeSpan? Wrong(HttpContext context) => Take(wrong, context);

    /// <summary>Counts a room that is made without a key. Not null when it is one too many.</summary>
    public TimeSpan? MakeRoom(HttpContext context) => Take(made, context);

    /// <summary>Counts a new participant by an invite. Not null when it is one too many.</summary>
    public TimeSpan? Arrive(HttpContext context) => Take(arrived, context);

    /// <summary>Counts a look at what a right invite leads to; as many as there may be new participants. Not null when it is one too many.</summary>
    public TimeSpan? Look(HttpContext context) => Take(looked, context);

    /// <summary>Counts a page for a frame, of whatever room; as many as there may be new participants. Not null when it is one too many.</summary>
    public TimeSpan? Frame(HttpContext context) => Take(framed, context);

    public async ValueTask DisposeAsync()
    {
        await wrong.DisposeAsync();
        await made.DisposeAsync();
        await arrived.DisposeAsync();
        await framed.DisposeAsync();
        await looked.DisposeAsync();
    }

    private static TimeSpan? Take(PartitionedRateLimiter<string> limiter, HttpContext context)
    {
        using var lease = limiter.AttemptAcquire(AddressOf(context));
        return lease.IsAcquired ? null : CallRates.WaitOf(lease);
    }

    private static PartitionedRateLimiter<string> PerMinute(int permits) => PartitionedRateLimiter.Create<string, string>(address =>
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
