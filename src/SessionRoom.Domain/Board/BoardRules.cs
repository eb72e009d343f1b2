namespace SessionRoom.Domain;

/// <summary>Who may write on the board, and who may see it. What is written is no command: nothing is decided about it but this.</summary>
public static class BoardRules
{
    private static readonly Refusal Absent = new(RefusalCode.NotFound, "the caller is not in the room");
    private static readonly Refusal NotAgreed = new(RefusalCode.NotAgreed, "the agreement was not accepted");
    private static readonly Refusal Ended = new(RefusalCode.Ended, "the session has ended");
    private static readonly Refusal Looks = new(RefusalCode.Forbidden, "this role does not write on the board");

    /// <summary>Why this person may not write on the board now; null when they may.</summary>
    public static Refusal? RefusesWriting(RoomState room, string pid)
    {
        ArgumentNullException.ThrowIfNull(room);
        ArgumentNullException.ThrowIfNull(pid);
        if (!room.HasAgreed(pid)) return NotAgreed;
        if (room.Session.Stage == Stage.Ended) return Ended;
        if (!room.People.TryGetValue(pid, out var person)) return Absent;
        return person is { Role: Role.Facilitator or Role.NoteTaker or Role.Member, SeatOf: null } ? null : Looks;
    }
}
