using SessionRoom.Domain;

namespace SessionRoom.Rooms.Tests;

public sealed class DeadlineTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task a_timer_that_ends_expires_once()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        await room.Does(Some.Fay, new StartTimer(60_000)).Done();
        house.Time.Advance(Minute);
        var patch = await house.Audience.NextAsync<TimerExpired>();
        Assert.Equal("house", patch.Events[0].By);
        Assert.Equal(TimerStatus.Overtime, room.Current.State.Timer.Status);
        house.Time.Advance(Minute);
        await room.Does(Some.Fay, new RaiseHand()).Done();
        Assert.Single(house.Audience.All.SelectMany(step => step.Events).OfType<TimerExpired>());
    }

    [Fact]
    public async Task a_timer_does_not_expire_a_millisecond_early()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        await room.Does(Some.Fay, new StartTimer(60_000)).Done();
        house.Time.Advance(Minute - TimeSpan.FromMilliseconds(1));
        await room.Does(Some.Fay, new RaiseHand()).Done();
        Assert.Equal(TimerStatus.Running, room.Current.State.Timer.Status);
    }

    [Fact]
    public async Task a_timer_that_was_shortened_extended_or_paused_expires_at_its_new_end()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        await room.Does(Some.Fay, new StartTimer(600_000)).Done();
        await room.Does(Some.Fay, new ExtendTimer(-540_000)).Done();
        await room.Does(Some.Fay, new PauseTimer()).Done();
        house.Time.Advance(Minute * 10);
        await room.Does(Some.Fay, new ResumeTimer()).Done();
        await room.Does(Some.Fay, new ExtendTimer(60_000)).Done();
        house.Time.Advance(Minute);
        await room.Does(Some.Fay, new RaiseHand()).Done();
        Assert.Equal(TimerStatus.Running, room.Current.State.Timer.Status);
        house.Time.Advance(Minute);
        Assert.Equal(house.Time.Ms, (await house.Audience.NextAsync<TimerExpired>()).At);
    }

    [Fact]
    public async Task expiry_lands_before_a_command_that_came_after_the_end()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        await room.Does(Some.Fay, new StartTimer(60_000)).Done();
        var gate = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        (house.Log.Gate, house.Log.OnAppend) = (gate.Task, () => reached.TrySetResult());
        var holding = room.Does(Some.Fay, new RaiseHand());
        await reached.Task.WaitAsync(Some.Patience);
        house.Time.Advance(Minute);
        var pausing = room.Does(Some.Fay, new PauseTimer());
        gate.SetResult();
        await holding.Done();
        await pausing.Done();
        var events = house.Audience.All.SelectMany(patch => patch.Events).ToList();
        Assert.True(events.FindIndex(@event => @event is TimerExpired) < events.FindIndex(@event => @event is TimerPaused));
    }

    [Fact]
    public async Task a_timer_that_ended_while_the_process_was_down_expires_on_load()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        await room.Does(Some.Fay, new StartTimer(60_000)).Done();
        await house.Rooms.DisposeAsync();
        house.Time.Advance(Minute * 5);
        await using var again = house.Restarted();
        await again.OpenAsync();
        Assert.Equal(house.Time.Ms, (await again.Audience.NextAsync<TimerExpired>()).At);
    }

    [Fact]
    public async Task a_room_that_everybody_left_stays_until_its_timer_has_ended()
    {
        await using var house = new House(new() { UnloadAfter = Minute });
        var room = await house.RoomAsync();
        await room.Does(Some.Fay, new StartTimer(600_000)).Done();
        await room.Departs("fay");
        house.Time.Advance(Minute * 10);
        await house.Audience.NextAsync<TimerExpired>();
        Assert.Equal(1, house.Rooms.Loaded);
    }

    [Fact]
    public async Task expiry_that_the_log_refused_lands_when_it_can()
    {
        await using var house = new House();
        var room = await house.RoomAsync();
        await room.Does(Some.Fay, new StartTimer(60_000)).Done();
        house.Log.FailsToWrite = true;
        var tried = new TaskCompletionSource();
        house.Log.OnAppend = () => tried.TrySetResult();
        house.Time.Advance(Minute);
        await tried.Task.WaitAsync(Some.Patience);
        Assert.Equal(RefusalCode.Unavailable, await room.Does(Some.Fay, new RaiseHand()).Refused());
        house.Log.FailsToWrite = false;
        house.Time.Advance(TimeSpan.FromSeconds(2));
        await house.Audience.NextAsync<TimerExpired>();
    }

    [Fact]
    public async Task a_room_s_time_never_runs_backwards()
    {
        await using var house = new House();
        await (await house.RoomAsync()).Does(Some.Fay, new StartSession()).Done();
        var later = house.Time.Ms;
        // The next process has a clock that is behind.
        await using var again = new House(log: house.Log, time: new ManualTime());
        house.Time.Advance(Minute);
        await (await house.OpenAsync()).Does(Some.Fay, new RaiseHand()).Done();
        var answer = await (await again.OpenAsync()).Does(Some.Fay, new LowerHand()).Done();
        Assert.Equal(house.Time.Ms, answer.At);
        Assert.True(answer.At > later);
    }
}
