using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SessionRoom.Domain;

namespace SessionRoom.Rooms.Tests;

public sealed class SteadyTimeTests
{
    [Theory, InlineData(1), InlineData(-1)]
    public void a_step_of_the_machines_clock_moves_nothing(int hours)
    {
        var machine = new SteppingTime();
        var steady = new SteadyTime(machine);
        machine.Advance(TimeSpan.FromSeconds(5));
        machine.Step = TimeSpan.FromHours(hours);
        machine.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1_800_000_007_000, steady.GetUtcNow().ToUnixTimeMilliseconds());
    }

    [Theory, InlineData(1), InlineData(-1)]
    public async Task a_countdown_ends_when_it_was_said_to_although_the_machines_clock_stepped(int hours)
    {
        var (machine, audience, log) = (new SteppingTime(), new CollectingAudience(), new MemoryRoomLog());
        var services = new ServiceCollection().AddSingleton<TimeProvider>(machine).AddSingleton(new SteadyTime(machine)).AddSingleton<IRoomLog>(log).AddSingleton<IRoomAudience>(audience);
        await using var host = services.AddSingleton<ILogger<RoomDirectory>>(NullLogger<RoomDirectory>.Instance).AddRooms(new()).BuildServiceProvider();
        var rooms = host.GetRequiredService<RoomDirectory>();
        Assert.Null(await rooms.CreateAsync(Some.Room(), Actor.Key("acme"), default));
        var room = (await rooms.OpenAsync("r1", default))!;
        await room.Arrives("fay", Role.Facilitator);
        await room.Does(Some.Fay, new StartTimer(60_000)).Done();

        machine.Step = TimeSpan.FromHours(hours);
        machine.Advance(TimeSpan.FromMilliseconds(59_999));
        await room.Does(Some.Fay, new RaiseHand()).Done();
        Assert.Equal(TimerStatus.Running, room.Current.State.Timer.Status);
        machine.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(1_800_000_060_000, (await audience.NextAsync<TimerExpired>()).At);
    }

    /// <summary>A machine whose time of day is set to something else while its monotonic clock goes on.</summary>
    private sealed class SteppingTime : TimeProvider
    {
        private readonly ManualTime monotonic = new();

        public TimeSpan Step { get; set; }

        public override long TimestampFrequency => monotonic.TimestampFrequency;
        public override DateTimeOffset GetUtcNow() => monotonic.GetUtcNow() + Step;
        public override long GetTimestamp() => monotonic.GetTimestamp();
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => monotonic.CreateTimer(callback, state, dueTime, period);
        public void Advance(TimeSpan by) => monotonic.Advance(by);
    }
}
