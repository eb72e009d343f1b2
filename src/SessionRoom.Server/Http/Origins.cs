using Microsoft.Net.Http.Headers;

namespace SessionRoom.Server;

/// <summary>Pages of other sites reach the server only from the origins that a key names.</summary>
internal sealed class Origins(RequestDelegate next, ServerOptions options, ILogger<Origins> logger)
{
    private readonly HashSet<string> allowed = new(options.ApiKeys.SelectMany(key => key.Origins).Select(origin => origin.TrimEnd('/')), StringComparer.OrdinalIgnoreCase);

    public async Task InvokeAsync(HttpContext http)
    {
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || IsSameHost(origin, http.Request.Host) || !Guarded(http.Request.Path)) { await next(http); return; }
        if (!allowed.Contains(origin))
        {
            Log.WrongOrigin(logger, Shown(origin));
            await Problems.Of(Domain.RefusalCode.Forbidden, "This origin may not use the server.").ExecuteAsync(http);
            return;
        }
        var headers = http.Response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlAllowCredentials = "true";
        headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        if (!HttpMethods.IsOptions(http.Request.Method) || !http.Request.Headers.ContainsKey(HeaderNames.AccessControlRequestMethod)) { await next(http); return; }
        headers.AccessControlAllowMethods = "GET, POST, DELETE";
        headers.AccessControlAllowHeaders = http.Request.Headers.AccessControlRequestHeaders.ToString();
        headers.AccessControlMaxAge = "600";
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static bool Guarded(PathString path) => path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase);

    // The scheme is left out: a proxy may have ended TLS.
    private static bool IsSameHost(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page) && string.Equals(page.Authority, host.Value, StringComparison.OrdinalIgnoreCase);

    private static string Shown(string origin) => origin.Length > 100 || origin.Any(char.IsControl) ? "(unreadable)" : origin;
}
