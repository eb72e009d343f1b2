using System.Diagnostics;

namespace SessionRoom.LoadTests.Generator;

/// <summary>One thread, that of its caller, which hears all connections: whatever waits at once is taken at once. Nothing here is safe for another thread.</summary>
internal sealed class Reactor : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(50);

    private readonly int _poll = Kernel.CreatePoll();
    private readonly (int Socket, uint Events)[] _ready = new (int, uint)[512];
    private readonly byte[] _buffer = new byte[1 << 17];
    private readonly List<(Action Act, long Every, long[] Due)> _beats = [];
    private Link?[] _links = new Link?[1024];

    public void Add(Link link)
    {
        if (link.Descriptor >= _links.Length) Array.Resize(ref _links, Math.Max(_links.Length * 2, link.Descriptor + 1));
        _links[link.Descriptor] = link;
        Kernel.Control(_poll, Kernel.Add, link.Descriptor, Kernel.Readable);
    }

    public void Listen(Link link, bool reading, bool writing) =>
        Kernel.Control(_poll, Kernel.Change, link.Descriptor, (reading ? Kernel.Readable : 0) | (writing ? Kernel.Writable : 0));

    public void Remove(Link link)
    {
        if (_links[link.Descriptor] != link) return;
        _links[link.Descriptor] = null;
        Kernel.Control(_poll, Kernel.Remove, link.Descriptor, 0);
    }

    /// <summary>Does something now and then, while it runs.</summary>
    public void Every(TimeSpan interval, Action act)
    {
        var ticks = (long)(interval.TotalSeconds * Stopwatch.Frequency);
        _beats.Add((act, ticks, [Stopwatch.GetTimestamp() + ticks]));
    }

    /// <summary>Runs until something is so.</summary>
    /// <param name="next">When there is something to do next, by the stopwatch; it is done by <paramref name="turn"/>.</param>
    /// <param name="turn">After everything that was ready.</param>
    /// <returns>False if the patience ended first.</returns>
    public bool RunUntil(Func<bool> done, TimeSpan patience, Action? turn = null, Func<long>? next = null)
    {
        var until = Stopwatch.GetTimestamp() + (long)(patience.TotalSeconds * Stopwatch.Frequency);
        turn?.Invoke();
        while (!done())
        {
            var now = Stopwatch.GetTimestamp();
            if (now >= until) return false;
            var due = Math.Min(until, next?.Invoke() ?? long.MaxValue);
            Turn(TimeSpan.FromSeconds((double)(due - now) / Stopwatch.Frequency) is var wait && wait < Longest ? wait : Longest);
            turn?.Invoke();
        }
        return true;
    }

    public void RunFor(TimeSpan time, Action? turn = null, Func<long>? next = null) => RunUntil(static () => false, time, turn, next);

    private void Turn(TimeSpan most)
    {
        var count = Kernel.Wait(_poll, _ready, most);
        var now = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var (socket, events) = _ready[i];
            if (_links[socket] is not { } link) continue;
            if ((events & Kernel.Writable) != 0) link.Flush();
            if ((events & (Kernel.Readable | Kernel.Broken)) == 0) continue;
            var read = Kernel.Receive(socket, _buffer);
            if (read > 0) link.Take(_buffer.AsSpan(0, read), now);
            else if (read != -1) link.Break(read == 0 ? "closed" : "broken");
        }
        foreach (var (act, every, due) in _beats)
        {
            for (; due[0] <= now; due[0] += every) act();
        }
    }

    public void Dispose()
    {
        foreach (var link in _links) link?.Dispose();
        _ = Kernel.Close(_poll);
    }
}
