using System.Text.Json;
using System.Text.Json.Nodes;

namespace SessionRoom.Client.State;

/// <summary>The room's state as patches fold into it: in order, without a hole, within one epoch.</summary>
/// <remarks>Not safe for concurrent use. Patches that come before a whole state, or behind a hole, wait for the next whole state.</remarks>
internal sealed class RoomFold
{
    /// <summary>More patches than this waiting behind a state that does not come are let go, the oldest first; that is a hole like any other.</summary>
    public const int MostWaiting = 1024;

    private readonly SortedDictionary<long, PatchFrame> _waiting = [];
    private JsonObject _state = [];
    private RoomSnapshot? _snapshot;

    public string Epoch { get; private set; } = "";
    public long Seq { get; private set; } = -1;

    /// <summary>Whether the state follows the patches now; otherwise a whole state must come first.</summary>
    public bool Follows { get; private set; }

    /// <summary>The state after <see cref="Seq"/>, copied once per sequence and only when asked for.</summary>
    public RoomSnapshot Snapshot => _snapshot ??= new(Epoch, Seq, (JsonObject)_state.DeepClone());

    /// <summary>The connection went: the state stays to be looked at, but no patch of the next one continues it.</summary>
    public void Disconnect()
    {
        Follows = false;
        _waiting.Clear();
    }

    /// <summary>Takes a patch in. Answers what could be folded now, in order; afterwards <see cref="Follows"/> is false if there is a hole.</summary>
    public IReadOnlyList<PatchFrame> Take(PatchFrame patch)
    {
        if (Follows && patch.Seq <= Seq) return [];
        _waiting[patch.Seq] = patch;
        if (_waiting.Count > MostWaiting) _waiting.Remove(_waiting.Keys.First());
        return Follows ? Drain() : [];
    }

    /// <summary>Starts over from a whole state: a join's answer or a resync. An answer that a resync has already overtaken is let go.</summary>
    /// <returns>Whether the state was taken, and the waiting patches that were folded into it.</returns>
    public (bool Taken, IReadOnlyList<PatchFrame> Folded) Begin(string epoch, long seq, JsonElement state)
    {
        if (Follows && epoch == Epoch && seq < Seq) return (false, []);
        (Epoch, Seq, _state, _snapshot, Follows) = (epoch, seq, JsonObject.Create(state) ?? [], null, true);
        return (true, Drain());
    }

    private List<PatchFrame> Drain()
    {
        var folded = new List<PatchFrame>();
        while (_waiting.Count > 0)
        {
            var (seq, patch) = _waiting.First();
            if (seq > Seq + 1)
            {
                Follows = false;
                break;
            }
            _waiting.Remove(seq);
            if (seq <= Seq) continue;
            Merging.Fold(_state, patch.Patch);
            (Seq, _snapshot) = (seq, null);
            folded.Add(patch);
        }
        return folded;
    }
}
