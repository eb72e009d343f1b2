namespace SessionRoom.Domain.Tests;

public sealed class HandTests
{
    private static Scene Seated() => Given(new PersonSeated("seat-9", "Dora", Screen));

    [Fact] public void raising_a_hand_is_a_topic_unless_said_otherwise() =>
        Given().When(new RaiseHand(), by: Ann).Then(new HandRaised(Ann, Intent.Topic, "entry-9"))
            .ThenSeen(new HandView(Intent.Topic, Dawn), view => view.People[Ann].Hand)
            .ThenSpeakingOrder(Ann);

    [Fact] public void raising_again_with_the_same_intent_changes_nothing() =>
        Given().When(new RaiseHand(), by: Ann).After(Second).When(new RaiseHand(Intent.Topic), by: Ann).ThenNothing();

    [Fact] public void raising_again_with_another_intent_moves_the_same_entry() =>
        Given().When(new RaiseHand(), by: Bob).When(new RaiseHand(), by: Ann).After(Second).When(new RaiseHand(Intent.Question), by: Ann)
            .Then(new HandRaised(Ann, Intent.Question, "entry-10")).ThenSpeakingOrder(Ann, Bob)
            .ThenSeen(new HandView(Intent.Question, Dawn + Second), view => view.People[Ann].Hand);

    [Fact] public void a_point_of_order_stands_beside_the_one_other_entry() =>
        Given().When(new RaiseHand(), by: Ann).When(new RaiseHand(Intent.Order), by: Ann).ThenDone()
            .ThenSpeakingOrder(Ann, Ann).ThenSeen(Intent.Order, view => view.People[Ann].Hand!.Intent)
            .When(new RaiseHand(Intent.Reply), by: Ann).ThenDone().ThenSpeakingOrder(Ann, Ann)
            .ThenSeen(Intent.Reply, view => view.Queue!.Entries[1].Intent);

    [Fact] public void a_second_point_of_order_by_the_same_person_changes_nothing() =>
        Given().When(new RaiseHand(Intent.Order), by: Ann).When(new RaiseHand(Intent.Order), by: Ann).ThenNothing();

    [Fact] public void lowering_takes_every_hand_down() =>
        Given().When(new RaiseHand(), by: Ann).When(new RaiseHand(Intent.Order), by: Ann).When(new LowerHand(), by: Ann)
            .Then(new HandLowered(Ann)).ThenSpeakingOrder().ThenSeen(null, view => view.People[Ann].Hand);

    [Fact] public void lowering_with_an_intent_takes_only_that_hand_down() =>
        Given().When(new RaiseHand(), by: Ann).When(new RaiseHand(Intent.Order), by: Ann).When(new LowerHand(Intent.Order), by: Ann)
            .ThenSeen(Intent.Topic, view => view.People[Ann].Hand!.Intent).ThenSpeakingOrder(Ann);

    [Fact] public void lowering_what_is_down_changes_nothing() => Given().When(new LowerHand(), by: Ann).ThenNothing();

    [Fact] public void the_facilitator_raises_and_lowers_for_somebody_else() =>
        Given().When(new RaiseHand(Pid: Ann)).Then(new HandRaised(Ann, Intent.Topic, "entry-9"))
            .When(new LowerHand(Pid: Ann)).Then(new HandLowered(Ann));

    [Fact] public void a_member_does_not_raise_for_somebody_else() =>
        Given().When(new RaiseHand(Pid: Bob), by: Ann).ThenRefused(RefusalCode.Forbidden);

    [Fact] public void the_device_that_holds_a_seat_raises_for_it() =>
        Seated().When(new RaiseHand(Pid: "seat-9"), by: Screen).ThenDone().ThenSpeakingOrder("seat-9");

    [Fact] public void another_device_does_not_raise_for_the_seat() =>
        Seated().When(new RaiseHand(Pid: "seat-9"), by: Ann).ThenRefused(RefusalCode.Forbidden);

    [Fact] public void nobody_raises_for_who_only_looks() =>
        Given().When(new RaiseHand(Pid: Watcher)).ThenRefused(RefusalCode.Forbidden);

    [Fact] public void a_hand_of_nobody_is_not_found() => Given().When(new RaiseHand(Pid: "nobody")).ThenRefused(RefusalCode.NotFound);

    [Fact] public void an_intent_that_does_not_exist_is_refused() => Given().When(new RaiseHand((Intent)7), by: Ann).ThenRefused(RefusalCode.Invalid);

    [Fact] public void losing_the_connection_keeps_hand_and_place_in_the_queue() =>
        Given().When(new RaiseHand(), by: Ann).When(new Depart(Ann), by: House).Then(new PersonDisconnected(Ann)).ThenSpeakingOrder(Ann)
            .ThenSeen(new HandView(Intent.Topic, Dawn), view => view.People[Ann].Hand);
}
