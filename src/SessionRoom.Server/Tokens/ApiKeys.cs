using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace SessionRoom.Server;

/// <summary>An integrator that may make rooms, and act on those that it made.</summary>
internal sealed record ApiKey(string Id, SymmetricSecurityKey Secret)
{
    /// <summary>The name under which its rooms and acts are recorded.</summary>
    public string Name => $"key:{Id}";

    // No record printing: the secret must not end up in a log.
    public override string ToString() => Name;
}

/// <summary>The keys of the configuration.</summary>
internal sealed class ApiKeys
{
    private readonly List<(byte[] Hash, ApiKey Key)> bearers = [];
    private readonly Dictionary<string, ApiKey> byId = new(StringComparer.Ordinal);

    public ApiKeys(ServerOptions options)
    {
        foreach (var made in options.ApiKeys)
        {
            var key = new ApiKey(made.Id, new(Encoding.UTF8.GetBytes(made.Secret)) { KeyId = made.Id });
            byId.Add(key.Id, key);
            bearers.Add((Hash(made.Secret), key));
            bearers.Add((Hash($"{made.Id}:{made.Secret}"), key));
        }
    }

    public ApiKey? ById(string id) => byId.GetValueOrDefault(id);

    /// <summary>The key whose secret (or <c>id:secret</c>) this is. Compares every one, in the same time.</summary>
    public ApiKey? ByBearer(string bearer)
    {
        var hash = Hash(bearer);
        ApiKey? found = null;
        foreach (var (expected, key) in bearers)
            if (CryptographicOperations.FixedTimeEquals(expected, hash)) found = key;
        return found;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
