using SessionRoom.Domain;

namespace SessionRoom.Server;

/// <summary>What the shapes are called where their C# name says less to those who read the contract, or one type is two shapes.</summary>
internal static class ContractNames
{
    private static readonly Dictionary<Type, string> Sent = new()
    {
        [typeof(CreateRoom)] = "RoomPlan", [typeof(AgendaItem)] = "ItemPlan", [typeof(RoomSettings)] = "SettingsPlan",
        [typeof(MemberCommand)] = "Command",
    };

    private static readonly Dictionary<Type, string> Answered = new()
    {
        [typeof(RoomMade)] = "CreatedRoom", [typeof(TokenIssued)] = "Entry", [typeof(Record)] = "SessionRecord",
        [typeof(RoomView)] = "RoomState", [typeof(SessionView)] = "RoomFacts", [typeof(PersonView)] = "Person", [typeof(HandView)] = "RaisedHand",
        [typeof(AgendaView)] = "Agenda", [typeof(ItemView)] = "AgendaItem", [typeof(LedgerView)] = "AgendaLedger", [typeof(TimerView)] = "Timer",
        [typeof(QueueView)] = "Queue", [typeof(EntryView)] = "QueueEntry", [typeof(WhyView)] = "QueueReason", [typeof(FloorView)] = "Floor",
        [typeof(ReadAction)] = "BoardAction", [typeof(AckResult)] = "CommandResult", [typeof(AckError)] = "CommandRefusal",
        [typeof(AgendaItem)] = "PlannedItem", [typeof(Microsoft.AspNetCore.Mvc.ProblemDetails)] = "Problem",
    };

    public static string Of(Type type, Travels way) => (way == Travels.ToServer ? Sent : Answered).GetValueOrDefault(type) ?? type.Name;
}
