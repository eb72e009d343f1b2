using Xunit.Abstractions;

namespace SessionRoom.Crdt.Tests.Differential;

/// <summary>Yjs replicas and engine replicas write one document together.</summary>
public sealed class MixedTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Replicas_of_both_kinds_that_heard_everything_hold_the_same()
    {
        using var yjs = new YjsMachine();
        var machines = new Dictionary<int, EngineMachine>();
        await Play(yjs, Batches.Histories(otherwise: 200), scripts => [.. scripts.Select(entry =>
        {
            machines.TryAdd(entry.History, new EngineMachine());
            return machines[entry.History].Run(entry.Script);
        })]);
    }

    [Fact]
    public async Task The_histories_show_no_difference_where_both_sides_are_yjs()
    {
        using var yjs = new YjsMachine();
        using var other = new YjsMachine();
        await Play(yjs, Batches.Histories(otherwise: 20), other.Run);
    }

    private async Task Play(YjsMachine yjs, int count, Func<(int History, byte[] Script)[], ScriptAnswers[]> other)
    {
        var played = 0;
        foreach (var seeds in Batches.Seeds(count))
        {
            await Play(yjs, [.. seeds.Select(seed => new MixedHistory(seed))], other);
            played += seeds.Length;
        }

        output.WriteLine($"{played} histories from SEED={Batches.FirstSeed}");
    }

    private static async Task Play(YjsMachine yjs, MixedHistory[] histories, Func<(int History, byte[] Script)[], ScriptAnswers[]> other)
    {
        while (histories.Any(history => !history.Done))
        {
            var live = Enumerable.Range(0, histories.Length).Where(i => !histories[i].Done).ToArray();
            var scripts = live.Select(i => histories[i].Next()).ToArray();
            var theirs = Task.Run(() => yjs.Run([.. live.Select((history, i) => (history, scripts[i].Yjs))]));
            var ours = other([.. live.Select((history, i) => (history, scripts[i].Engine))]);
            var answers = await theirs;
            for (var i = 0; i < live.Length; i++)
            {
                Tell(histories[live[i]], answers[i], ours[i]);
            }
        }
    }

    private static void Tell(MixedHistory history, ScriptAnswers yjs, ScriptAnswers engine)
    {
        try
        {
            history.Tell(yjs, engine);
        }
        catch (Exception difference)
        {
            throw new InvalidOperationException($"SEED={history.Seed}: {difference.Message}", difference);
        }
    }
}
