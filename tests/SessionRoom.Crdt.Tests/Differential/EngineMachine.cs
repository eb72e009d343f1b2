using System.Text;

namespace SessionRoom.Crdt.Tests.Differential;

/// <summary>Runs scripts over engine documents, as tests/peers/crdt/machine.mjs runs them over Yjs documents.</summary>
internal sealed class EngineMachine
{
    private readonly Dictionary<int, EngineReplica> _replicas = [];
    private readonly List<byte[]> _answers = [];

    /// <summary>Replicas live from script to script until one clears them.</summary>
    public ScriptAnswers Run(byte[] script)
    {
        _answers.Clear();
        var failure = "";
        try
        {
            var reader = new ScriptReader(script);
            while (reader.HasMore)
            {
                Run((Command)reader.Byte(), reader);
            }
        }
        catch (Exception error)
        {
            failure = error.ToString();
        }

        return new ScriptAnswers(failure, [.. _answers]);
    }

    private void Run(Command command, ScriptReader reader)
    {
        switch (command)
        {
            case Command.Open: _replicas[reader.Int()] = new EngineReplica(reader.Uint(), (ReplicaKind)reader.Byte()); break;
            case Command.Transact: Transact(Replica(reader), reader); break;
            case Command.Apply:
                var applied = Replica(reader);
                var format = reader.Byte();
                applied.Apply(reader.Bytes(), format);
                break;
            case Command.Deliver: Deliver(Replica(reader), Replica(reader), reader); break;
            case Command.Sync: Sync(Replica(reader), Replica(reader), reader.Byte()); break;
            case Command.Report: Report(Replica(reader), (ReportParts)reader.Byte()); break;
            case Command.Take: Take(Replica(reader), ownOnly: reader.Byte() == 1); break;
            case Command.Merge: Merge(reader); break;
            case Command.Diff: Diff(reader); break;
            case Command.Convert: Convert(reader); break;
            case Command.Events: Answer(Encoding.Unicode.GetBytes(Replica(reader).Events.Take())); break;
            case Command.Position: Position(Replica(reader).Doc, new EngineEdit(reader)); break;
            case Command.StateDiff: StateDiff(Replica(reader), Replica(reader), reader.Byte()); break;
            case Command.Resolve: Resolve(Replica(reader).Doc, RelativePosition.Decode(reader.Bytes())); break;
            case Command.Clear: _replicas.Clear(); break;
            default: throw new InvalidDataException($"command {command}");
        }
    }

    private EngineReplica Replica(ScriptReader reader) => _replicas[reader.Int()];

    private static void Transact(EngineReplica replica, ScriptReader reader)
    {
        var edits = new EngineEdit[reader.Int()];
        for (var i = 0; i < edits.Length; i++)
        {
            edits[i] = new EngineEdit(reader);
        }

        replica.Doc.Transact(_ =>
        {
            foreach (var edit in edits)
            {
                edit.Run(replica.Doc);
            }
        });
    }

    private static void Deliver(EngineReplica to, EngineReplica from, ScriptReader reader)
    {
        var n = reader.Int();
        var version = reader.Byte();
        if (from.Outbox.Count > 0)
        {
            var update = from.Outbox[n % from.Outbox.Count];
            to.Apply(version == 2 ? update.V2 : update.V1, version);
        }
    }

    private static void Sync(EngineReplica to, EngineReplica from, int version) =>
        to.Apply(from.Encode(version, to.Doc.EncodeStateVector()), version);

    private void Report(EngineReplica replica, ReportParts parts)
    {
        var doc = replica.Doc;
        var waits = doc.HasPending;
        Answer(parts, ReportParts.Pending, () => Ascii(waits ? "pending" : "whole"));
        Answer(parts, ReportParts.Vector, doc.EncodeStateVector);
        Answer(parts, ReportParts.State, () => waits ? Ascii("pending") : doc.EncodeStateAsUpdate());
        Answer(parts, ReportParts.StateV2, () => waits ? Ascii("pending") : doc.EncodeStateAsUpdateV2());
        Answer(parts, ReportParts.Snapshot, () => doc.Snapshot().Encode());
        Answer(parts, ReportParts.Content, () => Encoding.Unicode.GetBytes(EngineContent.Document(doc)));
    }

