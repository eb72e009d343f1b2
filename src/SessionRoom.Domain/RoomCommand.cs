using System.Text.Json.Serialization;

namespace SessionRoom.Domain;

/// <summary>Something that is asked of a room.</summary>
public abstract record RoomCommand;

/// <summary>What people and integrators may send, by its wire name.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(AcceptAgreement), "agreement.accept")]
[JsonDerivedType(typeof(StartSession), "session.start")]
[JsonDerivedType(typeof(EndSession), "session.end")]
[JsonDerivedType(typeof(GoOffRecord), "record.off")]
[JsonDerivedType(typeof(GoOnRecord), "record.on")]
[JsonDerivedType(typeof(SetAgenda), "agenda.set")]
[JsonDerivedType(typeof(GoToItem), "agenda.go")]
[JsonDerivedType(typeof(StartTimer), "timer.start")]
[JsonDerivedType(typeof(PauseTimer), "timer.pause")]
[JsonDerivedType(typeof(ResumeTimer), "timer.resume")]
[JsonDerivedType(typeof(ExtendTimer), "timer.extend")]
[JsonDerivedType(typeof(StopTimer), "timer.stop")]
[JsonDerivedType(typeof(RaiseHand), "hand.raise")]
[JsonDerivedType(typeof(LowerHand), "hand.lower")]
[JsonDerivedType(typeof(AdmitHand), "queue.admit")]
[JsonDerivedType(typeof(RemoveEntry), "queue.remove")]
[JsonDerivedType(typeof(MoveEntry), "queue.move")]
[JsonDerivedType(typeof(OpenQueue), "queue.open")]
[JsonDerivedType(typeof(CloseQueue), "queue.close")]
[JsonDerivedType(typeof(SetPolicy), "queue.policy")]
[JsonDerivedType(typeof(InvitePerson), "queue.invite")]
[JsonDerivedType(typeof(NextSpeaker), "floor.next")]
[JsonDerivedType(typeof(GiveFloor), "floor.give")]
[JsonDerivedType(typeof(YieldFloor), "floor.yield")]
[JsonDerivedType(typeof(AssignRole), "role.assign")]
[JsonDerivedType(typeof(ClaimRole), "role.claim")]
[JsonDerivedType(typeof(SeatPerson), "people.seat")]
[JsonDerivedType(typeof(RenamePerson), "people.rename")]
[JsonDerivedType(typeof(RemovePerson), "people.remove")]
public abstract record MemberCommand : RoomCommand
{
    /// <summary>The caller's own, unique per command: the same id again is answered as it was the first time. 1–64 characters.</summary>
    public string Id { get; init; } = "";
}

/// <summary>What only the house reports: presence and deadlines.</summary>
public abstract record HouseCommand : RoomCommand;
