namespace SessionRoom.Domain.Tests;

public sealed class PeopleTests
{
    private static Scene Seated(string device = Screen) => Given(new PersonSeated("seat-1", "Dora", device));

    [Fact] public void a_seat_is_a_participant_of_its_own() =>
        Given().When(new SeatPerson("Dora")).Then(new PersonSeated("seat-9", "Dora", Chair)).ThenAnswered(new("seat-9"))
            .ThenSeen(new PersonView("Dora", Role.Member, Place.InRoom, true, true, Chair, null, 0, 0, null), view => view.People["seat-9"]);

    [Fact] public void a_projector_may_hold_a_seat() =>
        Given().When(new SeatPerson("Dora", Screen)).Then(new PersonSeated("seat-9", "Dora", Screen));

    [Fact] public void nobody_elses_device_may_hold_a_seat() =>
        Given().When(new SeatPerson("Dora", Ann)).ThenRefused(RefusalCode.Invalid).When(new SeatPerson("Dora", "nobody")).ThenRefused(RefusalCode.NotFound);

    [Fact] public void an_integrator_seats_people_at_a_projector_only() =>
        Given().When(new SeatPerson("Dora", Screen), by: Integrator).ThenDone().When(new SeatPerson("Dora"), by: Integrator).ThenRefused(RefusalCode.NotFound);

    [Fact] public void a_seat_is_online_with_its_device() =>
        Seated().ThenSeen(true, view => view.People["seat-1"].Online)
            .When(new Depart(Screen), by: House).ThenSeen(false, view => view.People["seat-1"].Online);

    [Fact] public void a_seat_outlives_its_device_and_the_facilitator_acts_for_it() =>
        Seated().When(new RemovePerson(Screen)).ThenSeen(false, view => view.People["seat-1"].Online).When(new RaiseHand(Pid: "seat-1")).ThenSpeakingOrder("seat-1");

    [Fact] public void a_seats_id_is_never_used_again() =>
        Given().When(new SeatPerson("Dora")).When(new RemovePerson("seat-9")).When(new SeatPerson("Emil")).ThenAnswered(new("seat-10"));

    [Fact] public void a_seat_never_takes_the_id_of_somebody_who_came_with_it() =>
        Given(new PersonArrived("seat-10", "Odd", Role.Member, Place.Remote, Online: true)).When(new SeatPerson("Dora")).ThenAnswered(new("seat-11"));

    [Fact] public void nobody_connects_as_a_seat() =>
        Seated().When(new Arrive("seat-1", "Dora", Role.Facilitator, Place.Remote), by: House).ThenRefused(RefusalCode.Forbidden);

