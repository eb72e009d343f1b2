using System.Security.Cryptography;

namespace SessionRoom.Crdt.Benchmarks;

/// <summary>What a run wrote, as one hash, as tests/peers/crdt/bench.mjs makes it.</summary>
internal static class Proof
{
    public static (string Hash, long Size) Of(IEnumerable<byte[]> written)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long size = 0;
        foreach (var bytes in written)
        {
            sum.AppendData(bytes);
            size = bytes.Length;
        }

        return (Convert.ToHexStringLower(sum.GetHashAndReset()), size);
    }

    /// <summary>A timed sample, its times divided among <paramref name="operations"/>.</summary>
    public static Sample Sample((double Wall, double Cpu) time, IEnumerable<byte[]> written, double operations = 1, double p99 = 0)
    {
        var (hash, size) = Of(written);
        return new Sample(time.Wall / operations, time.Cpu / operations, p99, 0, hash, size);
    }

    public static Sample Memory(double bytes, params byte[][] written)
    {
        var (hash, size) = Of(written);
        return new Sample(0, 0, 0, bytes, hash, size);
    }
}
