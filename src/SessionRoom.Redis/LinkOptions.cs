using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SessionRoom.Rooms;

namespace SessionRoom.Redis;

/// <summary>How a link behaves.</summary>
internal sealed record LinkOptions
{
    /// <summary>How long a call may take. 2 seconds by default.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What an answered durable script survives, as far as the server's own settings allow. <see cref="Durability.Process"/> by default.</summary>
    public Durability Durability { get; init; } = Durability.Process;

    /// <summary>Where the link's time counts on from between two looks at Redis' clock; its time of day may be wrong.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public ILogger Logger { get; init; } = NullLogger.Instance;
}
