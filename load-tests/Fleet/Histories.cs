using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace SessionRoom.LoadTests.Fleet;

/// <summary>What all clients of a room were sent, put together: one log, if the nodes tell one story.</summary>
/// <remarks>It reads bytes off the wire and shares no code with client or server. Safe for concurrent use.</remarks>
internal sealed class Histories
{
    private readonly ConcurrentDictionary<(string Epoch, long Seq), byte[]> _patches = new();
    private readonly ConcurrentQueue<string> _wrong = new();
    private int _disagreements, _holes, _behind, _back, _resyncs;

    /// <summary>Sequences of which two clients were sent different patches.</summary>
    public int Disagreements => _disagreements;

    /// <summary>Patches that did not follow what their connection had.</summary>
    public int Holes => _holes;

    /// <summary>Resyncs within an epoch to what was before what their connection had.</summary>
    public int Back => _back;

    /// <summary>New connections that began before what the client had seen in the same epoch: on a node that had not heard of it yet.</summary>
    public int Behind => _behind;

    public int Resyncs => _resyncs;

    /// <summary>Patches of which at least one client was sent.</summary>
    public int Patches => _patches.Count;

    public int Epochs => _patches.Keys.Select(at => at.Epoch).Distinct(StringComparer.Ordinal).Count();

    /// <summary>A line for each thing that is not as it should be, the first of them.</summary>
    public IEnumerable<string> Wrong => _wrong.Take(20);

    /// <param name="frame">The hub message.</param>
    public void Patch(string who, string epoch, long follows, long seq, ReadOnlySpan<byte> frame)
    {
        if (seq != follows + 1)
        {
            Interlocked.Increment(ref _holes);
            _wrong.Enqueue($"hole: {who} has {follows} and gets the patch {seq}");
        }
        if (!_patches.TryGetValue((epoch, seq), out var known)) known = _patches.GetOrAdd((epoch, seq), frame.ToArray());
        if (frame.SequenceEqual(known) || JsonNode.DeepEquals(JsonNode.Parse(frame), JsonNode.Parse(known))) return;
        Interlocked.Increment(ref _disagreements);
        _wrong.Enqueue($"two patches {seq}: {System.Text.Encoding.UTF8.GetString(known)} and {System.Text.Encoding.UTF8.GetString(frame)}");
    }

    /// <summary>A whole state came.</summary>
    /// <param name="had">What the client had before, on this connection where it is a resync.</param>
    public void Begin(string who, (string Epoch, long Seq)? had, string epoch, long seq, bool resync)
    {
        if (resync) Interlocked.Increment(ref _resyncs);
        if (had is not { } before || before.Epoch != epoch || seq >= before.Seq) return;
        Interlocked.Increment(ref resync ? ref _back : ref _behind);
        if (resync) _wrong.Enqueue($"back: {who} had {before.Seq} and is resynced to {seq}");
    }

    /// <summary>What happened, by the sequence with which it did.</summary>
    public ILookup<long, JsonObject> Events() =>
        (from patch in _patches
         from happened in JsonNode.Parse(patch.Value)!["arguments"]![0]!["events"]!.AsArray()
         select (patch.Key.Seq, Event: happened!.AsObject())).ToLookup(happened => happened.Seq, happened => happened.Event);
}