    private void Take(EngineReplica replica, bool ownOnly)
    {
        var updates = replica.Outbox.Skip(replica.Taken).Where(update => update.Own || !ownOnly).ToArray();
        replica.Taken = replica.Outbox.Count;
        Answer(Ascii(updates.Length.ToString()));
        foreach (var update in updates)
        {
            Answer(update.V1);
            Answer(update.V2);
        }
    }

    private void Merge(ScriptReader reader)
    {
        var version = reader.Byte();
        var updates = new ReadOnlyMemory<byte>[reader.Int()];
        for (var i = 0; i < updates.Length; i++)
        {
            var bytes = reader.Bytes();
            updates[i] = version == 2 ? Updates.ConvertV2ToV1(bytes) : bytes;
        }

        var merged = Updates.Merge(updates);
        Answer(version == 2 ? Updates.ConvertV1ToV2(merged) : merged);
        Answer(Updates.StateVector(merged));
    }

    private void Diff(ScriptReader reader)
    {
        var version = reader.Byte();
        var update = reader.Bytes();
        var vector = reader.Bytes();
        Answer(version == 2
            ? Updates.ConvertV1ToV2(Updates.Diff(Updates.ConvertV2ToV1(update), vector))
            : Updates.Diff(update, vector));
    }

    private void Convert(ScriptReader reader)
    {
        var from = reader.Byte();
        var update = reader.Bytes();
        Answer(from == 1 ? Updates.ConvertV1ToV2(update) : Updates.ConvertV2ToV1(update));
    }

    private void Position(Doc doc, EngineEdit edit)
    {
        var type = edit.Target(doc);
        int? length = type switch { YText text => text.Length, YArray array => array.Count, YXmlFragment parent => parent.Count, _ => null };
        if (length is { } last)
        {
            var position = RelativePosition.At(type, edit.A % (last + 1), edit.B % 2 == 0 ? 0 : -1);
            Answer(position.Encode());
            Resolve(doc, position);
        }
    }

    private void Resolve(Doc doc, RelativePosition position) =>
        Answer(Ascii(position.Resolve(doc) is { } found ? found.Index.ToString() : "none"));

    private void StateDiff(EngineReplica from, EngineReplica to, int version) =>
        Answer(from.Doc.HasPending ? Ascii("pending") : from.Encode(version, to.Doc.EncodeStateVector()));

    private void Answer(ReportParts parts, ReportParts part, Func<byte[]> value)
    {
        if (parts.HasFlag(part))
        {
            Answer(value());
        }
    }

    private void Answer(byte[] value) => _answers.Add(value);

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}

/// <summary>A document and what it sent.</summary>
internal sealed class EngineReplica
{
    public EngineReplica(ulong client, ReplicaKind kind)
    {
        // Every other replica finds its way by the position index at once.
        Doc = new Doc(new DocOptions { ClientId = client, Gc = kind.HasFlag(ReplicaKind.Collects), ShortWalk = client % 2 == 0 ? 0 : Store.DefaultShortWalk });
        byte[] v1 = [];
        Doc.UpdateV1 += (_, update, _, _) => v1 = update.ToArray();
        Doc.UpdateV2 += (_, update, _, local) => Outbox.Add((v1, update.ToArray(), local));
        if (kind.HasFlag(ReplicaKind.Typed))
        {
            EngineContent.Roots(Doc);
        }

        if (kind.HasFlag(ReplicaKind.Watched))
        {
            Events.Watch(Doc);
        }
    }

    public Doc Doc { get; }

    public List<(byte[] V1, byte[] V2, bool Own)> Outbox { get; } = [];

    public int Taken { get; set; }

    public EngineEvents Events { get; } = new();

    public byte[] Encode(int version, byte[] stateVector) =>
        version == 2 ? Doc.EncodeStateAsUpdateV2(stateVector) : Doc.EncodeStateAsUpdate(stateVector);

    public void Apply(byte[] update, int version)
    {
        var result = version == 2 ? Doc.ApplyUpdateV2(update) : Doc.ApplyUpdate(update);
        if (!result.Accepted)
        {
            throw new InvalidDataException($"{result.Problem}: {System.Convert.ToHexStringLower(update)}");
        }
    }
}
