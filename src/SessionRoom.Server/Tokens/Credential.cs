using System.Security.Claims;

namespace SessionRoom.Server;

/// <summary>Who a request or connection is from.</summary>
internal abstract record Credential
{
    private Credential() { }

    public sealed record Person(PersonToken Token) : Credential;

    public sealed record Integrator(ApiKey Key) : Credential;
}

/// <summary>Carries the credential through the framework's principal.</summary>
internal sealed class CredentialIdentity(Credential credential) : ClaimsIdentity(BearerAuthentication.Scheme)
{
    public Credential Credential { get; } = credential;
}

internal static class Credentials
{
    public static Credential? Credential(this ClaimsPrincipal? user) => (user?.Identity as CredentialIdentity)?.Credential;

    /// <summary>The token of a person; null for a key or nobody.</summary>
    public static PersonToken? Token(this ClaimsPrincipal? user) => (user.Credential() as Credential.Person)?.Token;

    public static ApiKey? Key(this ClaimsPrincipal? user) => (user.Credential() as Credential.Integrator)?.Key;
}
