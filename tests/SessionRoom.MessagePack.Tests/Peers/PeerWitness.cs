using System.Collections.Concurrent;

namespace SessionRoom.MessagePack.Tests.Peers;

/// <summary>What happened on the server that a client may want to wait for.</summary>
public sealed class PeerWitness
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<bool>> _events = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, int> _tallies = new(StringComparer.Ordinal);

    public int Count(string name) => _tallies.AddOrUpdate(name, 1, (_, before) => before + 1);

    public void Happened(string what) => Source(what).TrySetResult(true);

    public Task<bool> WaitFor(string what) => Source(what).Task.WaitAsync(TimeSpan.FromSeconds(20));

    private TaskCompletionSource<bool> Source(string what) =>
        _events.GetOrAdd(what, _ => new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
}
