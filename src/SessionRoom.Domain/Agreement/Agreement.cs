namespace SessionRoom.Domain;

/// <summary>Accepts the agreement for oneself, or for a seat that one holds (<paramref name="Pid"/>).</summary>
public sealed record AcceptAgreement(int Version, string? Pid = null) : MemberCommand;

public sealed record AgreementAccepted(string Pid, int Version) : RoomEvent;

internal static class AgreementRules
{
    internal static void Decide(Unfolding room, AcceptAgreement accept)
    {
        var pid = accept.Pid ?? room.By.Pid;
        if (!room.State.People.TryGetValue(pid, out var person)) room.Refuse(RefusalCode.NotFound, "no such person");
        else if (room.State.Session.Agreement is not { } agreement) return;
        else if (accept.Version != agreement.Version) room.Refuse(RefusalCode.Stale, $"the current version is {agreement.Version}");
        else if (person.AgreedVersion != agreement.Version) room.Emit(new AgreementAccepted(pid, agreement.Version));
    }
}
