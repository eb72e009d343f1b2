namespace SessionRoom.Domain.Tests;

public sealed class SpeakingOrderTests
{
    [Fact] public void stronger_intents_go_first_under_every_policy()
    {
        foreach (var policy in Enum.GetValues<QueuePolicy>())
            GivenRoom(policy)
                .When(new RaiseHand(Intent.Topic), by: Ann).When(new RaiseHand(Intent.Reply), by: Bob)
                .When(new RaiseHand(Intent.Question), by: Cleo).When(new RaiseHand(Intent.Order), by: Guest)
                .ThenSpeakingOrder(Guest, Cleo, Bob, Ann);
    }

    [Fact] public void fifo_goes_by_raising_time() =>
        GivenRoom(QueuePolicy.Fifo).When(new RaiseHand(), by: Bob).After(1).When(new RaiseHand(), by: Ann).ThenSpeakingOrder(Bob, Ann);

    [Fact] public void hands_of_the_same_moment_do_not_depend_on_their_arrival() =>
        GivenRoom(QueuePolicy.Fifo).When(new RaiseHand(), by: Bob).When(new RaiseHand(), by: Ann).ThenSpeakingOrder(Ann, Bob);

    [Fact] public void fair_prefers_fewer_turns() =>
        Given().When(new GiveFloor(Ann)).When(new YieldFloor(), by: Ann)
            .When(new RaiseHand(), by: Ann).After(1).When(new RaiseHand(), by: Bob).ThenSpeakingOrder(Bob, Ann);

    [Fact] public void fair_prefers_less_talk_time_where_turns_are_equal() =>
        Given().When(new GiveFloor(Ann)).After(Minute).When(new YieldFloor(), by: Ann).When(new GiveFloor(Bob)).After(Second).When(new YieldFloor(), by: Bob)
            .When(new RaiseHand(), by: Ann).After(1).When(new RaiseHand(), by: Bob).ThenSpeakingOrder(Bob, Ann);

    [Fact] public void fair_alternates_between_the_room_and_remote() =>
        Given().When(new GiveFloor(Cleo)).When(new YieldFloor(), by: Cleo)
            .When(new RaiseHand(), by: Bob).After(1).When(new RaiseHand(), by: Ann).ThenSpeakingOrder(Ann, Bob)
            .When(new NextSpeaker()).ThenSeen(Ann, view => view.Floor!.Pid);

    [Fact] public void fair_goes_by_raising_time_in_the_end() =>
        Given().When(new RaiseHand(), by: Cleo).After(1).When(new RaiseHand(), by: Bob).ThenSpeakingOrder(Cleo, Bob);

    [Fact] public void round_goes_in_joining_order() =>
        GivenRoom(QueuePolicy.Round).When(new RaiseHand(), by: Cleo).After(1).When(new RaiseHand(), by: Ann).After(1).When(new RaiseHand(), by: Bob)
            .ThenSpeakingOrder(Ann, Bob, Cleo);

    [Fact] public void round_gives_everyone_a_turn_before_anybody_gets_another() =>
        GivenRoom(QueuePolicy.Round).When(new GiveFloor(Ann)).When(new RaiseHand(), by: Ann).When(new RaiseHand(), by: Cleo).ThenSpeakingOrder(Cleo, Ann);

    [Fact] public void rounds_that_somebody_was_silent_in_do_not_add_up() =>
        GivenRoom(QueuePolicy.Round)
            .When(new GiveFloor(Ann)).When(new GiveFloor(Bob)).When(new GiveFloor(Ann)).When(new GiveFloor(Bob))
            // Cleo has had no turn in two rounds: she gets one now, and Ann, who joined first, begins the next round.
            .When(new GiveFloor(Cleo)).When(new RaiseHand(), by: Cleo).When(new RaiseHand(), by: Ann).ThenSpeakingOrder(Ann, Cleo);

    [Fact] public void a_second_turn_while_others_wait_for_their_first_does_not_begin_a_new_round() =>
        GivenRoom(QueuePolicy.Round).When(new GiveFloor(Ann)).When(new RaiseHand(), by: Cleo)
            .When(new RaiseHand(Intent.Question), by: Ann).When(new GiveFloor(Ann)).When(new YieldFloor()).When(new RaiseHand(Intent.Question), by: Ann)
            .When(new NextSpeaker()).When(new RaiseHand(), by: Ann).ThenSpeakingOrder(Cleo, Ann);

    [Fact] public void switching_to_round_begins_the_first_round() =>
        Given().When(new GiveFloor(Ann)).When(new SetPolicy(QueuePolicy.Round)).When(new RaiseHand(), by: Cleo).When(new RaiseHand(), by: Ann)
            .ThenSpeakingOrder(Ann, Cleo);

    [Fact] public void why_names_the_keys_that_placed_an_entry() =>
        Given().When(new GiveFloor(Ann)).After(Second).When(new YieldFloor(), by: Ann).When(new RaiseHand(Intent.Reply), by: Ann)
            .ThenSeen(new WhyView(Intent.Reply, 1, Second, Dawn + Second, false, Place.Remote, null), view => view.Queue!.Entries[0].Why);

    [Fact] public void why_names_the_joining_order_under_round() =>
        GivenRoom(QueuePolicy.Round).When(new RaiseHand(), by: Ann)
            .ThenSeen(new WhyView(Intent.Topic, 0, 0, Dawn, false, null, 3), view => view.Queue!.Entries[0].Why);
}
