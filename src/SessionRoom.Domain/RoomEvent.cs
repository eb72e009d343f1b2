using System.Text.Json.Serialization;

namespace SessionRoom.Domain;

/// <summary>A fact of the room, as it is stored and as clients read it, by its wire name.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(RoomCreated), "room.created")]
[JsonDerivedType(typeof(AgreementAccepted), "agreement.accepted")]
[JsonDerivedType(typeof(SessionStarted), "session.started")]
[JsonDerivedType(typeof(SessionEnded), "session.ended")]
[JsonDerivedType(typeof(WentOffRecord), "record.off")]
[JsonDerivedType(typeof(WentOnRecord), "record.on")]
[JsonDerivedType(typeof(AgendaSet), "agenda.set")]
[JsonDerivedType(typeof(ItemEntered), "agenda.entered")]
[JsonDerivedType(typeof(TimerStarted), "timer.started")]
[JsonDerivedType(typeof(TimerPaused), "timer.paused")]
[JsonDerivedType(typeof(TimerResumed), "timer.resumed")]
[JsonDerivedType(typeof(TimerExtended), "timer.extended")]
[JsonDerivedType(typeof(TimerExpired), "timer.expired")]
[JsonDerivedType(typeof(TimerStopped), "timer.stopped")]
[JsonDerivedType(typeof(HandRaised), "hand.raised")]
[JsonDerivedType(typeof(HandLowered), "hand.lowered")]
[JsonDerivedType(typeof(HandAdmitted), "queue.admitted")]
[JsonDerivedType(typeof(EntryMoved), "queue.moved")]
[JsonDerivedType(typeof(QueueOpened), "queue.opened")]
[JsonDerivedType(typeof(QueueClosed), "queue.closed")]
[JsonDerivedType(typeof(PolicySet), "queue.policy")]
[JsonDerivedType(typeof(PersonInvited), "queue.invited")]
[JsonDerivedType(typeof(FloorTaken), "floor.taken")]
[JsonDerivedType(typeof(TurnHeld), "floor.held")]
[JsonDerivedType(typeof(TurnResumed), "floor.resumed")]
[JsonDerivedType(typeof(TurnEnded), "floor.ended")]
[JsonDerivedType(typeof(RoleAssigned), "role.assigned")]
[JsonDerivedType(typeof(RoleClaimed), "role.claimed")]
[JsonDerivedType(typeof(PersonArrived), "people.arrived")]
[JsonDerivedType(typeof(PersonConnected), "people.connected")]
[JsonDerivedType(typeof(PersonDisconnected), "people.disconnected")]
[JsonDerivedType(typeof(PersonSeated), "people.seated")]
[JsonDerivedType(typeof(PersonRenamed), "people.renamed")]
[JsonDerivedType(typeof(PersonRemoved), "people.removed")]
public abstract record RoomEvent
{
    /// <summary>Who acted: a participant id, <c>key:…</c> or <c>house</c>.</summary>
    public string By { get; init; } = "";

    /// <summary>When, in Unix milliseconds of the server; never before the event that precedes it.</summary>
    public long At { get; init; }
}
