using SessionRoom.LoadTests.Generator;
using SessionRoom.LoadTests.Measuring;
using SessionRoom.LoadTests.Peers;

namespace SessionRoom.LoadTests.Scenarios;

/// <param name="InFlight">Edits of each board that are always under way.</param>
internal sealed record SharedBoardsSettings(ContestSettings Contest, int Rooms = 50, int Members = 20, int InFlight = 20);

/// <summary>Many boards on which many write at once: real edits of real replicas, as much as a server takes.</summary>
internal static class SharedBoards
{
    private const string Saturated = "saturated";

    private static Contender[] Known => [new("own", OwnBoards.StartAsync), new("hocuspocus", () => YjsBoards.StartAsync(hocuspocus: true)), new("y-websocket", () => YjsBoards.StartAsync(hocuspocus: false))];

    public static async Task<Comparison> RunAsync(SharedBoardsSettings settings)
    {
        var (runs, thrown, skipped) = await Contest.RunAsync(Known, settings.Contest, peer => MeasureAsync(peer, settings));
        Target[] targets = [Of("Hocuspocus", 3), Of("y-websocket", 2.3)];
        return new($"board: {settings.Rooms} × {settings.Members} writers, {settings.InFlight} edits in flight on each board", runs, settings is { Rooms: 50, Members: 20 } ? targets : [], thrown, skipped);

        static Target Of(string theirs, double bound) => new(Saturated, "SessionRoom", theirs, "edits delivered a second", run => run.PerSecond, AtLeast: true, bound);
    }

    private static async Task<IReadOnlyList<Run>> MeasureAsync(RoomPeer peer, SharedBoardsSettings settings)
    {
        using var house = await House.OpenAsync(peer, settings.Rooms, settings.Members);
        house.Saturate(settings.InFlight, settings.Contest.WarmTime);
        house.Drain();
        return [Run.Measure(peer, house, Saturated, () => house.Saturate(settings.InFlight, settings.Contest.Time))];
    }
}
