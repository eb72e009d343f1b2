using System.Diagnostics.Metrics;

namespace SessionRoom.Server;

/// <summary>What the server counts. Names as in <c>PROTOCOL.md</c>, section 7.</summary>
internal sealed class ServerMeters
{
    public const string Name = "SessionRoom.Server";

    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(1);

    private readonly Counter<long> commands, boardUpdates;
    private readonly Histogram<double> durations;

    public ServerMeters(IMeterFactory factory)
    {
        var meter = factory.Create(Name);
        Factory = factory;
        Meter = meter;
        commands = meter.CreateCounter<long>("sessionroom.commands", description: "Commands answered, by type and outcome.");
        durations = meter.CreateHistogram<double>("sessionroom.command.duration", "s", "From a command's arrival to its answer.");
        Appends = meter.CreateHistogram<double>("sessionroom.log.append.duration", "s", "From a batch's hand-over to the log to its durability.");
        Patches = meter.CreateCounter<long>("sessionroom.patches", description: "Steps of rooms that were published.");
        PatchesSent = meter.CreateCounter<long>("sessionroom.patches.sent", description: "Patches written to connections.");
        boardUpdates = meter.CreateCounter<long>("sessionroom.board.updates", description: "Board updates answered, by outcome.");
        BoardFramesSent = meter.CreateCounter<long>("sessionroom.board.frames.sent", description: "Board frames written to connections.");
        Resyncs = meter.CreateCounter<long>("sessionroom.resyncs", description: "Whole states written to connections that could not follow, or passed the gate.");
        Byes = meter.CreateCounter<long>("sessionroom.byes", description: "Connections closed by the server, by reason.");
    }

    public IMeterFactory Factory { get; }
    public Meter Meter { get; }
    public Histogram<double> Appends { get; }
    public Counter<long> Patches { get; }
    public Counter<long> PatchesSent { get; }
    public Counter<long> BoardFramesSent { get; }
    public Counter<long> Resyncs { get; }
    public Counter<long> Byes { get; }

    public void Answered(string type, string outcome, TimeSpan took)
    {
        commands.Add(1, new("type", type), new("outcome", outcome));
        durations.Record(took.TotalSeconds);
    }

    public void Pushed(string outcome) => boardUpdates.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Watch(RoomAudience audience)
    {
        Meter.CreateObservableGauge("sessionroom.connections", () => audience.Connections, description: "Hub connections that are up.");
        Meter.CreateObservableGauge("sessionroom.connections.stalled", () => audience.Everybody.Count(listener => listener.HasStalledFor(Noticeable)), description: "Connections that have taken nothing for a second although something waits for them.");
        Meter.CreateObservableGauge("sessionroom.rooms", () => audience.Rooms, description: "Rooms that somebody listens to.");
    }
}
