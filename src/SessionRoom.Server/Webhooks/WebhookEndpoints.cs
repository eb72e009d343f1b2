using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using SessionRoom.Domain;
using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>A key's events, to be read or to be told again from any point that is kept. See <c>PROTOCOL.md</c>, section 8.</summary>
internal static class WebhookEndpoints
{
    private const int MostAtOnce = 1_000, UsualAtOnce = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/webhooks").RequireAuthorization().RequireRateLimiting(CallRates.Policy).WithTags("Webhooks");
        api.MapGet("/events", ReadAsync).Called("readEvents", "The key's events in order, behind a cursor").For(ApiContract.Key).TakesNumber("limit", 1, MostAtOnce, UsualAtOnce).Produces<WebhookPage>().Refuses(400, 401, 403, 404, 409, 429, 503);
        api.MapPost("/replay", ReplayAsync).Called("replayEvents", "Has the key's events delivered again, behind a cursor").For(ApiContract.Key)
            .Produces<ReplayStarted>(StatusCodes.Status202Accepted).Refuses(400, 401, 403, 404, 409, 413, 429, 503);
    }

    private static async Task<IResult> ReadAsync(HttpContext http, Webhooks hooks, SealedEvents telling, IServiceProvider services, string? after = null, int limit = UsualAtOnce)
    {
        if (RefusalOf(http, hooks, out var hook) is { } refused) return refused;
        if (limit is < 1 or > MostAtOnce) return Problems.Of(RefusalCode.Invalid, $"limit is 1 to {MostAtOnce}");
        var feeds = services.GetRequiredService<IEventFeeds>();
        var state = await feeds.StateAsync(hook, http.RequestAborted);
        if (PlaceOf(after, state, out var place) is { } lost) return lost;
        var page = await feeds.ReadAsync(hook, place, limit, http.RequestAborted);
        // Its first event came in between, or it began anew: a cursor belongs to one epoch.
        if (page.Count > 0 && (await feeds.StateAsync(hook, http.RequestAborted)).Epoch != state.Epoch) return await ReadAsync(http, hooks, telling, services, after, limit);
        var events = await telling.NowAsync(page, http.RequestAborted).ToListAsync(http.RequestAborted);
        var next = new Cursor(state.Epoch, events.Count > 0 ? events[^1].Number : place);
        return TypedResults.Ok(new WebhookPage([.. events.Select(found => JsonElement.Parse(found.BodyOf(state.Epoch)))], next.ToString()));
    }

    private static async Task<IResult> ReplayAsync(Replay body, HttpContext http, Webhooks hooks, IServiceProvider services, ILogger<Replay> logger)
    {
        if (RefusalOf(http, hooks, out var hook) is { } refused) return refused;
        var feeds = services.GetRequiredService<IEventFeeds>();
        var state = await feeds.StateAsync(hook, http.RequestAborted);
        if (PlaceOf(body.After, state, out var place) is { } lost) return lost;
        if (state.Epoch != 0) await feeds.RewindAsync(hook, place, http.RequestAborted);
        Log.WebhookRewound(logger, hook, state.Newest - place);
        return TypedResults.Accepted((string?)null, new ReplayStarted(new Cursor(state.Epoch, place).ToString()));
    }

    private static ProblemHttpResult? RefusalOf(HttpContext http, Webhooks hooks, out string feed)
    {
        feed = "";
        if (http.User.Key() is not { } key) return Problems.Of(RefusalCode.Forbidden, "Events are for the key that they are told to.");
        if (hooks.Of(key.Name) is null) return Problems.Of(RefusalCode.NotFound, "This key has no webhook.");
        feed = key.Id;
        return null;
    }

    /// <summary>The number behind which to begin: of the cursor, or of the oldest event that is kept.</summary>
    private static ProblemHttpResult? PlaceOf(string? after, FeedState state, out long place)
    {
        place = state.Trimmed;
        if (string.IsNullOrEmpty(after)) return null;
        if (Cursor.Parse(after) is not { } cursor) return Problems.Of(RefusalCode.Invalid, "This is no cursor.");
        // The cursor of a feed that had not begun is before whatever came first.
        if ((cursor.Epoch != state.Epoch && cursor is not (0, 0)) || cursor.Number < state.Trimmed)
            return Stale(new Cursor(state.Epoch, state.Trimmed));
        if (cursor.Number > state.Newest) return Problems.Of(RefusalCode.Invalid, "Nothing was given this cursor yet.");
        place = cursor.Number;
        return null;
    }

    private static ProblemHttpResult Stale(Cursor oldest) => TypedResults.Problem($"Events behind this cursor are not kept any more; the oldest kept are behind {oldest}.", statusCode: StatusCodes.Status409Conflict,
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = Words.Of(RefusalCode.Stale), ["oldest"] = oldest.ToString() });
}

/// <param name="Events">As they are delivered.</param>
/// <param name="Next">What to ask behind next.</param>
internal sealed record WebhookPage(IReadOnlyList<JsonElement> Events, string Next);

/// <param name="After">A cursor; absent for everything that is kept.</param>
internal sealed record Replay(string? After = null);

/// <param name="After">Everything behind it is delivered again.</param>
internal sealed record ReplayStarted(string After);
