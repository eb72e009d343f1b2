using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SessionRoom.Domain.Tests;

/// <summary>Every concrete command and event is on the wire, decided and evolved: a new one cannot be forgotten.</summary>
public sealed class CompletenessTests
{
    private sealed record UnknownMemberCommand : MemberCommand;
    private sealed record UnknownHouseCommand : HouseCommand;
    private sealed record UnknownEvent : RoomEvent;

    private static Type[] Concrete<T>() => [.. typeof(T).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(T)) && !type.IsAbstract).OrderBy(type => type.Name, StringComparer.Ordinal)];

    private static ImmutableDictionary<Type, string> Wire<T>() => typeof(T).GetCustomAttributes<JsonDerivedTypeAttribute>().ToImmutableDictionary(known => known.DerivedType, known => (string)known.TypeDiscriminator!);

    private static void SameTypes(IEnumerable<Type> expected, IEnumerable<Type> actual) =>
        Assert.Equal(expected.Select(type => type.Name).Order(StringComparer.Ordinal), actual.Select(type => type.Name).Order(StringComparer.Ordinal));

    /// <summary>A session in which everything happens once.</summary>
    private static readonly ImmutableArray<RoomEvent> Story =
    [
        new RoomCreated("circle", "The circle", new(), [new("intro", "Introductions", "round", Minute, Chair)],
            ImmutableDictionary<Role, string>.Empty.Add(Role.NoteTaker, "ab12"), "To decide", "What is said here stays here."),
        .. EverybodyComes,
        new AgreementAccepted(Ann, 1), new SessionStarted(), new WentOffRecord(), new WentOnRecord(),
        new AgendaSet([new("intro", "Introductions", DurationMs: Minute), new("talk", "Talk")]), new ItemEntered("intro"),
        new TimerStarted(Minute, Dawn + Minute, "intro"), new TimerPaused(30 * Second), new TimerResumed(Dawn + 30 * Second), new TimerExtended(-Minute), new TimerExpired(), new TimerStopped(),
        new PersonInvited(Ann), new PolicySet(QueuePolicy.Round, QueueMode.Moderated),
        new HandRaised(Ann, Intent.Topic, "entry-1"), new HandRaised(Bob, Intent.Order, "entry-2"), new HandRaised(Cleo, Intent.Reply, "entry-3"),
        new HandAdmitted(Ann, "entry-1"), new HandAdmitted(Bob, "entry-2"), new EntryMoved("entry-1", Ann, 0, Back: true), new QueueClosed(), new QueueOpened(), new HandLowered(Cleo, Intent.Reply),
        new FloorTaken("entry-1", Ann, Intent.Topic, Minute), new TurnHeld("entry-1", Ann, 0), new FloorTaken("entry-2", Bob, Intent.Order, Minute),
        new TurnEnded("entry-2", Bob, Second), new TurnResumed("entry-1", Ann), new TurnEnded("entry-1", Ann, Second),
        new RoleAssigned(Bob, Role.NoteTaker), new PersonDisconnected(Chair), new RoleClaimed(Ann), new PersonConnected(Chair, Place.Remote),
        new PersonSeated("seat-1", "Dora", Screen), new PersonRenamed("seat-1", "Theodora"), new PersonRemoved("seat-1"), new SessionEnded(),
    ];

    [Fact] public void every_member_command_is_on_the_wire_and_in_the_examples()
    {
        SameTypes(Concrete<MemberCommand>(), Wire<MemberCommand>().Keys);
        SameTypes(Concrete<MemberCommand>(), Commands.Examples.Select(example => example.Command.GetType()));
        Assert.All(Commands.Examples, example => Assert.Equal(example.Type, Wire<MemberCommand>()[example.Command.GetType()]));
    }

    [Fact] public void every_command_goes_through_decide()
    {
        var room = Given().And(new HandRaised(Bob, Intent.Topic, "entry-bob"), new FloorTaken("turn-bob", Bob, Intent.Topic, 0));
        foreach (var (_, command) in Commands.Examples) Assert.NotNull(Room.Decide(room.State, command, new(Acting(room.State, Chair), room.Now, new())));
        HouseCommand[] house = [new ExpireTimer(), new Arrive("dora", "Dora", Role.Member, Place.Remote), new Depart(Ann)];
        SameTypes(Concrete<HouseCommand>(), house.Select(command => command.GetType()));
        foreach (var command in house) Assert.NotNull(Room.Decide(room.State, command, new(Actor.House, room.Now, new())));
    }

    [Fact] public void every_command_keeps_its_meaning_as_json() => Assert.All(Commands.Examples, example =>
    {
        var json = JsonSerializer.Serialize(example.Command with { Id = "c1" }, RoomJson.Default.MemberCommand);
        var back = JsonSerializer.Deserialize(json, RoomJson.Default.MemberCommand)!;
        Assert.Equal(example.Command.GetType(), back.GetType());
        Assert.Equal(json, JsonSerializer.Serialize(back, RoomJson.Default.MemberCommand));
        Assert.Contains($"\"type\":\"{example.Type}\"", json, StringComparison.Ordinal);
    });

    [Fact] public void every_event_is_on_the_wire_and_happens_in_the_story()
    {
        SameTypes(Concrete<RoomEvent>(), Wire<RoomEvent>().Keys);
        SameTypes(Concrete<RoomEvent>(), Story.Select(@event => @event.GetType()).Distinct());
    }

    [Fact] public void every_event_goes_through_evolve()
    {
        var room = Story.Aggregate(RoomState.Empty, (state, @event) => Room.Evolve(state, @event with { By = House, At = Dawn }));
        Assert.Equal(Stage.Ended, room.Session.Stage);
        Assert.Equal((1, Second), (room.People[Ann].Turns, room.People[Ann].TalkMs));
    }

    [Fact] public void every_event_keeps_its_meaning_as_json() => Assert.All(Story, @event =>
    {
        var json = JsonSerializer.Serialize(@event with { By = Ann, At = Dawn }, RoomJson.Default.RoomEvent);
        var back = JsonSerializer.Deserialize(json, RoomJson.Default.RoomEvent)!;
        Assert.Equal(@event.GetType(), back.GetType());
        Assert.Equal(json, JsonSerializer.Serialize(back, RoomJson.Default.RoomEvent));
    });

    [Fact] public void unknown_commands_and_events_are_bugs_and_throw()
    {
        var room = Given();
        Assert.Throws<UnreachableException>(() => room.When(new UnknownMemberCommand()));
        Assert.Throws<UnreachableException>(() => room.When(new UnknownHouseCommand(), by: House));
        Assert.Throws<UnreachableException>(() => room.And(new UnknownEvent()));
    }

    [Theory]
    [InlineData("""{"type":"queue.jump"}""")]
    [InlineData("""{"id":"c1"}""")]
    [InlineData("""{"type":7}""")]
    [InlineData("""{"type":"floor.give"}""")]
    [InlineData("""{"type":"floor.give","pid":null}""")]
    [InlineData("""{"type":"agenda.set","items":null}""")]
    [InlineData("""{"type":"timer.extend","byMs":1e30}""")]
    [InlineData("""{"type":"timer.extend","byMs":"60000"}""")]
    [InlineData("""{"type":"hand.raise","intent":0}""")]
    [InlineData("""{"type":"hand.raise","intent":"shout"}""")]
    [InlineData("""{"type":"people.rename","name":"\ud83d"}""")]
    [InlineData("[]")]
    [InlineData("\"hand.raise\"")]
    public void what_is_no_command_does_not_read_as_one(string json)
    {
        var thrown = Record.Exception(() => JsonSerializer.Deserialize(json, RoomJson.Default.MemberCommand));
        // Without a type the serialiser says that it cannot make an abstract command.
        Assert.True(thrown is JsonException or NotSupportedException, $"{json}: {thrown?.GetType().Name ?? "read"}");
    }

    [Theory]
    [InlineData("""{"id":"c1","type":"agreement.accept","version":1}""")]
    [InlineData("""{"type":"agenda.set","items":[{"title":"Talk"},{"id":"b","title":"Break","durationMs":60000,"presenterId":"ann","kind":"pause"}]}""")]
    [InlineData("""{"type":"timer.start"}""")]
    [InlineData("""{"type":"timer.start","durationMs":60000}""")]
    [InlineData("""{"type":"hand.raise"}""")]
    [InlineData("""{"type":"hand.raise","intent":"order","pid":"bob"}""")]
    [InlineData("""{"type":"hand.lower","pid":null}""")]
    [InlineData("""{"type":"queue.move","entryId":"entry-9"}""")]
    [InlineData("""{"type":"queue.move","entryId":"entry-9","afterId":"entry-10"}""")]
    [InlineData("""{"type":"queue.policy","policy":"round"}""")]
    [InlineData("""{"type":"floor.next"}""")]
    [InlineData("""{"type":"floor.next","expect":null}""")]
    [InlineData("""{"type":"role.assign","pid":"ann","role":"noteTaker"}""")]
    [InlineData("""{"type":"people.seat","name":"Dora"}""")]
    [InlineData("""{"type":"people.seat","name":"Dora","device":"screen"}""")]
    [InlineData("""{"type":"people.rename","name":"Anna"}""")]
    public void optional_fields_may_be_left_out(string json) => Assert.NotNull(JsonSerializer.Deserialize(json, RoomJson.Default.MemberCommand));

    [Fact] public void the_wire_puts_fields_in_any_order() =>
        Assert.Equal(new RaiseHand(Intent.Question, Ann) { Id = "c1" },
            JsonSerializer.Deserialize("""{"pid":"ann","intent":"question","id":"c1","type":"hand.raise"}""", RoomJson.Default.MemberCommand));

    [Fact] public void the_domain_depends_on_nothing_but_the_base_library() =>
        Assert.All(typeof(Room).Assembly.GetReferencedAssemblies(), name => Assert.StartsWith("System.", name.Name, StringComparison.Ordinal));
}
