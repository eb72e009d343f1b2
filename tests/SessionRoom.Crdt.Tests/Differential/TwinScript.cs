namespace SessionRoom.Crdt.Tests.Differential;

/// <summary>
/// One history, played twice: by Yjs and by the engine, with the same client ids, edits and deliveries.
/// Every answer must be the same bytes.
/// </summary>
internal sealed class TwinScript
{
    private readonly Random _random;
    private readonly ScriptWriter _writer = new();
    private readonly RandomEdits _edits;
    private readonly int _authors;
    private readonly int _relays;
    private readonly bool _isolated;
    private readonly bool _watched;

    /// <param name="seed">All of the history follows from it.</param>
    /// <param name="watched">Whether observers write down what they are told.</param>
    public TwinScript(int seed, bool watched)
    {
        _watched = watched;
        _random = new Random(seed);
        // A Yjs text that knows its kind and receives formats authors clean-up deletions of its own, which an engine need not
        // copy. Roots know theirs where they were asked for, nested texts always. So where a root has formats, authors hear
        // nothing and untyped replicas hear everything; where nested texts have them, nobody hears anything.
        var formats = (Formats)_random.Next(3);
        _isolated = formats != Formats.Nowhere;
        _edits = new RandomEdits(_random, _writer, formats switch
        {
            Formats.Nowhere => EditMix.Exact,
            Formats.Everywhere => EditMix.Everything,
            _ => EditMix.Everything with { Nested = false },
        });
        _authors = 1 + _random.Next(3);
        _relays = formats == Formats.Everywhere ? 0 : 1 + _random.Next(2);
    }

    private enum Formats
    {
        Nowhere,
        Everywhere,
        InRoots,
    }

    private int Replicas => _authors + _relays;

    public byte[] Write()
    {
        OpenReplicas();
        for (var steps = 4 + _random.Next(_random.Next(8) == 0 ? 60 : 16); steps > 0; steps--)
        {
            WriteStep();
        }

        WriteEnd();
        return _writer.Written.ToArray();
    }

    private void OpenReplicas()
    {
        for (var i = 0; i < Replicas; i++)
        {
            var collects = _random.Next(4) == 0 ? ReplicaKind.None : ReplicaKind.Collects;
            Start(Command.Open, i).Uint(ClientId(i))
                .Byte((int)(collects | (i < _authors ? ReplicaKind.Typed | (_watched ? ReplicaKind.Watched : ReplicaKind.None) : ReplicaKind.None)));
        }
    }

    /// <summary>Small, 32-bit and 53-bit ids; never equal, in no order.</summary>
    private ulong ClientId(int replica) => _random.Next(4) switch
    {
        0 => (1UL << 53) - 1 - (ulong)((replica * 7919) + _random.Next(100)),
        1 => (ulong)_random.NextInt64(1L << 31, 1L << 32) / 8 * 8 + (ulong)replica,
        _ => (ulong)((_random.Next(20) * 8) + replica),
    };

    private void WriteStep()
    {
        var replica = _random.Next(Replicas);
        var from = _random.Next(_authors);
        var hears = !_isolated || replica >= _authors;
        switch (_random.Next(12))
        {
            case 0 or 1 or 2 or 3 or 4:
                WriteTransaction(from);
                break;
            case 5 or 6 or 7 or 8 when hears && replica != from:
                Start(Command.Deliver, replica).Uint(from).Uint(_random.Next(1000)).Byte(Version());
                break;
            case 9 when hears && replica != from:
                Start(Command.Sync, replica).Uint(from).Byte(Version());
                break;
            case 10:
                Start(Command.Report, replica).Byte((int)(ReportParts.Pending | ReportParts.Vector | ReportParts.State));
                break;
            case 11:
                Start(Command.Position, from);
                _edits.WriteEdit();
                break;
            default:
                WriteTransaction(from);
                break;
        }
    }

    private void WriteTransaction(int author)
    {
        var edits = _random.Next(4) == 0 ? 1 + _random.Next(4) : 1;
        Start(Command.Transact, author).Uint(edits);
        for (; edits > 0; edits--)
        {
            _edits.WriteEdit();
        }
    }

    private void WriteEnd()
    {
        for (var author = 0; author < _authors; author++)
        {
            Start(Command.Take, author).Byte(0);
            Start(Command.Events, author);
            Report(author, ReportParts.Bytes | ReportParts.Content);
        }

        for (var relay = _authors; relay < Replicas; relay++)
        {
            Report(relay, ReportParts.Bytes);
            for (var author = 0; author < _authors; author++)
            {
                Start(Command.StateDiff, author).Uint(relay).Byte(Version());
                Start(Command.Sync, relay).Uint(author).Byte(Version());
            }

            Report(relay, ReportParts.Bytes | ReportParts.Content);
        }

        Start(Command.StateDiff, Replicas - 1).Uint(0).Byte(1);
        _writer.Byte((int)Command.Clear);
    }

    private void Report(int replica, ReportParts parts) => Start(Command.Report, replica).Byte((int)parts);

    private int Version() => _random.Next(3) == 0 ? 2 : 1;

    private ScriptWriter Start(Command command, int replica) => _writer.Byte((int)command).Uint(replica);
}
