using Microsoft.Net.Http.Headers;
using SessionRoom.Domain;
using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>The web origins whose pages may use a room: those that the room's key lists, and always the server's own.</summary>
internal sealed class Origins(ServerOptions options, RoomDirectory rooms, Guesses guesses, ILogger<Origins> logger)
{
    private readonly Dictionary<string, string[]> byMaker =
        options.ApiKeys.ToDictionary(key => $"key:{key.Id}", key => key.Origins.Select(origin => WebOrigin.Read(origin)!).ToArray(), StringComparer.Ordinal);

    /// <summary>The origins that the maker of a room lists; none where that was no key of the settings.</summary>
    public IReadOnlyList<string> ListedBy(string maker) => byMaker.GetValueOrDefault(maker, []);

    /// <summary>The origins whose pages may show the room in a frame. A room that is not there has none, like one that no key made.</summary>
    public async ValueTask<IReadOnlyList<string>> FramingAsync(string id, CancellationToken cancel) =>
        byMaker.Values.Any(listed => listed.Length > 0) && Ids.IsRoomId(id) && await rooms.OpenAsync(id, cancel) is { } room ? ListedBy(room.Current.State.MadeBy) : [];

    /// <summary>Turns away the pages that no key lists and answers preflights, which say no more than where a call would go.</summary>
    public async Task AdmitAsync(HttpContext http, RequestDelegate next)
    {
        if (Foreign(http) is not { } origin) { await next(http); return; }
        if (!byMaker.Values.Any(listed => listed.Contains(origin, StringComparer.Ordinal)))
        {
            Log.WrongOrigin(logger, Shown(origin));
            await Refused("Pages of this origin may not use this server. Add the origin to the Origins of the room's key in the server's settings.").ExecuteAsync(http);
            return;
        }
        var headers = http.Response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlAllowCredentials = "true";
        headers.AccessControlExposeHeaders = HeaderNames.RetryAfter;
        headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        if (!HttpMethods.IsOptions(http.Request.Method) || !http.Request.Headers.ContainsKey(HeaderNames.AccessControlRequestMethod)) { await next(http); return; }
        headers.AccessControlAllowMethods = "GET, POST, PUT, PATCH, DELETE";
        headers.AccessControlAllowHeaders = http.Request.Headers.AccessControlRequestHeaders.ToString();
        headers.AccessControlMaxAge = "600";
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Once it is known which key or room a call is about: turns away the pages that this key, or the room's, does not list.</summary>
    public async Task CheckAsync(HttpContext http, RequestDelegate next)
    {
        if (Foreign(http) is not { } origin || http.GetEndpoint() is null || await MayAsync(http, origin)) { await next(http); return; }
        Log.WrongOriginOfRoom(logger, Shown(origin), RoomOf(http) is { } id && Ids.IsRoomId(id) ? id : "(none)");
        // Whoever shows nothing could otherwise ask without end which rooms there are.
        var wait = http.User.Credential() is null ? guesses.Wrong(http) : null;
        await (wait is { } slow
            ? Problems.SlowDown(http, slow, "Too many wrong tries from this address.")
            : Refused("Pages of this origin may not use this room. Add the origin to the Origins of the key that made the room; a room that no key made opens in the server's own pages only.")).ExecuteAsync(http);
    }

    private async ValueTask<bool> MayAsync(HttpContext http, string origin)
    {
        if (http.User.Key() is { } key) return Lists(key.Name, origin);
        if (http.User.Token() is { KeyId: { } signer } && !Lists($"key:{signer}", origin)) return false;
        if (RoomOf(http) is not { } id) return false;
        // A room that is not there is for the call itself to answer: nothing of it can be shown.
        return !Ids.IsRoomId(id) || await rooms.OpenAsync(id, http.RequestAborted) is not { } room || Lists(room.Current.State.MadeBy, origin);
    }

    private bool Lists(string maker, string origin) => ListedBy(maker).Contains(origin, StringComparer.Ordinal);

    // The path's room before the token's: a call that names both is refused where they differ.
    private static string? RoomOf(HttpContext http) => http.GetRouteValue("id") as string ?? http.User.Token()?.Room;

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Refused(string message) => Problems.Of(RefusalCode.Forbidden, message);

    /// <summary>The origin of a page that is not the server's own, of a call that pages of other sites may be kept from.</summary>
    private static string? Foreign(HttpContext http)
    {
        var origin = http.Request.Headers.Origin.ToString();
        return origin.Length == 0 || WebOrigin.IsOf(origin, http.Request.Host) || !Guarded(http.Request.Path) ? null : origin;
    }

    private static bool Guarded(PathString path) => path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase);

    private static string Shown(string origin) => origin.Length > 100 || origin.Any(char.IsControl) ? "(unreadable)" : origin;
}
