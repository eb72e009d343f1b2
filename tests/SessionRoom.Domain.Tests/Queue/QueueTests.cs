namespace SessionRoom.Domain.Tests;

public sealed class QueueTests
{
    private static Scene Moderated() => GivenRoom(mode: QueueMode.Moderated);

    [Fact] public void a_closed_queue_takes_no_hand_but_an_order() =>
        Given().When(new CloseQueue()).Then(new QueueClosed()).ThenSeen(false, view => view.Queue!.Open)
            .When(new RaiseHand(Intent.Question), by: Ann).ThenRefused(RefusalCode.Closed)
            .When(new RaiseHand(Intent.Order), by: Ann).ThenDone().ThenSpeakingOrder(Ann);

    [Fact] public void who_waits_already_keeps_waiting_in_a_closed_queue() =>
        Given().When(new RaiseHand(), by: Ann).When(new CloseQueue()).When(new RaiseHand(), by: Ann).ThenNothing().ThenSpeakingOrder(Ann);

    [Fact] public void an_opened_queue_takes_hands_again() =>
        Given().When(new CloseQueue()).When(new OpenQueue()).Then(new QueueOpened()).When(new RaiseHand(), by: Ann).ThenDone();

    [Fact] public void opening_and_closing_twice_change_nothing() =>
        Given().When(new OpenQueue()).ThenNothing().When(new CloseQueue()).When(new CloseQueue()).ThenNothing();

    [Fact] public void in_moderated_mode_a_hand_waits_for_admission() =>
        Moderated().When(new RaiseHand(), by: Ann).ThenSpeakingOrder().ThenSeen(new HandView(Intent.Topic, Dawn), view => view.People[Ann].Hand)
            .When(new AdmitHand(Ann)).Then(new HandAdmitted(Ann, "entry-9")).ThenSpeakingOrder(Ann)
            .When(new AdmitHand(Ann)).ThenNothing();

    [Fact] public void admitting_who_has_no_hand_up_is_not_found() => Moderated().When(new AdmitHand(Ann)).ThenRefused(RefusalCode.NotFound);

    [Fact] public void an_admitted_entry_stays_admitted_when_its_intent_changes() =>
        Moderated().When(new RaiseHand(), by: Ann).When(new AdmitHand(Ann)).When(new RaiseHand(Intent.Reply), by: Ann).ThenSpeakingOrder(Ann);

    [Fact] public void an_order_waits_for_admission_too_and_does_not_inherit_it() =>
        Moderated().When(new RaiseHand(), by: Ann).When(new AdmitHand(Ann)).When(new RaiseHand(Intent.Order), by: Ann).ThenSpeakingOrder(Ann)
            .ThenSeen(Intent.Topic, view => view.Queue!.Entries[0].Intent)
            .When(new AdmitHand(Ann)).ThenSpeakingOrder(Ann, Ann);

    [Fact] public void opening_the_queue_to_all_admits_whoever_waits() =>
        Moderated().When(new RaiseHand(), by: Ann).When(new SetPolicy(Mode: QueueMode.Open))
            .Then(new PolicySet(QueuePolicy.Fair, QueueMode.Open), new HandAdmitted(Ann, "entry-9")).ThenSpeakingOrder(Ann);

    [Fact] public void the_policy_is_set_once() =>
        Given().When(new SetPolicy(QueuePolicy.Fifo)).Then(new PolicySet(QueuePolicy.Fifo, QueueMode.Open))
            .ThenSeen(QueuePolicy.Fifo, view => view.Room.Settings!.QueuePolicy).When(new SetPolicy(QueuePolicy.Fifo)).ThenNothing();

    [Fact] public void a_policy_that_does_not_exist_is_refused() =>
        Given().When(new SetPolicy()).ThenRefused(RefusalCode.Invalid).When(new SetPolicy((QueuePolicy)9)).ThenRefused(RefusalCode.Invalid);

    [Fact] public void an_invitation_is_shown_and_answered_by_raising_the_hand() =>
        Given().When(new InvitePerson(Ann)).Then(new PersonInvited(Ann)).ThenSeen(Dawn, view => view.People[Ann].InvitedAt)
            .When(new InvitePerson(Ann)).ThenNothing()
            .When(new RaiseHand(), by: Ann).ThenDone().ThenSeen(null, view => view.People[Ann].InvitedAt);

    [Fact] public void lowering_a_hand_that_is_not_up_declines_an_invitation() =>
        Given().When(new InvitePerson(Ann)).When(new LowerHand(), by: Ann).Then(new HandLowered(Ann)).ThenSeen(null, view => view.People[Ann].InvitedAt);

    [Fact] public void getting_the_floor_answers_an_invitation() =>
        Given().When(new InvitePerson(Ann)).When(new GiveFloor(Ann)).ThenSeen(null, view => view.People[Ann].InvitedAt);

    [Fact] public void who_waits_already_needs_no_invitation() => Given().When(new RaiseHand(), by: Ann).When(new InvitePerson(Ann)).ThenNothing();

    [Fact] public void nobody_invites_who_only_looks() => Given().When(new InvitePerson(Watcher)).ThenRefused(RefusalCode.Forbidden);
}
