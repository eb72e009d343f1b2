using Microsoft.AspNetCore.Diagnostics;
using SessionRoom.Domain;
using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>What escaped an endpoint, as a problem with a code: a body that cannot be read, or a log that fails.</summary>
internal sealed class Failures(ILogger<Failures> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        switch (exception)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                await Problems.Of(RefusalCode.TooLarge, "The body is too large.").ExecuteAsync(httpContext); return true;
            case BadHttpRequestException { StatusCode: var status }:
                await Problems.Unreadable(status).ExecuteAsync(httpContext); return true;
            case RoomLogException:
                Log.LogFailed(logger, httpContext.GetRouteValue("id") as string ?? "", exception);
                await Problems.Of(RefusalCode.Unavailable, "The room's log cannot be used now.").ExecuteAsync(httpContext); return true;
            default: return false;
        }
    }
}
