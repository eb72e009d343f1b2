using System.Reflection;
using SessionRoom.Rooms;

namespace SessionRoom.Server.Tests;

/// <summary>The first event of a feed, which comes between a look at how the feed stands and one at what is in it.</summary>
public sealed class FirstEventTests
{
    [Fact]
    public async Task is_delivered_once_and_read_under_a_cursor_that_holds()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var server = await RunningServer.StartAsync(SlowLook.At(new MemoryRoomLog()), receiver.Settings);
        using var http = new HttpClient { BaseAddress = server.Address, DefaultRequestHeaders = { Authorization = new("Bearer", RunningServer.SchoolSecret) } };
        var reading = http.GetAsync(new Uri("/api/webhooks/events", UriKind.Relative));
        var room = await server.MakeRoomAsync(new { title = "Weekly" }, RunningServer.SchoolSecret);
        var (socket, _) = await server.ConnectAsync(await server.JoinAsync(room, "Ann", "facilitator"));
        await using var connection = socket;
        await socket.DoAsync("session.start");
        var first = await receiver.NextAsync("session.started");
        await socket.DoAsync("session.end");
        await receiver.NextAsync("session.ended");
        Assert.Equal(["session.started", "session.ended"], receiver.All.Select(delivery => delivery.Type));

        var page = await (await reading).JsonAsync();
        Assert.Equal(first.Cursor, (string?)page["events"]![0]!["cursor"]);
        page = await (await http.GetAsync(new Uri($"/api/webhooks/events?after={first.Cursor}", UriKind.Relative))).JsonAsync();
        Assert.Equal("session.ended", (string?)Assert.Single(page["events"]!.AsArray())!["type"]);
    }

    public interface ILog : IRoomLog, IEventFeeds;

    /// <summary>A log that says how an empty feed stands only once there is something in it.</summary>
    public class SlowLook : DispatchProxy
    {
        private MemoryRoomLog log = null!;

        public static ILog At(MemoryRoomLog log)
        {
            var slow = Create<ILog, SlowLook>();
            ((SlowLook)(object)slow).log = log;
            return slow;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(IEventFeeds.StateAsync) ? StateAsync((string)args![0]!, (CancellationToken)args[1]!) : targetMethod.Invoke(log, args);

        private async Task<FeedState> StateAsync(string feed, CancellationToken cancel)
        {
            var state = await log.StateAsync(feed, cancel);
            using var began = new SemaphoreSlim(0);
            using var watch = await log.WatchAsync(feed, () => began.Release());
            if (state.Epoch == 0 && (await log.StateAsync(feed, cancel)).Epoch == 0) await began.WaitAsync(cancel);
            return state;
        }
    }
}
