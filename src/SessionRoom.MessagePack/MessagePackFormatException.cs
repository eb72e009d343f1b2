namespace SessionRoom.MessagePack;

/// <summary>Bytes that are not well-formed MessagePack, are nested too deeply, or declare more than they carry.
/// Inside a hub frame it ends the connection, as an <see cref="InvalidDataException"/>; a well-formed value of the wrong type is a
/// <see cref="System.Text.Json.JsonException"/> instead.</summary>
public sealed class MessagePackFormatException : FormatException
{
    /// <summary>A malformed value, without a reason.</summary>
    public MessagePackFormatException()
    {
    }

    /// <summary>A malformed value.</summary>
    /// <param name="message">What is wrong with the bytes.</param>
    public MessagePackFormatException(string message)
        : base(message)
    {
    }

    /// <summary>A malformed value.</summary>
    /// <param name="message">What is wrong with the bytes.</param>
    /// <param name="innerException">The cause.</param>
    public MessagePackFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
