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
        options.OnRejected = async (context, _) => await Problems.Of(Domain.RefusalCode.RateLimited, "Too many calls.").ExecuteAsync(context.HttpContext);
        options.AddPolicy(Policy, context => context.User.Credential() switch
        {
            Credential.Integrator { Key: var key } => Bucket(key.Name, limits.KeyCallsPerSecond, limits.KeyCallsPerSecond),
            Credential.Person { Token: var token } => Bucket($"{token.Room}/{token.Pid}", limits.CommandsPerSecond, limits.CommandBurst),
            _ => RateLimitPartition.GetNoLimiter(""),
        });
    });

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
