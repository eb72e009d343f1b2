namespace SessionRoom.Domain.Tests;

public sealed class AgreementTests
{
    private static Scene Gated() => GivenRoom(agreement: "What is said here stays here.").And(new PersonSeated("seat-1", "Dora", Screen));

    [Fact] public void without_an_agreement_everybody_counts_as_agreed() =>
        Given().ThenSeen(true, view => view.People.Values.All(person => person.Agreed)).When(new AcceptAgreement(1), by: Ann).ThenNothing();

    [Fact] public void nothing_is_done_before_it_is_accepted() =>
        Gated().When(new RaiseHand(), by: Ann).ThenRefused(RefusalCode.NotAgreed).When(new StartSession()).ThenRefused(RefusalCode.NotAgreed)
            .When(new AcceptAgreement(1), by: Ann).Then(new AgreementAccepted(Ann, 1)).When(new RaiseHand(), by: Ann).ThenDone();

    [Fact] public void accepting_twice_changes_nothing() => Gated().When(new AcceptAgreement(1), by: Ann).When(new AcceptAgreement(1), by: Ann).ThenNothing();

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(int.MinValue)]
    public void another_version_is_stale(int version) => Gated().When(new AcceptAgreement(version), by: Ann).ThenRefused(RefusalCode.Stale);

    [Fact] public void every_role_accepts_for_itself_and_for_nobody_else() =>
        Gated().When(new AcceptAgreement(1), by: Screen).ThenDone().When(new AcceptAgreement(1), by: Watcher).ThenDone()
            .When(new AcceptAgreement(1, Ann), by: Watcher).ThenRefused(RefusalCode.Forbidden).When(new AcceptAgreement(1, Ann)).ThenRefused(RefusalCode.Forbidden);

    [Fact] public void a_seat_has_agreed_by_the_word_of_who_seated_it() => Gated().ThenSeen(true, view => view.People["seat-1"].Agreed);

    [Fact] public void an_integrators_key_is_not_held_to_it() => Gated().When(new StartSession(), by: Integrator).ThenDone();

    [Fact] public void until_then_only_the_agreement_and_oneself_are_seen()
    {
        var view = RoomView.For(Gated().State, Ann);
        Assert.Equal(new SessionView("circle", "The circle", null, null, null, null, new(1, "What is said here stays here."), null, null, null), view.Room);
        Assert.Equal(Ann, Assert.Single(view.People).Key);
        Assert.Equal((null, null, null, null), (view.Agenda, view.Timer, view.Queue, view.Floor));
    }

    [Fact] public void afterwards_everything_is_seen()
    {
        var view = RoomView.For(Gated().When(new AcceptAgreement(1), by: Ann).State, Ann);
        Assert.Equal(9, view.People.Count);
        Assert.NotNull(view.Queue);
    }

    [Fact] public void who_is_not_in_the_room_sees_nobody() => Assert.Empty(RoomView.For(Gated().State, "nobody").People);

    [Fact] public void who_waits_at_the_gate_does_not_learn_that_the_session_has_ended() =>
        Gated().When(new EndSession(), by: Integrator).When(new RaiseHand(), by: Ann).ThenRefused(RefusalCode.NotAgreed)
            .When(new AcceptAgreement(1), by: Ann).ThenRefused(RefusalCode.Ended);
}
