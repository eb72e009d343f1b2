using System.Text.Json;

namespace SessionRoom.MessagePack;

/// <summary>Settings of the <c>messagepack</c> hub protocol.</summary>
public class MessagePackHubProtocolOptions
{
    /// <summary>The default of <see cref="MaximumFrameLength"/>: 64 MiB.</summary>
    public const int DefaultMaximumFrameLength = 64 * 1024 * 1024;

    /// <summary>The contracts of arguments, results and stream items: names, converters, polymorphism, ignored members, depth.
    /// Null, the default, takes the JSON hub protocol's <c>PayloadSerializerOptions</c>, so that one description serves both
    /// protocols. The options become read-only when the protocol is first used.</summary>
    public JsonSerializerOptions? SerializerOptions { get; set; }

    /// <summary>The most bytes that the message of a received frame may have, without its length prefix: 1 to 2^31-1,
    /// 64 MiB by default. A frame that declares more ends the connection before any of it is kept. On a server the hub's
    /// <c>MaximumReceiveMessageSize</c>, 32 KiB by default, binds first; a client has no other limit.</summary>
    public int MaximumFrameLength { get; set; } = DefaultMaximumFrameLength;
}
