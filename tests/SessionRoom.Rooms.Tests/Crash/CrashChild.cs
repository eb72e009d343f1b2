using Microsoft.Extensions.Logging.Abstractions;
using SessionRoom.Domain;

namespace SessionRoom.Rooms.Tests;

/// <summary>The process that is killed: callers who send one command after another and print each answer before they send the next.</summary>
internal static class CrashChild
{
    public const int Rooms = 5;
    public const int Callers = 4;
    public const long StartMs = 1_000_000;
    public const string Ready = "ready .";

    // Snapshots and trimming happen under load too.
    public static RoomOptions Options(string directory) => new() { DataDirectory = directory, SnapshotEvery = 20 };

    public static string RoomId(int number) => $"c{number}";

    public static string CommandId(int round, int number) => $"{round}-{number}";

    public static async Task<int> Main(string[] args)
    {
        if (args is not ["crash", var directory, var round]) return 2;
        await using var log = SqliteRoomLog.Open(Options(directory), NullLogger.Instance);
        await using var rooms = new RoomDirectory(log, null, new NoAudience(), Options(directory), TimeProvider.System, NullLogger<RoomDirectory>.Instance);
        Console.Out.WriteLine(Ready);
        await Task.WhenAll(from room in Enumerable.Range(0, Rooms) from caller in Enumerable.Range(0, Callers) select CallAsync(rooms, room, caller, int.Parse(round)));
        return 0;
    }

    /// <summary>Each command lengthens a paused timer by a millisecond: the timer counts what took effect.</summary>
    private static async Task CallAsync(RoomDirectory rooms, int number, int caller, int round)
    {
        var room = (await rooms.OpenAsync(RoomId(number), default))!;
        for (var count = 0; ; count++)
        {
            var answer = await room.DoAsync(Caller.Key($"k{caller}"), new ExtendTimer(1) { Id = CommandId(round, count) }, default);
            if (answer.Refusal is not null) throw new InvalidOperationException(answer.Refusal.Message);
            Console.Out.WriteLine($"{number} {caller} {count} {answer.Seq} .");
        }
    }

    internal sealed class NoAudience : IRoomAudience
    {
        public void Publish(LiveRoom room, RoomPatch patch) { }
        public void PublishBoard(LiveRoom room, BoardStep step) { }
        public void BoardBegan(LiveRoom room, long step) { }
        public void RoomBegan(LiveRoom room, long step) { }
        public void Heard(LiveRoom room, PassingNews awareness) { }
        public void RoomDeleted(string roomId) { }
    }
}
