using System.Collections.Immutable;
using System.Text.Json;

namespace SessionRoom.Domain.Tests;

/// <summary>Given events, when commands, then events or a refusal. Events are compared as the JSON that is stored.</summary>
internal sealed class Scene
{
    private Decision? decision;
    private string actor = "";

    public RoomState State { get; private set; } = RoomState.Empty;
    public long Now { get; private set; } = Dawn;
    public RoomLimits Limits { get; init; } = new();

    /// <summary>A room with everybody in it, made at <see cref="Dawn"/> with the default settings, and then these events.</summary>
    public static Scene Given(params RoomEvent[] events) => GivenRoom().And(events);

    public static Scene GivenRoom(
        QueuePolicy policy = QueuePolicy.Fair, QueueMode mode = QueueMode.Open, string? agreement = null, params AgendaItem[] agenda) =>
        new Scene().And([Made(policy, mode, agreement, agenda), .. EverybodyComes]);

    public static RoomCreated Made(
        QueuePolicy policy = QueuePolicy.Fair, QueueMode mode = QueueMode.Open, string? agreement = null, params AgendaItem[] agenda) =>
        new("circle", "The circle", new() { QueuePolicy = policy, QueueMode = mode }, [.. agenda], ImmutableDictionary<Role, string>.Empty, Agreement: agreement);

    public Scene And(params RoomEvent[] events)
    {
        foreach (var @event in events) State = Room.Evolve(State, @event with { By = House, At = Now });
        return this;
    }

    public Scene After(long ms)
    {
        Now += ms;
        return this;
    }

    public Scene When(RoomCommand command, string by = Chair)
    {
        actor = by;
        decision = Room.Decide(State, command, new(Acting(State, by), Now, Limits));
        if (decision is Decision.Accepted accepted) State = accepted.Events.Aggregate(State, Room.Evolve);
        return this;
    }

    public Scene Then(params RoomEvent[] expected)
    {
        var accepted = Assert.IsType<Decision.Accepted>(decision);
        Assert.Equal(string.Join('\n', expected.Select(@event => Stored(@event with { By = actor, At = Now }))), string.Join('\n', accepted.Events.Select(Stored)));
        return this;
    }

    public Scene ThenNothing() => Then();

    public Scene ThenDone()
    {
        Assert.IsType<Decision.Accepted>(decision);
        return this;
    }

    public Scene ThenAnswered(CommandResult result)
    {
        Assert.Equal(result, Assert.IsType<Decision.Accepted>(decision).Result);
        return this;
    }

    public Scene ThenRefused(RefusalCode code)
    {
        Assert.Equal(code, Assert.IsType<Decision.Refused>(decision).Refusal.Code);
        return this;
    }

    /// <summary>Checks something that clients see.</summary>
    public Scene ThenSeen<T>(T expected, Func<RoomView, T> seen)
    {
        Assert.Equal(expected, seen(RoomView.Of(State)));
        return this;
    }

    public Scene ThenSpeakingOrder(params string[] pids) => ThenSeen(pids, view => view.Queue!.Entries.Select(entry => entry.Pid).ToArray());

    private static string Stored(RoomEvent @event) => JsonSerializer.Serialize(@event, RoomJson.Default.RoomEvent);
}
