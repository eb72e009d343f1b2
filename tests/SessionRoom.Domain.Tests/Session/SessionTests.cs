using System.Collections.Immutable;

namespace SessionRoom.Domain.Tests;

public sealed class SessionTests
{
    private static readonly Asking ByKey = new(Actor.Key("back-end"), Dawn, new());

    private static RefusalCode Refused(RoomCreated asked) => Assert.IsType<Decision.Refused>(Room.Create(asked, ByKey)).Refusal.Code;

    [Fact] public void a_room_begins_in_its_lobby_where_everything_works() =>
        Given().ThenSeen(Stage.Lobby, view => view.Room.Stage).When(new RaiseHand(), by: Ann).ThenDone().When(new StartTimer(Minute)).ThenDone();

    [Fact] public void starting_it_makes_it_live_once() =>
        Given().After(Minute).When(new StartSession()).Then(new SessionStarted())
            .ThenSeen((Stage.Live, Dawn + Minute), view => (view.Room.Stage!.Value, view.Room.StartedAt!.Value)).When(new StartSession()).ThenNothing();

    [Fact] public void starting_it_enters_the_first_item() =>
        GivenRoom(agenda: [new("intro", "Introductions", DurationMs: Minute), new("talk", "Talk")]).When(new StartSession())
            .Then(new SessionStarted(), new ItemEntered("intro"), new TimerStarted(Minute, Dawn + Minute, "intro"));

    [Fact] public void starting_it_stays_at_an_item_that_was_entered_in_the_lobby() =>
        GivenRoom(agenda: [new("intro", "Introductions"), new("talk", "Talk")]).When(new GoToItem("talk")).When(new StartSession()).Then(new SessionStarted());

    [Fact] public void ending_it_ends_turn_and_timer() =>
        Given().When(new GiveFloor(Ann)).When(new StartTimer(Minute)).After(Second).When(new EndSession())
            .Then(new TurnEnded("entry-9", Ann, Second), new TimerStopped(), new SessionEnded())
            .ThenSeen((Stage.Ended, Dawn + Second), view => (view.Room.Stage!.Value, view.Room.EndedAt!.Value));

    [Fact] public void a_session_may_end_in_its_lobby() => Given().When(new EndSession()).Then(new SessionEnded());

    [Fact] public void after_the_end_every_command_is_refused_from_everybody()
    {
        var ended = Given().When(new EndSession());
        foreach (var (_, command) in Commands.Examples)
            foreach (var pid in (string[])[Chair, Clerk, Ann, Guest, Watcher, Screen, Integrator, "nobody"])
                ended.When(command, by: pid).ThenRefused(RefusalCode.Ended);
    }

    [Fact] public void after_the_end_people_still_come_and_go() =>
        Given().When(new EndSession()).When(new Depart(Ann), by: House).Then(new PersonDisconnected(Ann))
            .When(new Arrive("dora", "Dora", Role.Member, Place.Remote), by: House).ThenDone();

    [Fact] public void going_off_record_is_shown_until_it_ends() =>
        Given().When(new GoOffRecord()).Then(new WentOffRecord()).ThenSeen(true, view => view.Room.OffRecord).When(new GoOffRecord()).ThenNothing()
            .When(new GoOnRecord()).Then(new WentOnRecord()).ThenSeen(false, view => view.Room.OffRecord).When(new GoOnRecord()).ThenNothing();

    [Fact] public void a_room_is_made_by_its_first_event()
    {
        var accepted = Assert.IsType<Decision.Accepted>(Room.Create(Made(agenda: new AgendaItem(null, " Talk ")) with { Title = " Round table " }, ByKey));
        var made = Assert.IsType<RoomCreated>(Assert.Single(accepted.Events));
        Assert.Equal(("Round table", Integrator, Dawn), (made.Title, made.By, made.At));
        Assert.Equal(new AgendaItem("item-1", "Talk"), Assert.Single(made.Agenda));
    }

    [Fact] public void a_room_that_makes_no_sense_is_refused()
    {
        Assert.Equal(RefusalCode.Invalid, Refused(Made() with { Id = "" }));
        Assert.Equal(RefusalCode.Invalid, Refused(Made() with { Title = " " }));
        Assert.Equal(RefusalCode.TooLarge, Refused(Made() with { Title = new('a', 201) }));
        Assert.Equal(RefusalCode.TooLarge, Refused(Made() with { Purpose = new('a', 10_001) }));
        Assert.Equal(RefusalCode.TooLarge, Refused(Made() with { Agreement = new('a', 10_001) }));
        Assert.Equal(RefusalCode.Invalid, Refused(Made() with { Agenda = default }));
        Assert.Equal(RefusalCode.Invalid, Refused(Made() with { Settings = new() { GraceMs = -1 } }));
        Assert.Equal(RefusalCode.Invalid, Refused(Made() with { Settings = new() { SpeakerLimitMs = long.MaxValue } }));
        Assert.Equal(RefusalCode.Invalid, Refused(Made() with { Settings = new() { QueueMode = (QueueMode)5 } }));
    }
}
