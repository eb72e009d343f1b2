using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using SessionRoom.Domain;

namespace SessionRoom.Rooms.Benchmarks;

/// <summary>What one run answered: commands a second and per batch; processor time and allocated bytes per command.</summary>
internal sealed record Figure(double PerSecond, double ProcessorMicroseconds, double PerBatch, double Bytes);

/// <summary>Members of many rooms who each send the next command once the one before is answered.</summary>
internal sealed class GroupCommitLoad(int rooms, int members, RoomOptions options)
{
    private long answered;

    public async Task<Figure> RunAsync(bool inMemory, TimeSpan warmUp, TimeSpan measured)
    {
        var audience = new CountingAudience();
        await using IRoomLog log = inMemory ? new MemoryRoomLog() : SqliteRoomLog.Open(options, NullLogger.Instance);
        await using var directory = new RoomDirectory(log, null, audience, options, TimeProvider.System, NullLogger<RoomDirectory>.Instance);
        using var stop = new CancellationTokenSource();
        var callers = new List<Task>();
        foreach (var room in await Task.WhenAll(Enumerable.Range(0, rooms).Select(number => MakeAsync(directory, $"room-{number}"))))
            callers.AddRange(Enumerable.Range(0, members).Select(member => Task.Run(() => CallAsync(room, $"p{member}", stop.Token))));
        await Task.Delay(warmUp);
        var (before, patches, bytes, processor, watch) = (Interlocked.Read(ref answered), audience.Patches, GC.GetTotalAllocatedBytes(), Processor, Stopwatch.StartNew());
        await Task.Delay(measured);
        var commands = (double)(Interlocked.Read(ref answered) - before);
        var figure = new Figure(
            commands / watch.Elapsed.TotalSeconds, (Processor - processor).TotalMicroseconds / commands,
            commands / (audience.Patches - patches), (GC.GetTotalAllocatedBytes() - bytes) / commands);
        await stop.CancelAsync();
        await Task.WhenAll(callers);
        return figure;
    }

    private static TimeSpan Processor => Process.GetCurrentProcess().TotalProcessorTime;

    private async Task<LiveRoom> MakeAsync(RoomDirectory directory, string id)
    {
        var made = new RoomCreated(id, "A circle", new RoomSettings(), [], ImmutableDictionary<Role, string>.Empty);
        if (await directory.CreateAsync(made, Actor.Key("bench"), default) is { } refusal) throw new InvalidOperationException(refusal.Message);
        var room = (await directory.OpenAsync(id, default))!;
        for (var member = 0; member < members; member++)
            if (await room.ArriveAsync(new($"p{member}", $"Member {member}", Role.Member, Place.Remote), default) is { } problem) throw new InvalidOperationException(problem.Message);
        return room;
    }

    private async Task CallAsync(LiveRoom room, string pid, CancellationToken stop)
    {
        var by = Caller.Person(pid);
        for (var count = 0; !stop.IsCancellationRequested; count++)
        {
            MemberCommand command = count % 2 == 0 ? new RaiseHand { Id = $"{count}" } : new LowerHand { Id = $"{count}" };
            if ((await room.DoAsync(by, command, default)).Refusal is { } refusal) throw new InvalidOperationException(refusal.Message);
            Interlocked.Increment(ref answered);
        }
    }

    private sealed class CountingAudience : IRoomAudience
    {
        private long patches;

        public long Patches => Interlocked.Read(ref patches);
        public void Publish(LiveRoom room, RoomPatch patch) => Interlocked.Increment(ref patches);
        public void PublishBoard(LiveRoom room, BoardStep step) { }
        public void BoardBegan(LiveRoom room, long step) { }
        public void RoomBegan(LiveRoom room, long step) { }
        public void Heard(LiveRoom room, PassingNews awareness) { }
        public void RoomDeleted(string roomId) { }
    }
}
