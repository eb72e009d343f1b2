using Xunit.Abstractions;

namespace SessionRoom.Crdt.Tests;

/// <summary>The structs of a client against a plain list, and the ranges beside them.</summary>
public sealed class ClientLogTests(ITestOutputHelper output)
{
    [Fact]
    public void Random_cuts_appends_and_merges_leave_every_clock_where_a_plain_list_has_it()
    {
        var seed = Seed();
        var random = new Random(seed);
        var log = new ClientLog(1);
        var model = new List<(int Handle, long Clock)>();
        var (handle, state) = (0, 0L);
        for (var step = 0; step < 20_000; step++)
        {
            var choice = random.Next(10);
            if (model.Count == 0 || choice < 4)
            {
                if (random.Next(50) == 0) log.Reserve(random.Next(300));
                log.Append(++handle, state);
                model.Add((handle, state));
                // Now and then a run longer than the 16 bits of an entry.
                state += random.Next(100) switch { 0 => 5_000_000_000, 1 => 65_500 + random.Next(100), _ => 2 + random.Next(6) };
                log.State = state;
                continue;
            }
            var at = random.Next(model.Count);
            var end = at + 1 < model.Count ? model[at + 1].Clock : state;
            var clock = random.Next(2) == 0 ? random.NextInt64(model[at].Clock, end) : Math.Max(model[at].Clock, end - 1 - random.Next(3));
            var spot = log.Find(clock);
            Assert.Equal(model[at].Handle, log[spot]);
            Assert.Equal(spot, log.FindNew(clock));
            if (choice < 7 && clock > model[at].Clock)
            {
                log.InsertAfter(spot, ++handle, clock);
                model.Insert(at + 1, (handle, clock));
            }
            else if (at > 0)
            {
                log.Remove(spot);
                model.RemoveAt(at);
            }
        }
        var walked = new List<int>();
        for (var spot = new Spot(0, 0); ;)
        {
            walked.Add(log[spot]);
            if (!log.TryNext(spot, out spot)) break;
        }
        Assert.Equal(model.Select(entry => entry.Handle), walked);
        Assert.Equal(model.Count, log.CountFrom(new Spot(0, 0)));
    }

    [Fact]
    public void Ranges_in_any_order_become_sorted_and_joined()
    {
        var seed = Seed();
        var random = new Random(seed);
        var ranges = new ClockRanges();
        var model = new SortedSet<long>();
        foreach (var clock in Enumerable.Range(0, 3000).Select(i => (long)i * 2).OrderBy(_ => random.Next()))
        {
            var length = 1 + random.Next(2);
            ranges.Add(clock, length);
            for (var i = 0; i < length; i++) model.Add(clock + i);
            if (random.Next(500) == 0) ranges.Read();
        }
        var read = ranges.Read().ToArray();
        Assert.Equal(model, read.SelectMany(range => Enumerable.Range(0, (int)(range.End - range.Clock)).Select(i => range.Clock + i)));
        Assert.All(read.Zip(read.Skip(1)), pair => Assert.True(pair.First.End < pair.Second.Clock));
    }

    private int Seed()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SEED"), out var given) ? given : Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        return seed;
    }
}
