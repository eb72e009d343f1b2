using System.Text;

namespace SessionRoom.Crdt;

/// <summary>Names and map keys, each once, as UTF-8; strings are made when somebody asks.</summary>
internal sealed class KeyTable
{
    private byte[] _bytes = new byte[32];
    private int[] _ends = new int[4];
    private int[] _buckets = new int[8];
    private string?[] _strings = [];

    public int Count { get; private set; }

    public ReadOnlySpan<byte> Utf8(int key)
    {
        var start = key == 0 ? 0 : _ends[key - 1];
        return _bytes.AsSpan(start, _ends[key] - start);
    }

    public string Text(int key)
    {
        if (_strings.Length <= key) Array.Resize(ref _strings, _ends.Length);
        return _strings[key] ??= Encoding.UTF8.GetString(Utf8(key));
    }

    public int Find(string text) => FindOrAdd(text, add: false);
    public int Intern(string text) => FindOrAdd(text, add: true);

    private int FindOrAdd(string text, bool add)
    {
        if (text.Length <= 128)
        {
            Span<byte> utf8 = stackalloc byte[text.Length * 3];
            utf8 = utf8[..Encoding.UTF8.GetBytes(text, utf8)];
            return add ? Intern(utf8) : Find(utf8, out _);
        }
        var bytes = Encoding.UTF8.GetBytes(text);
        return add ? Intern(bytes) : Find(bytes, out _);
    }

    public int Intern(ReadOnlySpan<byte> utf8)
    {
        var key = Find(utf8, out var bucket);
        if (key >= 0) return key;
        if ((Count + 1) * 4 > _buckets.Length * 3)
        {
            _buckets = new int[_buckets.Length * 2];
            for (var i = 0; i < Count; i++)
            {
                Find(Utf8(i), out var place);
                _buckets[place] = i + 1;
            }
            Find(utf8, out bucket);
        }
        var start = Count == 0 ? 0 : _ends[Count - 1];
        if (_bytes.Length - start < utf8.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, start + utf8.Length));
        utf8.CopyTo(_bytes.AsSpan(start));
        if (Count == _ends.Length) Array.Resize(ref _ends, Count * 2);
        _ends[Count] = start + utf8.Length;
        _buckets[bucket] = Count + 1;
        return Count++;
    }

    private int Find(ReadOnlySpan<byte> utf8, out int bucket)
    {
        var mask = _buckets.Length - 1;
        for (bucket = (int)Hash(utf8) & mask; _buckets[bucket] != 0; bucket = (bucket + 1) & mask)
        {
            if (Utf8(_buckets[bucket] - 1).SequenceEqual(utf8)) return _buckets[bucket] - 1;
        }
        return -1;
    }

    // Seeded per process: keys come from strangers.
    private static readonly uint Seed = (uint)Random.Shared.Next();

    private static uint Hash(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > 16)
        {
            var code = new HashCode();
            code.AddBytes(utf8);
            return (uint)code.ToHashCode();
        }
        var hash = Seed;
        foreach (var b in utf8) hash = (hash ^ b) * 0x01000193;
        return hash ^ hash >> 15;
    }
}
