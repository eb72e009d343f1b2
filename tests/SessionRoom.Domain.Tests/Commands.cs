using System.Collections.Immutable;

namespace SessionRoom.Domain.Tests;

/// <summary>One example of every command, by its wire name; those with a target name Bob.</summary>
internal static class Commands
{
    public static readonly ImmutableArray<(string Type, MemberCommand Command)> Examples =
    [
        ("agreement.accept", new AcceptAgreement(1)),
        ("session.start", new StartSession()),
        ("session.end", new EndSession()),
        ("record.off", new GoOffRecord()),
        ("record.on", new GoOnRecord()),
        ("agenda.set", new SetAgenda([new("talk", "Talk")])),
        ("agenda.go", new GoToItem("intro")),
        ("timer.start", new StartTimer(Minute)),
        ("timer.pause", new PauseTimer()),
        ("timer.resume", new ResumeTimer()),
        ("timer.extend", new ExtendTimer(Minute)),
        ("timer.stop", new StopTimer()),
        ("hand.raise", new RaiseHand()),
        ("hand.lower", new LowerHand()),
        ("queue.admit", new AdmitHand(Bob)),
        ("queue.remove", new RemoveEntry("entry-bob")),
        ("queue.move", new MoveEntry("entry-bob")),
        ("queue.open", new OpenQueue()),
        ("queue.close", new CloseQueue()),
        ("queue.policy", new SetPolicy(QueuePolicy.Fifo)),
        ("queue.invite", new InvitePerson(Bob)),
        ("floor.next", new NextSpeaker("turn-bob")),
        ("floor.give", new GiveFloor(Bob)),
        ("floor.yield", new YieldFloor()),
        ("role.assign", new AssignRole(Bob, Role.Guest)),
        ("role.claim", new ClaimRole()),
        ("people.seat", new SeatPerson("Dora", Screen)),
        ("people.rename", new RenamePerson("New name")),
        ("people.remove", new RemovePerson(Bob)),
    ];
}
