namespace SessionRoom.Client.Connection;

/// <summary>The room does not let this person join, or not now.</summary>
internal sealed class JoinRefusedException(string code) : Exception(code)
{
    private const string Marker = "HubException: ";

    /// <summary>A refusal code, or the reason of the <c>bye</c> that came with it.</summary>
    public string Code { get; } = code;

    /// <summary>Whether another try would be answered the same.</summary>
    public bool IsFinal => Code is ByeReasons.Removed or ByeReasons.RoomDeleted or ByeReasons.Expired or "forbidden" or "not_found" or "invalid";

    /// <summary>The framework wraps what the hub said: <c>An unexpected error occurred … HubException: forbidden: why</c>.</summary>
    public static string? CodeIn(string message)
    {
        var at = message.IndexOf(Marker, StringComparison.Ordinal);
        return at < 0 ? null : message[(at + Marker.Length)..].Split(':')[0];
    }
}
