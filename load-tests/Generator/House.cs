using System.Diagnostics;
using SessionRoom.LoadTests.Measuring;
using SessionRoom.LoadTests.Peers;

namespace SessionRoom.LoadTests.Generator;

/// <summary>Rooms full of visitors on one server, and what they ask of it. All of it runs on the caller's thread.</summary>
internal sealed class House : IDisposable
{
    private const int MostSamples = 250, MostInFlight = 1 << 16, Turns = 1_000;

    // Hubs close a connection that says nothing for 30 seconds.
    private static readonly TimeSpan Alive = TimeSpan.FromSeconds(10), Patience = TimeSpan.FromSeconds(120);

    private readonly Queue<Audience> _eager = [];
    private int _inFlight;

    private House()
    {
        // In turn, as they came: all at once would be a load of its own.
        var turn = 0;
        Reactor.Every(Alive / Turns, () =>
        {
            for (var at = turn++ % Turns; at < Everybody.Count; at += Turns)
                if (Everybody[at].Joined is not null) Everybody[at].SayAlive();
        });
    }

    public Reactor Reactor { get; } = new();
    public Tally Tally { get; } = new();
    public List<Audience> Audiences { get; } = [];
    public List<Visitor> Everybody { get; } = [];

    /// <summary>Changes that were asked for, in all rooms.</summary>
    public long Sent => Audiences.Sum(audience => audience.Sent);

    /// <summary>Whether more was in flight than is worth waiting for: the server had fallen behind.</summary>
    public bool IsOverrun { get; private set; }

    /// <summary>Why connections ended that should not have.</summary>
    public IReadOnlyList<string> Ended => [.. Everybody.Where(visitor => visitor.Ended is not null).Select(visitor => visitor.Ended!).Take(5)];

    /// <summary>Everybody comes, so many on the way at a time, and has the state.</summary>
    /// <param name="afterFirst">When each room has one.</param>
    public static async Task<House> OpenAsync(RoomPeer peer, int rooms, int each, int atOnce = 32, Action<House>? afterFirst = null)
    {
        var house = new House();
        try
        {
            string[] names = [.. Enumerable.Range(0, rooms).Select(room => $"room-{room:0000}")];
            await peer.PrepareAsync(names);
            house.Audiences.AddRange(names.Select(_ => new Audience()));
            for (var number = 0; number < each; number++)
            {
                house.Come(peer, names, number, atOnce);
                if (number > 0 || afterFirst is null) continue;
                house.Settle();
                afterFirst(house);
            }
            house.Settle();
            return house;
        }
        catch
        {
            house.Dispose();
            throw;
        }
    }

    /// <summary>So many come to one room, evenly over that time and none waiting for another; returns when all have the state.</summary>
    public static async Task<House> RushAsync(RoomPeer peer, string room, int count, TimeSpan over, Latencies joins)
    {
        await peer.PrepareAsync([room]);
        var house = new House { Audiences = { new() }, Tally = { Joins = joins } };
        try
        {
            var (from, ticks) = (Stopwatch.GetTimestamp(), over.TotalSeconds * Stopwatch.Frequency / count);
            house.Reactor.RunUntil(() => house.Everybody.Count == count && house.Everybody.TrueForAll(visitor => visitor.Joined is not null || visitor.Ended is not null), Patience + over, () =>
            {
                while (house.Everybody.Count < count && Due() <= Stopwatch.GetTimestamp())
                {
                    house.Everybody.Add(peer.Come(house.Reactor, room, house.Everybody.Count, house.Audiences[0], house.Tally));
                    house.Audiences[0].Members.Add(house.Everybody[^1]);
                }
            }, () => house.Everybody.Count < count ? Due() : long.MaxValue);
            return house;

            long Due() => from + (long)(house.Everybody.Count * ticks);
        }
        catch
        {
            house.Dispose();
            throw;
        }
    }

    private void Come(RoomPeer peer, string[] names, int number, int atOnce)
    {
        for (var room = 0; room < names.Length; room++)
        {
            Everybody.Add(peer.Come(Reactor, names[room], number, Audiences[room], Tally));
            Audiences[room].Members.Add(Everybody[^1]);
            if (Everybody.Count % atOnce == 0) WaitForAll();
        }
        if (number % 10 == 0) WaitForAll();
    }

    private void WaitForAll()
    {
        var waiting = Everybody.FindAll(visitor => visitor.Joined is null);
        if (!Reactor.RunUntil(() => waiting.TrueForAll(visitor => visitor.Joined is not null || visitor.Ended is not null), Patience)) throw new TimeoutException("somebody does not get in");
        if (waiting.Find(visitor => visitor.Ended is not null) is { } ended) throw new InvalidOperationException($"somebody does not get in: {ended.Ended}");
    }

    /// <summary>Waits until everybody is in and nothing comes any more.</summary>
    private void Settle()
    {
        WaitForAll();
        for (long before = -1; before != Tally.Frames + Tally.Resyncs;)
        {
            before = Tally.Frames + Tally.Resyncs;
            Reactor.RunFor(TimeSpan.FromSeconds(0.3));
        }
        var step = Math.Max(1, Everybody.Count / MostSamples);
        for (var i = 0; i < Everybody.Count; i += step) Everybody[i].IsSampled = true;
        foreach (var audience in Audiences) audience.OnComplete = _eager.Enqueue;
    }

    /// <summary>For so long, each room has so many changes in flight: the next is asked for when everybody has one.</summary>
    public void Saturate(int inFlight, TimeSpan time)
    {
        _inFlight = inFlight;
        _eager.Clear();
        foreach (var audience in Audiences) _eager.Enqueue(audience);
        Reactor.RunFor(time, Refill);
        _eager.Clear();
    }

    private void Refill()
    {
        var now = Stopwatch.GetTimestamp();
        while (_eager.TryDequeue(out var audience))
            while (audience.InFlight < _inFlight) audience.Change(now++); // no two the same: they are known by it
    }

    /// <summary>For so long, so many changes a second, each room in its turn, whether or not the server keeps up.</summary>
    public void Beat(double perSecond, TimeSpan time)
    {
        var (ticks, from, asked) = (Stopwatch.Frequency / perSecond, Stopwatch.GetTimestamp(), 0L);
        Reactor.RunFor(time, () =>
        {
            for (var now = Stopwatch.GetTimestamp(); Due() <= now; asked++)
            {
                var audience = Audiences[(int)(asked % Audiences.Count)];
                if (audience.InFlight >= MostInFlight / Audiences.Count + 64) IsOverrun = true;
                else audience.Change(Due());
            }
        }, Due);

        long Due() => from + (long)(asked * ticks);
    }

    /// <summary>Waits until everything that was asked for has come to everybody, or nothing comes any more.</summary>
    /// <returns>How many changes did not come to somebody.</returns>
    public long Drain()
    {
        for (long before = -1; before != Tally.Frames + Tally.Resyncs && Audiences.Exists(audience => audience.InFlight > 0);)
        {
            before = Tally.Frames + Tally.Resyncs;
            Reactor.RunUntil(() => Audiences.TrueForAll(audience => audience.InFlight == 0), TimeSpan.FromSeconds(5));
        }
        return Audiences.Sum(audience => audience.Members.Sum(visitor => audience.Sent - visitor.Got));
    }

    public void Dispose() => Reactor.Dispose();
}
