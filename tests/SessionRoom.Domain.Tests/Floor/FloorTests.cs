namespace SessionRoom.Domain.Tests;

public sealed class FloorTests
{
    /// <summary>Ann and Bob wait as entry-9 and entry-10.</summary>
    private static Scene Waiting() => Given().When(new RaiseHand(), by: Ann).When(new RaiseHand(), by: Bob).ThenSpeakingOrder(Ann, Bob);

    private static Scene AnnSpeaks() => Waiting().When(new NextSpeaker()).ThenDone();

    [Fact] public void next_gives_the_floor_to_the_first_in_the_queue() =>
        Waiting().When(new NextSpeaker()).Then(new FloorTaken("entry-9", Ann, Intent.Topic, 2 * Minute)).ThenSpeakingOrder(Bob);

    [Fact] public void getting_the_floor_lowers_the_hand_and_counts_a_turn() =>
        AnnSpeaks().ThenSeen(null, view => view.People[Ann].Hand).ThenSeen(1, view => view.People[Ann].Turns);

    [Fact] public void next_ends_the_turn_before_it() =>
        AnnSpeaks().After(30 * Second).When(new NextSpeaker("entry-9"))
            .Then(new TurnEnded("entry-9", Ann, 30 * Second), new FloorTaken("entry-10", Bob, Intent.Topic, 2 * Minute))
            .ThenSeen(30 * Second, view => view.People[Ann].TalkMs);

    [Fact] public void two_chairs_pressing_next_together_skip_nobody() =>
        AnnSpeaks().When(new NextSpeaker("entry-9")).ThenDone().When(new NextSpeaker("entry-9")).ThenRefused(RefusalCode.Stale)
            .ThenSeen(Bob, view => view.Floor!.Pid);

    [Fact] public void next_for_an_empty_floor_is_stale_once_somebody_speaks() => AnnSpeaks().When(new NextSpeaker()).ThenRefused(RefusalCode.Stale);

    [Fact] public void next_for_a_speaker_is_stale_once_the_floor_is_empty() =>
        AnnSpeaks().When(new YieldFloor(), by: Ann).When(new NextSpeaker("entry-9")).ThenRefused(RefusalCode.Stale);

    [Fact] public void an_empty_queue_is_not_found_and_the_speaker_goes_on() =>
        Given().When(new NextSpeaker()).ThenRefused(RefusalCode.NotFound)
            .When(new GiveFloor(Ann)).When(new NextSpeaker("entry-9")).ThenRefused(RefusalCode.NotFound).ThenSeen(Ann, view => view.Floor!.Pid);

    [Fact] public void a_hand_that_waits_for_admission_is_not_called() =>
        GivenRoom(mode: QueueMode.Moderated).When(new RaiseHand(), by: Ann).When(new NextSpeaker()).ThenRefused(RefusalCode.NotFound);

    [Fact] public void the_floor_is_given_to_somebody_who_did_not_ask() =>
        Given().When(new GiveFloor(Cleo)).Then(new FloorTaken("entry-9", Cleo, Intent.Topic, 2 * Minute));

    [Fact] public void the_floor_is_given_past_the_queue_and_takes_the_hand_down() =>
        AnnSpeaks().When(new RaiseHand(Intent.Reply), by: Cleo).After(Second).When(new GiveFloor(Cleo))
            .Then(new TurnEnded("entry-9", Ann, Second), new FloorTaken("entry-12", Cleo, Intent.Reply, 2 * Minute)).ThenSpeakingOrder(Bob);

    [Fact] public void a_hand_that_waits_for_admission_may_be_given_the_floor() =>
        GivenRoom(mode: QueueMode.Moderated).When(new RaiseHand(Intent.Question), by: Ann).When(new GiveFloor(Ann))
            .Then(new FloorTaken("entry-9", Ann, Intent.Question, 2 * Minute)).ThenSeen(null, view => view.People[Ann].Hand);

    [Fact] public void giving_the_floor_to_who_has_it_changes_nothing() => AnnSpeaks().When(new GiveFloor(Ann)).ThenNothing();

    [Fact] public void the_floor_is_not_given_to_who_only_looks() => Given().When(new GiveFloor(Screen)).ThenRefused(RefusalCode.Forbidden);

    [Fact] public void the_speaker_yields() =>
        AnnSpeaks().After(Minute).When(new YieldFloor(), by: Ann).Then(new TurnEnded("entry-9", Ann, Minute))
            .ThenSeen(null, view => view.Floor!.Pid).ThenSpeakingOrder(Bob);

    [Fact] public void the_facilitator_ends_a_turn_and_nobody_else_does() =>
        AnnSpeaks().When(new YieldFloor(), by: Bob).ThenRefused(RefusalCode.Forbidden).When(new YieldFloor()).Then(new TurnEnded("entry-9", Ann, 0));

    [Fact] public void an_empty_floor_cannot_be_yielded() => Given().When(new YieldFloor(), by: Ann).ThenRefused(RefusalCode.NotFound);

    [Fact] public void the_device_yields_for_its_seat() =>
        Given(new PersonSeated("seat-1", "Dora", Screen)).When(new GiveFloor("seat-1")).When(new YieldFloor(), by: Screen).Then(new TurnEnded("entry-10", "seat-1", 0));

    [Fact] public void talk_time_and_turns_add_up() =>
        AnnSpeaks().After(Minute).When(new YieldFloor(), by: Ann).When(new GiveFloor(Ann)).After(Second).When(new YieldFloor(), by: Ann)
            .ThenSeen((2, Minute + Second), view => (view.People[Ann].Turns, view.People[Ann].TalkMs));

    [Fact] public void going_over_the_limit_takes_nobodys_floor() =>
        AnnSpeaks().After(Hour).When(new ExpireTimer(), by: House).ThenNothing()
            .ThenSeen((Dawn, 2 * Minute), view => (view.Floor!.Since!.Value, view.Floor.LimitMs!.Value));

    [Fact] public void losing_the_connection_keeps_the_floor() =>
        AnnSpeaks().When(new Depart(Ann), by: House).ThenSeen(Ann, view => view.Floor!.Pid);
}
