using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Generator;

/// <summary>What a crowd has seen; taken and read on the reactor's thread.</summary>
internal sealed class Tally
{
    /// <summary>Changes that came to somebody, each to each: where a server puts several into one frame, each counts.</summary>
    public long Deliveries { get; set; }

    /// <summary>Frames that brought them.</summary>
    public long Frames { get; set; }

    /// <summary>Whole states that came instead of what was missed.</summary>
    public long Resyncs { get; set; }

    /// <summary>Changes that a server refused.</summary>
    public long Refused { get; set; }

    /// <summary>From the moment at which a change was due until somebody of the sample had it; null while nothing is measured.</summary>
    public Latencies? Latencies { get; set; }

    /// <summary>From opening a connection until its visitor had the state; null while nobody asks.</summary>
    public Latencies? Joins { get; set; }

    /// <summary>The first patch that came, to look at.</summary>
    public string? Example { get; set; }
}
