namespace SessionRoom.Domain.Tests;

public sealed class AgendaTests
{
    private static readonly AgendaItem Intro = new("intro", "Introductions", DurationMs: 5 * Minute), Talk = new("talk", "Talk", DurationMs: 20 * Minute), Open = new("open", "Open end");

    private static Scene Planned() => GivenRoom(agenda: [Intro, Talk, Open]);

    [Fact] public void going_to_an_item_starts_its_timebox() =>
        Planned().When(new GoToItem("talk")).Then(new ItemEntered("talk"), new TimerStarted(20 * Minute, Dawn + 20 * Minute, "talk"))
            .ThenSeen(("talk", "talk"), view => (view.Agenda!.Current!, view.Timer!.ItemId!));

    [Fact] public void any_item_may_be_gone_to_also_back() =>
        Planned().When(new GoToItem("talk")).When(new GoToItem("intro")).Then(new ItemEntered("intro"), new TimerStarted(5 * Minute, Dawn + 5 * Minute, "intro"));

    [Fact] public void an_item_without_a_timebox_leaves_the_clock_idle() =>
        Planned().When(new GoToItem("talk")).When(new GoToItem("open")).Then(new ItemEntered("open"), new TimerStopped())
            .When(new GoToItem("intro")).When(new StopTimer()).When(new GoToItem("open")).Then(new ItemEntered("open"));

    [Fact] public void going_to_the_current_item_changes_nothing() => Planned().When(new GoToItem("talk")).After(Minute).When(new GoToItem("talk")).ThenNothing();

    [Fact] public void an_item_that_does_not_exist_is_not_found() =>
        Planned().When(new GoToItem("lunch")).ThenRefused(RefusalCode.NotFound).When(new GoToItem(null!)).ThenRefused(RefusalCode.NotFound);

    [Fact] public void the_agenda_is_replaced_in_its_order() =>
        Planned().When(new SetAgenda([Talk, Intro])).Then(new AgendaSet([Talk, Intro])).ThenSeen(["talk", "intro"], view => view.Agenda!.Items.Select(item => item.Id).ToArray());

    [Fact] public void items_without_an_id_are_named_after_their_place() =>
        Given().When(new SetAgenda([new("item-2", "One"), new(null, "Two"), new(null, "Three")]))
            .Then(new AgendaSet([new("item-2", "One"), new("item-3", "Two"), new("item-4", "Three")]));

    [Fact] public void the_current_item_stays_current_while_it_is_on_the_agenda() =>
        Planned().When(new GoToItem("talk")).When(new SetAgenda([Open, Talk])).Then(new AgendaSet([Open, Talk])).ThenSeen("talk", view => view.Agenda!.Current);

    [Fact] public void the_timer_of_an_item_that_is_gone_stops() =>
        Planned().When(new GoToItem("talk")).When(new SetAgenda([Open])).Then(new AgendaSet([Open]), new TimerStopped()).ThenSeen(null, view => view.Agenda!.Current);

    [Fact] public void time_spent_on_an_item_stays_with_it() =>
        Planned().When(new StartSession()).After(3 * Minute).When(new SetAgenda([Intro with { Title = "Hello" }, Talk]))
            .ThenSeen(3 * Minute, view => view.Agenda!.Items[0].SpentMs).ThenSeen("Hello", view => view.Agenda!.Items[0].Title);

    [Fact] public void an_agenda_that_makes_no_sense_is_refused()
    {
        foreach (var items in (AgendaItem[][])[
            [Intro, Intro], [null!], [new("a", "")], [new("a", null!)], [new("", "A")], [new("a", "A", Kind: "\0")],
            [new("a", "A", DurationMs: -1)], [new("a", "A", DurationMs: Day + 1)], [new("a", "A", DurationMs: long.MaxValue)], [new("a", "half \udc00")]])
            Given().When(new SetAgenda([.. items])).ThenRefused(RefusalCode.Invalid);
        Given().When(new SetAgenda(default)).ThenRefused(RefusalCode.Invalid);
        Given().When(new SetAgenda([.. Enumerable.Repeat(new AgendaItem(null, "A"), 101)])).ThenRefused(RefusalCode.TooLarge);
        Given().When(new SetAgenda([new(new('a', 65), "A")])).ThenRefused(RefusalCode.TooLarge);
        Given().When(new SetAgenda([.. Enumerable.Repeat(new AgendaItem(null, "A"), 100)])).ThenDone();
    }
}
