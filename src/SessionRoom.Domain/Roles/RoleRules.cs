using System.Diagnostics;

namespace SessionRoom.Domain;

public abstract record RoleCommand : MemberCommand;
public sealed record AssignRole(string Pid, Role Role) : RoleCommand;
/// <summary>A member takes the facilitator's role, once no facilitator has been here for longer than <c>graceMs</c>: since the
/// last one left, or where none ever came, since the first who may claim did.</summary>
public sealed record ClaimRole : RoleCommand;

public abstract record RoleEvent : RoomEvent;
public sealed record RoleAssigned(string Pid, Role Role) : RoleEvent;
public sealed record RoleClaimed(string Pid) : RoleEvent;

internal static class RoleRules
{
    internal static void Decide(Unfolding room, RoleCommand command)
    {
        switch (command)
        {
            case AssignRole assign when !Enum.IsDefined(assign.Role): room.Refuse(RefusalCode.Invalid, "no such role"); break;
            case AssignRole assign when room.State.People[assign.Pid].Role == assign.Role: break;
            case AssignRole assign: Assign(room, assign); break;
            case ClaimRole when room.State.FacilitatorAwaySince is not { } since || room.Now - since <= room.State.Session.Settings.GraceMs:
                room.Refuse(RefusalCode.Forbidden, "a facilitator is here, or has not been away long enough"); break;
            case ClaimRole: room.Emit(new RoleClaimed(room.By.Pid)); break;
            default: throw new UnreachableException(command.ToString());
        }
    }

    private static void Assign(Unfolding room, AssignRole assign)
    {
        if (room.State.People[assign.Pid].SeatOf is not null && assign.Role is Role.Facilitator or Role.Projector)
        {
            room.Refuse(RefusalCode.Invalid, "a seat has no device to act with");
            return;
        }
        // Who only looks from now on neither waits nor speaks.
        if (assign.Role is Role.Observer or Role.Projector)
        {
            FloorRules.Leave(room, assign.Pid);
            foreach (var hand in room.State.Queue.HandsOf(assign.Pid)) room.Emit(new HandLowered(assign.Pid, hand.Intent));
        }
        room.Emit(new RoleAssigned(assign.Pid, assign.Role));
    }
}
