using System.Collections.Immutable;

namespace SessionRoom.Domain.Tests;

/// <summary>Who may send what, for whom: one column per role, in the order facilitator, note-taker, member, guest, observer, projector.</summary>
public sealed class PermissionTableTests
{
    // + done, - forbidden, 0 not found (who only looks has neither entry nor turn).
    // The first column is for oneself, or for the room; then for another person; then for somebody whose seat one holds.
    private const string Table = """
        agreement.accept   ++++++   ------   ++++-+
        session.start      +-----
        session.end        +-----
        record.off         +-----
        record.on          +-----
        agenda.set         +-----
        agenda.go          +-----
        timer.start        ++----
        timer.pause        ++----
        timer.resume       ++----
        timer.extend       ++----
        timer.stop         ++----
        hand.raise         ++++--   +-----   ++++-+
        hand.lower         ++++--   +-----   ++++-+
        queue.admit        +-----   +-----   +-----
        queue.remove       ++++00   +-----   ++++-+
        queue.move         ++++00   +-----   ++++-+
        queue.open         +-----
        queue.close        +-----
        queue.policy       +-----
        queue.invite       +-----   +-----   +-----
        floor.next         +-----
        floor.give         +-----   +-----   +-----
        floor.yield        ++++00   +-----   ++++-+
        role.assign        +-----   +-----   +-----
        role.claim         -++---
        people.seat        +-----
        people.rename      ++++++   +-----   ++++-+
        people.remove      +-----   +-----   +-----
        """;

    private static readonly ImmutableArray<string> Actors = [Chair, Clerk, Ann, Guest, Watcher, Screen];

    private static readonly ImmutableDictionary<string, string[]> Rows = Table.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToImmutableDictionary(row => row[0], row => row[1..], StringComparer.Ordinal);

    public static TheoryData<string> Types => [.. Commands.Examples.Select(example => example.Type)];

    /// <summary>A room where the target's entry is entry-1 and their turn is turn-1, if they speak at all; a timer runs, and the actor holds seat-1.</summary>
    private static Scene Prepared(string type, string actor, string target)
    {
        var scene = GivenRoom(agenda: new AgendaItem("intro", "Introductions")).When(new StartTimer(Hour)).And(new PersonSeated("seat-1", "Dora", actor));
        if (scene.State.People[target].Speaks)
            scene.And(new HandRaised(target, Intent.Topic, "entry-1"), new FloorTaken("turn-1", target, Intent.Topic, 0));
        scene.And(new HandRaised(Cleo, Intent.Topic, "entry-2"));
        return type == "role.claim" ? scene.And(new PersonDisconnected(Chair)).After(Hour) : scene;
    }

    private static MemberCommand Aimed(MemberCommand command, string actor, string target) => command switch
    {
        AcceptAgreement accept => accept with { Pid = target == actor ? null : target },
        RaiseHand => new RaiseHand(Intent.Reply, target == actor ? null : target),
        LowerHand => new LowerHand(Pid: target == actor ? null : target),
        RenamePerson rename => rename with { Pid = target == actor ? null : target },
        AdmitHand => new AdmitHand(target),
        RemoveEntry => new RemoveEntry("entry-1"),
        MoveEntry => new MoveEntry("entry-1", "entry-2"),
        InvitePerson => new InvitePerson(target),
        NextSpeaker => new NextSpeaker("turn-1"),
        GiveFloor => new GiveFloor(target),
        AssignRole => new AssignRole(target, Role.Guest),
        RemovePerson => new RemovePerson(target),
        _ => command,
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void the_table_holds(string type)
    {
        var command = Commands.Examples.Single(example => example.Type == type).Command;
        var columns = Rows[type];
        for (var column = 0; column < columns.Length; column++)
            for (var role = 0; role < Actors.Length; role++)
            {
                var actor = Actors[role];
                var target = column switch { 0 => actor, 1 => Bob, _ => "seat-1" };
                var scene = Prepared(type, actor, target);
                var decision = Room.Decide(scene.State, Aimed(command, actor, target), new(Acting(scene.State, actor), scene.Now, new()));
                var got = decision switch
                {
                    Decision.Accepted => '+',
                    Decision.Refused { Refusal.Code: RefusalCode.Forbidden } => '-',
                    Decision.Refused { Refusal.Code: RefusalCode.NotFound } => '0',
                    _ => '?',
                };
                // Who only looks cannot be raised, asked or given the floor by anybody, so these cells are forbidden for two reasons.
                Assert.True(columns[column][role] == got, $"{type} by {actor} for {target}: {got}");
            }
    }

    [Fact] public void the_table_has_every_command_and_no_other() =>
        Assert.Equal(Commands.Examples.Select(example => example.Type).Order(StringComparer.Ordinal), Rows.Keys.Order(StringComparer.Ordinal));

    [Fact] public void an_integrators_key_acts_as_facilitator_but_has_neither_hand_nor_name_nor_claim()
    {
        var outcomes = Commands.Examples.ToImmutableDictionary(example => example.Type, example =>
        {
            var scene = Prepared(example.Type, Chair, Bob);
            return Room.Decide(scene.State, Aimed(example.Command, Integrator, Bob), new(Acting(scene.State, Integrator), scene.Now, new())) is Decision.Accepted;
        }, StringComparer.Ordinal);
        Assert.Equal("agreement.accept role.claim", string.Join(' ', outcomes.Where(pair => !pair.Value).Select(pair => pair.Key).Order(StringComparer.Ordinal)));
        Given().When(new RaiseHand(), by: Integrator).ThenRefused(RefusalCode.NotFound).When(new RenamePerson("Key"), by: Integrator).ThenRefused(RefusalCode.NotFound)
            .When(new AcceptAgreement(1), by: Integrator).ThenRefused(RefusalCode.NotFound);
    }

    [Fact] public void who_is_not_in_the_room_may_do_nothing()
    {
        foreach (var (_, command) in Commands.Examples) Given().When(command, by: "nobody").ThenRefused(RefusalCode.NotFound);
    }

    [Fact] public void a_command_for_nobody_is_not_found_and_one_without_a_name_is_invalid()
    {
        foreach (var command in (MemberCommand[])[new AdmitHand("x"), new InvitePerson("x"), new GiveFloor("x"), new AssignRole("x", Role.Guest), new RemovePerson("x")])
            Given().When(command).ThenRefused(RefusalCode.NotFound);
        foreach (var command in (MemberCommand[])[new AdmitHand(null!), new InvitePerson(null!), new GiveFloor(null!), new AssignRole(null!, Role.Guest), new RemovePerson(null!)])
            Given().When(command).ThenRefused(RefusalCode.Invalid);
    }
}
