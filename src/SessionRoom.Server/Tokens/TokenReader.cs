using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SessionRoom.Server;

/// <summary>Reads tokens: the server's own, and those that an integrator signed with a key's secret.</summary>
internal sealed class TokenReader(TokenSigner own, ApiKeys keys, TimeProvider time)
{
    /// <summary>How far <c>nbf</c> may be ahead of the server's clock, and a key's <c>iat</c> behind it; <c>exp</c> gets no grace.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = 8 * 1024, MapInboundClaims = false };

    /// <summary>Null when the token opens nothing: not ours, changed, expired, or short of a claim.</summary>
    public Task<PersonToken?> ReadAsync(string token) => ReadAsync(token, (from, until) => until > time.GetUtcNow().UtcDateTime && (from is null || from <= time.GetUtcNow().UtcDateTime + Skew));

    /// <summary>One of the server's own, also where it has expired: it opens nothing then, and still says who its bearer was.</summary>
    public async Task<PersonToken?> ReadFormerAsync(string token) => await ReadAsync(token, static (_, until) => until is not null) is { KeyId: null } own ? own : null;

    private async Task<PersonToken?> ReadAsync(string token, Func<DateTime?, DateTime?, bool> lives)
    {
        if (!handler.CanReadToken(token)) return null;
        var result = await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidAudience = TokenSigner.Audience,
            IssuerSigningKeyResolver = (_, _, kid, _) => KeyOf(kid) is { } key ? [key] : [],
            IssuerValidator = (issuer, read, _) => IssuedBy(issuer, ((JsonWebToken)read).Kid),
            LifetimeValidator = (from, until, _, _) => lives(from, until),
            TryAllIssuerSigningKeys = false,
        });
        return result is { IsValid: true, SecurityToken: JsonWebToken read } ? Person(read) : null;
    }

    // A token without a kid is taken for the server's own: it then has to carry the server's signature.
    private SymmetricSecurityKey? KeyOf(string? kid) => string.IsNullOrEmpty(kid) || kid == TokenSigner.KeyId ? own.Key : keys.ById(kid)?.Secret;

    // The signature of a key says who issued the token; what the integrator calls itself is its own affair, so long as it is not us.
    private static string IssuedBy(string issuer, string? kid)
    {
        var ours = string.IsNullOrEmpty(kid) || kid == TokenSigner.KeyId;
        if (string.IsNullOrEmpty(issuer) || (ours && issuer != TokenSigner.KeyId)) throw new SecurityTokenInvalidIssuerException("not an issuer of this server");
        return issuer;
    }

    private static PersonToken? Person(JsonWebToken token)
    {
        var (room, name) = (Text(token, "room"), Text(token, "name")?.Trim());
        var (role, place) = (Words.Role(Text(token, "role")), Text(token, "place") is { } said ? Words.Place(said) : Domain.Place.Remote);
        if (token.Subject is not { } pid || !Ids.IsPersonId(pid) || room is null || !Ids.IsRoomId(room)) return null;
        if (!token.TryGetPayloadValue<long>("iat", out var issued) || issued is < 0 or > 253_402_300_799) return null;
        if (string.IsNullOrEmpty(name) || name.Length > 80 || role is null || place is null) return null;
        var key = string.IsNullOrEmpty(token.Kid) || token.Kid == TokenSigner.KeyId ? null : token.Kid;
        return new(room, pid, name, role.Value, place.Value, issued * 1_000, new DateTimeOffset(token.ValidTo).ToUnixTimeMilliseconds(), key);
    }

    private static string? Text(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<object>(claim, out var value) ? value as string : null;
}
