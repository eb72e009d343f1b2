using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace SessionRoom.Server;

/// <summary>What a receiver can be told of.</summary>
internal static class WebhookTypes
{
    public const string SessionStarted = "session.started", SessionEnded = "session.ended", AgreementAccepted = "agreement.accepted";
    public const string ActionCreated = "action.created", ActionChanged = "action.changed";

    public static readonly FrozenSet<string> All = new[] { SessionStarted, SessionEnded, AgreementAccepted, ActionCreated, ActionChanged }.ToFrozenSet(StringComparer.Ordinal);
}

/// <summary>A key's receiver.</summary>
/// <param name="Key">The key's id, which is its feed's name too.</param>
internal sealed record Webhook(string Key, Uri Url, byte[] Secret, FrozenSet<string> Types)
{
    private const string Prefix = "whsec_";

    public bool TellsOfActions => Types.Contains(WebhookTypes.ActionCreated) || Types.Contains(WebhookTypes.ActionChanged);

    /// <summary>The <c>webhook-signature</c> of the Standard Webhooks specification.</summary>
    public string Sign(string id, long timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(FormattableString.Invariant($"{id}.{timestamp}.")), .. body];
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Secret, signed))}";
    }

    // No record printing: neither the secret nor an address that may hold one must end up in a log.
    public override string ToString() => Key;

    /// <exception cref="SettingsException">What is set cannot hold.</exception>
    public static Webhook? Of(ApiKeyOptions key)
    {
        if (key.Webhook is not { } set || (set.Url.Length == 0 && set.Secret.Length == 0)) return null;
        var where = $"SessionRoom:ApiKeys: the Webhook of {key.Id}";
        if (!Uri.TryCreate(set.Url, UriKind.Absolute, out var url) || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)) || url.UserInfo.Length > 0)
            throw new SettingsException($"{where} has a Url that is neither https, nor http to this machine, or that names a user");
        if (SecretOf(set.Secret) is not { Length: >= 32 } secret) throw new SettingsException($"{where} has a Secret of fewer than 32 bytes, or whsec_ before what is no base64");
        foreach (var type in set.Events)
            if (!WebhookTypes.All.Contains(type)) throw new SettingsException($"{where} names an event that there is not: {type}");
        return new(key.Id, url, secret, set.Events.Count == 0 ? WebhookTypes.All : set.Events.ToFrozenSet(StringComparer.Ordinal));
    }

    private static byte[]? SecretOf(string set)
    {
        if (!set.StartsWith(Prefix, StringComparison.Ordinal)) return Encoding.UTF8.GetBytes(set);
        var bytes = new byte[set.Length];
        return Convert.TryFromBase64String(set[Prefix.Length..], bytes, out var count) ? bytes[..count] : null;
    }
}

/// <summary>The receivers of the configuration.</summary>
internal sealed class Webhooks(ServerOptions options)
{
    private readonly FrozenDictionary<string, Webhook> byMaker =
        options.ApiKeys.Select(Webhook.Of).OfType<Webhook>().ToFrozenDictionary(hook => $"key:{hook.Key}", StringComparer.Ordinal);

    public IReadOnlyCollection<Webhook> All => byMaker.Values;

    /// <param name="madeBy">Who made a room.</param>
    public Webhook? Of(string madeBy) => byMaker.GetValueOrDefault(madeBy);
}
