using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit.Abstractions;

namespace SessionRoom.Domain.Tests;

/// <summary>Runs a property over random scripts, each a list of numbers that <see cref="Play"/> turns into commands.</summary>
/// <remarks>The seed is drawn anew for every run and printed; <c>SEED=… dotnet test</c> runs it again. A failing script is shrunk by leaving steps out.</remarks>
internal static class Scripts
{
    public static void Hold(ITestOutputHelper output, Action<int[]> property, int scripts = 100, int longest = 150)
    {
        var seed = Environment.GetEnvironmentVariable("SEED") is { Length: > 0 } given
            ? ulong.Parse(given, System.Globalization.CultureInfo.InvariantCulture)
            : (ulong)Random.Shared.NextInt64();
        output.WriteLine($"SEED={seed}");
        var arbitrary = Arb.From(Gen.Choose(0, int.MaxValue).ArrayOf(), Shorter);
        var config = Config.QuickThrowOnFailure.WithMaxTest(scripts).WithEndSize(longest)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(seed), FSharpOption<int>.None)));
        Prop.ForAll(arbitrary, property).Check(config);
    }

    private static IEnumerable<int[]> Shorter(int[] script)
    {
        for (var chunk = script.Length / 2; chunk > 0; chunk /= 2)
            for (var from = 0; from + chunk <= script.Length; from += chunk)
                yield return [.. script[..from], .. script[(from + chunk)..]];
    }
}
