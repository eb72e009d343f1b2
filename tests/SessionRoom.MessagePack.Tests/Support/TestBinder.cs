using Microsoft.AspNetCore.SignalR;

namespace SessionRoom.MessagePack.Tests.Support;

/// <summary>Knows one method, one stream and one result; everything else is unknown, as it is to a hub.</summary>
internal sealed class TestBinder : IInvocationBinder
{
    public Type[] Parameters { get; init; } = [];

    public Type? Item { get; init; }

    public Type? Result { get; init; }

    public string Method { get; init; } = "method";

    public IReadOnlyList<Type> GetParameterTypes(string methodName) =>
        methodName == Method ? Parameters : throw new HubException("Method does not exist.");

    public Type GetReturnType(string invocationId) => Result ?? throw new KeyNotFoundException(invocationId);

    public Type GetStreamItemType(string streamId) => Item ?? throw new KeyNotFoundException(streamId);

    public string? GetTarget(ReadOnlySpan<byte> utf8Bytes) =>
        utf8Bytes.SequenceEqual(System.Text.Encoding.UTF8.GetBytes(Method)) ? Method : null;
}
