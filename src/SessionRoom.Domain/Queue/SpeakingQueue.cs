using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SessionRoom.Domain;

/// <summary>All raised hands; the admitted ones are the queue's entries.</summary>
public sealed record SpeakingQueue
{
    public bool Open { get; init; } = true;
    public ImmutableArray<Hand> Hands { get; init; } = [];

    /// <summary>The place that spoke last, for the fair policy's alternation.</summary>
    public Place? SpokeLast { get; init; }

    [JsonIgnore]
    public IEnumerable<Hand> Entries => Hands.Where(hand => hand.Admitted);

    /// <summary>At most two: an order and one other.</summary>
    public IEnumerable<Hand> HandsOf(string pid) => Hands.Where(hand => hand.Pid == pid).OrderBy(hand => hand.Intent);

    /// <summary>Everybody's strongest hand, or that of these people, in one pass.</summary>
    internal Dictionary<string, Hand> Strongest(HashSet<string>? of = null)
    {
        var strongest = new Dictionary<string, Hand>(StringComparer.Ordinal);
        foreach (var hand in Hands)
            if (of?.Contains(hand.Pid) != false && (!strongest.TryGetValue(hand.Pid, out var other) || hand.Intent < other.Intent)) strongest[hand.Pid] = hand;
        return strongest;
    }

    /// <summary>The hand that raising with this intent would move: one per person, plus one order.</summary>
    internal Hand? HandLike(string pid, Intent intent) => Hands.FirstOrDefault(hand => hand.Pid == pid && (hand.Intent == Intent.Order) == (intent == Intent.Order));

    /// <summary>Takes a hand down; pins behind it move up, so that they keep their neighbours.</summary>
    internal SpeakingQueue Without(RoomState room, string entryId)
    {
        // Nothing is pinned, as almost always: the order, which costs the most of a command, need not be known.
        if (!Hands.Any(hand => hand.Slot is not null)) return this with { Hands = Hands.RemoveAll(hand => hand.EntryId == entryId) };
        var place = SpeakingOrder.Of(room).FindIndex(hand => hand.EntryId == entryId);
        var left = Hands.Where(hand => hand.EntryId != entryId);
        return this with { Hands = [.. place < 0 ? left : left.Select(hand => hand.Slot > place ? hand with { Slot = hand.Slot - 1 } : hand)] };
    }
}

/// <summary>The order in which entries speak: total, and a function of the state alone.</summary>
public static class SpeakingOrder
{
    private readonly record struct Waiting(Hand Hand, Person Person);

    /// <summary>Pinned entries stand at their slot; the policy fills the others.</summary>
    public static ImmutableList<Hand> Of(RoomState room)
    {
        ArgumentNullException.ThrowIfNull(room);
        // People are looked up once per entry, not once per comparison.
        var entries = new List<Waiting>(room.Queue.Hands.Length);
        foreach (var hand in room.Queue.Hands)
            if (hand.Admitted) entries.Add(new(hand, room.People[hand.Pid]));
        var policy = ByPolicy(room);
        entries.Sort(policy);
        if (!entries.Exists(entry => entry.Hand.Slot is not null)) return [.. entries.ConvertAll(entry => entry.Hand)];
        var placed = new Queue<Waiting>(entries.Where(entry => entry.Hand.Slot is null));
        var pinned = entries.Where(entry => entry.Hand.Slot is not null).OrderBy(entry => entry.Hand.Slot).ThenBy(entry => entry.Hand.EntryId, StringComparer.Ordinal).ToList();
        var order = ImmutableList.CreateBuilder<Hand>();
        while (placed.Count + pinned.Count > 0)
        {
            var due = placed.Count == 0 ? 0 : pinned.FindIndex(entry => entry.Hand.Slot <= order.Count && (!entry.Hand.Back || policy.Compare(entry, placed.Peek()) < 0));
            if (due < 0) { order.Add(placed.Dequeue().Hand); continue; }
            order.Add(pinned[due].Hand);
            pinned.RemoveAt(due);
        }
        return order.ToImmutable();
    }

    /// <summary>Intent first; within it the policy's keys; in the end the participant id, so that equal keys never depend on arrival.</summary>
    private static Comparer<Waiting> ByPolicy(RoomState room)
    {
        var (policy, last) = (room.Session.Settings.QueuePolicy, room.Queue.SpokeLast);
        return Comparer<Waiting>.Create((first, second) =>
        {
            var ((left, one), (right, other)) = (first, second);
            if (left.Intent != right.Intent) return left.Intent.CompareTo(right.Intent);
            var byPolicy = policy switch
            {
                QueuePolicy.Fifo => 0,
                QueuePolicy.Fair => (one.Turns, one.TalkMs, one.Place == last).CompareTo((other.Turns, other.TalkMs, other.Place == last)),
                QueuePolicy.Round => (one.RoundTurns, one.Joined).CompareTo((other.RoundTurns, other.Joined)),
                _ => throw new System.Diagnostics.UnreachableException(policy.ToString()),
            };
            if (byPolicy != 0) return byPolicy;
            return left.At != right.At ? left.At.CompareTo(right.At) : string.CompareOrdinal(left.Pid, right.Pid);
        });
    }
}
