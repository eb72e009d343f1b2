namespace SessionRoom.Domain.Tests;

public sealed class PointOfOrderTests
{
    /// <summary>Ann (entry-9) spoke for a minute when Bob's point of order (entry-10) took the floor.</summary>
    private static Scene Interrupted() => Given().When(new GiveFloor(Ann)).After(Minute).When(new RaiseHand(Intent.Order), by: Bob)
        .When(new NextSpeaker("entry-9")).Then(new TurnHeld("entry-9", Ann, Minute), new FloorTaken("entry-10", Bob, Intent.Order, 2 * Minute));

    [Fact] public void an_order_holds_the_turn_and_its_clock() =>
        Interrupted().ThenSeen([new HeldTurn("entry-9", Ann, Intent.Topic, Minute, 2 * Minute)], view => view.Floor!.Held.ToArray())
            .ThenSeen(0, view => view.People[Ann].TalkMs);

    [Fact] public void the_held_turn_goes_on_with_its_clock_where_it_stopped() =>
        Interrupted().After(10 * Second).When(new YieldFloor(), by: Bob)
            .Then(new TurnEnded("entry-10", Bob, 10 * Second), new TurnResumed("entry-9", Ann))
            .ThenSeen(("entry-9", Dawn + 10 * Second), view => (view.Floor!.EntryId!, view.Floor.Since!.Value))
            .ThenSeen([], view => view.Floor!.Held.ToArray())
            .After(Minute).When(new YieldFloor(), by: Ann).Then(new TurnEnded("entry-9", Ann, 2 * Minute))
            .ThenSeen((1, 2 * Minute), view => (view.People[Ann].Turns, view.People[Ann].TalkMs));

    [Fact] public void next_after_an_order_returns_to_the_held_turn_before_anybody_new() =>
        Interrupted().When(new RaiseHand(), by: Cleo).When(new NextSpeaker("entry-10"))
            .Then(new TurnEnded("entry-10", Bob, 0), new TurnResumed("entry-9", Ann)).ThenSpeakingOrder(Cleo);

    [Fact] public void next_returns_to_the_held_turn_also_with_an_empty_queue() =>
        Interrupted().When(new NextSpeaker("entry-10")).ThenSeen(Ann, view => view.Floor!.Pid);

    [Fact] public void an_order_does_not_interrupt_an_order() =>
        Interrupted().When(new RaiseHand(Intent.Order), by: Cleo).When(new NextSpeaker("entry-10"))
            .Then(new TurnEnded("entry-10", Bob, 0), new FloorTaken("entry-12", Cleo, Intent.Order, 2 * Minute))
            .ThenSeen([Ann], view => view.Floor!.Held.Select(turn => turn.Pid).ToArray());

    [Fact] public void a_turn_given_past_a_held_one_lets_that_go_on_afterwards() =>
        Interrupted().When(new GiveFloor(Cleo)).When(new YieldFloor(), by: Cleo).ThenSeen(Ann, view => view.Floor!.Pid);

    [Fact] public void the_floor_given_back_to_a_held_speaker_goes_on_with_their_turn() =>
        Interrupted().When(new GiveFloor(Ann)).Then(new TurnEnded("entry-10", Bob, 0), new TurnResumed("entry-9", Ann))
            .ThenSeen(1, view => view.People[Ann].Turns);

    [Fact] public void an_order_on_an_empty_floor_holds_nothing() =>
        Given().When(new RaiseHand(Intent.Order), by: Bob).When(new NextSpeaker()).Then(new FloorTaken("entry-9", Bob, Intent.Order, 2 * Minute));

    [Fact] public void who_is_removed_does_not_get_the_floor_back() =>
        Interrupted().When(new RemovePerson(Ann)).Then(new TurnEnded("entry-9", Ann, Minute), new PersonRemoved(Ann))
            .When(new YieldFloor(), by: Bob).Then(new TurnEnded("entry-10", Bob, 0)).ThenSeen(null, view => view.Floor!.Pid);

    [Fact] public void who_interrupted_themselves_and_is_removed_leaves_an_empty_floor() =>
        Given().When(new GiveFloor(Ann)).When(new RaiseHand(Intent.Order), by: Ann).When(new NextSpeaker("entry-9"))
            .When(new RemovePerson(Ann)).Then(new TurnEnded("entry-9", Ann, 0), new TurnEnded("entry-10", Ann, 0), new PersonRemoved(Ann))
            .ThenSeen(null, view => view.Floor!.Pid);

    [Fact] public void who_only_looks_from_now_on_does_not_get_the_floor_back() =>
        Interrupted().When(new AssignRole(Ann, Role.Observer)).Then(new TurnEnded("entry-9", Ann, Minute), new RoleAssigned(Ann, Role.Observer))
            .ThenSeen(Minute, view => view.People[Ann].TalkMs);

    [Fact] public void the_session_ends_every_turn() =>
        Interrupted().After(Second).When(new EndSession())
            .Then(new TurnEnded("entry-9", Ann, Minute), new TurnEnded("entry-10", Bob, Second), new SessionEnded())
            .ThenSeen(null, view => view.Floor!.Pid);
}
