using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace SessionRoom.LoadTests.Crowd;

/// <summary>An integrator's key, and the tokens that it signs itself: right ones and wrong ones.</summary>
internal sealed record IntegratorKey(string Id, string Secret, string Origin)
{
    public Dictionary<string, string> Settings => new(StringComparer.Ordinal)
    {
        ["SessionRoom__ApiKeys__0__Id"] = Id, ["SessionRoom__ApiKeys__0__Secret"] = Secret, ["SessionRoom__ApiKeys__0__Origins__0"] = Origin,
    };

    public string Sign(string room, string pid, string role, TimeSpan life, Action<JsonObject, JsonObject>? change = null, string? secret = null)
    {
        var now = DateTimeOffset.UtcNow;
        var head = new JsonObject { ["alg"] = "HS256", ["typ"] = "JWT", ["kid"] = Id };
        var body = new JsonObject
        {
            ["iss"] = "school", ["aud"] = "session-room", ["sub"] = pid, ["room"] = room, ["name"] = pid, ["role"] = role,
            ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = now.Add(life).ToUnixTimeSeconds(),
        };
        change?.Invoke(head, body);
        var text = $"{Part(head)}.{Part(body)}";
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret ?? Secret), Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Part(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
