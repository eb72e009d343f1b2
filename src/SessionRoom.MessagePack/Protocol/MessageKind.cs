namespace SessionRoom.MessagePack.Protocol;

/// <summary>The first element of a hub message.</summary>
/// <remarks>dotnet/aspnetcore, src/SignalR/docs/specs/HubProtocol.md, "MessagePack (MsgPack) encoding".</remarks>
internal enum MessageKind
{
    Invocation = 1,
    StreamItem = 2,
    Completion = 3,
    StreamInvocation = 4,
    CancelInvocation = 5,
    Ping = 6,
    Close = 7,
    Ack = 8,
    Sequence = 9,
}

/// <summary>What follows the invocation id of a completion.</summary>
internal enum ResultKind
{
    Error = 1,
    Void = 2,
    Value = 3,
}
