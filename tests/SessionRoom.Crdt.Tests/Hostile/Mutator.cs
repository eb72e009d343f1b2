namespace SessionRoom.Crdt.Tests.Hostile;

/// <summary>Damages updates: bits, bytes, lengths, and pieces of other updates in the wrong place.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<byte[]> corpus)
{
    // Lengths, counts and clocks at the edges of 1, 4 and 8 bytes, one past the range, and never-ending.
    private static readonly byte[][] Edges =
    [
        [0x00], [0x01], [0x7F], [0x80], [0xFF], [0x80, 0x01], [0x80, 0x00],
        [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0xFF, 0xFF, 0xFF, 0xFF, 0x07], [0x80, 0x80, 0x80, 0x80, 0x10],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
    ];

    // First bytes of structs: every content, with and without origins, and the refs that do not exist.
    private static readonly byte[] Infos =
        [0x00, 0x0A, 0x01, 0x02, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0B, 0x1F, 0x28, 0xA8, 0xC4, 0x84, 0x44, 0x21, 0xE8, 0xFF];

    private readonly byte[] _scratch = new byte[1 << 16];

    /// <summary>The bytes of one damaged update; valid until the next call.</summary>
    public ReadOnlySpan<byte> Next()
    {
        var source = corpus[random.Next(corpus.Count)];
        var length = Math.Min(source.Length, _scratch.Length / 2);
        source.AsSpan(0, length).CopyTo(_scratch);
        for (var times = 1 + random.Next(random.Next(4) == 0 ? 6 : 2); times > 0; times--)
        {
            length = Damage(length);
        }

        return _scratch.AsSpan(0, length);
    }

    private int Damage(int length)
    {
        if (length == 0)
        {
            return Replace(0, 0, 0, Edges[random.Next(Edges.Length)]);
        }

        var at = random.Next(length);
        switch (random.Next(9))
        {
            case 0:
                _scratch[at] ^= (byte)(1 << random.Next(8));
                return length;
            case 1:
                _scratch[at] = (byte)random.Next(256);
                return length;
            case 2:
                _scratch[at] = Infos[random.Next(Infos.Length)];
                return length;
            case 3:
                return Replace(length, at, 1, Edges[random.Next(Edges.Length)]);
            case 4:
                return Replace(length, at, 0, Edges[random.Next(Edges.Length)]);
            case 5:
                return Replace(length, at, random.Next(1, Math.Min(8, length - at) + 1), []);
            case 6:
                return at;
            case 7:
                _scratch[at]++;
                return length;
            default:
                var other = corpus[random.Next(corpus.Count)];
                var from = random.Next(other.Length + 1);
                var piece = other.AsSpan(from, Math.Min(random.Next(24), other.Length - from));
                return Replace(length, at, random.Next(2) * Math.Min(piece.Length, length - at), piece);
        }
    }

    private int Replace(int length, int at, int remove, ReadOnlySpan<byte> insert)
    {
        if (length - remove + insert.Length > _scratch.Length)
        {
            return length;
        }

        _scratch.AsSpan(at + remove, length - at - remove).CopyTo(_scratch.AsSpan(at + insert.Length));
        insert.CopyTo(_scratch.AsSpan(at));
        return length - remove + insert.Length;
    }
}
