namespace SessionRoom.Server;

/// <summary>The host does not start with these settings; the message says which and why, and holds no secret.</summary>
public sealed class SettingsException : Exception
{
    public SettingsException() { }
    public SettingsException(string message) : base(message) { }
    public SettingsException(string message, Exception? inner) : base(message, inner) { }
}
