using System.Diagnostics;

namespace SessionRoom.Domain;

public abstract record PeopleCommand : MemberCommand;
/// <summary>Makes a participant for somebody without a device. <paramref name="Device"/> holds the seat: the caller, or a projector's id.</summary>
public sealed record SeatPerson(string Name, string? Device = null) : PeopleCommand;
public sealed record RenamePerson(string Name, string? Pid = null) : PeopleCommand;
public sealed record RemovePerson(string Pid) : PeopleCommand;
/// <summary>Somebody with a token came: their first connection (<paramref name="Online"/>), or a command without one.</summary>
public sealed record Arrive(string Pid, string Name, Role Role, Place Place, bool Online = true) : HouseCommand;
/// <summary>The last connection of somebody went down.</summary>
public sealed record Depart(string Pid) : HouseCommand;

public abstract record PeopleEvent : RoomEvent;
public sealed record PersonArrived(string Pid, string Name, Role Role, Place Place, bool Online) : PeopleEvent;
public sealed record PersonConnected(string Pid, Place Place) : PeopleEvent;
public sealed record PersonDisconnected(string Pid) : PeopleEvent;
public sealed record PersonSeated(string Pid, string Name, string Device) : PeopleEvent;
public sealed record PersonRenamed(string Pid, string Name) : PeopleEvent;
public sealed record PersonRemoved(string Pid) : PeopleEvent;

internal static class PeopleRules
{
    internal static void Decide(Unfolding room, RoomCommand command)
    {
        var people = room.State.People;
        switch (command)
        {
            case SeatPerson seat: Seat(room, seat); break;
            case RenamePerson rename when Person.CheckName(rename.Name, room.Limits.Name) is { } refusal: room.Refuse(refusal.Code, refusal.Message); break;
            case RenamePerson rename when people[rename.Pid ?? room.By.Pid].Name != rename.Name.Trim():
                room.Emit(new PersonRenamed(rename.Pid ?? room.By.Pid, rename.Name.Trim())); break;
            case RenamePerson: break;
            case RemovePerson remove: Remove(room, remove.Pid); break;
            case Arrive arrive: Arrive(room, arrive); break;
            case Depart depart when people.TryGetValue(depart.Pid, out var person) && person.Online: room.Emit(new PersonDisconnected(depart.Pid)); break;
            case Depart: break;
            default: throw new UnreachableException(command.ToString());
        }
    }

    private static void Seat(Unfolding room, SeatPerson seat)
    {
        var (people, device) = (room.State.People, seat.Device ?? room.By.Pid);
        if (Person.CheckName(seat.Name, room.Limits.Name) is { } refusal) room.Refuse(refusal.Code, refusal.Message);
        else if (people.Count >= room.Limits.People) room.Refuse(RefusalCode.TooLarge, $"a room has at most {room.Limits.People} people");
        else if (!people.TryGetValue(device, out var holder)) room.Refuse(RefusalCode.NotFound, "no such device");
        else if (device != room.By.Pid && holder.Role != Role.Projector) room.Refuse(RefusalCode.Invalid, "a seat is held by the caller or by a projector");
        else
        {
            var number = room.State.Next;
            while (people.ContainsKey($"seat-{number}") || room.State.Removed.Contains($"seat-{number}")) number++;
            room.Emit(new PersonSeated($"seat-{number}", seat.Name.Trim(), device));
            room.Result = new(Pid: $"seat-{number}");
        }
    }

    private static void Remove(Unfolding room, string pid)
    {
        FloorRules.Leave(room, pid);
        foreach (var entry in room.State.Queue.HandsOf(pid)) room.Emit(new HandLowered(pid, entry.Intent));
        room.Emit(new PersonRemoved(pid));
    }

    private static void Arrive(Unfolding room, Arrive arrive)
    {
        if (room.State.Removed.Contains(arrive.Pid)) room.Refuse(RefusalCode.Forbidden, "this person was removed from the room");
        else if (!Enum.IsDefined(arrive.Role) || !Enum.IsDefined(arrive.Place)) room.Refuse(RefusalCode.Invalid, "no such role or place");
        else if (Actor.IsReserved(arrive.Pid)) room.Refuse(RefusalCode.Invalid, "no participant has this id");
        else if (room.State.People.TryGetValue(arrive.Pid, out var known))
        {
            if (known.SeatOf is not null) room.Refuse(RefusalCode.Forbidden, "this participant is a seat");
            else if (arrive.Online && (!known.Online || known.Place != arrive.Place)) room.Emit(new PersonConnected(arrive.Pid, arrive.Place));
        }
        else if (room.State.People.Count >= room.Limits.People) room.Refuse(RefusalCode.TooLarge, $"a room has at most {room.Limits.People} people");
        else if ((Text.Check(arrive.Pid, Text.LongestPid, "participantId") ?? Person.CheckName(arrive.Name, room.Limits.Name)) is { } refusal)
            room.Refuse(refusal.Code, refusal.Message);
        else room.Emit(new PersonArrived(arrive.Pid, arrive.Name.Trim(), arrive.Role, arrive.Place, arrive.Online));
    }

    internal static RoomState Evolve(RoomState room, RoomEvent @event)
    {
        var people = room.People;
        var next = @event switch
        {
            PersonArrived arrived => room with
            {
                People = people.Add(arrived.Pid, new(arrived.Name, arrived.Role, arrived.Place) { Online = arrived.Online, Joined = room.Next }), Next = room.Next + 1,
            },
            // Who seats somebody vouches that they agreed in the room: a seat has no screen of its own to accept on.
            PersonSeated seated => room with
            {
                People = people.Add(seated.Pid, new(seated.Name, Role.Member, Place.InRoom)
                    { SeatOf = seated.Device, Joined = room.Next, AgreedVersion = room.Session.Agreement?.Version ?? 0 }),
                Next = room.Next + 1,
            },
            PersonConnected connected => room.With(connected.Pid, person => person with { Online = true, Place = connected.Place }),
            PersonDisconnected gone => room.With(gone.Pid, person => person with { Online = false }),
            PersonRenamed renamed => room.With(renamed.Pid, person => person with { Name = renamed.Name }),
            PersonRemoved removed => room with { People = people.Remove(removed.Pid), Removed = room.Removed.Add(removed.Pid) },
            RoleAssigned assigned => room.With(assigned.Pid, person =>
                person with { Role = assigned.Role, InvitedAt = (person with { Role = assigned.Role }).Speaks ? person.InvitedAt : null }),
            RoleClaimed claimed => room.With(claimed.Pid, person => person with { Role = Role.Facilitator }),
            AgreementAccepted accepted => room.With(accepted.Pid, person => person with { AgreedVersion = accepted.Version }),
            _ => throw new UnreachableException(@event.ToString()),
        };
        if (IsFacilitated(next)) return next with { FacilitatorAwaySince = null };
        // A room that is made long before its session waits for its facilitator until somebody else is there to miss them.
        var missed = next.FacilitatorAwaySince is null && (IsFacilitated(room) || next.People.Values.Any(person => person.MayClaim));
        return missed ? next with { FacilitatorAwaySince = @event.At } : next;
    }

    private static bool IsFacilitated(RoomState room) => room.People.Values.Any(person => person is { Role: Role.Facilitator, Online: true });

    internal static RoomState With(this RoomState room, string pid, Func<Person, Person> change) =>
        room with { People = room.People.SetItem(pid, change(room.People[pid])) };
}
