namespace SessionRoom.Crdt.Tests.Differential;

/// <summary>
/// One history written by Yjs replicas and engine replicas together: formats, embeds, undo on the Yjs side,
/// late, repeated and dropped delivery in both formats. In the end everybody holds the same.
/// </summary>
/// <remarks>
/// A round is a script for each side; a history is asked for its scripts, and told the answers, until it is done.
/// Replicas 0…n−1 are authors. Then come two untyped relays, one of each side, that hear the same in the same order.
/// </remarks>
internal sealed class MixedHistory
{
    private const int Quiet = 5;

    private readonly Random _random;
    private readonly ScriptWriter[] _scripts = [new(), new()];
    private readonly RandomEdits[] _edits;
    private readonly Side[] _owners;
    private readonly bool[] _undoable = new bool[8];
    private readonly bool _cut;
    private readonly bool _exact;
    private readonly int _rounds;
    private readonly List<(byte[] V1, byte[] V2)> _pool = [];
    private readonly List<(Side Side, int Replica)> _asked = [];
    private readonly List<ulong> _clients = [];
    private int _round = -1;
    private int _toldUpTo;
    private bool _ending;

    public MixedHistory(int seed)
    {
        Seed = seed;
        _random = new Random(seed);
        _cut = _random.Next(8) == 0;
        // Only Yjs cuts surrogate pairs: an engine that writes for people refuses to.
        _exact = _random.Next(2) == 0;
        var mix = EditMix.Everything with { Nested = !_exact };
        _edits = [new(_random, _scripts[0], mix with { Cut = _cut }), new(_random, _scripts[1], mix)];
        _owners = new Side[2 + _random.Next(3)];
        for (var i = 0; i < _owners.Length; i++)
        {
            _owners[i] = i < 2 ? (Side)i : (Side)_random.Next(2);
        }

        _rounds = 2 + _random.Next(4);
    }

    public int Seed { get; }

    public bool Done { get; private set; }

    private int Relay(Side side) => _owners.Length + (int)side;

    /// <summary>The next round's scripts, Yjs' and the engine's.</summary>
    public (byte[] Yjs, byte[] Engine) Next()
    {
        _asked.Clear();
        _scripts[0].Clear();
        _scripts[1].Clear();
        _round++;
        if (_round == 0)
        {
            OpenReplicas();
        }

        if (_ending)
        {
            WriteReports();
        }
        else if (_round < _rounds)
        {
            WriteRound();
        }
        else
        {
            DeliverTheRest();
        }

        return (_scripts[0].Written.ToArray(), _scripts[1].Written.ToArray());
    }

    /// <summary>Takes both sides' answers to the last scripts.</summary>
    public void Tell(ScriptAnswers yjs, ScriptAnswers engine)
    {
        Assert.Equal("", yjs.Failure);
        Assert.Equal("", engine.Failure);
        if (_ending)
        {
            MixedEnd.Check(_owners, _cut, _exact, yjs.Values, engine.Values);
            Done = true;
            return;
        }

        var known = _pool.Count;
        Collect(yjs.Values, Side.Yjs);
        Collect(engine.Values, Side.Engine);
        Assert.True(_round < _rounds + Quiet + 20, "the replicas never come to rest");
        _ending = _round >= _rounds && _pool.Count == known;
    }

    private void OpenReplicas()
    {
        for (var i = 0; i < _owners.Length; i++)
        {
            var kind = ReplicaKind.Typed | (_random.Next(4) == 0 ? ReplicaKind.None : ReplicaKind.Collects);
            kind |= _owners[i] == Side.Yjs && _random.Next(2) == 0 ? ReplicaKind.Undoable : ReplicaKind.None;
            Open(_owners[i], i, kind);
            _undoable[i] = kind.HasFlag(ReplicaKind.Undoable);
        }

        var collects = _random.Next(3) == 0 ? ReplicaKind.None : ReplicaKind.Collects;
        Open(Side.Yjs, Relay(Side.Yjs), collects);
        Open(Side.Engine, Relay(Side.Engine), collects);
    }

    private void Open(Side side, int replica, ReplicaKind kind)
    {
        var client = ((ulong)_random.NextInt64(1L << ((_random.Next(3) * 10) + 8)) * 8) + (ulong)replica;
        _clients.Add(client);
        Start(side, Command.Open, replica).Uint(client).Byte((int)kind);
    }

