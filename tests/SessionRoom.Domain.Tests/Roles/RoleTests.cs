namespace SessionRoom.Domain.Tests;

public sealed class RoleTests
{
    private static Scene Leaderless() => Given().When(new Depart(Chair), by: House);

    [Fact] public void the_facilitator_assigns_roles() =>
        Given().When(new AssignRole(Ann, Role.NoteTaker)).Then(new RoleAssigned(Ann, Role.NoteTaker)).When(new AssignRole(Ann, Role.NoteTaker)).ThenNothing();

    [Fact] public void a_role_counts_at_once() =>
        Given().When(new AssignRole(Ann, Role.Facilitator)).When(new StartSession(), by: Ann).ThenDone();

    [Fact] public void a_role_that_does_not_exist_is_refused() => Given().When(new AssignRole(Ann, (Role)99)).ThenRefused(RefusalCode.Invalid);

    [Fact] public void a_seat_cannot_facilitate_or_project() =>
        Given(new PersonSeated("seat-1", "Dora", Screen)).When(new AssignRole("seat-1", Role.Facilitator)).ThenRefused(RefusalCode.Invalid)
            .When(new AssignRole("seat-1", Role.Projector)).ThenRefused(RefusalCode.Invalid).When(new AssignRole("seat-1", Role.Guest)).ThenDone();

    [Fact] public void who_only_looks_from_now_on_neither_waits_nor_speaks_nor_is_asked() =>
        Given().When(new GiveFloor(Ann)).When(new RaiseHand(Intent.Reply), by: Ann).When(new AssignRole(Ann, Role.Observer))
            .Then(new TurnEnded("entry-9", Ann, 0), new HandLowered(Ann, Intent.Reply), new RoleAssigned(Ann, Role.Observer))
            .When(new InvitePerson(Bob)).When(new AssignRole(Bob, Role.Projector)).ThenSeen(null, view => view.People[Bob].InvitedAt);

    [Fact] public void a_member_claims_the_role_once_grace_is_over() =>
        Leaderless().After(Minute).When(new ClaimRole(), by: Ann).ThenRefused(RefusalCode.Forbidden)
            .After(1).When(new ClaimRole(), by: Ann).Then(new RoleClaimed(Ann)).ThenSeen(Role.Facilitator, view => view.People[Ann].Role);

    [Fact] public void the_role_is_never_transferred_by_itself() =>
        Leaderless().After(Day).When(new ExpireTimer(), by: House).When(new Arrive("dora", "Dora", Role.Member, Place.Remote), by: House)
            .ThenSeen([Chair], view => view.People.Where(pair => pair.Value.Role == Role.Facilitator).Select(pair => pair.Key).ToArray());

    [Fact] public void the_facilitator_keeps_the_role_when_they_come_back_after_a_claim() =>
        Leaderless().After(Hour).When(new ClaimRole(), by: Ann).When(new Arrive(Chair, "Chair", Role.Facilitator, Place.InRoom), by: House)
            .ThenSeen(Role.Facilitator, view => view.People[Chair].Role);

    [Fact] public void coming_back_in_time_ends_the_grace() =>
        Leaderless().After(Hour).When(new Arrive(Chair, "Chair", Role.Facilitator, Place.InRoom), by: House).When(new ClaimRole(), by: Ann).ThenRefused(RefusalCode.Forbidden)
            .When(new Depart(Chair), by: House).After(Second).When(new ClaimRole(), by: Ann).ThenRefused(RefusalCode.Forbidden);

    [Fact] public void one_facilitator_of_two_who_is_here_is_enough() =>
        Given().When(new AssignRole(Clerk, Role.Facilitator)).When(new Depart(Chair), by: House).After(Hour).When(new ClaimRole(), by: Ann).ThenRefused(RefusalCode.Forbidden);

    [Fact] public void only_one_member_claims() =>
        Leaderless().After(Hour).When(new ClaimRole(), by: Ann).When(new ClaimRole(), by: Bob).ThenRefused(RefusalCode.Forbidden);

    [Fact] public void the_grace_also_begins_when_the_last_facilitator_gives_up_the_role_or_is_removed() =>
        Given().When(new AssignRole(Chair, Role.Member)).After(Hour).When(new ClaimRole(), by: Bob).ThenDone()
            .When(new RemovePerson(Bob), by: Bob).ThenDone().After(Hour).When(new ClaimRole(), by: Ann).ThenDone();

    [Fact] public void a_room_made_long_before_cannot_be_claimed_by_whoever_comes_first() =>
        Prepared().After(Day).When(new Arrive(Ann, "Ann", Role.Member, Place.Remote), by: House).When(new ClaimRole(), by: Ann).ThenRefused(RefusalCode.Forbidden)
            .After(Minute).When(new ClaimRole(), by: Ann).ThenRefused(RefusalCode.Forbidden)
            .After(1).When(new ClaimRole(), by: Ann).Then(new RoleClaimed(Ann));

    [Fact] public void who_only_looks_or_is_a_guest_does_not_begin_the_grace() =>
        Prepared().When(new Arrive(Screen, "Screen", Role.Projector, Place.InRoom), by: House).When(new Arrive(Guest, "Guest", Role.Guest, Place.Remote), by: House)
            .After(Day).When(new Arrive(Ann, "Ann", Role.Member, Place.Remote), by: House).After(Minute).When(new ClaimRole(), by: Ann).ThenRefused(RefusalCode.Forbidden);

    [Fact] public void a_facilitator_who_leaves_an_empty_room_is_away_from_then_on() =>
        Prepared().When(new Arrive(Chair, "Chair", Role.Facilitator, Place.InRoom), by: House).When(new Depart(Chair), by: House)
            .After(Hour).When(new Arrive(Ann, "Ann", Role.Member, Place.Remote), by: House).When(new ClaimRole(), by: Ann).ThenDone();

    private static Scene Prepared() => new Scene().And(Made());
}
