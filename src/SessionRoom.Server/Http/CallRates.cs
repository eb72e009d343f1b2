using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace SessionRoom.Server;

/// <summary>How often one bearer may call over HTTP; a person as often as over the hub.</summary>
internal static class CallRates
{
    public const string Policy = "bearer";

    public static void Add(IServiceCollection services, LimitOptions limits) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = async (context, _) => await Problems.SlowDown(context.HttpContext, WaitOf(context.Lease), "Too many calls.").ExecuteAsync(context.HttpContext);
        options.AddPolicy(Policy, context => context.User.Credential() switch
        {
            Credential.Integrator { Key: var key } => Bucket(key.Name, limits.KeyCallsPerSecond, limits.KeyCallsPerSecond),
            Credential.Person { Token: var token } => Bucket($"{token.Room}/{token.Pid}", limits.CommandsPerSecond, limits.CommandBurst),
            _ => RateLimitPartition.GetNoLimiter(""),
        });
    });

    /// <summary>How long to wait before the next try; a second where the limiter does not know.</summary>
    public static TimeSpan WaitOf(RateLimitLease lease) => lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);

    private static RateLimitPartition<string> Bucket(string name, double perSecond, int burst) => RateLimitPartition.GetTokenBucketLimiter(name, _ =>
        new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = Math.Max(1, (int)(perSecond / 10)),
            ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, (int)(perSecond / 10)) / perSecond),
            QueueLimit = 0,
            AutoReplenishment = true,
        });
}
