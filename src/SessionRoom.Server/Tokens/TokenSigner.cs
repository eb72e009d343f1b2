using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SessionRoom.Server;

/// <summary>Signs the server's own tokens.</summary>
internal sealed class TokenSigner
{
    /// <summary>The <c>kid</c> and <c>iss</c> of the server's own tokens.</summary>
    public const string KeyId = "session-room";

    public const string Audience = "session-room";

    public TokenSigner(ServerOptions options) => Key = new(options.SigningKey is { } given ? Given(given) : Kept(options.DataDirectory)) { KeyId = KeyId };

    public SymmetricSecurityKey Key { get; }

    public string Sign(PersonToken token)
    {
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = KeyId,
            Audience = Audience,
            IssuedAt = DateTimeOffset.FromUnixTimeMilliseconds(token.IssuedAt).UtcDateTime,
            Expires = DateTimeOffset.FromUnixTimeMilliseconds(token.ExpiresAt).UtcDateTime,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["sub"] = token.Pid,
                ["room"] = token.Room,
                ["name"] = token.Name,
                ["role"] = Words.Of(token.Role),
                ["place"] = Words.Of(token.Place),
            },
            SigningCredentials = new(Key, SecurityAlgorithms.HmacSha256),
        });
    }

    private static byte[] Given(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        return bytes.Length >= 32 ? bytes : throw new SettingsException("SessionRoom:SigningKey has fewer than 32 bytes");
    }

    /// <summary>The key of the data directory: 32 random bytes that only the server's user may read, made at the first start.</summary>
    private static byte[] Kept(string directory)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, "signing.key");
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(path, options);
            file.Write(RandomNumberGenerator.GetBytes(32));
            file.Flush(flushToDisk: true);
        }
        catch (IOException) when (File.Exists(path))
        {
            // It was made at an earlier start.
        }
        var bytes = File.ReadAllBytes(path);
        return bytes.Length == 32 ? bytes : throw new SettingsException($"{path} does not hold 32 bytes: remove it to have a new one, which ends every token");
    }
}
