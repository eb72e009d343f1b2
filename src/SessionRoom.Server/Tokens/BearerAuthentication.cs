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

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Bearer() is not { } bearer) return AuthenticateResult.NoResult();
        if (bearer.StartsWith("ey", StringComparison.Ordinal) && bearer.Count(unit => unit == '.') == 2)
        {
            return await tokens.ReadAsync(bearer) is { } token
                ? Success(new Credential.Person(token), token.Pid)
                : AuthenticateResult.Fail("The token is not valid here, or no longer.");
        }
        if (guesses.Exhausted(Context)) return AuthenticateResult.Fail("Too many wrong keys from this address.");
        if (keys.ByBearer(bearer) is { } key) return Success(new Credential.Integrator(key), key.Name);
        guesses.Count(Context);
        return AuthenticateResult.Fail("No such key.");
    }

    private string? Bearer()
    {
        var header = Request.Headers[HeaderNames.Authorization].ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return header["Bearer ".Length..].Trim();
        return Request.Path.StartsWithSegments(Calls.HubPath, StringComparison.OrdinalIgnoreCase) ? Context.Features.Get<HiddenToken>()?.Value : null;
    }

    private static AuthenticateResult Success(Credential credential, string name) =>
        AuthenticateResult.Success(new(new ClaimsPrincipal(new CredentialIdentity(credential, name)), Scheme));

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        await Problems.Unauthorized((await HandleAuthenticateOnceSafeAsync()).Failure?.Message).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.Of(Domain.RefusalCode.Forbidden, "This bearer may not do that.").ExecuteAsync(Context);
}
