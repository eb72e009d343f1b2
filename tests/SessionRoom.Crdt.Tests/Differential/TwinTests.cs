using System.Text;
using Xunit.Abstractions;

namespace SessionRoom.Crdt.Tests.Differential;

/// <summary>Yjs and the engine play the same histories; every byte that they answer is the same.</summary>
public sealed class TwinTests(ITestOutputHelper output)
{
    [Fact]
    public Task An_engine_that_does_what_yjs_does_writes_the_same_bytes() => Play(watched: false);

    [Fact]
    public Task Observers_are_told_what_yjs_tells_its_own() => Play(watched: true);

    private async Task Play(bool watched)
    {
        using var yjs = new YjsMachine();
        var played = 0;
        foreach (var seeds in Batches.Seeds(Batches.Histories(otherwise: 300)))
        {
            var scripts = seeds.Select(seed => new TwinScript(seed, watched).Write()).ToArray();
            var theirs = Task.Run(() => yjs.Run([.. scripts.Select((script, i) => (i, script))]));
            var ours = scripts.Select(script => new EngineMachine().Run(script)).ToArray();
            var answers = await theirs;
            for (var i = 0; i < seeds.Length; i++)
            {
                Compare(seeds[i], answers[i], ours[i]);
            }

            played += seeds.Length;
        }

        output.WriteLine($"{played} histories from SEED={Batches.FirstSeed}");
    }

    private static void Compare(int seed, ScriptAnswers yjs, ScriptAnswers engine)
    {
        for (var i = 0; i < Math.Min(yjs.Values.Count, engine.Values.Count); i++)
        {
            if (!yjs.Values[i].AsSpan().SequenceEqual(engine.Values[i]))
            {
                Assert.Fail($"SEED={seed}, answer {i}\nyjs    {Show(yjs.Values[i])}\nengine {Show(engine.Values[i])}\nengine's failure: {engine.Failure}");
            }
        }

        Assert.True(yjs.Failure.Length == 0, $"SEED={seed}: Yjs threw {yjs.Failure}");
        Assert.True(engine.Failure.Length == 0, $"SEED={seed}: the engine threw {engine.Failure}");
        Assert.Equal(yjs.Values.Count, engine.Values.Count);
    }

    private static string Show(byte[] value) =>
        Convert.ToHexStringLower(value) + (value.Length % 2 == 0 ? "\n       " + Encoding.Unicode.GetString(value) : "");
}
