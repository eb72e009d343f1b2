using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SessionRoom.Server.Tests;

/// <summary>Tokens made by hand, right and wrong: what an integrator's back end in another language would send.</summary>
internal static class Jwt
{
    public static Dictionary<string, object?> Claims(string room, string pid = "ann", string role = "member", string name = "Ann", long? expires = null) => new()
    {
        ["iss"] = "school.example", ["aud"] = "session-room", ["sub"] = pid, ["room"] = room, ["name"] = name, ["role"] = role, ["place"] = "inRoom",
        ["iat"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(), ["exp"] = expires ?? DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds(),
    };

    public static string Sign(Dictionary<string, object?> claims, string secret, string? kid = "school", string algorithm = "HS256")
    {
        var header = new Dictionary<string, object?> { ["alg"] = algorithm, ["typ"] = "JWT" };
        if (kid is not null) header["kid"] = kid;
        var content = $"{Part(header)}.{Part(claims)}";
        var bytes = Encoding.ASCII.GetBytes(content);
        var key = Encoding.UTF8.GetBytes(secret);
        var signature = algorithm switch { "none" => [], "HS512" => HMACSHA512.HashData(key, bytes), _ => HMACSHA256.HashData(key, bytes) };
        return $"{content}.{Base64Url.EncodeToString(signature)}";
    }

    public static string With(string room, string claim, object? value)
    {
        var claims = Claims(room);
        if (value is null) claims.Remove(claim);
        else claims[claim] = value;
        return Sign(claims, RunningServer.SchoolSecret);
    }

    private static string Part(Dictionary<string, object?> part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
