namespace SessionRoom.Domain.Tests;

public sealed class TimeLedgerTests
{
    /// <summary>Ten minutes for Ann, twenty for Bob.</summary>
    private static Scene Planned() => GivenRoom(agenda: [new("ann", "Ann", DurationMs: 10 * Minute), new("bob", "Bob", DurationMs: 20 * Minute)]);

    private static Scene Live() => Planned().When(new StartSession());

    private static void Holds(Scene scene, long spent, long borrowed, long remaining) =>
        Assert.Equal(new TimeLedger(30 * Minute, spent, borrowed, remaining), TimeLedger.Of(scene.State, scene.Now));

    [Fact] public void before_the_start_all_is_still_to_come() => Holds(Planned().After(Hour), 0, 0, 30 * Minute);

    [Fact] public void within_the_timebox_nothing_is_borrowed() => Holds(Live().After(4 * Minute), 4 * Minute, 0, 26 * Minute);

    [Fact] public void overtime_is_borrowed_from_the_sessions_end() => Holds(Live().After(13 * Minute), 13 * Minute, 3 * Minute, 20 * Minute);

    [Fact] public void an_extension_is_borrowed_at_once() => Holds(Live().When(new ExtendTimer(5 * Minute)).After(Minute), Minute, 5 * Minute, 34 * Minute);

    [Fact] public void leaving_an_item_early_gives_time_back() =>
        Holds(Live().After(4 * Minute).When(new GoToItem("bob")).After(Minute), 5 * Minute, -6 * Minute, 19 * Minute);

    [Fact] public void a_pause_is_borrowed_as_it_lasts() => Holds(Live().After(Minute).When(new PauseTimer()).After(2 * Minute), 3 * Minute, 2 * Minute, 29 * Minute);

    [Fact] public void time_for_an_item_that_is_gone_stays_in_the_sessions_length()
    {
        var scene = Live().After(4 * Minute).When(new SetAgenda([new("bob", "Bob", DurationMs: 20 * Minute)])).After(Minute);
        Assert.Equal(new TimeLedger(20 * Minute, 5 * Minute, 5 * Minute, 20 * Minute), TimeLedger.Of(scene.State, scene.Now));
    }

    [Fact] public void after_the_end_what_was_not_reached_was_given_back()
    {
        var scene = Live().After(12 * Minute).When(new EndSession()).After(Day);
        Holds(scene, 12 * Minute, -18 * Minute, 0);
        scene.ThenSeen(null, view => view.Agenda!.Ledger.ExpectedEndAt);
    }

    [Fact] public void clients_see_the_expected_end_move() =>
        Live().ThenSeen(new LedgerView(30 * Minute, 0, Dawn + 30 * Minute), view => view.Agenda!.Ledger)
            .After(Minute).When(new ExtendTimer(-2 * Minute)).ThenSeen(new LedgerView(30 * Minute, -2 * Minute, Dawn + 28 * Minute), view => view.Agenda!.Ledger);
}