    private void WriteRound()
    {
        for (var i = 0; i < _owners.Length; i++)
        {
            for (var heard = _random.Next(4); heard > 0 && _pool.Count > 0; heard--)
            {
                Apply(_owners[i], i, _random.Next(_pool.Count), Version());
            }

            for (var edits = _random.Next(5); edits > 0; edits--)
            {
                WriteEdits(i);
            }

            Ask(_owners[i], i);
        }

        for (var heard = _random.Next(4); heard > 0 && _pool.Count > 0; heard--)
        {
            ApplyToRelays(_random.Next(_pool.Count));
        }

        AskRelays();
    }

    private void WriteEdits(int author)
    {
        var side = _owners[author];
        if (_undoable[author] && _random.Next(4) == 0)
        {
            Start(side, Command.UndoRedo, author).Byte(_random.Next(3) == 0 ? 1 : 0);
            return;
        }

        if (side == Side.Yjs && _random.Next(25) == 0)
        {
            Start(side, Command.Legacy, author).Uint(1 + _random.Next(4)).Uint(_random.Next(5));
            return;
        }

        var count = 1 + _random.Next(3);
        Start(side, Command.Transact, author).Uint(count);
        for (; count > 0; count--)
        {
            _edits[(int)side].WriteEdit();
        }
    }

    /// <summary>Everybody gets everything once, in any order, some of it twice; then what that made them write.</summary>
    private void DeliverTheRest()
    {
        var order = Enumerable.Range(_toldUpTo, _pool.Count - _toldUpTo).ToArray();
        _toldUpTo = _pool.Count;
        for (var i = 0; i < _owners.Length; i++)
        {
            _random.Shuffle(order);
            foreach (var index in order)
            {
                Apply(_owners[i], i, index, Version());
            }

            Ask(_owners[i], i);
        }

        _random.Shuffle(order);
        foreach (var index in order)
        {
            ApplyToRelays(index);
        }

        AskRelays();
    }

    private void WriteReports()
    {
        var updates = _pool.Select(update => update.V1).ToArray();
        var byteWork = ByteWork();
        foreach (var side in new[] { Side.Yjs, Side.Engine })
        {
            MixedEnd.Write(_scripts[(int)side], side, _owners, Relay(side), updates, byteWork);
        }
    }

    /// <summary>Differences and conversions of single updates, without a document; both sides do the same ones.</summary>
    private byte[] ByteWork()
    {
        var script = new ScriptWriter();
        for (var i = Math.Min(_pool.Count, 3); i > 0; i--)
        {
            var (v1, v2) = _pool[_random.Next(_pool.Count)];
            var vector = new ScriptWriter().Uint(_clients.Count);
            foreach (var client in _clients)
            {
                vector.Uint(client).Uint(_random.Next(_random.Next(40) + 1));
            }

            script.Byte((int)Command.Diff).Byte(1).Bytes(v1).Bytes(vector.Written);
            script.Byte((int)Command.Convert).Byte(1).Bytes(v1);
            script.Byte((int)Command.Convert).Byte(2).Bytes(v2);
        }

        return script.Written.ToArray();
    }

    private void Collect(IReadOnlyList<byte[]> answers, Side side)
    {
        var at = 0;
        foreach (var _ in _asked.Where(asked => asked.Side == side))
        {
            for (var count = int.Parse(System.Text.Encoding.ASCII.GetString(answers[at++])); count > 0; count--)
            {
                _pool.Add((answers[at], answers[at + 1]));
                at += 2;
            }
        }
    }

    private void ApplyToRelays(int index)
    {
        var version = Version();
        Apply(Side.Yjs, Relay(Side.Yjs), index, version);
        Apply(Side.Engine, Relay(Side.Engine), index, version);
    }

    private void Apply(Side side, int replica, int index, int version) =>
        Start(side, Command.Apply, replica).Byte(version).Bytes(version == 2 ? _pool[index].V2 : _pool[index].V1);

    private void Ask(Side side, int replica)
    {
        Start(side, Command.Take, replica).Byte(1);
        _asked.Add((side, replica));
    }

    /// <summary>Nested texts know their kind: there even an untyped Yjs replica cleans up formats, and says so.</summary>
    private void AskRelays()
    {
        Ask(Side.Yjs, Relay(Side.Yjs));
        Ask(Side.Engine, Relay(Side.Engine));
    }

    private int Version() => _random.Next(3) == 0 ? 2 : 1;

    private ScriptWriter Start(Side side, Command command, int replica) => _scripts[(int)side].Byte((int)command).Uint(replica);
}

/// <summary>Who plays a replica.</summary>
internal enum Side
{
    Yjs,
    Engine,
}
