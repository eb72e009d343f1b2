using System.Collections.Concurrent;
using System.Diagnostics;

namespace SessionRoom.LoadTests.Fleet;

/// <summary>Asks every node again and again whether it is ready.</summary>
internal sealed class Readiness : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200), Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentQueue<Reading> _readings = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _asking;

    public Readiness(Nodes nodes) => _asking = Task.WhenAll(nodes.Addresses.Select((address, node) => AskAsync(node, address)));

    private readonly record struct Reading(int Node, long From, long To, bool Ready);

    /// <summary>How often a node said that it was ready, asked and answered between two moments.</summary>
    public int ReadyBetween(long from, long to) => _readings.Count(reading => reading.Ready && reading.From >= from && reading.To <= to);

    /// <summary>How often a node said that it was not, or said nothing, asked between two moments; of the node that said it least often.</summary>
    public int UnreadyBetween(long from, long to, int nodes) => Enumerable.Range(0, nodes).Min(node => _readings.Count(reading => reading.Node == node && !reading.Ready && reading.From >= from && reading.From <= to));

    /// <summary>When every node had said after that moment that it was ready; null where one has not.</summary>
    public long? ReadyAfter(long moment, int nodes)
    {
        var first = Enumerable.Range(0, nodes).Select(node => _readings.Where(reading => reading.Node == node && reading.Ready && reading.From >= moment).Select(reading => (long?)reading.To).Min()).ToList();
        return first.Contains(null) ? null : first.Max();
    }

    private async Task AskAsync(int node, Uri address)
    {
        using var http = new HttpClient { BaseAddress = address, Timeout = Patience };
        while (!_stop.IsCancellationRequested)
        {
            var from = Stopwatch.GetTimestamp();
            var ready = false;
            try
            {
                using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), _stop.Token);
                ready = (int)answer.StatusCode == 200;
                _readings.Enqueue(new(node, from, Stopwatch.GetTimestamp(), ready));
                await Task.Delay(Every, _stop.Token);
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                if (!_stop.IsCancellationRequested) _readings.Enqueue(new(node, from, Stopwatch.GetTimestamp(), false));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _asking;
        _stop.Dispose();
    }
}
