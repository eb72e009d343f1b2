using System.Globalization;
using Xunit.Abstractions;

namespace SessionRoom.MessagePack.Tests.Support;

/// <summary>The seed of a random test: the environment's SEED, or a fresh one; printed either way.</summary>
internal static class Seed
{
    public static int Next(ITestOutputHelper output)
    {
        var given = Environment.GetEnvironmentVariable("SEED");
        var seed = given is null ? Random.Shared.Next() : int.Parse(given, CultureInfo.InvariantCulture);
        output.WriteLine($"seed {seed}: rerun with SEED={seed}");
        return seed;
    }
}
