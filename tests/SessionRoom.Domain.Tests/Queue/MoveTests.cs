namespace SessionRoom.Domain.Tests;

public sealed class MoveTests
{
    /// <summary>Ann, Bob, Cleo wait in this order as entry-9, entry-10, entry-11.</summary>
    private static Scene Waiting() => GivenRoom(QueuePolicy.Fifo)
        .When(new RaiseHand(), by: Ann).After(1).When(new RaiseHand(), by: Bob).After(1).When(new RaiseHand(), by: Cleo).After(1)
        .ThenSpeakingOrder(Ann, Bob, Cleo);

    private const string Anns = "entry-9", Bobs = "entry-10", Cleos = "entry-11";

    [Fact] public void without_a_predecessor_an_entry_goes_to_the_front_and_is_pinned() =>
        Waiting().When(new MoveEntry(Cleos)).Then(new EntryMoved(Cleos, Cleo, 0)).ThenSpeakingOrder(Cleo, Ann, Bob)
            .ThenSeen([true, false, false], view => view.Queue!.Entries.Select(entry => entry.Pinned).ToArray());

    [Fact] public void an_entry_is_moved_behind_another() => Waiting().When(new MoveEntry(Anns, Bobs)).Then(new EntryMoved(Anns, Ann, 1)).ThenSpeakingOrder(Bob, Ann, Cleo);

    [Fact] public void moving_where_it_is_pins_it_and_moving_there_again_changes_nothing() =>
        Waiting().When(new MoveEntry(Bobs, Anns)).Then(new EntryMoved(Bobs, Bob, 1)).When(new MoveEntry(Bobs, Anns)).ThenNothing();

    [Fact] public void a_pinned_entry_stays_ahead_of_stronger_intents() =>
        Waiting().When(new MoveEntry(Cleos)).When(new RaiseHand(Intent.Question), by: Guest).ThenSpeakingOrder(Cleo, Guest, Ann, Bob);

    [Fact] public void a_pinned_entry_stays_under_another_policy() =>
        Waiting().When(new MoveEntry(Cleos)).When(new SetPolicy(QueuePolicy.Round)).ThenSpeakingOrder(Cleo, Ann, Bob);

    [Fact] public void pins_keep_their_neighbours_when_somebody_ahead_leaves() =>
        Waiting().When(new MoveEntry(Bobs, Anns)).When(new LowerHand(), by: Ann).ThenSpeakingOrder(Bob, Cleo)
            .When(new RaiseHand(Intent.Question), by: Guest).ThenSpeakingOrder(Bob, Guest, Cleo);

    [Fact] public void two_pins_keep_the_order_that_they_were_given() =>
        Waiting().When(new MoveEntry(Cleos)).When(new MoveEntry(Bobs)).ThenSpeakingOrder(Bob, Cleo, Ann);

    [Fact] public void moving_behind_who_is_gone_is_not_found() => Waiting().When(new MoveEntry(Anns, "entry-99")).ThenRefused(RefusalCode.NotFound);

    [Fact] public void an_entry_cannot_follow_itself() => Waiting().When(new MoveEntry(Anns, Anns)).ThenRefused(RefusalCode.Invalid);

    [Fact] public void an_entry_that_is_gone_is_not_found() => Waiting().When(new MoveEntry("entry-99")).ThenRefused(RefusalCode.NotFound);

    [Fact] public void ones_own_entry_may_be_moved_back() =>
        Waiting().When(new MoveEntry(Anns, Bobs), by: Ann).Then(new EntryMoved(Anns, Ann, 1, Back: true)).ThenSpeakingOrder(Bob, Ann, Cleo);

    [Fact] public void ones_own_entry_may_not_be_moved_forward() => Waiting().When(new MoveEntry(Cleos, Anns), by: Cleo).ThenRefused(RefusalCode.Forbidden);

    [Fact] public void leaving_ones_own_entry_where_it_is_changes_nothing() => Waiting().When(new MoveEntry(Bobs, Anns), by: Bob).ThenNothing();

    [Fact] public void somebody_elses_entry_is_not_ones_own() => Waiting().When(new MoveEntry(Anns, Bobs), by: Bob).ThenRefused(RefusalCode.Forbidden);

    [Fact] public void who_moved_back_does_not_hold_up_stronger_intents_that_come_later() =>
        Waiting().When(new MoveEntry(Anns, Bobs), by: Ann)
            .When(new RaiseHand(Intent.Question), by: Guest).When(new RaiseHand(Intent.Order), by: Clerk).ThenSpeakingOrder(Clerk, Guest, Ann, Bob, Cleo);

    [Fact] public void a_device_moves_the_entry_of_its_seat_back_only() =>
        Waiting().And(new PersonSeated("seat-1", "Dora", Screen)).When(new RaiseHand(Pid: "seat-1"), by: Screen).ThenSpeakingOrder(Ann, Bob, Cleo, "seat-1")
            .When(new MoveEntry("entry-13"), by: Screen).ThenRefused(RefusalCode.Forbidden)
            .When(new MoveEntry("entry-13")).ThenSpeakingOrder("seat-1", Ann, Bob, Cleo)
            .When(new MoveEntry("entry-13", Anns), by: Screen).ThenSpeakingOrder(Ann, "seat-1", Bob, Cleo);

    [Fact] public void ones_own_entry_may_be_removed() => Waiting().When(new RemoveEntry(Anns), by: Ann).Then(new HandLowered(Ann, Intent.Topic)).ThenSpeakingOrder(Bob, Cleo);

    [Fact] public void only_the_facilitator_removes_somebody_elses_entry() =>
        Waiting().When(new RemoveEntry(Anns), by: Bob).ThenRefused(RefusalCode.Forbidden).When(new RemoveEntry(Anns)).Then(new HandLowered(Ann, Intent.Topic))
            .When(new RemoveEntry(Anns)).ThenRefused(RefusalCode.NotFound);

    [Fact] public void removing_an_order_leaves_the_other_entry() =>
        Waiting().When(new RaiseHand(Intent.Order), by: Ann).When(new RemoveEntry("entry-12")).Then(new HandLowered(Ann, Intent.Order)).ThenSpeakingOrder(Ann, Bob, Cleo);
}