    [Fact] public void a_full_room_takes_nobody()
    {
        var full = new Scene { Limits = new() { People = 8 } }.And([Made(), .. EverybodyComes]);
        full.When(new SeatPerson("Dora")).ThenRefused(RefusalCode.TooLarge)
            .When(new Arrive("dora", "Dora", Role.Member, Place.Remote), by: House).ThenRefused(RefusalCode.TooLarge)
            .When(new Arrive(Ann, "Ann", Role.Member, Place.Remote), by: House).ThenNothing();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t ")]
    [InlineData("An\0n")]
    [InlineData("An\nn")]
    [InlineData("\u200b\u2060\ufeff")]
    [InlineData("\u202e \u0301")]
    public void a_name_is_text(string name) =>
        Given().When(new RenamePerson(name), by: Ann).ThenRefused(RefusalCode.Invalid).When(new SeatPerson(name)).ThenRefused(RefusalCode.Invalid)
            .When(new Arrive("dora", name, Role.Member, Place.Remote), by: House).ThenRefused(RefusalCode.Invalid);

    // An attribute cannot hold half a character.
    [Fact] public void half_a_character_is_no_text() => Given().When(new RenamePerson("An\ud83dn"), by: Ann).ThenRefused(RefusalCode.Invalid);

    [Fact] public void a_name_has_at_most_80_characters() =>
        Given().When(new RenamePerson(new('a', 80)), by: Ann).ThenDone().When(new RenamePerson(new('a', 81)), by: Ann).ThenRefused(RefusalCode.TooLarge);

    [Fact] public void one_renames_oneself() =>
        Given().When(new RenamePerson(" Anna 🎈 "), by: Ann).Then(new PersonRenamed(Ann, "Anna 🎈")).When(new RenamePerson("Anna 🎈"), by: Ann).ThenNothing();

    [Fact] public void only_the_facilitator_and_a_seats_device_rename_somebody_else() =>
        Seated().When(new RenamePerson("Bo", Bob), by: Ann).ThenRefused(RefusalCode.Forbidden).When(new RenamePerson("Bo", Bob)).Then(new PersonRenamed(Bob, "Bo"))
            .When(new RenamePerson("Theodora", "seat-1"), by: Screen).Then(new PersonRenamed("seat-1", "Theodora"));

    [Fact] public void who_is_removed_leaves_queue_and_floor() =>
        Given().When(new RaiseHand(), by: Ann).When(new GiveFloor(Ann)).When(new RaiseHand(Intent.Reply), by: Ann).When(new RemovePerson(Ann))
            .Then(new TurnEnded("entry-9", Ann, 0), new HandLowered(Ann, Intent.Reply), new PersonRemoved(Ann))
            .ThenSpeakingOrder().ThenSeen(false, view => view.People.ContainsKey(Ann));

    [Fact] public void who_was_removed_does_not_come_back() =>
        Given().When(new RemovePerson(Ann)).When(new Arrive(Ann, "Ann", Role.Member, Place.Remote), by: House).ThenRefused(RefusalCode.Forbidden)
            .When(new RaiseHand(), by: Ann).ThenRefused(RefusalCode.NotFound);

    [Fact] public void somebody_new_arrives_with_their_tokens_role() =>
        Given().When(new Arrive("dora", "Dora", Role.Guest, Place.Remote), by: House)
            .Then(new PersonArrived("dora", "Dora", Role.Guest, Place.Remote, Online: true));

    [Theory]
    [InlineData("house")]
    [InlineData("key:back-end")]
    [InlineData("")]
    [InlineData("a\0b")]
    public void nobody_comes_under_the_name_of_the_house_or_a_key_or_under_none(string pid) =>
        Given().When(new Arrive(pid, "Dora", Role.Member, Place.Remote), by: House).ThenRefused(RefusalCode.Invalid);

    [Fact] public void a_role_or_place_that_does_not_exist_brings_nobody_in() =>
        Given().When(new Arrive("dora", "Dora", (Role)9, Place.Remote), by: House).ThenRefused(RefusalCode.Invalid)
            .When(new Arrive("dora", "Dora", Role.Member, (Place)9), by: House).ThenRefused(RefusalCode.Invalid);

    [Fact] public void who_comes_back_keeps_the_role_that_the_room_gave_them() =>
        Given().When(new AssignRole(Ann, Role.NoteTaker)).When(new Depart(Ann), by: House)
            .When(new Arrive(Ann, "Ann", Role.Member, Place.InRoom), by: House).Then(new PersonConnected(Ann, Place.InRoom))
            .ThenSeen((Role.NoteTaker, Place.InRoom, true), view => (view.People[Ann].Role, view.People[Ann].Place, view.People[Ann].Online));

    [Fact] public void another_connection_of_the_same_person_is_no_event() =>
        Given().When(new Arrive(Ann, "Ann", Role.Member, Place.Remote), by: House).ThenNothing();

    [Fact] public void a_command_without_a_connection_brings_nobody_online() =>
        Given().When(new Arrive("dora", "Dora", Role.Member, Place.Remote, Online: false), by: House).ThenSeen(false, view => view.People["dora"].Online);

    [Fact] public void leaving_twice_is_one_event() =>
        Given().When(new Depart(Ann), by: House).Then(new PersonDisconnected(Ann)).When(new Depart(Ann), by: House).ThenNothing()
            .When(new Depart("nobody"), by: House).ThenNothing();

    [Fact] public void ids_that_differ_in_case_are_different_people() =>
        Given(new PersonArrived("ANN", "Other", Role.Member, Place.Remote, Online: true)).When(new RaiseHand(), by: "ANN").ThenSpeakingOrder("ANN")
            .ThenSeen((10 - 1, "Ann"), view => (view.People.Count, view.People[Ann].Name));
}
