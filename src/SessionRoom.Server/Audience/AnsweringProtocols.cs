using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace SessionRoom.Server;

/// <summary>Tells when an answer is in the connection, which the framework does not: a room's frames must not overtake the state that they change.</summary>
internal sealed class AnswerWatch
{
    private readonly ConditionalWeakTable<JoinReply, Joining> waiting = [];

    public void WhenWritten(JoinReply answer, SharedState state, Action then) => waiting.Add(answer, new(state, then));

    public void Write(HubMessage message, IHubProtocol protocol, IBufferWriter<byte> connection)
    {
        var joining = message is CompletionMessage { Result: JoinReply answer } && waiting.TryGetValue(answer, out var known) ? known : null;
        if (connection is MessageWriter to && (joining?.State ?? (message as ResyncMessage)?.State) is { } state) state.Write(message, protocol, to);
        else protocol.WriteMessage(message, connection);
        if (joining is null) return;
        if (connection is MessageWriter writer) writer.Afterwards(joining.Then);
        else joining.Then();
    }

    private sealed record Joining(SharedState State, Action Then);
}

/// <summary>The hub protocols by name, each watched for answers.</summary>
internal sealed class AnsweringProtocols : IHubProtocolResolver
{
    private readonly Dictionary<string, IHubProtocol> byName = new(StringComparer.OrdinalIgnoreCase);

    public AnsweringProtocols(IEnumerable<IHubProtocol> protocols, AnswerWatch watch)
    {
        foreach (var protocol in protocols) byName[protocol.Name] = new Watched(protocol, watch);
    }

    public IReadOnlyList<IHubProtocol> AllProtocols => [.. byName.Values];

    public IHubProtocol? GetProtocol(string protocolName, IReadOnlyList<string>? supportedProtocols) =>
        byName.TryGetValue(protocolName, out var protocol) && (supportedProtocols is null || supportedProtocols.Contains(protocolName, StringComparer.OrdinalIgnoreCase))
            ? protocol
            : null;

    private sealed class Watched(IHubProtocol inner, AnswerWatch watch) : IHubProtocol
    {
        public string Name => inner.Name;
        public int Version => inner.Version;
        public TransferFormat TransferFormat => inner.TransferFormat;

        public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

        // A message of a kind that this version does not know is consumed and yields nothing; the framework would take that for an unfinished
        // one, and keep it and all that follows until its size limit closes the connection.
        public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
        {
            for (var before = input.Length; ; before = input.Length)
            {
                if (inner.TryParseMessage(ref input, binder, out message)) return true;
                if (input.Length == before) return false;
            }
        }

        public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => watch.Write(message, inner, output);

        public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);
    }
}
