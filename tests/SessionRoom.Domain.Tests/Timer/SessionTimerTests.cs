namespace SessionRoom.Domain.Tests;

public sealed class SessionTimerTests
{
    private static Scene Running(long ms = 5 * Minute) => Given().When(new StartTimer(ms)).ThenDone();

    private static Scene Overtime() => Running().After(6 * Minute).When(new ExpireTimer(), by: House).ThenDone();

    [Fact] public void starting_sets_an_absolute_end() =>
        Given().When(new StartTimer(5 * Minute))
            .Then(new TimerStarted(5 * Minute, Dawn + 5 * Minute))
            .ThenSeen(new TimerView(TimerStatus.Running, 5 * Minute, Dawn + 5 * Minute, null, null), view => view.Timer);

    [Fact] public void starting_the_same_timer_while_it_runs_changes_nothing() =>
        Running().After(Minute).When(new StartTimer(5 * Minute)).ThenNothing();

    [Fact] public void starting_another_duration_starts_anew() =>
        Running().After(Minute).When(new StartTimer(Minute)).Then(new TimerStarted(Minute, Dawn + 2 * Minute));

    [Fact] public void a_timer_in_overtime_starts_anew() =>
        Overtime().When(new StartTimer(5 * Minute)).Then(new TimerStarted(5 * Minute, Dawn + 11 * Minute));

    [Fact] public void starting_without_a_duration_takes_the_current_items_timebox() =>
        GivenRoom(agenda: new AgendaItem("intro", "Introductions", DurationMs: 3 * Minute)).And(new ItemEntered("intro"))
            .When(new StartTimer(), by: Clerk).Then(new TimerStarted(3 * Minute, Dawn + 3 * Minute, "intro"));

    [Fact] public void starting_without_a_duration_or_an_item_is_refused() =>
        Given().When(new StartTimer()).ThenRefused(RefusalCode.Invalid);

    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    [InlineData(-1)]
    [InlineData(Day + 1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void a_duration_outside_of_one_second_to_24_hours_is_refused(long ms) =>
        Given().When(new StartTimer(ms)).ThenRefused(RefusalCode.Invalid);

    [Fact] public void pausing_keeps_the_remainder_and_no_end() =>
        Running().After(2 * Minute).When(new PauseTimer())
            .Then(new TimerPaused(3 * Minute))
            .ThenSeen(new TimerView(TimerStatus.Paused, 5 * Minute, null, 3 * Minute, null), view => view.Timer);

    [Fact] public void a_second_pause_changes_nothing() =>
        Running().When(new PauseTimer()).After(Minute).When(new PauseTimer()).ThenNothing();

    [Fact] public void resuming_sets_the_end_from_the_remainder() =>
        Running().After(2 * Minute).When(new PauseTimer()).After(Hour).When(new ResumeTimer())
            .Then(new TimerResumed(Dawn + Hour + 5 * Minute))
            .ThenSeen(TimerStatus.Running, view => view.Timer!.Status);

    [Fact] public void a_second_resume_changes_nothing() =>
        Running().When(new PauseTimer()).When(new ResumeTimer()).After(Minute).When(new ResumeTimer()).ThenNothing();

    [Fact] public void pausing_and_resuming_an_idle_timer_change_nothing() =>
        Given().When(new PauseTimer()).ThenNothing().When(new ResumeTimer()).ThenNothing();

    [Fact] public void extending_moves_the_end_and_the_duration() =>
        Running().After(Minute).When(new ExtendTimer(2 * Minute))
            .Then(new TimerExtended(2 * Minute))
            .ThenSeen(new TimerView(TimerStatus.Running, 7 * Minute, Dawn + 7 * Minute, null, null), view => view.Timer);

    [Fact] public void shortening_below_now_is_overtime_at_once() =>
        Running().After(3 * Minute).When(new ExtendTimer(-4 * Minute))
            .ThenSeen(new TimerView(TimerStatus.Overtime, Minute, Dawn + Minute, null, null), view => view.Timer);

    [Fact] public void extending_a_paused_timer_changes_its_remainder() =>
        Running().After(Minute).When(new PauseTimer()).When(new ExtendTimer(Minute))
            .ThenSeen(new TimerView(TimerStatus.Paused, 6 * Minute, null, 5 * Minute, null), view => view.Timer);

    [Fact] public void extending_out_of_overtime_runs_again_and_expires_again() =>
        Overtime().When(new ExtendTimer(2 * Minute)).ThenSeen(TimerStatus.Running, view => view.Timer!.Status)
            .After(Minute).When(new ExpireTimer(), by: House).Then(new TimerExpired());

    [Theory]
    [InlineData(0)]
    [InlineData(-5 * Minute - 1)]
    [InlineData(Day)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void an_extension_by_nothing_or_beyond_0_to_24_hours_in_all_is_refused(long ms) =>
        Running().When(new ExtendTimer(ms)).ThenRefused(RefusalCode.Invalid);

    [Fact] public void an_idle_timer_cannot_be_extended() =>
        Given().When(new ExtendTimer(Minute)).ThenRefused(RefusalCode.Invalid);

    [Fact] public void stopping_leaves_neither_end_nor_remainder() =>
        Running().When(new StopTimer()).Then(new TimerStopped())
            .ThenSeen(new TimerView(TimerStatus.Idle, null, null, null, null), view => view.Timer);

    [Fact] public void a_second_stop_changes_nothing() =>
        Running().When(new StopTimer()).When(new StopTimer()).ThenNothing();

    [Fact] public void the_timer_expires_once_and_not_early() =>
        Running().After(5 * Minute - 1).When(new ExpireTimer(), by: House).ThenNothing()
            .After(1).When(new ExpireTimer(), by: House).Then(new TimerExpired())
            .When(new ExpireTimer(), by: House).ThenNothing();

    [Fact] public void overtime_keeps_the_end_so_that_it_can_be_counted_up() =>
        Overtime().ThenSeen(new TimerView(TimerStatus.Overtime, 5 * Minute, Dawn + 5 * Minute, null, null), view => view.Timer);

    [Fact] public void a_pause_in_overtime_comes_back_as_overtime() =>
        Overtime().When(new PauseTimer()).Then(new TimerPaused(-Minute)).After(Hour)
            .When(new ResumeTimer()).Then(new TimerResumed(Dawn + Hour + 5 * Minute))
            .ThenSeen(TimerStatus.Overtime, view => view.Timer!.Status);

    [Fact] public void the_rooms_time_never_runs_backwards() =>
        Running().After(-Hour).When(new PauseTimer()).ThenSeen(5 * Minute, view => view.Timer!.RemainingMs!.Value);
}
