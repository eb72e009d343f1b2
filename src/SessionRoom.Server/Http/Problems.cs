using Microsoft.AspNetCore.Http.HttpResults;
using SessionRoom.Domain;

namespace SessionRoom.Server;

/// <summary>Refusals as RFC 9457 problem details, each with the refusal's <c>code</c>.</summary>
internal static class Problems
{
    public const string NoBearer = "unauthorized", Taken = "taken";

    public static ProblemHttpResult Of(Refusal refusal) => Of(refusal.Code, refusal.Message);

    public static ProblemHttpResult Of(RefusalCode code, string message) => Make(StatusOf(code), Words.Of(code), message);

    public static ProblemHttpResult Unauthorized(string? message = null) => Make(StatusCodes.Status401Unauthorized, NoBearer, message ?? "A bearer is needed: a token, or a key.");

    public static ProblemHttpResult IdTaken() => Make(StatusCodes.Status409Conflict, Taken, "There is a room with this id.");

    public static ProblemHttpResult NoRoom() => Of(RefusalCode.NotFound, "There is no such room.");

    /// <summary>429 with <c>Retry-After</c>, in whole seconds and at least one.</summary>
    public static ProblemHttpResult SlowDown(HttpContext http, TimeSpan wait, string message)
    {
        http.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Of(RefusalCode.RateLimited, message);
    }

    /// <summary>A body that is not JSON of the shape that the call takes, or a content type that is not JSON.</summary>
    public static ProblemHttpResult Unreadable(int status) => Make(status, CodeOf(status), "The body is not what this call takes.");

    /// <summary>The code of what the framework itself refuses.</summary>
    public static string CodeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => NoBearer,
        StatusCodes.Status403Forbidden => Words.Of(RefusalCode.Forbidden),
        StatusCodes.Status404NotFound => Words.Of(RefusalCode.NotFound),
        StatusCodes.Status413PayloadTooLarge => Words.Of(RefusalCode.TooLarge),
        StatusCodes.Status429TooManyRequests => Words.Of(RefusalCode.RateLimited),
        >= StatusCodes.Status500InternalServerError => Words.Of(RefusalCode.Unavailable),
        _ => Words.Of(RefusalCode.Invalid),
    };

    private static int StatusOf(RefusalCode code) => code switch
    {
        RefusalCode.Forbidden or RefusalCode.NotAgreed => StatusCodes.Status403Forbidden,
        RefusalCode.NotFound => StatusCodes.Status404NotFound,
        RefusalCode.Stale or RefusalCode.Closed or RefusalCode.Ended => StatusCodes.Status409Conflict,
        RefusalCode.TooLarge => StatusCodes.Status413PayloadTooLarge,
        RefusalCode.RateLimited => StatusCodes.Status429TooManyRequests,
        RefusalCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status400BadRequest,
    };

    private static ProblemHttpResult Make(int status, string code, string message) =>
        TypedResults.Problem(message, statusCode: status, extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code });
}
