using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace SessionRoom.Server;

/// <summary>Reads the bearer of a request: a person's token, or an integrator's key.</summary>
internal sealed class BearerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, TokenReader tokens, ApiKeys keys, Guesses guesses)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public new const string Scheme = "SessionRoom";

    // A handler lives as long as its request.
    private TimeSpan? tooMany;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Bearer() is not { } bearer) return AuthenticateResult.NoResult();
        if (bearer.StartsWith("ey", StringComparison.Ordinal) && bearer.Count(unit => unit == '.') == 2)
        {
            return await tokens.ReadAsync(bearer) is { } token
                ? Success(new Credential.Person(token))
                : AuthenticateResult.Fail("The token is not valid here, or no longer.");
        }
        if (keys.ByBearer(bearer) is { } key) return Success(new Credential.Integrator(key));
        tooMany = guesses.Wrong(Context);
        return AuthenticateResult.Fail("No such key.");
    }

    /// <summary>What the request carries as <c>Authorization: Bearer …</c>, whatever it is.</summary>
    public static string? BearerOf(HttpRequest request)
    {
        var header = request.Headers[HeaderNames.Authorization].ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;
    }

    private string? Bearer()
    {
        if (BearerOf(Request) is { } shown) return shown;
        return Request.Path.StartsWithSegments(Calls.HubPath, StringComparison.OrdinalIgnoreCase) ? Context.Features.Get<HiddenToken>()?.Value : null;
    }

    private static AuthenticateResult Success(Credential credential) =>
        AuthenticateResult.Success(new(new ClaimsPrincipal(new CredentialIdentity(credential)), Scheme));

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var failure = (await HandleAuthenticateOnceSafeAsync()).Failure;
        if (tooMany is { } wait)
        {
            await Problems.SlowDown(Context, wait, "Too many wrong keys from this address.").ExecuteAsync(Context);
            return;
        }
        Response.Headers.WWWAuthenticate = "Bearer";
        await Problems.Unauthorized(failure?.Message).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.Of(Domain.RefusalCode.Forbidden, "This bearer may not do that.").ExecuteAsync(Context);
}
