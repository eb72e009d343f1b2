namespace SessionRoom.Server;

/// <summary>An origin as browsers write it: scheme, host and a port that is not the scheme's own.</summary>
internal static class WebOrigin
{
    /// <summary>As a browser would send it; null for what is no origin: another scheme, a path, a wildcard, a user's name.</summary>
    public static string? Read(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)) return null;
        var host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        if (uri.PathAndQuery != "/" || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0 || uri.HostNameType == UriHostNameType.Unknown || host.Contains('*', StringComparison.Ordinal)) return null;
        return $"{uri.Scheme}://{host}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}";
    }

    /// <summary>Whether pages of the origin come from this host. The scheme is left out: a proxy may have ended TLS.</summary>
    public static bool IsOf(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page) && string.Equals(page.Authority, host.Value, StringComparison.OrdinalIgnoreCase);
}
