namespace SessionRoom.Domain.Tests;

public sealed class BoardRulesTests
{
    private static RefusalCode? Refuses(Scene scene, string pid) => BoardRules.RefusesWriting(scene.State, pid)?.Code;

    [Theory]
    [InlineData(Chair, null), InlineData(Clerk, null), InlineData(Ann, null)]
    [InlineData(Guest, RefusalCode.Forbidden), InlineData(Watcher, RefusalCode.Forbidden), InlineData(Screen, RefusalCode.Forbidden)]
    [InlineData("nobody", RefusalCode.NotFound)]
    public void who_writes_on_the_board_goes_by_their_role(string pid, RefusalCode? refused) => Assert.Equal(refused, Refuses(Given(), pid));

    [Fact] public void a_role_that_changes_takes_the_pen_along()
    {
        var scene = Given().When(new AssignRole(Ann, Role.Observer)).When(new AssignRole(Guest, Role.Member));
        Assert.Equal((RefusalCode.Forbidden, null), (Refuses(scene, Ann), Refuses(scene, Guest)));
    }

    [Fact] public void whoever_has_not_agreed_does_not_write()
    {
        var scene = GivenRoom(agreement: "What is said here stays here.");
        Assert.Equal(RefusalCode.NotAgreed, Refuses(scene, Ann));
        Assert.Null(Refuses(scene.When(new AcceptAgreement(1), by: Ann), Ann));
    }

    [Fact] public void after_the_end_the_board_is_read_only() => Assert.Equal(RefusalCode.Ended, Refuses(Given().When(new EndSession()), Chair));

    [Fact] public void a_seat_has_no_pen_of_its_own()
    {
        var scene = Given().When(new SeatPerson("Dora", Screen));
        var seat = scene.State.People.Single(person => person.Value.SeatOf is not null).Key;
        Assert.Equal(RefusalCode.Forbidden, Refuses(scene, seat));
    }

    [Fact] public void back_on_the_record_the_board_begins_anew_unless_it_is_kept() =>
        Given(new WentOffRecord()).When(new GoOnRecord()).Then(new WentOnRecord(Kept: false)).ThenSeen(1, view => view.Room.BoardEpoch)
            .When(new GoOffRecord()).ThenDone().When(new GoOnRecord(Keep: true)).Then(new WentOnRecord(Kept: true)).ThenSeen(1, view => view.Room.BoardEpoch);

    [Fact] public void a_session_that_ends_off_the_record_is_on_it_again() =>
        Given(new WentOffRecord()).When(new EndSession()).Then(new WentOnRecord(), new SessionEnded()).ThenSeen(false, view => view.Room.OffRecord);
}
